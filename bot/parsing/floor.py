"""Who is given the floor by each speech: what its words say, and whom they may be believed of."""

import re
from collections.abc import Sequence

from bot.kind import Kind
from bot.parsing import asking, handoff
from bot.parsing.handoff import Handoff
from bot.parsing.label import Label, is_title
from bot.parsing.people import BRIEF, People, Person, named
from bot.parsing.speech import Speech

ENDING = 240  # characters at the end of anybody else's in which it hands over


def spoken(speeches: Sequence[Speech]) -> list[Handoff | None]:
    """Find the hand-off in each speech's words, whoever says them.

    A named person's hand-over is only believed of whoever speaks next, so it is looked for where that name is spoken.
    """
    following = [*(speech.label for speech in speeches[1:]), None][: len(speeches)]
    return [
        None
        if _gives_nothing(speech)
        else handoff.find(speech.text)
        if _may_operate(speech)
        else (handoff.find(speech.text[-ENDING:]) if _may_mean(speech, after) else None)
        for speech, after in zip(speeches, following, strict=True)
    ]


def _may_mean(speech: Speech, after: Label | None) -> bool:
    """Tell whether the end of a speech may name whoever speaks next: some word of the name stands in it."""
    if speech.label is None or speech.label.is_part or after is None or after.is_part:
        return True
    ending = speech.text[-ENDING:].lower()
    return any(word.lower() in ending for word in after.stands_for.split() if len(word) > 2)  # noqa: PLR2004  # no initial


def _may_operate(speech: Speech) -> bool:
    return speech.label is not None and speech.label.is_part and len(speech.text) < BRIEF


def _gives_nothing(speech: Speech) -> bool:
    """Tell whether a label names a part that gives nobody the floor: "Executives", "Unidentified Analyst"."""
    label = speech.label
    return label is not None and label.kind in {Kind.EXECUTIVE, Kind.ANALYST} and label.is_part


def handoffs(speeches: Sequence[Speech], people: People, said: Sequence[Handoff | None]) -> list[Handoff | None]:
    """Find the hand-off in each speech of somebody who gives the floor: operators, moderators, the company's own.

    Before the first words that surely speak of a question, nobody is given the floor to ask: greetings introduce.
    Somebody who is no operator is only believed when the one named speaks next, or when he does little else.
    """
    found: list[Handoff | None] = []
    for index, (given, person) in enumerate(zip(said, people.of, strict=True)):
        if person is None or person.kind is Kind.ANALYST or (person.kind is not Kind.OPERATOR and person.part):
            found.append(None)
            continue
        if person.kind is Kind.OPERATOR:
            given = _named_next(given, speeches, people, index)  # noqa: PLW2901  # what is found replaces what was heard
        else:
            given = _means_next(given, speeches, people, index)  # noqa: PLW2901  # as above
        doubted = given is not None and given.asks and person.kind is not Kind.OPERATOR
        found.append(None if given is not None and doubted and not _believed(given, speeches, people, index) else given)
    _greetings(found, speeches, people)
    return found


def _named_next(given: Handoff | None, speeches: Sequence[Speech], people: People, index: int) -> Handoff | None:
    """Believe that an operator who names whoever speaks next gives him the floor, whatever the words."""
    following = [person for person in people.of[index + 1 : index + 3] if person is not None and not person.part]
    for person in following:
        if given is not None and given.name is not None and named(given.name, person):
            return _sure(given, speeches[index].text, person, index)
    for person in following:
        names = [person.name, *person.labels]
        own = person.kind is Kind.EXECUTIVE
        for name in dict.fromkeys(names):
            found = handoff.to(speeches[index].text, name, given_name=own)
            if found is not None:
                asks = found.asks and not own and bool(index)
                return Handoff(found.name, None if own else found.firm, asks, sure=asks)
    return given


def _sure(given: Handoff, text: str, person: Person, index: int) -> Handoff:
    """Past the greeting, an operator who names a guest's house with him gives him a question, whatever the words."""
    if not index or person.kind is Kind.EXECUTIVE or given.relays:
        return given
    if given.firm is None:
        better = handoff.to(text, given.name or person.name)
        given = better if better is not None and better.firm else given
    if given.firm is None or is_title(given.firm):
        return given
    return Handoff(given.name, given.firm, asks=True, sure=True)


def _greetings(found: list[Handoff | None], speeches: Sequence[Speech], people: People) -> None:
    """Take the asking out of hand-offs before the first sure one; a greeting that names somebody introduces him."""
    for index, (given, person) in enumerate(zip(found, people.of, strict=True)):
        if given is None or not given.asks:
            continue
        greets = not index and GREETING.search(speeches[index].text[:GREETED]) is not None
        if given.sure and not greets and (index or given.name is None or given.firm):
            return
        if person is not None and person.kind is not Kind.OPERATOR:
            continue
        found[index] = Handoff(given.name, given.firm, asks=False)


GREETING = re.compile(r"\b(?:welcome|ladies and gentlemen|standing by|thank you for joining)\b", re.IGNORECASE)
GREETED = 400  # characters in which a call is opened


def _means_next(given: Handoff | None, speeches: Sequence[Speech], people: People, index: int) -> Handoff | None:
    """Find that a host who speaks of a question and names whoever speaks next means him, whatever the words."""
    after = people.of[index + 1] if index + 1 < len(people.of) else None
    if after is None or after.part or after is people.of[index] or after.kind in {Kind.EXECUTIVE, Kind.OPERATOR}:
        return given
    if given is not None and given.name is not None and named(given.name, after):
        return given
    if not _may_mean(speeches[index], speeches[index + 1].label):
        return given
    ending = speeches[index].text[-ENDING:]
    found = handoff.to(ending, after.name, given_name=True)
    if found is None or not found.asks or not handoff.announces(ending) or handoff.passes_on(ending):
        return given
    return found


def _believed(given: Handoff, speeches: Sequence[Speech], people: People, index: int) -> bool:
    """Tell whether the one named speaks next, asks, and is nobody who has spoken for the company."""
    after = people.of[index + 1] if index + 1 < len(people.of) else None
    person = people.of[index]
    if after is None or after is person or after.kind is Kind.EXECUTIVE or given.name is None:
        return False
    if not (given.sure or (person is not None and person.kind is Kind.HOST)) or not named(given.name, after):
        return False
    return after.kind is Kind.ANALYST or asking.soon(speeches, people.of, after, index)
