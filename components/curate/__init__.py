"""Changing a data folder safely: the check's command line, edits, canonical form, differences, coverage, links, shapes."""
