"""The libraries that people see: the operator's calls, and over them what was given in Slack where they ask.

Each set of given calls that is seen together has an index, a vocabulary and a directory of its own, so that nothing of
them (a hit, a count, a corrected word, a name offered while typing) shows anywhere else.
"""

import asyncio
import hashlib
import logging
from collections import Counter, OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from bot.cache import version
from bot.confined import outcome_of, packed_given
from bot.directory import Directory
from bot.errors import UnreadableError
from bot.given import apart, corrected
from bot.library import Library
from bot.memory import forget_texts
from bot.outcome import Outcome
from handlers.guests import is_shared
from handlers.known import Known

if TYPE_CHECKING:
    from bot.call import Call
    from bot.state.uploads import Upload
    from handlers.desk import Desk
    from handlers.place import Place

FRESH = 2.0  # seconds for which another replica's gift, or its taking back, may go unseen
KNOWN = 4_096  # conversations whose gifts are at hand
READ = 128  # given files whose calls are at hand
MADE = 16  # libraries at hand; each holds an index of the given calls and a directory of all
CHILDREN = 2  # files that are parsed at a time: each may take hundreds of megabytes

Key = tuple[str, tuple[tuple[str, str, str], ...]]  # a workspace, and of each of its gifts id, name and correction
K = TypeVar("K")
V = TypeVar("V")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Made:
    """A library over the shared one, and the state of that one for which it holds."""

    base: Library
    directory: Directory
    library: Library


class Shelves:
    """Makes what may be seen when it is first asked for, and again when it changes; beside the loop."""

    def __init__(self, fresh: float = FRESH) -> None:
        self._known: Known[tuple[str, str], tuple[Upload, ...]] = Known(fresh, KNOWN)
        self._read: OrderedDict[tuple[str, str, str], Outcome] = OrderedDict()
        self._made: OrderedDict[Key, Made] = OrderedDict()
        self._turns: dict[Key, asyncio.Lock] = {}
        self._children = asyncio.Semaphore(CHILDREN)
        self._erased: Counter[str] = Counter()  # how often something of a workspace was: what began before isn't kept

    async def seen(self, desk: "Desk", place: "Place") -> Library:
        """Return the calls that may be seen from a place; a guest of another organisation sees the shared ones."""
        erased = self._erased[place.tenant]
        gifts = () if place.outside else await self.gifts(desk, place)
        if not gifts:
            return desk.library
        key = (place.tenant, tuple((gift.id, gift.name, repr(gift.correction)) for gift in gifts))
        async with self._turns.setdefault(key, asyncio.Lock()):
            base = desk.library
            made = self._made.get(key)
            if made is None or made.base is not base or made.directory is not base.directory:
                made = await self._make(desk, place, gifts, base)
                self._let_go(base)
            if erased == self._erased[place.tenant]:
                _keep(self._made, key, made, MADE)
        if len(self._turns) > 4 * MADE:
            self._turns = {held: turn for held, turn in self._turns.items() if held in self._made or turn.locked()}
        return made.library

    async def gifts(self, desk: "Desk", place: "Place") -> "tuple[Upload, ...]":
        """Return the files given where a place sees them, in the order they came; at most FRESH seconds old."""

        async def look() -> "tuple[Upload, ...]":
            # Where another organisation looks on, an answer in the channel would show it what is private.
            shared = await is_shared(desk, place.tenant, place.channel)
            found = () if shared else await desk.store.uploads(place.tenant, place.channel)
            return tuple(sorted(found, key=lambda gift: (gift.given_at, gift.id)))

        return await self._known.of((place.tenant, place.channel), look)

    def shared(self, desk: "Desk") -> "tuple[Call, ...]":
        """Return the operator's calls."""
        return tuple(desk.library.calls.values())

    def forget(self, tenant: str) -> None:
        """Let go of all that was read of a workspace's given files: something of it was erased."""
        self._erased[tenant] += 1
        self.changed(tenant)
        for key in [key for key in self._read if key[0] == tenant]:
            del self._read[key]
        for made in [made for made in self._made if made[0] == tenant]:
            del self._made[made]
        forget_texts("bot", "handlers")

    def changed(self, tenant: str) -> None:
        """Look anew at what was given in a workspace: it has just changed."""
        self._known.forget(lambda known: known[0] == tenant)

    async def read(self, desk: "Desk", place: "Place", gift: "Upload") -> Outcome:
        """Return what a given file holds, parsed once a version of the parser. Raises UnreadableError."""
        key = (place.tenant, gift.id, gift.name)
        erased = self._erased[place.tenant]
        outcome = self._read.get(key)
        if outcome is None:
            packed = await desk.store.reading(place.tenant, gift.id, reader_of(gift.name))
            if packed is None:
                data = await desk.store.upload(place.tenant, place.channel, gift.id)
                if data is None:
                    raise UnreadableError("the file was taken back.")
                packed = await self.parse(data, gift.name)
                await desk.store.save_reading(place.tenant, gift.id, reader_of(gift.name), packed)
            outcome = await asyncio.to_thread(outcome_of, packed, gift.name)
        if erased == self._erased[place.tenant]:
            _keep(self._read, key, outcome, READ)
        return outcome

    async def parse(self, data: bytes, name: str) -> bytes:
        """Parse a file in a child process, few at a time. Raises UnreadableError."""
        async with self._children:
            return await asyncio.to_thread(packed_given, data, name)

    def _let_go(self, base: Library) -> None:
        """Let go of what was made over calls that are no more: it is of no use, and holds them all."""
        for key, made in list(self._made.items()):
            if made.base is not base or made.directory is not base.directory:
                del self._made[key]

    async def _make(self, desk: "Desk", place: "Place", gifts: "tuple[Upload, ...]", base: Library) -> Made:
        directory = base.directory
        calls: list[Call] = []
        for gift in gifts:
            try:
                outcome = await self.read(desk, place, gift)
            except UnreadableError:
                _log.warning("a given file can't be read any more")
                continue
            calls += [corrected(entry.call, gift.correction) for entry in outcome.entries]
        fingerprints = {call.fingerprint for call in base.calls.values()}
        own = apart(calls, base.calls, fingerprints)
        return Made(base, directory, await Library.over(base, own) if own else base)


def reader_of(name: str) -> str:
    """Return under what the reading of a file called `name` is kept: the parser's version, and the name.

    A call's id, and company and quarter where the text doesn't tell, come from the name. The same bytes may be given in
    two conversations under two names, and neither is to show the other's.
    """
    return f"{version()} {hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:16]}"


def _keep(held: "OrderedDict[K, V]", key: K, value: V, most: int) -> None:
    """Keep what was used last."""
    held[key] = value
    held.move_to_end(key)
    while len(held) > most:
        held.popitem(last=False)
