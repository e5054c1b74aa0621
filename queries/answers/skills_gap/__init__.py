"""The skills gap of a unit or of the force: all that a report on it tells, asked once and added up."""
