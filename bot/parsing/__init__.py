"""From lines or records to a call: layouts, people, sections, exchanges, metadata."""
