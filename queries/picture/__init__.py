"""Draw answers as pictures: the ladders, a rank, a pathway, a gap, the oversight of a rank."""
