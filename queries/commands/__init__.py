"""Readable commands, one a module: each gives its `command`, which returns what is to be asked of the graph."""
