"""Turn what a user gives into parameters of questions."""
