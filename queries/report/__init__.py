"""The report that a planner hands in: asked for once, fitted to its readers, written as a page, workbook or text."""
