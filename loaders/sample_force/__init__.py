"""A force that nobody serves in: staff files, documents, and the answers that the questions must give on them."""

from loaders.sample_force.calendar import AS_OF
from loaders.sample_force.generate import Made, make
from loaders.sample_force.organisation import LEAST, MOST
from loaders.sample_force.workbook import write_workbook

__all__ = ["AS_OF", "LEAST", "MOST", "Made", "make", "write_workbook"]
