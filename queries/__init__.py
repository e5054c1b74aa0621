"""Questions in Cypher, one a file, and what reads, checks and runs them."""
