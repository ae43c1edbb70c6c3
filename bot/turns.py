"""The turns of a call together: who speaks in them, and a fingerprint of what an index holds of them."""

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import chain
from operator import attrgetter
from typing import TypeAlias

from bot.kind import Kind
from bot.turn import Turn

Speaker: TypeAlias = tuple[str | None, Kind, str | None, str | None]
"""The name of somebody who speaks (as printed where nobody is behind it), the kind, the firm and the title."""
_HELD = attrgetter("person", "speaker", "kind", "firm", "title", "section", "text")
_SPEAKER = attrgetter("person", "speaker", "kind", "firm", "title")


class Turns(tuple[Turn, ...]):  # noqa: SLOT001 - a tuple of any length can have no slots
    """The turns of a call that was unpacked: they know their `digest` and `speakers` without being looked through.

    `replace(call, turns=…)` loses both with the turns they are of.
    """

    digest: str
    speakers: frozenset[Speaker]


def digest(turns: Sequence[Turn]) -> str:
    """Return a fingerprint of all that an index holds of turns; those that were unpacked know theirs."""
    if isinstance(turns, Turns):
        return turns.digest
    held = "\x1f".join([part or "" for part in chain.from_iterable(map(_HELD, turns))])
    slots = repr([(turn.exchange, len(turn.text)) for turn in turns])
    return blake2b(f"{held}\x1e{slots}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def speakers(turns: Iterable[Turn]) -> frozenset[Speaker]:
    """Return everybody who speaks, each once; turns that were unpacked know theirs."""
    if isinstance(turns, Turns):
        return turns.speakers
    spoken = set(map(_SPEAKER, turns))  # hundreds of turns, some twenty speakers
    return frozenset((person or speaker, kind, firm, title) for person, speaker, kind, firm, title in spoken)
