"""The check of a data folder: text frames and tables in, every problem out; it never raises and never prints."""

from components.validation.problems import Problem
from components.validation.record import check_record

__all__ = ["Problem", "check_record"]
