"""The check of a data folder: text frames and tables in, every problem out; it never raises and never prints."""

from components.record.check.folder import check_record
from components.record.check.problems import Problem

__all__ = ["Problem", "check_record"]
