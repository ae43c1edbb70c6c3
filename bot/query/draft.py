"""A question as a form left it, before names and times are put to it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.query.query import Party
from bot.query.tokens import Token

if TYPE_CHECKING:
    from bot.query.named import Named
    from bot.section import Section


class Draft:
    """What a form gave, before names and times are put to it."""

    def __init__(self, intent: str, topic: Sequence[Token], parties: dict[str, Party] | None = None) -> None:
        self.intent = intent
        self.topic = tuple(topic)
        self.named: dict[str, tuple[tuple[Token, ...], Named]] = {}
        self.parties: dict[str, Party] = parties or {}
        self.section: Section | None = None  # that a form means where the question names none

    @property
    def resembling(self) -> bool:
        """Whether a name of it only resembles some that are known: to be asked back, unless another reading holds."""
        return any(named.party is None and named.several and not named.exact for _, named in self.named.values())
