"""What an analyst takes to Neo4j Browser: every question as a favourite, a guide through ten, and links."""
