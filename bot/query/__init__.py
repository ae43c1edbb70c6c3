"""From the words of an asker to what was understood."""
