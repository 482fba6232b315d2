"""Bounds beside each other: only claims that state the same are ranked."""

from genbounds.comparison.comparing import compare
from genbounds.comparison.crossing import Crossing
from genbounds.comparison.result import Comparison

__all__ = ["Comparison", "Crossing", "compare"]
