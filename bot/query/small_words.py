"""Small words that more than one reader of a question goes by."""

AGAINST = frozenset({"vs", "v", "versus", "against"})
"""Set one thing against another."""
ASKING = frozenset({"ask", "asks", "asked", "asking", "question", "questions"})
"""Ask for who asked, or what."""
COVERS = frozenset({"cover", "covers", "covering", "follow", "follows", "following"})
"""What analysts do with a company."""
ARTICLES = frozenset("the their its his her our each all every this that a both either just only".split())  # noqa: SIM905 - one string wraps as prose
"""What may stand before a call, a time or a name."""
