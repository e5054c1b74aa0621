"""Write what staff files say into the graph."""
