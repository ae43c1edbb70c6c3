"""From what was understood and found to what to say: one file an intent, found by name."""
