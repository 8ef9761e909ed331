"""The rules of capacity: pure functions on facts."""
