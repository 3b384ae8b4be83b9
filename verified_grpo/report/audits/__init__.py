"""Reports of audits: a configuration, a table of pass rates."""
