"""A parsed call as bytes and back: for the cache and for the way from a worker process.

A packed call is the length of a JSON head (four bytes, little endian), the head, and the texts of all turns in one
UTF-8 run that the head's lengths part again. No code is run in unpacking.
"""

import datetime as dt
import json
from collections.abc import Iterable
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
PLAIN = ("company", "ticker", "year", "quarter", "title", "format", "layout", "evidence", "fingerprint")
SECTIONS = {each.value: each for each in Section}
KINDS = {each.value: each for each in Kind}
WAYS = {each.value: each for each in Attribution}


class Pool:
    """Keeps one copy of strings that many calls share: names, firms, titles, places."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def one(self, text: str) -> str:
        """Give the kept copy of the text."""
        return self._kept.setdefault(text, text)


def pack(call: Call) -> bytes:
    """Write a call."""
    strings: dict[str | None, int] = {}

    def at(text: str | None) -> int:
        return strings.setdefault(text, len(strings))

    turns = [
        [
            turn.line,
            turn.page,
            at(None if turn.place == _place(turn.line, turn.page) else turn.place),
            at(turn.section),
            at(turn.speaker),
            at(turn.person),
            at(turn.kind),
            at(turn.firm),
            at(turn.title),
            at(turn.attribution),
            len(turn.text),
            turn.exchange,
            at(turn.basis),
            int(turn.relayed),
        ]
        for turn in call.turns
    ]
    head: Head = {
        "id": call.id,
        "date": call.date.isoformat() if call.date else None,
        "learnt_from": dict(call.learnt_from),
        "aliases": call.aliases,
        "participants": [[at(p.name), at(p.kind), at(p.firm), at(p.title)] for p in call.participants],
        "exchanges": [[at(e.asker), at(e.firm), e.question_turns, e.answer_turns] for e in call.exchanges],
        "problems": [[p.line, p.what] for p in call.problems],
        "turns": list(zip(*turns, strict=True)),
        "strings": list(strings),
    }
    head |= {name: getattr(call, name) for name in PLAIN}
    written = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    text = "".join(turn.text for turn in call.turns).encode("utf-8", "surrogatepass")
    return len(written).to_bytes(4, "little") + written + text


def unpack(data: bytes, pool: Pool) -> Call:
    """Read a call back. ValueError, KeyError or IndexError where the bytes are not a packed call."""
    size = int.from_bytes(data[:4], "little")
    head: Head = json.loads(data[4 : 4 + size].decode("utf-8", "surrogatepass"))
    text = data[4 + size :].decode("utf-8", "surrogatepass")
    strings = [None if each is None else pool.one(each) for each in head["strings"]]
    words = [each or "" for each in strings]
    date = head["date"]
    return Call(
        id=head["id"],
        date=dt.date.fromisoformat(date) if date else None,
        learnt_from=head["learnt_from"],
        aliases=tuple(head["aliases"]),
        participants=tuple(
            Participant(words[name], Kind(words[kind]), strings[firm], strings[title])
            for name, kind, firm, title in head["participants"]
        ),
        turns=tuple(_turns(head["turns"], strings, text, pool)),
        exchanges=tuple(
            Exchange(index, strings[asker], strings[firm], tuple(asked), tuple(answered))
            for index, (asker, firm, asked, answered) in enumerate(head["exchanges"])
        ),
        problems=tuple(Problem(line, pool.one(what)) for line, what in head["problems"]),
        **{name: head[name] for name in PLAIN},
    )


def _turns(columns: list[list[Any]], strings: list[str | None], text: str, pool: Pool) -> Iterable[Turn]:
    sections = [SECTIONS.get(each or "") for each in strings]
    kinds = [KINDS.get(each or "") for each in strings]
    ways = [WAYS.get(each or "") for each in strings]
    begin = 0
    rows = zip(*columns, strict=True)
    for index, (
        line,
        page,
        place,
        section,
        speaker,
        person,
        kind,
        firm,
        title,
        way,
        length,
        slot,
        basis,
        relayed,
    ) in enumerate(rows):
        end = begin + length
        yield Turn(
            index,
            line,
            page,
            strings[place] or pool.one(_place(line, page)),
            sections[section] or Section.PREPARED,
            strings[speaker],
            strings[person],
            kinds[kind] or Kind.UNKNOWN,
            strings[firm],
            strings[title],
            ways[way] or Attribution.UNLABELLED,
            text[begin:end],
            slot,
            strings[basis],
            bool(relayed),
        )
        begin = end


def _place(line: int | None, page: int | None) -> str:
    return f"page {page}" if page is not None else f"line {line}"
