"""Turn numbered lines into logical lines, sections and list items."""
