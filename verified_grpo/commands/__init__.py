"""The commands, one a file: what each asks, which room it calls, and how its answer is printed."""
