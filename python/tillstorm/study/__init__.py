"""Comparing variants of a scenario on the same customers, with how sure one can be of each difference."""

from tillstorm.study.comparing import compare
from tillstorm.study.difference import Difference, Mean
from tillstorm.study.results import Study

__all__ = ["Difference", "Mean", "Study", "compare"]
