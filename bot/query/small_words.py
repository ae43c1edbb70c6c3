"""Small words that more than one reader of a question goes by."""

AGAINST = frozenset({"vs", "v", "versus", "against"})
"""Set one thing against another."""
ASKING = frozenset({"ask", "asks", "asked", "asking", "question", "questions"})
"""Ask for who asked, or what."""
