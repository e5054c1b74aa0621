"""Compare texts: how alike two are, what was reworded, which statement became which."""
