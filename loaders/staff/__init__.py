"""Read staff files: units, posts, people and what they hold, from CSV files or a workbook."""

from __future__ import annotations

from loaders.staff.faults import Fault, Unmatched
from loaders.staff.read import STEPS, Staff, read

__all__ = ["STEPS", "Fault", "Staff", "Unmatched", "read"]
