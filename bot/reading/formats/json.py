"""JSON of vendors and scrapers: sections or lists of turns, or the whole call in one string.

Known by shape, not by vendor: any list of objects that carry a speaker and words is a call's turns. Met so far: Motley
Fool sections (`prepared_remarks`, `q_and_a`), FMP (`content`), EarningsCall levels 1 to 4 (`speakers`,
`speaker_name_map_v2`, `prepared_remarks`, `questions_and_answers`), API-Ninjas (`transcript_split`), Alpha Vantage
(`transcript` of speaker, title, content), and Earshot's own `parse --json` and `--jsonl`.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from bot.problem import Problem
from bot.reading.document import Document
from bot.reading.encoding import decode, mend, split_lines
from bot.reading.errors import NotATranscriptError, TooMuchError
from bot.reading.formats._head import header, names, participants
from bot.reading.formats._keys import (
    FIRM,
    KIND,
    KINDS,
    PEOPLE,
    PREPARED,
    QUESTIONS,
    SECTION,
    SPEAKER,
    TITLE,
    WHOLE,
    Json,
    about,
    get,
    lower,
    words,
)
from bot.reading.line import Line
from bot.reading.reader import Reader
from bot.reading.record import Record
from bot.section import Section

NAMED_LINE = re.compile(r"[A-ZÀ-Þ][\w.'’-]{0,40}(?: [A-ZÀ-Þ][\w.'’-]{0,40}){0,4} ?(?: ?-[^:]{1,60})?:")
OPENINGS = (b"{", b"[")
MOST_TURNS = 50_000  # a long call has a thousand
DEEPEST = 12  # levels that are searched for turns; vendors nest at most five
Turn: TypeAlias = "tuple[Mapping[str, Json], Section | None]"
SHORTEST = 40  # characters of a whole call in one string; less is a title or a message


def recognise(data: bytes, name: str) -> float:
    """JSON opens with a bracket; the extension is worth little (scrapers keep JSON under .txt)."""
    head = data[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
    if not head.startswith(OPENINGS):
        return 0.0
    after = head[1:].lstrip(b"\0 \t\r\n")[:1]
    if after and after in b'"{[]}':
        return 0.9
    return 0.5 if name.lower().endswith(".json") else 0.0


def read(data: bytes, name: str) -> Document:  # noqa: ARG001  # the shape tells, not the name
    """Give records of the turns, or lines where the call is one string; UnreadableError where it holds neither."""
    value = parse(decode(data).text)
    calls = _calls(value)
    if len(calls) > 1:
        raise NotATranscriptError(f"it holds {len(calls)} calls; load it with a folder, or give them one a file")
    return document(calls[0])


def several(data: bytes, name: str) -> tuple[tuple[str, Document], ...]:  # noqa: ARG001  # the shape tells
    """Part a list of calls (one vendor's file a company, JSON Lines of Earshot's own) into a Document each."""
    calls = _calls(parse(decode(data).text))
    if len(calls) == 1:
        return (("", document(calls[0])),)
    found: dict[str, Document] = {}
    for number, value in enumerate(calls, 1):
        try:
            read_one = document(value)
        except NotATranscriptError:
            continue
        header = read_one.header
        named = " ".join(header[key] for key in ("ticker", "year", "quarter") if key in header)
        title = _identity(value) or named or f"record {number}"
        found[title if title not in found else f"{title} ({number})"] = read_one
    if not found:
        raise NotATranscriptError("the JSON holds neither turns with a speaker nor a transcript's text")
    return tuple(found.items())


def _calls(value: Json) -> Sequence[Json]:
    """Give the calls of a list of them (or of an object that only wraps such a list), else the value itself."""
    if isinstance(value, dict):
        wrapped = [each for each in value.values() if isinstance(each, list | dict)]
        if len(wrapped) == 1 and isinstance(wrapped[0], list):
            inner = _calls(wrapped[0])
            return inner if len(inner) > 1 else [value]
        return [value]
    if not isinstance(value, list) or any(not isinstance(each, dict) for each in value):
        return [value]
    whole = [each for each in value if isinstance(each, dict) and not _is_turn(each) and _holds_a_call(each)]
    return whole if len(whole) > 1 and len(whole) * 2 > len(value) else [value]


def _holds_a_call(value: Mapping[str, Json]) -> bool:
    low = lower(value)
    return _whole(dict(value)) is not None or any(
        isinstance(low.get(key), list | dict) for key in (*PREPARED, *QUESTIONS, "turns", "speakers", "transcript")
    )


def _identity(value: Json) -> str:
    """Give the id that Earshot's own output carries."""
    call = value.get("call") if isinstance(value, dict) else None
    found = call.get("id") if isinstance(call, dict) else None
    return found if isinstance(found, str) else ""


def parse(text: str) -> Json:
    """JSON, or JSON Lines, as values."""
    try:
        value: Json = json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        return _lines(text, error)
    except RecursionError:
        raise NotATranscriptError("its JSON is nested too deeply") from None
    return value


def _lines(text: str, error: json.JSONDecodeError) -> Json:
    """One object a line, or a clear word about where the JSON breaks off."""
    try:
        return [json.loads(line) for line in text.split("\n") if line.strip()]
    except (json.JSONDecodeError, RecursionError):
        raise NotATranscriptError(f"its JSON breaks off or is malformed at line {error.lineno}") from None


