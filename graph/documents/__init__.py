"""Write documents into the graph, and keep what follows from them right."""
