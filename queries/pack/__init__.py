"""What an analyst drops on Neo4j Browser: every question as a favourite, and a guide through ten of them."""
