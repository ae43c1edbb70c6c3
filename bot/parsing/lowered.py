"""Text in lower case, offset for offset: plain words are found in it three times as fast as without case."""


def lowered(text: str) -> str:
    """Lower a text's case, apostrophes straight; no offset moves (the one letter that grows, İ, becomes i)."""
    return (text if text.isascii() else text.replace("İ", "I").replace("’", "'")).lower()


def holds(text: str, words: tuple[str, ...]) -> bool:
    """Tell whether a text holds one of some plain words: a few of them are found faster than a pattern of them."""
    for word in words:  # noqa: SIM110  # no generator: it takes longer than the looking
        if word in text:
            return True
    return False
