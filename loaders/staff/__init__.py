"""Read staff files: units, posts, people and what they hold, from CSV files or a workbook."""
