"""Who the speakers are: one canonical person behind several labels, with kind, firm and title.

The kind comes from the lists, then the label's own words (firm, title, `Q -`), then the operator's words, then the
place in the call. What none of these tell stays unknown.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from bot.kind import Kind
from bot.parsing import matching
from bot.parsing.label import Label, is_firm, is_title
from bot.parsing.names import NOBODY, fold, is_numbered, is_part, unglued
from bot.parsing.roster import ANALYST
from bot.parsing.speech import Speech
from bot.parsing.word_set import word_set
from bot.participant import Participant
from bot.problem import Problem

MOST = 300  # people of a call, lists included; names beyond are not compared, for that takes their number squared
INITIALS = 3  # letters that tell no post
BRIEF = 1500  # characters of a turn that may be an operator's


@dataclass(slots=True)
class Person:
    """Somebody who speaks or is listed."""

    name: str
    kind: Kind = Kind.UNKNOWN
    firm: str | None = None
    title: str | None = None
    listed: bool = False
    part: bool = False  # a part, not a person: several people may stand behind it
    numbered: bool = False  # one person, whom the source only numbers: "Speaker 3"
    inferred: str | None = None  # from which words the name is inferred
    labels: Counter[str] = field(default_factory=Counter)
    basis: str | None = None  # what the kind was inferred from, where no list or label says it


@dataclass(slots=True)
class People:
    """All people of a call; `of` gives the person of each speech, None where no label stands over it."""

    everybody: list[Person]
    of: list[Person | None]
    problems: list[Problem]

    def participants(self) -> tuple[Participant, ...]:
        """Give listed people and speakers, in the order of the list, then of their first words."""
        return tuple(Participant(each.name, each.kind, each.firm, each.title) for each in self.everybody)

    @property
    def unnamed(self) -> bool:
        """Whether the source only numbers some of its speakers."""
        return any(each.numbered for each in self.everybody)


def identify(speeches: Sequence[Speech], listed: Iterable[Participant]) -> People:
    """Find the person behind each speech's label."""
    everybody = _listed(listed)
    by_label: dict[tuple[str, str | None], Person] = {}
    of: list[Person | None] = []
    problems: list[Problem] = []
    counts = Counter(speech.label.stands_for for speech in speeches if speech.label is not None)
    # Full names first: "Emily" can only be told once Emily Weaver is known.
    order = sorted(counts, key=lambda name: (is_part(name), -len(matching.parts(name)), -counts[name]))
    firms = {speech.label.stands_for: speech.label.firm for speech in speeches if speech.label and speech.label.firm}
    for name in order:
        by_label[name, None] = _person(name, firms.get(name), everybody)
    for speech in speeches:
        if speech.label is None:
            of.append(None)
            continue
        person = by_label[speech.label.stands_for, None]
        if not person.labels[speech.label.stands_for] and not person.part:
            told = _told(speech, person)
            if told is not None:
                problems.append(told)
        person.labels[speech.label.stands_for] += 1
        of.append(person)
    for person in everybody:
        if not person.listed and person.labels and not person.numbered:
            person.name = unglued(max(person.labels, key=lambda name: (person.labels[name], len(name))))
    people = People(everybody, of, problems)
    _from_labels(speeches, people)
    return people


def _told(speech: Speech, person: Person) -> Problem | None:
    """Tell of a label that is spelt unlike the person's name is told, unless it is only shorter or longer."""
    if speech.label is None or matching.same(speech.label.stands_for, person.name):
        return None
    if len(matching.parts(speech.label.name)) == 1:
        return None
    return Problem(speech.line, f"{speech.label.name} is taken for {person.name}")


def _listed(listed: Iterable[Participant]) -> list[Person]:
    everybody: list[Person] = []
    for entry in listed:
        found = next((each for each in everybody if fold(each.name) == fold(entry.name)), None)
        if found is None:
            everybody.append(Person(entry.name, entry.kind, entry.firm, _own_title(entry.title), listed=True))
            continue
        found.firm = found.firm or entry.firm
        found.title = found.title or _own_title(entry.title)
        if found.kind is Kind.UNKNOWN:
            found.kind = entry.kind
    return everybody


def _person(name: str, firm: str | None, everybody: list[Person]) -> Person:
    if name in NOBODY or is_part(name):
        for each in everybody:
            if (each.part or each.numbered) and fold(each.name) == fold(name):
                return each
        numbered = is_numbered(name)
        person = Person(name, part=not numbered, numbered=numbered)
        everybody.append(person)
        return person
    named = [each for each in everybody if not each.part and not each.numbered]
    if len(named) > MOST:
        person = Person(unglued(name), firm=firm)
        everybody.append(person)
        return person
    found = matching.best(name, (each.name for each in named))
    if found is not None:
        person = next(each for each in named if each.name == found)
        if firm is None or person.firm is None or person.listed or fold(firm) == fold(person.firm):
            return person
        if matching.same(name, person.name):
            return person
    person = Person(unglued(name), firm=firm)
    everybody.append(person)
    return person


