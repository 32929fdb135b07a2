"""The check of a data folder: text in, problems and warnings out; it never raises and never prints."""

from components.record.check.folder import check_record
from components.record.check.problems import Problem
from components.record.check.warnings import find_warnings

__all__ = ["Problem", "check_record", "find_warnings"]
