"""Make an answer fit for those who read it: with names, with codes in place of people, or as numbers alone."""