def _from_labels(speeches: Sequence[Speech], people: People) -> None:
    """Take kind, firm and title from what stands in labels and records."""
    for speech, person in zip(speeches, people.of, strict=True):
        label = speech.label
        if person is None or label is None:
            continue
        firm, title = label.firm or speech.firm, label.title or speech.title
        person.firm = person.firm or firm
        person.title = person.title or _own_title(title)
        if person.kind is Kind.UNKNOWN:
            person.kind = _stated(label, speech, title)
    _by_firm(people)


def _own_title(title: str | None) -> str | None:
    """Take a title unless it is only the kind once more: vendors print "Analyst" beside every guest."""
    return None if title is None or title.strip().lower() in {"analyst", "analysts"} else title


def _stated(label: Label, speech: Speech, title: str | None) -> Kind:
    if label.kind is not None:
        return label.kind
    if speech.kind is not None and speech.kind is not Kind.UNKNOWN:
        return speech.kind
    if title and ANALYST.search(title):
        return Kind.ANALYST
    return Kind.UNKNOWN


def house(people: People, company: str | None) -> None:
    """Firms and titles tell kinds once the company is known: the company's own are executives."""
    for person in people.everybody:
        if person.kind is not Kind.UNKNOWN or person.part:
            continue
        if (person.firm and company and same_firm(person.firm, company)) or (
            person.title and is_title(person.title) and not ANALYST.search(person.title) and not person.firm
        ):
            person.kind = Kind.EXECUTIVE


def own_list(listed: Sequence[Participant], company: str | None) -> list[Participant]:
    """Read what stands beside a name under the company's own heading as a post, unless it is surely a house's name.

    `NAME - Raw Materials and Logistics` is what somebody looks after; a house has a legal form or a word of houses,
    is called as the company is, or stands beside several names.
    """
    beside = Counter(fold(each.firm) for each in listed if each.firm)
    return [
        replace(each, firm=None, title=each.firm if sum(map(str.isalnum, each.firm)) > INITIALS else None)
        if each.kind is Kind.EXECUTIVE and each.firm and not each.title and not _is_house(each.firm, company, beside)
        else each
        for each in listed
    ]


def _is_house(name: str, company: str | None, beside: Counter[str]) -> bool:
    if is_firm(name) or beside[fold(name)] > 1:
        return True
    if company is None:
        return len(name.split()) == 1
    return same_firm(name, company) or _firm_words(name)[:1] == _firm_words(company)[:1]


def same_firm(one: str, other: str) -> bool:
    """Tell whether two names are one firm's, endings and marks aside."""
    a, b = _firm_words(one), _firm_words(other)
    if not a or not b:
        return False
    short, long = sorted((a, b), key=len)
    return long[: len(short)] == short or "".join(a) == "".join(b)


_ENDINGS = word_set(
    "inc incorporated corp corporation co company companies ltd limited plc llc lp sa ag nv se spa ab"
    " asa holdings holding group the and"
)


def _firm_words(name: str) -> list[str]:
    words = fold(name.replace("&", " and ").replace("'s", "")).split()
    return [word for word in words if word not in _ENDINGS]


def _by_firm(people: People) -> None:
    """Where some labels print a firm and others none, the firm is a guest's: `Name - Firm` beside bare names."""
    speakers = [each for each in people.everybody if each.labels and not each.part]
    guests = [each for each in speakers if each.firm and not each.title and each.kind is Kind.UNKNOWN]
    own = [each for each in speakers if not each.firm and each.kind is Kind.UNKNOWN]
    known = own or [each for each in speakers if each.kind is Kind.EXECUTIVE]
    if len(guests) < 2 or not known or len({fold(each.firm or "") for each in guests}) < 2:  # noqa: PLR2004  # a figure that its name says
        return
    if any(each.listed and each.kind is Kind.ANALYST for each in people.everybody):
        own = []
    for each in guests:
        each.kind = Kind.ANALYST
        each.basis = "the label prints a firm"
    for each in own:
        each.kind = Kind.EXECUTIVE
        each.basis = "the label prints no firm where guests' labels do"


def named(name: str, person: Person) -> bool:
    """Tell whether a spoken name means a person: the same, alike, or sharing a word."""
    return _means(name, person.name)


@lru_cache(maxsize=4096)
def _means(spoken: str, name: str) -> bool:
    if matching.best(spoken, [name]) is not None or matching.alike(spoken, name):
        return True
    return bool(set(matching.parts(spoken)) & set(matching.parts(name)))
