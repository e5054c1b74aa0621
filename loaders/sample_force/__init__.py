"""A force that nobody serves in: its plan, its staff files and its documents."""

from loaders.sample_force.calendar import AS_OF
from loaders.sample_force.generate import make
from loaders.sample_force.organisation import LEAST, MOST, Force
from loaders.sample_force.workbook import write_workbook

__all__ = ["AS_OF", "LEAST", "MOST", "Force", "make", "write_workbook"]
