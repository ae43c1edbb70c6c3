"""Parsed calls as bytes and back: for the cache and for the way from a worker process.

Packed calls are the length of a JSON head (four bytes, little endian), the head, columns of numbers of four bytes (as
the machine writes them: a cache stays where it is), and all strings in UTF-8, the turns' texts last. No code is run in
unpacking.

Every start unpacks every call, so some dozen calls are packed together: column by column over all of them, each string,
person and voice once. No loop of Python's own runs over the turns but one, and little is done call by call. Numbers and
lists are read from JSON five times as slowly.
"""

import datetime as dt
import json
from array import array
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import accumulate, chain, repeat
from operator import attrgetter
from typing import Any, TypeVar

from bot.attribution import Attribution
from bot.call import Call
from bot.exchange import Exchange
from bot.freezing import draft_of, frozen
from bot.kind import Kind
from bot.participant import Participant
from bot.problem import Problem
from bot.section import Section
from bot.turn import Turn
from bot.turns import Turns, digest

Head = dict[str, Any]  # JSON that this module wrote itself; its shape is checked by unpacking it
Columns = Mapping[str, Sequence[int]]
Strings = Sequence[Any]  # by number, and None at the very end, where the number NONE finds it
PLAIN = ("id", "company", "ticker", "year", "quarter", "title", "format", "layout", "evidence", "fingerprint")
VOICE = ("section", "speaker", "person", "kind", "firm", "title", "attribution", "basis", "relayed")
"""What a voice is: all that turns have in common with others."""
PERSON = ("name", "kind", "firm", "title")
NONE = -1  # a number that is none
SIZE = 4  # bytes of a number
KINDS: Mapping[str | None, Kind] = {each.value: each for each in Kind}
SECTIONS: Mapping[str | None, Section] = {each.value: each for each in Section}
ATTRIBUTIONS: Mapping[str | None, Attribution] = {each.value: each for each in Attribution}

_Turn: Any = draft_of(Turn)
_Participant: Any = draft_of(Participant)
_Exchange: Any = draft_of(Exchange)
T = TypeVar("T")


class Pool:
    """Keeps one copy of what many calls share: names, firms, titles, places, speakers."""

    def __init__(self) -> None:
        self._kept: dict[Any, Any] = {}
        self.lines = _Lines()

    def one(self, text: str) -> str:
        """Give the kept copy of a text."""
        kept: str = self._kept.setdefault(text, text)
        return kept

    def all(self, each: Sequence[T]) -> Iterator[T]:
        """Give the kept copies of texts, or of rows of them."""
        return map(self._kept.setdefault, each, each)


class _Lines(dict[int | None, str]):
    """The place of a line, each made once."""

    def __missing__(self, line: int | None) -> str:
        place = self[line] = _place(line, None)
        return place


def pack(calls: Sequence[Call]) -> bytes:
    """Write calls."""
    strings: dict[str, int] = {}
    people: dict[Hashable, int] = {}
    voices: dict[Hashable, int] = {}

    def at(text: str | None) -> int:
        return NONE if text is None else _number(text, strings)

    turns = [turn for call in calls for turn in call.turns]
    exchanges = [each for call in calls for each in call.exchanges]
    slots = [slot for each in exchanges for slot in (each.question_turns, each.answer_turns)]
    problems = [each for call in calls for each in call.problems]
    person, voice = attrgetter(*PERSON), attrgetter(*VOICE)
    columns: dict[str, Sequence[int | None]] = {
        "line": [turn.line for turn in turns],
        "page": _short([turn.page for turn in turns]),
        "place": _short([at(None if turn.place == _place(turn.line, turn.page) else turn.place) for turn in turns]),
        "exchange": [turn.exchange for turn in turns],
        "voice": [_number(voice(turn), voices) for turn in turns],
        "participant": [_number(person(each), people) for call in calls for each in call.participants],
        "asker": [at(each.asker) for each in exchanges],
        "bank": [at(each.firm) for each in exchanges],
        "spoken": list(chain.from_iterable(slots)),
        "slots": list(map(len, slots)),
        "problem": [at(each.what) for each in problems],
        "problem line": [each.line for each in problems],
        "turns": [len(call.turns) for call in calls],
        "participants": [len(call.participants) for call in calls],
        "exchanges": [len(call.exchanges) for call in calls],
        "problems": [len(call.problems) for call in calls],
    }
    columns |= {f"participant {name}": column for name, column in _columns(PERSON, people, at)}
    columns |= {f"voice {name}": column for name, column in _columns(VOICE, voices, at)}
    texts = [text.encode("utf-8", "surrogatepass") for text in (*strings, *(turn.text for turn in turns))]
    columns["sizes"] = list(map(len, texts))
    head: Head = {"calls": list(map(_head, calls)), "columns": {name: len(held) for name, held in columns.items()}}
    written = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    numbers = array("i", [NONE if each is None else each for each in chain.from_iterable(columns.values())])
    return b"".join((len(written).to_bytes(4, "little"), written, numbers.tobytes(), *texts))


