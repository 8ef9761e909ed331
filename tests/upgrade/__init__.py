"""Old and new side by side: an update while residents book."""
