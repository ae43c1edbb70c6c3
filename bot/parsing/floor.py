"""Who is given the floor by each speech: what its words say, and whom they may be believed of."""

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.kind import Kind
from bot.parsing import asking, handoff
from bot.parsing.handoff import Handoff
from bot.parsing.label import Label, is_title
from bot.parsing.lowered import holds
from bot.parsing.people import BRIEF, People, Person, named
from bot.parsing.speech import Speech

# Sets that are made once: to name a kind takes as long as to look for it.
SIDES = frozenset((Kind.EXECUTIVE, Kind.ANALYST))
ANSWERING = frozenset((Kind.EXECUTIVE, Kind.OPERATOR))
ENDING = 240  # characters at the end of anybody else's in which it hands over


class Heard:
    """What the words of each speech say of the floor, whoever says them; each is read once, and when it is asked for.

    A named person's hand-over is only believed of whoever speaks next, so it is looked for where that name is spoken.
    """

    def __init__(self, speeches: Sequence[Speech]) -> None:
        self._speeches = speeches
        self._said: dict[int, Handoff | None] = {}
        self._may_mean: dict[int, bool] = {}
        self._to: dict[tuple[int, int, str, bool], Handoff | None] = {}
        self.judged: dict[
            int, tuple[tuple[Kind | None, ...], Handoff | None]
        ] = {}  # by whom they were believed, and what

    def __getitem__(self, index: int) -> Handoff | None:
        """Give the hand-off in a speech's words."""
        if index not in self._said:
            self._said[index] = self._find(index)
        return self._said[index]

    def _find(self, index: int) -> Handoff | None:
        speech = self._speeches[index]
        if _gives_nothing(speech):
            return None
        if _may_operate(speech):
            return handoff.find(speech.text)
        return handoff.find(speech.text[-ENDING:]) if self.may_mean_next(index) else None

    def may_mean_next(self, index: int) -> bool:
        """Tell whether the end of a speech may name whoever speaks next."""
        if index not in self._may_mean:
            after = self._speeches[index + 1].label if index + 1 < len(self._speeches) else None
            self._may_mean[index] = _may_mean(self._speeches[index], after)
        return self._may_mean[index]

    def announces(self, index: int) -> bool:
        """Tell whether the end of a speech announces somebody's question, and does not pass on what was asked."""
        ending = self._speeches[index].text[-ENDING:]
        return handoff.announces(ending) and not handoff.passes_on(ending)

    def to(self, index: int, name: str, *, given_name: bool, last: int = 0) -> Handoff | None:
        """Give the words of a speech, or of its `last` characters, that mean one known person."""
        key = index, last, name, given_name
        if key not in self._to:
            self._to[key] = handoff.to(self._speeches[index].text[-last:], name, given_name=given_name)
        return self._to[key]


def _may_mean(speech: Speech, after: Label | None) -> bool:
    """Tell whether the end of a speech may name whoever speaks next: some word of the name stands in it."""
    if speech.label is None or speech.label.is_part or after is None or after.is_part:
        return True
    return holds(speech.text[-ENDING:].lower(), _words(after.stands_for))


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    """Give a name's words in lower case, less initials."""
    return tuple(word.lower() for word in name.split() if len(word) > 2)  # noqa: PLR2004  # no initial


def _may_operate(speech: Speech) -> bool:
    return speech.label is not None and speech.label.is_part and len(speech.text) < BRIEF


def _gives_nothing(speech: Speech) -> bool:
    """Tell whether a label names a part that gives nobody the floor: "Executives", "Unidentified Analyst"."""
    label = speech.label
    return label is not None and label.kind in SIDES and label.is_part


def handoffs(speeches: Sequence[Speech], people: People, heard: Heard) -> list[Handoff | None]:
    """Find the hand-off in each speech of somebody who gives the floor: operators, moderators, the company's own.

    Before the first words that surely speak of a question, nobody is given the floor to ask: greetings introduce.
    Somebody who is no operator is only believed when the one named speaks next, or when he does little else.
    """
    found: list[Handoff | None] = []
    kinds = [person.kind if person is not None else None for person in people.of]
    # A speech and the next two, whose speakers' kinds decide whether its words are believed.
    for index, around in enumerate(zip(kinds, [*kinds[1:], None], [*kinds[2:], None, None], strict=False)):
        told, given = heard.judged.get(index, (None, None))
        if told != around:  # nothing else that decides it changes from one asking to the next
            given = _judged(heard, speeches, people, index)
            heard.judged[index] = around, given
        found.append(given)
    _greetings(found, speeches, people)
    return found


def _judged(heard: Heard, speeches: Sequence[Speech], people: People, index: int) -> Handoff | None:
    """Find the hand-off in a speech as far as its speaker may be believed."""
    person = people.of[index]
    if person is None:
        return None
    if person.kind is Kind.ANALYST:
        return _misplaced(heard, people, index)
    if person.kind is Kind.OPERATOR:
        return _named_next(heard, speeches, people, index)
    if person.part:
        return None
    given = _means_next(heard, people, index)
    doubted = given is not None and given.asks and not _believed(given, heard, speeches, people, index)
    return None if doubted else given


def _misplaced(heard: Heard, people: People, index: int) -> Handoff | None:
    """Believe an announcement that stands under an asker's label where it names whoever speaks next, and his house.

    Now and then a transcript leaves out the operator's label.
    """
    given = heard[index]
    after = people.of[index + 1] if index + 1 < len(people.of) else None
    if given is None or after is None or not (given.asks and given.sure and given.firm and given.name):
        return None
    return given if after is not people.of[index] and named(given.name, after) else None


def _named_next(heard: Heard, speeches: Sequence[Speech], people: People, index: int) -> Handoff | None:
    """Believe that an operator who names whoever speaks next gives him the floor, whatever the words."""
    given = heard[index]
    following = [person for person in people.of[index + 1 : index + 3] if person is not None and not person.part]
    for person in following:
        if given is not None and given.name is not None and named(given.name, person):
            return _sure(given, speeches[index].text, person, index)
    for person in following:
        names = [person.name, *person.labels]
        own = person.kind is Kind.EXECUTIVE
        for name in dict.fromkeys(names):
            found = heard.to(index, name, given_name=own)
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


def _means_next(heard: Heard, people: People, index: int) -> Handoff | None:
    """Find that a host who speaks of a question and names whoever speaks next means him, whatever the words."""
    given = heard[index]
    after = people.of[index + 1] if index + 1 < len(people.of) else None
    if after is None or after.part or after is people.of[index] or after.kind in ANSWERING:
        return given
    if given is not None and given.name is not None and named(given.name, after):
        return given
    if not heard.may_mean_next(index):
        return given
    found = heard.to(index, after.name, given_name=True, last=ENDING)
    return found if found is not None and found.asks and heard.announces(index) else given


def _believed(given: Handoff, heard: Heard, speeches: Sequence[Speech], people: People, index: int) -> bool:
    """Tell whether the one named speaks next, asks, and is nobody who has spoken for the company.

    Of a speaker without a name it is enough that a guest's question is announced and that he asks.
    """
    after = people.of[index + 1] if index + 1 < len(people.of) else None
    person = people.of[index]
    if after is None or after is person or after.kind is Kind.EXECUTIVE:
        return False
    if not (given.sure or (person is not None and person.kind is Kind.HOST)):
        return False
    if not ((given.name is not None and named(given.name, after)) or (after.numbered and heard.announces(index))):
        return False
    return after.kind is Kind.ANALYST or asking.soon(speeches, people.of, after, index)
