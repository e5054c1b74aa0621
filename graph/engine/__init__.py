"""The embedded engine: its folder, its locks, its users and what it serves."""
