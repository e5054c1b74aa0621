"""Turn files into numbered lines of text."""