def _head(call: Call) -> Head:
    """Return of a call what is written by itself."""
    return {name: getattr(call, name) for name in PLAIN} | {
        "date": call.date.isoformat() if call.date else None,
        "learnt_from": dict(call.learnt_from),
        "aliases": call.aliases,
        "digest": digest(call.turns),
    }


def _number(each: Hashable, numbers: dict[Any, int]) -> int:
    return numbers.setdefault(each, len(numbers))


def _columns(
    names: Sequence[str], rows: Collection[Any], at: Callable[[str | None], int]
) -> Iterator[tuple[str, list[int]]]:
    """Yield the columns of rows: of strings their numbers, of others (whether it is relayed) themselves."""
    for place, name in enumerate(names):
        values = (row[place] for row in rows)
        yield name, [each if isinstance(each, bool) else at(each) for each in values]


def _short(column: Sequence[int | None]) -> Sequence[int | None]:
    """Return a column, or no more than the one value of one that has no other."""
    return column[:1] if len(set(column)) == 1 else column


def unpack(data: bytes, pool: Pool, begin: int = 0) -> list[Call]:
    """Read calls back from bytes, from a place on. ValueError, KeyError, IndexError, TypeError where they are none."""
    start = begin + 4 + int.from_bytes(data[begin : begin + 4], "little")
    head: Head = json.loads(data[begin + 4 : start].decode("utf-8", "surrogatepass"))
    lengths = head["columns"]
    edge = start + SIZE * sum(lengths.values())
    numbers: list[int] = memoryview(data)[start:edge].cast("i").tolist()
    columns = dict(zip(lengths, _parted(numbers, lengths.values()), strict=True))
    if edge + sum(columns["sizes"]) != len(data):
        raise ValueError("the texts are of another length")
    texts = _texts(data, edge, columns["sizes"])
    own = len(texts) - len(columns["voice"])
    strings: Strings = (*pool.all(texts[:own]), None)
    problems = map(Problem, _open(columns["problem line"]), _meant(columns["problem"], strings))
    parts = zip(
        map(_call, head["calls"]),
        _parted(_participants(columns, strings), columns["participants"]),
        _turns(head, columns, strings, texts[own:], pool),
        _parted(_exchanges(columns, strings), columns["exchanges"]),
        _parted(list(problems), columns["problems"]),
        strict=True,
    )
    return [
        Call(
            **plain,
            participants=tuple(people),
            turns=turns,
            exchanges=tuple(exchanges),
            problems=tuple(problems),
        )
        for plain, people, turns, exchanges, problems in parts
    ]


def _texts(data: bytes, begin: int, sizes: Iterable[int]) -> list[str]:
    """Read texts of so many bytes each, from a place on."""
    written = BytesIO(data)
    written.seek(begin)
    try:
        return list(map(bytes.decode, map(written.read, sizes)))
    except UnicodeDecodeError:  # half of a character, as a broken source has it
        written.seek(begin)
        return list(map(str, map(written.read, sizes), repeat("utf-8"), repeat("surrogatepass")))


def _call(head: Head) -> Head:
    date = head["date"]
    return {name: head[name] for name in PLAIN} | {
        "date": dt.date.fromisoformat(date) if date else None,
        "learnt_from": head["learnt_from"],
        "aliases": tuple(head["aliases"]),
    }


