"""Where documents come from: pages that are fetched, and what is known of a document from outside its text."""
