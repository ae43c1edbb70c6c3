"""Every error Earshot raises on purpose; each class owns the sentence a person reads.

    EarshotError
    ├── SettingsError          wrong settings or arguments: the start stops, exit 2
    │   └── WrongSettingsError all that are missing or malformed at once
    ├── UnreadableError        a file that holds no transcript; the rest load
    └── QuestionError          a question that can't be answered as typed; says what to type next

Rooms add their own classes below these three, beside the code that raises them.
"""

from collections.abc import Sequence


class EarshotError(Exception):
    """Base of all errors whose text may be shown to a person as it stands."""

    @property
    def sentence(self) -> str:
        """The sentence to show."""
        return str(self)


class SettingsError(EarshotError):
    """A setting or argument is missing or malformed; the sentence names the variable."""


class WrongSettingsError(SettingsError):
    """All settings that are missing or malformed, a sentence each."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = tuple(sentences)


class UnreadableError(EarshotError):
    """A file can't be taken as a transcript; the sentence gives the reason, without the path."""


class QuestionError(EarshotError):
    """A question can't be answered as typed; the sentence says what to type next."""
