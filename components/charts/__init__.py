"""Figures: frames in, Plotly figures out; no file, no clock, no session."""
