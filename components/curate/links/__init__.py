"""Links of sources.csv: what an address says of itself, whether it answers, and whether an archive has a copy."""
