"""The layouts Earshot recognises: one file each, found by name; each scores itself on a document."""
