"""Audits for practitioners: a framework's configuration, a table of pass rates, regions of parameters. What
they ask is answered by the rooms below; what stands here is the translation, and it says what it assumes."""
