"""Where the questions and answers begin, with a heading or without."""

from collections.abc import Sequence

from bot.kind import Kind
from bot.parsing import handoff
from bot.parsing.handoff import Handoff
from bot.parsing.people import People, Person
from bot.parsing.speech import Speech
from bot.section import Section


def begin(speeches: Sequence[Speech], people: People, given: Sequence[Handoff | None]) -> int:
    """Give the index of the first turn of the questions and answers; the number of turns where there are none.

    A heading says it. Else it is the operator's (or host's) turn that hands over to the first asker, or opens the
    floor; else the first analyst's turn. The greeting, which only promises questions, is none.
    """
    for index, speech in enumerate(speeches):
        if speech.section is Section.QA:
            return _with_operator(speeches, people.of, index)
    for index, person in enumerate(people.of):
        hand = given[index]
        if person is not None and hand is not None and hand.asks and _to_asker(people, given, index):
            return _with_operator(speeches, people.of, index)
        if person is not None and person.kind is Kind.ANALYST:
            return _from_analyst(speeches, people.of, index)
    for index, speech in enumerate(speeches):
        person = people.of[index]
        if index and person is not None and person.kind is Kind.OPERATOR and handoff.opens(speech.text):
            return index
    return len(speeches)


def _to_asker(people: People, given: Sequence[Handoff | None], index: int) -> bool:
    """Tell whether the next to speak who is no operator is not known as one of the company."""
    for later in range(index + 1, min(index + 4, len(people.of))):
        person = people.of[later]
        if person is None:
            return False
        if person.kind is Kind.OPERATOR:
            hand = given[later]
            if hand is not None and not hand.asks:
                return False
            continue
        if person.kind is Kind.EXECUTIVE:
            continue
        return True
    return False


def _with_operator(speeches: Sequence[Speech], of: Sequence[Person | None], index: int) -> int:
    """Take the operator's turns right before with it, unless the heading is explicit or it is the greeting."""
    while index > 1:
        before = of[index - 1]
        if before is None or before.kind is not Kind.OPERATOR or speeches[index - 1].section is Section.PREPARED:
            break
        if not handoff.opens(speeches[index - 1].text):
            break
        index -= 1
    return index


def _from_analyst(speeches: Sequence[Speech], of: Sequence[Person | None], index: int) -> int:
    """Go back from an analyst's turn over what led to it: the operator, or a file that begins in mid-question."""
    if index:
        before = of[index - 1]
        if before is not None and before.kind is Kind.OPERATOR and index > 1:
            return index - 1
    if index == 2 and of[0] is None and "?" in speeches[0].text:  # noqa: PLR2004  # a question, its answer
        return 0
    if index == 1 and of[0] is None and "?" in speeches[0].text:
        return 0
    return index
