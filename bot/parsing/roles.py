"""Kinds that only the place in the call tells, after lists and labels have had their say.

Who is handed a question asks; who speaks before the questions is the company's own (or, introduced from another
house, its host); who answers an asker answers for the company. Whoever none of these meets stays unknown.
"""

from collections import Counter
from collections.abc import Sequence

from bot.kind import Kind
from bot.parsing import matching
from bot.parsing.handoff import Handoff
from bot.parsing.label import is_title
from bot.parsing.people import People, Person, named, same_firm

NEAR = 3  # turns after a hand-off in which its asker begins


def askers(people: People, given: Sequence[Handoff | None], *, by_name: bool = False, at_once: bool = False) -> None:
    """Whoever is handed a question by name is an analyst; else whoever speaks right after and is not the company's."""
    for index, hand in enumerate(given):
        if hand is None or not hand.asks:
            continue
        person = _handed(people, given, hand, index)
        if person is None or (by_name and not _means(hand, person)):
            continue
        if at_once and people.of[index + 1] is not person:
            continue
        if person.kind is Kind.UNKNOWN:
            person.kind = Kind.ANALYST
            person.basis = "is handed a question"
        if (
            person.kind is Kind.ANALYST
            and person.firm is None
            and hand.firm
            and not person.part
            and _means(hand, person)
        ):
            person.firm = hand.firm


def _means(hand: Handoff, person: Person) -> bool:
    return hand.name is not None and named(hand.name, person)


def _handed(people: People, given: Sequence[Handoff | None], hand: Handoff, index: int) -> Person | None:
    """Find the asker among the next speakers: the one named, else the first who is nobody of the company."""
    first: Person | None = None
    for later in range(index + 1, min(index + 1 + NEAR, len(people.of))):
        person = people.of[later]
        if person is None or (given[later] is not None and person.kind is Kind.OPERATOR):
            break
        if person.kind in {Kind.OPERATOR, Kind.EXECUTIVE}:
            continue
        if _means(hand, person):
            return person
        first = first or person
    return first


def prepared(people: People, given: Sequence[Handoff | None], begin: int, company: str | None) -> None:
    """Whoever speaks before the questions is the company's own, or a host who is introduced from another house."""
    guests = _guests(people, given, begin, company)
    for index in range(begin):
        person = people.of[index]
        if person is None or person.kind is not Kind.UNKNOWN or person.part:
            continue
        host = next((firm for name, firm in guests if matching.best(name, [person.name])), None)
        if host is not None:
            person.kind, person.firm, person.basis = Kind.HOST, person.firm or host, "is introduced from another house"
        else:
            person.kind, person.basis = Kind.EXECUTIVE, "speaks before the questions"


def answering(people: People, begin: int) -> None:
    """Whoever speaks right after an asker, or again and again after those who answer, answers for the company."""
    answers: Counter[int] = Counter()
    for index in range(begin + 1, len(people.of)):
        person, before = people.of[index], people.of[index - 1]
        if person is None or person.kind is not Kind.UNKNOWN or person.part or before is None:
            continue
        if before.kind in {Kind.ANALYST, Kind.EXECUTIVE}:
            answers[id(person)] += 1
            if before.kind is Kind.ANALYST or answers[id(person)] > 1:
                person.kind, person.basis = Kind.EXECUTIVE, "answers an asker"


def _guests(people: People, given: Sequence[Handoff | None], begin: int, company: str | None) -> list[tuple[str, str]]:
    """Who is introduced from another house before the questions: names and firms."""
    if company is None:
        return []
    found: list[tuple[str, str]] = []
    for index in range(min(begin, len(given))):
        hand, person = given[index], people.of[index]
        if hand is None or person is None or person.kind is not Kind.OPERATOR or not hand.name or not hand.firm:
            continue
        if is_title(hand.firm):
            continue
        if not same_firm(hand.firm, company) and not _within(hand.firm, company):
            found.append((hand.name, hand.firm))
    return found


def _within(firm: str, company: str) -> bool:
    """Tell whether it is the company's: a title or a short form of the company is not another house."""
    words = {word.strip(".,'’s").lower() for word in company.split() if len(word) > 2}  # noqa: PLR2004  # a figure that its name says
    return (
        any(word.strip(".,").lower().removesuffix("'s") in words for word in firm.split()) or matching.parts(firm) == ()
    )
