"""From bytes to lines or records: one reader a format, found by name, chosen by content."""
