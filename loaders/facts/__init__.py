"""Turn what a document or the reference data says into nodes and edges."""
