"""One file a framework: its options, made of its own functions."""
