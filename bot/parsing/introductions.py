"""Titles that are only spoken: "our CFO, NAME", "NAME, our Chief Financial Officer", "NAME as our CFO".

Believed of executives without a title, by their full name, where operator or company say it before the questions and
nothing else that they say contradicts it. Kinds are not touched: whoever is named so is known as the company's already.

The patterns are linear: fixed words with bounded repeats; names are compared as plain text beside what they find.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.kind import Kind
from bot.parsing.lowered import holds
from bot.parsing.names import is_part
from bot.parsing.people import People, Person
from bot.parsing.speech import Speech

LONGEST = 6000  # characters of a speech in which people are introduced
FIELD = (
    "executive|financial|finance|operating|operations|technology|technical|information|marketing|commercial|strategy|legal"
    "|people|revenue|product|accounting|administrative|risk|medical|scientific|investment|innovation|sustainability"
    "|human resources|development|growth|customer|digital|data|security|supply chain|business|creative"
    "|communications|compliance|credit|transformation|merchandising|content|lending|banking"
)
RANK = r"(?:(?:senior|executive|group|corporate|global|interim|acting|first|assistant)\s){0,3}"
TAIL = (
    r"(?:,?\s(?:of|for)\s(?:the\s)?(?:investor relations|finance|(?-i:[A-Z][\w&-]{1,20}))"
    r"(?:\s(?:and\s|&\s)?(?-i:[A-Z][\w&-]{1,20})){0,4}|,\sinvestor relations)?"
)
ONE = (
    rf"(?:{RANK}vice[ -]president{TAIL}|(?:head|director)\s(?:of|for)\sinvestor relations|investor relations director"
    rf"|{RANK}(?:co-)?chief\s(?:{FIELD})(?:\s(?:and|&)\s(?:{FIELD}))?\sofficer|[ESX]VP{TAIL}"
    rf"|{RANK}(?:co-)?C[EFOTIM]O|{RANK}managing director"
    rf"|president(?!\s(?:of|for)\s)|(?:executive\s)?chair(?:man|woman|person)?(?!\sof\s)"
    r"|(?:corporate\s)?treasurer|general counsel|(?:corporate\s)?controller|(?:co-?)?founder)"
)
TITLE = re.compile(rf"\b(?=[acdefghimpstvx]){ONE}(?:(?:,|,?\s(?:and|&))\s{ONE}){{0,2}}(?![\w-])", re.IGNORECASE)
WHOSE = r"(?:our|the|its|the company['’]s|[A-Z][\w&.-]{1,30}['’]s?)\s"
BEFORE = re.compile(
    rf"(?:,|\s[–—-])\s(?:(?:who is|who['’]s|our|the|its|the company['’]s|[A-Z][\w&.-]{{1,30}}['’]s?)\s){{0,2}}\Z"
    rf"|\s(?:as|is)\s{WHOSE}\Z"  # for the first time NAME as our Chief Financial Officer
)
DASHED = re.compile(r"\s[–—-]\s(?:\w+\s){0,2}\Z")
OF = re.compile(r"\s(?:of|for)\s")
AFTER = re.compile(r",?\s(?:(?:Mr|Ms|Mrs|Dr)\.?\s)?")
PAST = re.compile(
    r"\b(?:former|previous|past|retired|outgoing|incoming|future|next|deputy|then|new role as)[\s-]\Z", re.IGNORECASE
)
WINDOW = 260  # characters around a name in which titles beside it begin and end
LOOK = 60  # characters around a title in which its owner's name stands
SHORT = {
    "ceo": "chief executive officer",
    "cfo": "chief financial officer",
    "coo": "chief operating officer",
    "cto": "chief technology officer",
    "cio": "chief information officer",
    "cmo": "chief marketing officer",
    "evp": "executive vice president",
    "svp": "senior vice president",
}


def titles(speeches: Sequence[Speech], people: People, begin: int) -> None:
    """Give executives without a title the one that is spoken of them before the questions (speech `begin`)."""
    names = _names(people)
    if not names:
        return
    heard: dict[int, list[str]] = defaultdict(list)
    by_id = {id(person): person for _, person in names}
    for speech, person in list(zip(speeches, people.of, strict=True))[: max(begin, 1)]:
        if person is not None and person.kind not in {Kind.ANALYST, Kind.UNKNOWN}:
            for owner, title in _said(speech.text[:LONGEST], names):
                heard[id(owner)].append(title)
    for key, said in heard.items():
        best = max(said, key=lambda title: len(_plain(title)))
        if all(_plain(title) in _plain(best) for title in said):
            by_id[key].title = best


def _names(people: People) -> list[tuple[str, Person]]:
    """Full names of executives without a title; a name that two people have is nobody's."""
    found: dict[str, list[Person]] = defaultdict(list)
    for person in people.everybody:
        if person.kind is not Kind.EXECUTIVE or person.title is not None or person.part:
            continue
        for name in {person.name, *person.labels}:
            if len(name.split()) > 1 and not is_part(name):
                found[name.casefold()].append(person)
    return [(name, owners[0]) for name, owners in found.items() if len(owners) == 1]


