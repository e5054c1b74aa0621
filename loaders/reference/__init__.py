"""The reference data, and what reads it."""
