"""The commands, one module a theme: each opens the graph, asks, writes, and returns a Result for `cli` to show."""
