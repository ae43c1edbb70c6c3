"""Patterns that begin at a word, written so that the engine looks for first letters and tries nothing elsewhere."""


def at_word(*branches: str) -> str:
    r"""Give `\b(?:BRANCH|…)` of branches that open with a plain letter; the boundary is looked for after it."""
    return "(?:" + "|".join(rf"{branch[0]}(?<!\w.){branch[1:]}" for branch in branches) + ")"
