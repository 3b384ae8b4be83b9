"""The keys of each framework, read in its source: one table, one file."""
