"""The daily digest: what to say, when it is due, and that it is said once."""
