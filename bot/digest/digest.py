"""What a digest says, free of Slack."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.answers.answer import Quote
from bot.call import Call


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """Somebody's slot in a call: who asked (None: unlabelled), for whom, and the sentence that carries the question."""

    asker: str | None
    firm: str | None
    quote: Quote


@dataclass(frozen=True, slots=True)
class News:
    """A call that is new to the channel, and what was asked in it, in the call's order."""

    call: Call
    questions: tuple[AskedQuestion, ...]


@dataclass(frozen=True, slots=True)
class Watched:
    """What the new calls say about a watched topic: the best quotes, and how many turns there are."""

    topic: str
    quotes: tuple[Quote, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Digest:
    """The calls that are new since the last digest, newest first, and the watched topics that occur in them.

    `also` are the new calls beyond those told in full. `unread` are watched topics that no longer read as a question,
    with the sentence that says why. `only` names the companies that it is limited to, where it is. `first`: the channel
    has been told of no call before.
    """

    news: tuple[News, ...]
    also: tuple[Call, ...] = ()
    watched: tuple[Watched, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()
    only: tuple[str, ...] = ()
    first: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell: a quiet day."""
        return not self.news

    @property
    def calls(self) -> Mapping[str, str]:
        """The calls that it tells of: id -> fingerprint."""
        calls = (*(news.call for news in self.news), *self.also)
        return {call.id: call.fingerprint for call in calls}
