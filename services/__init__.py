"""Three small programs that never call one another."""
