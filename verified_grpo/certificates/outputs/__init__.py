"""The answers of the command line as JSON, types a command.

What a certificate says too has the types of the grammar; ``null`` is said of what does not exist or is not
known.
"""
