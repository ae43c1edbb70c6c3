"""A parsed call as bytes and back: for the cache and for the way from a worker process.

A packed call is the length of a JSON head (four bytes, little endian), the head, and the texts of all turns in one
UTF-8 run that the head's lengths (in bytes) part again. No code is run in unpacking.

Every start unpacks every call, so turns are written column by column (one value for a column that has no other), and
no loop of Python's own runs over them but one.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, make_dataclass
from hashlib import blake2b
from itertools import accumulate, chain, repeat
from operator import attrgetter
from typing import Any

from bot.attribution import Attribution
from bot.call import Call
from bot.exchange import Exchange
from bot.kind import Kind
from bot.participant import Participant
from bot.problem import Problem
from bot.section import Section
from bot.turn import Turn

Head = dict[str, Any]  # JSON that this module wrote itself; its shape is checked by unpacking it
Column = list[Any]  # of such a head: a value a turn, or the one value of all turns
PLAIN = ("company", "ticker", "year", "quarter", "title", "format", "layout", "evidence", "fingerprint")
COLUMNS = tuple(each.name for each in fields(Turn) if each.name != "index")
STRINGS = ("section", "speaker", "person", "kind", "firm", "title", "attribution", "basis")
"""The columns whose values are numbers of the head's strings; so is `place`. `text` holds lengths."""
SECTIONS = {each.value: each for each in Section}
KINDS = {each.value: each for each in Kind}
WAYS = {each.value: each for each in Attribution}


# A turn before it is frozen. A frozen dataclass with slots sets each of its fields through `object.__setattr__`, which
# takes four times as long as all the rest of unpacking a turn; this one sets them plainly and then becomes a Turn.
_Draft: Any = make_dataclass("_Draft", [(each.name, each.type) for each in fields(Turn)], slots=True)