def _parted(held: Sequence[T], lengths: Iterable[int]) -> list[Sequence[T]]:
    """Cut a sequence into pieces of so many each."""
    edges = list(accumulate(lengths, initial=0))
    if edges[-1] != len(held):
        raise ValueError("some of them are missing")
    return list(map(held.__getitem__, map(slice, edges, edges[1:])))


def _meant(column: Iterable[Any], meanings: Sequence[Any] | Mapping[Any, Any]) -> list[Any]:
    """Return what each of a column means."""
    return list(map(meanings.__getitem__, column))


def _open(column: Sequence[int]) -> Sequence[int | None]:
    """Return a column whose numbers may be none."""
    return [None if each == NONE else each for each in column] if NONE in column else column


def _spread(column: Sequence[T], count: int) -> Sequence[T]:
    """Return a column's value for every turn."""
    if len(column) == count:
        return column
    (value,) = column
    return [value] * count


def _participants(columns: Columns, strings: Strings) -> list[Participant]:
    names, kinds, firms, titles = (_meant(columns[f"participant {name}"], strings) for name in PERSON)
    people = frozen(list(map(_Participant, names, _meant(kinds, KINDS), firms, titles)), Participant)
    return _meant(columns["participant"], people)


def _exchanges(columns: Columns, strings: Strings) -> list[Exchange]:
    askers, firms = _meant(columns["asker"], strings), _meant(columns["bank"], strings)
    slots = list(map(tuple, _parted(columns["spoken"], columns["slots"])))
    index = chain.from_iterable(map(range, columns["exchanges"]))
    return frozen(list(map(_Exchange, index, askers, firms, slots[::2], slots[1::2])), Exchange)


def _turns(head: Head, columns: Columns, strings: Strings, texts: Sequence[str], pool: Pool) -> Iterator[Turns]:
    """Yield the turns of each call."""
    count = len(texts)
    lines, pages, slots = (_spread(_open(columns[name]), count) for name in ("line", "page", "exchange"))
    voices = _voices(columns, strings)
    speakers = [(person or speaker, kind, firm, title) for _, speaker, person, kind, firm, title, *_ in voices]
    speakers = list(pool.all(speakers))
    *said, basis, relayed = zip(*map(voices.__getitem__, columns["voice"]), strict=True) if count else [()] * len(VOICE)
    index = chain.from_iterable(map(range, columns["turns"]))
    places = _places(columns, strings, lines, pages, pool)
    turns = frozen(list(map(_Turn, index, lines, pages, places, *said, texts, slots, basis, relayed)), Turn)
    for each, spoken, own in zip(
        _parted(turns, columns["turns"]), _parted(columns["voice"], columns["turns"]), head["calls"], strict=True
    ):
        made = Turns(each)
        made.digest = own["digest"]
        made.speakers = frozenset(_meant(set(spoken), speakers))
        yield made


def _voices(columns: Columns, strings: Strings) -> list[tuple[Any, ...]]:
    """Read voices, a row each, as `VOICE` says."""
    *texts, relayed = (columns[f"voice {name}"] for name in VOICE)
    parts, speakers, people, kinds, firms, titles, bys, bases = (_meant(column, strings) for column in texts)
    sections, kinds, bys = _meant(parts, SECTIONS), _meant(kinds, KINDS), _meant(bys, ATTRIBUTIONS)
    return list(zip(sections, speakers, people, kinds, firms, titles, bys, bases, map(bool, relayed), strict=True))


def _places(
    columns: Columns, strings: Strings, lines: Sequence[int | None], pages: Sequence[int | None], pool: Pool
) -> Iterable[str]:
    if columns["page"] == columns["place"] == [NONE]:  # as mostly: by line
        return map(pool.lines.__getitem__, lines)
    given = _meant(_spread(columns["place"], len(lines)), strings)
    rows = zip(given, lines, pages, strict=True)
    return [at or (pool.lines[line] if page is None else pool.one(_place(line, page))) for at, line, page in rows]


def _place(line: int | None, page: int | None) -> str:
    return f"page {page}" if page is not None else f"line {line}"
