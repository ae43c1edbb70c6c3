"""Kinds that only the place in the call tells, after lists and labels have had their say.

Who is handed a question asks; who speaks before the questions is the company's own (or, introduced from another
house, its host); who answers an asker answers for the company. Whoever none of these meets stays unknown.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from bot.kind import Kind
from bot.parsing import asking, calls, handoff, matching
from bot.parsing.floor import ANSWERING, SIDES
from bot.parsing.handoff import Handoff
from bot.parsing.label import is_title
from bot.parsing.people import People, Person, named, same_firm
from bot.parsing.speech import Speech

ENDING = 300  # characters at the end of a turn in which its question stands
BRIEF = 80  # characters in which anybody may thank or agree
SEVERAL = 3  # askers after whom no asker speaks
NEAR = 3  # turns after a hand-off in which its asker begins


def askers(
    speeches: Sequence[Speech],
    people: People,
    given: Sequence[Handoff | None],
    *,
    by_name: bool = False,
    at_once: bool = False,
) -> None:
    """Whoever is handed a question by name is an analyst; else whoever speaks right after and is not the company's."""
    for index, hand in enumerate(given):
        if hand is None or not hand.asks:
            continue
        person = _handed(people, given, hand, index)
        if person is None or (by_name and not _means(hand, person)):
            continue
        if at_once and people.of[index + 1] is not person:
            continue
        if person.kind is Kind.UNKNOWN and not _means(hand, person) and not _asks(speeches, people, person, index):
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


def _asks(speeches: Sequence[Speech], people: People, person: Person, index: int) -> bool:
    return asking.soon(speeches, people.of, person, index)


def misplaced(people: People, given: Sequence[Handoff | None], begin: int, company: str | None) -> None:
    """Put right whom a list puts among the wrong people: a guest of another house, and the company's own voice.

    The first is listed with a firm that is not the company's and is handed a question with that firm; the second is
    listed without a firm, with a post of the company's, and speaks before the questions.
    """
    for index, hand in enumerate(given[:-1]):
        person = people.of[index + 1]
        if person is None or hand is None or not hand.asks or person.kind is not Kind.EXECUTIVE or not hand.firm:
            continue
        if not person.firm or not same_firm(person.firm, hand.firm) or not _means(hand, person):
            continue
        if company is None or not (same_firm(person.firm, company) or _within(person.firm, company)):
            person.kind, person.basis = Kind.ANALYST, "is handed a question, and is of another house"
    for person in people.of[:begin]:
        if person is None or person.kind is not Kind.ANALYST or not person.listed or person.firm or not person.title:
            continue
        if handoff.is_post(person.title):
            person.kind, person.basis = Kind.EXECUTIVE, "speaks before the questions"


def _means(hand: Handoff, person: Person) -> bool:
    return hand.name is not None and named(hand.name, person)


def _handed(people: People, given: Sequence[Handoff | None], hand: Handoff, index: int) -> Person | None:
    """Find the asker among the next speakers: the one named, else the first who is nobody of the company."""
    first: Person | None = None
    for later in range(index + 1, min(index + 1 + NEAR, len(people.of))):
        person = people.of[later]
        if person is None or (given[later] is not None and person.kind is Kind.OPERATOR):
            break
        if person.kind in ANSWERING:
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


def thanking(speeches: Sequence[Speech], people: People) -> None:
    """Whoever thanks for his question is an analyst, though nobody announced him; so is who asks the first one.

    The first one is asked right after somebody has opened the floor, by somebody new, and answered by somebody who
    spoke before.
    """
    spoken: set[int] = set()
    for index, person in enumerate(people.of):
        if person is None:
            continue
        if person.kind is Kind.UNKNOWN and not person.part and id(person) not in spoken:
            text = speeches[index].text
            if asking.thanks(text):
                person.kind, person.basis = Kind.ANALYST, "thanks for taking the question"
            elif _first(speeches, people, spoken, index) and asking.plainly(text):
                person.kind, person.basis = Kind.ANALYST, "asks when the floor is opened"
        spoken.add(id(person))