class Pool:
    """Keeps one copy of strings that many calls share: names, firms, titles, places."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}
        self.lines = _Lines()

    def one(self, text: str) -> str:
        """Give the kept copy of the text."""
        return self._kept.setdefault(text, text)


class _Lines(dict[int | None, str]):
    """The place of a line, each made once."""

    def __missing__(self, line: int | None) -> str:
        place = self[line] = _place(line, None)
        return place


class Turns(tuple[Turn, ...]):  # noqa: SLOT001 - a tuple of any length can have no slots
    """The turns of a call that was unpacked, with the `digest` they had when they were packed.

    `replace(call, turns=…)` loses it with the turns it is of.
    """

    digest: str


_HELD = attrgetter("person", "speaker", "kind", "firm", "title", "section", "text")


def digest(turns: Sequence[Turn]) -> str:
    """Return a fingerprint of all that an index holds of turns; those that were unpacked know theirs."""
    if isinstance(turns, Turns):
        return turns.digest
    held = "\x1f".join([part or "" for part in chain.from_iterable(map(_HELD, turns))])
    slots = repr([(turn.exchange, len(turn.text)) for turn in turns])
    return blake2b(f"{held}\x1e{slots}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def pack(call: Call) -> bytes:
    """Write a call."""
    strings: dict[str | None, int] = {}

    def at(text: str | None) -> int:
        return strings.setdefault(text, len(strings))

    columns = {name: list(map(attrgetter(name), call.turns)) for name in COLUMNS}
    for name in STRINGS:
        columns[name] = list(map(at, columns[name]))
    columns["place"] = [at(None if turn.place == _place(turn.line, turn.page) else turn.place) for turn in call.turns]
    texts = [turn.text.encode("utf-8", "surrogatepass") for turn in call.turns]
    columns["text"] = list(map(len, texts))
    head: Head = {
        "id": call.id,
        "date": call.date.isoformat() if call.date else None,
        "learnt_from": dict(call.learnt_from),
        "aliases": call.aliases,
        "participants": [[at(p.name), at(p.kind), at(p.firm), at(p.title)] for p in call.participants],
        "exchanges": [[at(e.asker), at(e.firm), e.question_turns, e.answer_turns] for e in call.exchanges],
        "problems": [[p.line, p.what] for p in call.problems],
        "count": len(call.turns),
        "digest": digest(call.turns),
        "turns": [_plain(columns[name]) for name in COLUMNS],
        "strings": list(strings),
    }
    head |= {name: getattr(call, name) for name in PLAIN}
    written = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return b"".join((len(written).to_bytes(4, "little"), written, *texts))


def _plain(column: Column) -> Column:
    """Return the one value of a column that has no other."""
    return column[:1] if len(set(column)) == 1 else column


def unpack(data: bytes, pool: Pool) -> Call:
    """Read a call back. ValueError, KeyError or IndexError where the bytes are not a packed call."""
    size = int.from_bytes(data[:4], "little")
    head: Head = json.loads(data[4 : 4 + size].decode("utf-8", "surrogatepass"))
    strings = [None if each is None else pool.one(each) for each in head["strings"]]
    words = [each or "" for each in strings]
    date = head["date"]
    return Call(
        id=head["id"],
        date=dt.date.fromisoformat(date) if date else None,
        learnt_from=head["learnt_from"],
        aliases=tuple(head["aliases"]),
        participants=tuple(
            Participant(words[name], KINDS[words[kind]], strings[firm], strings[title])
            for name, kind, firm, title in head["participants"]
        ),
        turns=_turns(head, strings, data, pool),
        exchanges=tuple(
            Exchange(index, strings[asker], strings[firm], tuple(asked), tuple(answered))
            for index, (asker, firm, asked, answered) in enumerate(head["exchanges"])
        ),
        problems=tuple(Problem(line, pool.one(what)) for line, what in head["problems"]),
        **{name: head[name] for name in PLAIN},
    )


def _turns(head: Head, strings: list[str | None], data: bytes, pool: Pool) -> Turns:
    count, columns = head["count"], dict(zip(COLUMNS, head["turns"], strict=True))
    if any(len(column) not in {1, count} for column in columns.values() if count):
        raise ValueError("the columns are of several lengths")
    meanings: dict[str, Sequence[Any]] = {
        "section": [SECTIONS.get(each or "", Section.PREPARED) for each in strings],
        "kind": [KINDS.get(each or "", Kind.UNKNOWN) for each in strings],
        "attribution": [WAYS.get(each or "", Attribution.UNLABELLED) for each in strings],
    }
    begin = 4 + int.from_bytes(data[:4], "little")
    edges = list(accumulate(_spread(columns["text"], count), initial=begin))
    if edges[-1] != len(data):
        raise ValueError("the texts are of another length")
    pieces = map(data.__getitem__, map(slice, edges, edges[1:]))
    made: dict[str, Iterable[Any]] = {
        name: _spread(column, count, meanings.get(name, strings) if name in STRINGS else None)
        for name, column in columns.items()
    }
    made["place"] = _places(columns, strings, count, pool)
    made["text"] = map(bytes.decode, pieces, repeat("utf-8"), repeat("surrogatepass"))
    turns = Turns(map(_Draft, range(count), *(made[name] for name in COLUMNS)))
    if len(turns) != count:
        raise ValueError("some turns are missing")
    for turn in turns:
        turn.__class__ = Turn
    turns.digest = head["digest"]
    return turns


def _spread(column: Column, count: int, meanings: Sequence[Any] | None = None) -> Iterator[Any]:
    """Yield a column's value for every turn; of numbers, what they mean."""
    if len(column) == 1:
        return repeat(column[0] if meanings is None else meanings[column[0]], count)
    return iter(column) if meanings is None else map(meanings.__getitem__, column)


def _places(columns: dict[str, Column], strings: list[str | None], count: int, pool: Pool) -> Iterable[str]:
    lines, pages, places = columns["line"], columns["page"], columns["place"]
    if pages == [None] and len(places) == 1 and strings[places[0]] is None:  # as most calls: by line
        return map(pool.lines.__getitem__, _spread(lines, count))
    rows = zip(_spread(places, count, strings), _spread(lines, count), _spread(pages, count), strict=True)
    return [place or pool.one(_place(line, page)) for place, line, page in rows]


def _place(line: int | None, page: int | None) -> str:
    return f"page {page}" if page is not None else f"line {line}"
