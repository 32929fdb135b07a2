"""One room a figure: what it shows, its finding, its table, its drawing. No file, no clock, no session, no HTML."""