def _first(speeches: Sequence[Speech], people: People, spoken: AbstractSet[int], index: int) -> bool:
    """Tell whether the floor is opened before a turn, and whoever speaks after it spoke before."""
    after = people.of[index + 1] if index + 1 < len(people.of) else None
    if after is None or after.kind is Kind.OPERATOR or id(after) not in spoken:
        return False
    return handoff.opens(speeches[index - 1].text[-ENDING:])


def called(speeches: Sequence[Speech], people: People, given: Sequence[Handoff | None]) -> None:
    """Whomever one of the company calls upon, by his given name, to speak next is one of it, unless he is an asker.

    `Ida?`, `Ben, I'll let you take that`, `over to Ben`: askers are thanked by name as well, and answered, but not
    asked to speak. Whoever calls upon many gives them the floor.
    """
    handed = [
        hand.name
        for hand, person in zip(given, people.of, strict=True)
        if hand is not None and hand.asks and hand.name
        if hand.firm or (person is not None and person.kind is Kind.OPERATOR)
    ]
    colleagues: dict[int, dict[int, Person]] = defaultdict(dict)
    for index, (one, other) in enumerate(pairwise(people.of)):
        if one is None or other is None or other.part or one.kind is Kind.OPERATOR or one is other:
            continue
        if other.kind is not Kind.UNKNOWN or any(named(name, other) for name in handed):
            continue
        if calls.upon(speeches[index].text, other.name) and not asking.thanks(speeches[index + 1].text):
            colleagues[id(one)][id(other)] = other
    for those in colleagues.values():
        for other in those.values() if len(those) <= SEVERAL else ():
            other.kind, other.basis = Kind.EXECUTIVE, "is called upon by one of the company"


def answering(speeches: Sequence[Speech], people: People, begin: int) -> None:
    """Whoever speaks right after an asker, or at length after those who answer, answers for the company.

    Unless he asks, and one of the company speaks next: then he asks too.
    """
    answers: Counter[int] = Counter()
    for index in range(begin + 1, len(people.of)):
        person, before = people.of[index], people.of[index - 1]
        if person is None or person.kind is not Kind.UNKNOWN or person.part or before is None:
            continue
        if before.kind not in SIDES:
            continue
        text = speeches[index].text
        after = people.of[index + 1] if index + 1 < len(people.of) else None
        if _mostly_asks(speeches, people, person, begin) and not _with_executives(people, person):
            if after is not None and after.kind is Kind.EXECUTIVE:
                person.kind, person.basis = Kind.ANALYST, "asks, and is answered"
            continue
        answers[id(person)] += 1
        if before.kind is Kind.ANALYST or answers[id(person)] > 1 or (len(text) > BRIEF and not asking.asks(text)):
            person.kind, person.basis = Kind.EXECUTIVE, "answers an asker"


def corrected(speeches: Sequence[Speech], people: People, begin: int) -> None:
    """Take whoever speaks right after several askers, and mostly does not ask, for one of the company after all."""
    before: defaultdict[int, set[int]] = defaultdict(set)
    by_id = {id(person): person for person in people.of if person is not None}
    for one, other in pairwise(people.of[begin:]):
        if one is None or other is None or one is other or other.kind is not Kind.ANALYST or other.basis is None:
            continue
        if one.kind is Kind.ANALYST and not one.part:
            before[id(other)].add(id(one))
    for key, those in before.items():
        person = by_id[key]
        if len(those) >= SEVERAL and not _mostly_asks(speeches, people, person, begin):
            person.kind, person.firm, person.basis = Kind.EXECUTIVE, None, "answers several askers"


def _mostly_asks(speeches: Sequence[Speech], people: People, person: Person, begin: int) -> bool:
    """Tell whether most of somebody's turns in the questions end in one; who answers only passes some on."""
    turns = [speeches[at].text for at in range(begin, len(speeches)) if people.of[at] is person]
    end = sum("?" in text[-ENDING:] and asking.asks(text) for text in turns)
    return end * 5 >= len(turns) * 3


def _with_executives(people: People, person: Person) -> bool:
    """Tell whether a post of the company's, or the firm of one of its own, is known of somebody."""
    if person.title and handoff.is_post(person.title):
        return True
    own = [each.firm for each in people.everybody if each.kind is Kind.EXECUTIVE and each.firm]
    return person.firm is not None and any(same_firm(person.firm, firm) for firm in own)


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
