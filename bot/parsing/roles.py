"""Kinds that only the place in the call tells, after lists and labels have had their say.

Who is handed a question asks; who speaks before the questions is the company's own (or, introduced from another
house, its host); who answers an asker answers for the company. Whoever none of these meets stays unknown.
"""

from collections import Counter
from collections.abc import Sequence

from bot.kind import Kind
from bot.parsing import matching
from bot.parsing.handoff import Handoff
from bot.parsing.people import People, Person, same_firm
from bot.parsing.speech import Speech

NEAR = 3  # turns after a hand-off in which its asker begins


def askers(people: People, given: Sequence[Handoff | None]) -> None:
    """Whoever is handed a question by name, or speaks right after it and is nobody of the company, is an analyst."""
    for index, hand in enumerate(given):
        if hand is None or not hand.asks:
            continue
        person = _handed(people, given, hand, index)
        if person is None:
            continue
        if person.kind is Kind.UNKNOWN:
            person.kind = Kind.ANALYST
            person.basis = "is handed a question"
        if (
            person.kind is Kind.ANALYST
            and person.firm is None
            and hand.firm
            and not person.part
            and _named(hand, person)
        ):
            person.firm = hand.firm


def _named(hand: Handoff, person: Person) -> bool:
    if hand.name is None:
        return False
    return (
        matching.best(hand.name, [person.name]) is not None
        or matching.alike(hand.name, person.name)
        or _shares(hand.name, person.name)
    )


def _shares(one: str, other: str) -> bool:
    return bool(set(matching.parts(one)) & set(matching.parts(other)))


def _handed(people: People, given: Sequence[Handoff | None], hand: Handoff, index: int) -> Person | None:
    """The asker among the next speakers: the one named, else the first who is nobody of the company."""
    first: Person | None = None
    for later in range(index + 1, min(index + 1 + NEAR, len(people.of))):
        person = people.of[later]
        if person is None or (given[later] is not None and person.kind is Kind.OPERATOR):
            break
        if person.kind in {Kind.OPERATOR, Kind.EXECUTIVE}:
            continue
        if _named(hand, person):
            return person
        first = first or person
    return first


def by_place(
    speeches: Sequence[Speech], people: People, given: Sequence[Handoff | None], begin: int, company: str | None
) -> None:
    """Settle who is left by place: before the questions, or between an asker and the next hand-off."""
    guests = _guests(people, given, begin, company)
    for index in range(min(begin, len(speeches))):
        person = people.of[index]
        if person is None or person.kind is not Kind.UNKNOWN:
            continue
        if person.part and not _company_part(person):
            continue
        host = next((firm for name, firm in guests if matching.best(name, [person.name])), None)
        if host is not None:
            person.kind, person.firm, person.basis = Kind.HOST, person.firm or host, "is introduced from another house"
        else:
            person.kind, person.basis = Kind.EXECUTIVE, "speaks before the questions"
    answers: Counter[int] = Counter()
    for index in range(begin + 1, len(speeches)):
        person, before = people.of[index], people.of[index - 1]
        if person is None or person.kind is not Kind.UNKNOWN or person.part or before is None:
            continue
        if before.kind in {Kind.ANALYST, Kind.EXECUTIVE}:
            answers[id(person)] += 1
            if before.kind is Kind.ANALYST or answers[id(person)] > 1:
                person.kind, person.basis = Kind.EXECUTIVE, "answers an asker"


def _company_part(person: Person) -> bool:
    return person.kind is Kind.EXECUTIVE


def _guests(people: People, given: Sequence[Handoff | None], begin: int, company: str | None) -> list[tuple[str, str]]:
    """Who is introduced from another house before the questions: names and firms."""
    if company is None:
        return []
    found: list[tuple[str, str]] = []
    for index in range(min(begin, len(given))):
        hand, person = given[index], people.of[index]
        if hand is None or person is None or person.kind is not Kind.OPERATOR or not hand.name or not hand.firm:
            continue
        if not same_firm(hand.firm, company) and not _within(hand.firm, company):
            found.append((hand.name, hand.firm))
    return found


def _within(firm: str, company: str) -> bool:
    """A title or a short form of the company is not another house."""
    words = {word.strip(".,'’s").lower() for word in company.split() if len(word) > 2}  # noqa: PLR2004
    return (
        any(word.strip(".,").lower().removesuffix("'s") in words for word in firm.split()) or matching.parts(firm) == ()
    )
