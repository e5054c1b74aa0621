"""Write the whole graph to files that other tools read."""
