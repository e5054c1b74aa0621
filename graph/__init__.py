"""The graph: what may stand in it, and the way into and out of a database."""
