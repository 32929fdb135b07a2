"""What a data folder holds and what holds on a day: no sums, no sentences about it, no pictures, no clock."""
