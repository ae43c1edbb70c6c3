"""A parsed call as bytes and back: for the cache and for the way from a worker process.

A packed call is the length of a JSON head (four bytes, little endian), the head, the turns' columns as numbers of four
bytes (as the machine writes them: a cache stays where it is), and the texts of all turns in one UTF-8 run that the
lengths (in bytes) part again. No code is run in unpacking.

Every start unpacks every call, so turns are written column by column (one value for a column that has no other), and
no loop of Python's own runs over them but one. Numbers are read from JSON five times as slowly.
"""

import datetime as dt
import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from hashlib import blake2b
from itertools import accumulate, chain, repeat, starmap
from operator import attrgetter
from typing import Any

from bot.attribution import Attribution
from bot.call import Call
from bot.exchange import Exchange
from bot.freezing import draft_of, frozen
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
OPEN = ("line", "page", "exchange")  # columns whose numbers may be none
NONE = -1  # a number that is none
SIZE = 4  # bytes of a number
KINDS = {each.value: each for each in Kind}
MEMBERS: dict[str, tuple[dict[str, Any], Any]] = {
    "section": ({each.value: each for each in Section}, Section.PREPARED),
    "kind": (KINDS, Kind.UNKNOWN),
    "attribution": ({each.value: each for each in Attribution}, Attribution.UNLABELLED),
}
"""Of columns whose strings are a few words: what each means, and any other."""


_Turn: Any = draft_of(Turn)
_Participant: Any = draft_of(Participant)
_Exchange: Any = draft_of(Exchange)


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
    numbers = [_numbers(columns[name]) for name in COLUMNS]
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
        "turns": list(map(len, numbers)),
        "strings": list(strings),
    }
    head |= {name: getattr(call, name) for name in PLAIN}
    written = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return b"".join((len(written).to_bytes(4, "little"), written, *map(array.tobytes, numbers), *texts))


def _numbers(column: Column) -> "array[int]":
    """Return a column as numbers, and no more than the one value of a column that has no other."""
    plain = column[:1] if len(set(column)) == 1 else column
    return array("i", [NONE if each is None else int(each) for each in plain])


def unpack(data: bytes, pool: Pool, begin: int = 0, end: int | None = None) -> Call:
    """Read a call back from bytes, or from some of them. ValueError, KeyError or IndexError where they are none."""
    start = begin + 4 + int.from_bytes(data[begin : begin + 4], "little")
    head: Head = json.loads(data[begin + 4 : start].decode("utf-8", "surrogatepass"))
    strings = [None if each is None else pool.one(each) for each in head["strings"]]
    words = [each or "" for each in strings]
    date = head["date"]
    people = (
        (words[name], KINDS[words[kind]], strings[firm], strings[title])
        for name, kind, firm, title in head["participants"]
    )
    slots = (
        (index, strings[asker], strings[firm], tuple(asked), tuple(answered))
        for index, (asker, firm, asked, answered) in enumerate(head["exchanges"])
    )
    return Call(
        id=head["id"],
        date=dt.date.fromisoformat(date) if date else None,
        learnt_from=head["learnt_from"],
        aliases=tuple(head["aliases"]),
        participants=tuple(frozen(list(starmap(_Participant, people)), Participant)),
        turns=_turns(head, strings, memoryview(data)[start:end], pool),
        exchanges=tuple(frozen(list(starmap(_Exchange, slots)), Exchange)),
        problems=tuple(Problem(line, pool.one(what)) for line, what in head["problems"]),
        **{name: head[name] for name in PLAIN},
    )


def _turns(head: Head, strings: list[str | None], data: memoryview, pool: Pool) -> Turns:
    """Read turns from the bytes behind the head."""
    count, lengths = head["count"], head["turns"]
    if any(length not in {1, count} for length in lengths if count):
        raise ValueError("the columns are of several lengths")
    begin = SIZE * sum(lengths)
    numbers = data[:begin].cast("i").tolist()
    starts = list(accumulate(lengths, initial=0))
    columns: dict[str, Column] = {
        name: numbers[at : at + length] for name, at, length in zip(COLUMNS, starts, lengths, strict=False)
    }
    for name in OPEN:
        if NONE in columns[name]:
            columns[name] = [None if each == NONE else each for each in columns[name]]
    columns["relayed"] = list(map(bool, columns["relayed"]))
    for name, (members, other) in MEMBERS.items():  # a few of a hundred strings
        meant = {each: members.get(strings[each] or "", other) for each in set(columns[name])}
        columns[name] = list(map(meant.__getitem__, columns[name]))
    edges = list(accumulate(_spread(columns["text"], count), initial=begin))
    if edges[-1] != len(data):
        raise ValueError("the texts are of another length")
    pieces = map(data.__getitem__, map(slice, edges, edges[1:]))
    made: dict[str, Iterable[Any]] = {
        name: _spread(column, count, strings if name in STRINGS and name not in MEMBERS else None)
        for name, column in columns.items()
    }
    made["place"] = _places(columns, strings, count, pool)
    made["text"] = map(str, pieces, repeat("utf-8"), repeat("surrogatepass"))
    turns = Turns(map(_Turn, range(count), *(made[name] for name in COLUMNS)))
    if len(turns) != count:
        raise ValueError("some turns are missing")
    frozen(turns, Turn)
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
