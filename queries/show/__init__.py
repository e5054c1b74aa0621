"""Draw answers as text: tables, trees, words and files."""
