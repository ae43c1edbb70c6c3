"""What can be wrong with a file, each with its sentence.

UnreadableError
├── NotATranscriptError    a file of another kind; "not a transcript: …"
├── TooMuchError           a file, or what it unpacks to, beyond what is read
└── UnopenedError          a file that is not there or may not be read, which says nothing of what it holds
"""

from bot.errors import UnreadableError


class NotATranscriptError(UnreadableError):
    """The file isn't a transcript; `why` completes the sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(f"not a transcript: {why}")


class TooMuchError(UnreadableError):
    """The file is larger than what is read; `what` is its size in words, `most` the bound."""

    def __init__(self, what: str, most: str) -> None:
        super().__init__(f"too large: {what}, at most {most} is read")


class UnopenedError(UnreadableError):
    """The file can't be opened; `why` is what the system says."""

    def __init__(self, why: str) -> None:
        super().__init__(f"it cannot be opened ({why})")
