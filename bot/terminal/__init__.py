"""The command line: one file a sub-command, found by name."""