def document(value: Json) -> Document:
    """Make a Document of the call that a JSON value holds."""
    said = header(value)
    people = tuple(participants(value))
    for found in _found(value):
        records = tuple(record for record, _ in found)
        mended = tuple(Problem(None, f"mojibake mended in {r.place}") for r, before in found if r.text != before)
        return Document("json", records=records, header=said, participants=people, problems=mended)
    halves = _halves(value)
    if halves:
        return Document("json", records=halves, header=said, participants=people)
    whole = _whole(value)
    if whole is None:
        raise NotATranscriptError("the JSON holds neither turns with a speaker nor a transcript's text")
    lines: list[Line] = []
    problems: list[Problem] = []
    for number, raw in enumerate(split_lines(whole), 1):
        text = mend(raw)
        lines.append(Line(text, number))
        if text != raw:
            problems.append(Problem(number, "mojibake mended"))
    return Document("json", lines=tuple(lines), header=said, participants=people, problems=tuple(problems))


def _found(value: Json) -> Iterator[list[tuple[Record, str]]]:
    """Yield the turns that the value holds, each with its text before mending; nothing where it holds none."""
    known = names(value)
    turns: list[Turn] = []
    _collect(value, None, turns, 0)
    if len(turns) > MOST_TURNS:
        raise TooMuchError(f"{len(turns)} turns in one call", f"{MOST_TURNS:,} turns")
    records: list[tuple[Record, str]] = []
    for item, section in turns:
        record = _record(item, section, known, len(records) + 1)
        if record is not None:
            records.append(record)
    if records:
        yield records


def _collect(  # noqa: C901  # one branch a shape that vendors use
    value: Json, section: Section | None, turns: list[Turn], deep: int
) -> None:
    """Walk to the lists of turns, remembering the section they stand in; the first level that has turns is taken."""
    if deep > DEEPEST:
        return
    if isinstance(value, list):
        items = [item for item in value if isinstance(item, dict)]
        said = [item for item in items if _is_turn(item)]
        if said and len(said) * 2 >= len(items):
            turns += [(item, section) for item in said]
            return
        for item in items:
            _collect(item, section, turns, deep + 1)
    elif isinstance(value, dict):
        inner = {key.lower(): each for key, each in value.items()}
        sections = [key for key in inner if key in PREPARED or key in QUESTIONS]
        if sections and any(isinstance(inner[key], list) for key in sections):
            for key in sections:
                _collect(inner[key], Section.QA if key in QUESTIONS else Section.PREPARED, turns, deep + 1)
            return
        for key, each in inner.items():
            if key not in PEOPLE and isinstance(each, list | dict):
                before = len(turns)
                _collect(each, section, turns, deep + 1)
                if len(turns) > before:
                    return


def _is_turn(item: Mapping[str, Json]) -> bool:
    return get(item, SPEAKER) is not None and bool(words(item))


def _record(
    item: Mapping[str, Json], section: Section | None, known: Mapping[str, tuple[str, str | None]], number: int
) -> tuple[Record, str] | None:
    raw = words(item)
    label = get(item, SPEAKER) or ""
    label, title = known.get(label, (label, None))
    said = get(item, SECTION)
    if section is None and said:
        section = Section.QA if _is_questions(said) else Section.PREPARED
    kind = KINDS.get((get(item, KIND) or "").lower())
    title = title or about(item, TITLE)
    if title and title.lower() in KINDS and kind is not None and title.lower() != "analyst":
        title = None
    text = mend(raw)
    line = get(item, ("line",))
    return (
        Record(
            label=mend(label) or None,
            text=text,
            place=f"record {number}",
            line=int(line) if line and line.isdecimal() else None,
            section=section,
            kind=kind,
            firm=about(item, FIRM),
            title=title,
        ),
        raw,
    )


def _is_questions(said: str) -> bool:
    low = said.lower()
    return low in {"qa", "qna", "q&a", "qanda", "q_and_a"} or "question" in low or "q&a" in low


def _halves(value: Json) -> tuple[Record, ...]:
    """Give prepared remarks and questions as a record each, where they are strings in which nobody is named."""
    if not isinstance(value, dict):
        return ()
    low = lower(value)
    texts = [
        (section, text)
        for section, keys in ((Section.PREPARED, PREPARED), (Section.QA, QUESTIONS))
        for key in keys
        if isinstance(text := low.get(key), str) and text.strip()
    ]
    if not texts or any(NAMED_LINE.match(line) for _, text in texts for line in text.split("\n")):
        return ()
    return tuple(
        Record(None, mend(text.strip()), f"record {number}", section=section)
        for number, (section, text) in enumerate(texts, 1)
    )


def _whole(value: Json) -> str | None:
    """Take the call in one string, or its two parts in two."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, str):
        return value if len(value) >= SHORTEST else None
    if not isinstance(value, dict):
        return None
    low = lower(value)
    parts = [low.get(key) for keys in (PREPARED, QUESTIONS) for key in keys]
    halves = [part for part in parts if isinstance(part, str) and part.strip()]
    if halves:
        return "\n".join(halves)
    for key in WHOLE:
        text = low.get(key)
        if isinstance(text, str) and len(text) >= SHORTEST:
            return text
        if isinstance(text, dict):
            inner = _whole(text)
            if inner is not None:
                return inner
    return None


reader = Reader("json", recognise, read, several)
