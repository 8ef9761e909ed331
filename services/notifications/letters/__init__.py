"""The texts: what a letter says, by kind and language."""
