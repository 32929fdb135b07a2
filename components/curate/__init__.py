"""Changing a data folder safely: the check's command line, edits, form, differences, coverage, links, shapes."""
