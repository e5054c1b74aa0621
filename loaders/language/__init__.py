"""Read what sentences say: names, ranks, relations, conditions and their alternatives."""