def _said(text: str, names: Sequence[tuple[str, Person]]) -> Iterator[tuple[Person, str]]:
    """Give each title with its owner. One between two names goes the way of the text's clear ones."""
    both: list[tuple[Person, Person, str]] = []
    sides: set[bool] = set()  # whether names come first
    for match in _titles(text, names):
        if PAST.search(text, max(0, match.start() - LOOK), match.start()):
            continue
        if OF.match(text, match.end()) and DASHED.search(text, max(0, match.start() - LOOK), match.start()):
            continue  # `NAME – CEO of Larch Finance`: a house's within the company
        first = _ends(text[max(0, match.start() - LOOK) : match.start()], names)
        after = _starts(text[match.end() : match.end() + LOOK], names)
        if first is not None and after is not None and first is not after:
            both.append((first, after, match[0]))
        elif (owner := first or after) is not None:
            sides.add(first is not None)
            yield owner, match[0]
    if len(sides) == 1:
        for first, after, title in both:
            yield (first if True in sides else after), title


# What each title holds.
HELD = (
    *("president", "chief", "head", "director", "vp", "ceo", "cfo", "coo", "cto", "cio", "cmo", "chair"),
    *("managing", "treasurer", "counsel", "controller", "founder"),
)


def _titles(text: str, names: Sequence[tuple[str, Person]]) -> Iterator[re.Match[str]]:
    """Find titles near the names: they are looked for nowhere else, for that takes its time."""
    low = text.casefold()
    if len(low) != len(text):  # a letter that has no lower case of the same length
        yield from TITLE.finditer(text)
        return
    near: list[tuple[int, int]] = []
    for name, _ in names:
        at = low.find(name)
        while at >= 0:
            near.append((max(0, at - WINDOW), at + len(name) + WINDOW))
            at = low.find(name, at + 1)
    reached = 0
    for begin, end in sorted(near):
        if not holds(low[begin:end], HELD):
            continue
        for match in TITLE.finditer(text, max(begin, reached), end):
            reached = match.end()
            yield match
        reached = max(reached, begin)


def _ends(text: str, names: Sequence[tuple[str, Person]]) -> Person | None:
    """Find whose name stands right before a title."""
    beside = BEFORE.search(text)
    if beside is None:
        return None
    low = text[: beside.start()].casefold()
    return next((owner for name, owner in names if low.endswith(name) and not low[: -len(name)][-1:].isalnum()), None)


def _starts(text: str, names: Sequence[tuple[str, Person]]) -> Person | None:
    """Find whose name stands right after a title."""
    beside = AFTER.match(text)
    if beside is None:
        return None
    low = text[beside.end() :].casefold()
    return next((owner for name, owner in names if low.startswith(name) and not low[len(name) :][:1].isalnum()), None)


def _plain(title: str) -> str:
    """Write a title out for comparison."""
    return " ".join(SHORT.get(word, word) for word in title.lower().replace(",", " ").replace("-", " ").split())
