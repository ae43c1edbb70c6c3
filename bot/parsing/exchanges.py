"""Who asked and who answered: the askers' slots in the questions and answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.exchange import Exchange
from bot.kind import Kind
from bot.parsing import deputies, handoff, relayed
from bot.parsing.handoff import Handoff
from bot.parsing.label import is_firm
from bot.parsing.people import People, Person, same_firm
from bot.parsing.speech import Speech


@dataclass(slots=True)
class _Slot:
    asker: Person | None
    asker_name: str | None
    firm: str | None
    questions: list[int] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    reader: Person | None = None  # who read the question out for somebody else
    basis: str | None = None  # where the asker is named, when his label does not name him


@dataclass(slots=True)
class Exchanges:
    """The slots, the exchange of each turn by its index, and the turns that read a question out for somebody else."""

    found: tuple[Exchange, ...]
    of: dict[int, int]
    relayed: frozenset[int]
    named: dict[int, tuple[str, str]]  # turns under a part's label: who asks, and from which words that is known


def pair(speeches: Sequence[Speech], people: People, given: Sequence[Handoff | None], begin: int) -> Exchanges:
    """Walk through the questions and answers.

    A slot opens with its asker's first words and takes every asker's and answerer's turn until somebody else is given
    the floor. An operator's hand-off or closing ends it; other words of the operator's don't. Another analyst who
    speaks without a hand-off interrupts, when he is of the asker's house or the slot's asker speaks again after him;
    otherwise the floor has passed to him.
    """
    walk = _Walk(speeches, people, given)
    for index in range(begin, len(speeches)):
        walk.take(index)
    return _numbered(walk.slots, people, frozenset(walk.read_out))


@dataclass(slots=True)
class _Walk:
    """One walk: the slots so far, the one that is open, and the hand-off that nobody has taken up yet."""

    speeches: Sequence[Speech]
    people: People
    given: Sequence[Handoff | None]
    slots: list[_Slot] = field(default_factory=list)
    read_out: set[int] = field(default_factory=set)
    now: _Slot | None = None
    handed: Handoff | None = None
    handed_at: str = ""

    def take(self, index: int) -> None:
        """Take the next turn."""
        person = self.people.of[index]
        if person is None:
            self.now = _unlabelled(self.speeches, self.people, self.slots, self.now, index)
        elif person.kind is Kind.OPERATOR:
            self._operator(index)
        elif person.kind is Kind.ANALYST:
            self._asker(index, person)
        elif person.kind in {Kind.EXECUTIVE, Kind.HOST}:
            self._own(index, person)

    def _operator(self, index: int) -> None:
        hand = self.given[index]
        if hand is not None or handoff.closes(self.speeches[index].text):
            self.now, self.handed = None, hand if hand is not None and hand.asks else None
            self.handed_at = self.speeches[index].place

    def _asker(self, index: int, person: Person) -> None:
        if self.now is None or not _keeps(self.now, person, self.people, index):
            handed = self.handed if person.part else None
            self.now = _Slot(person, None, person.firm or (handed.firm if handed else None))
            if handed is not None and handed.name and not handed.firm and is_firm(handed.name):
                self.now.firm = self.now.firm or handed.name  # "the next question is from Harbor Research"
            elif handed is not None and handed.name:
                self.now.asker_name = handed.name
                if len(handed.name.split()) > 1:
                    self.now.basis = f"hand-off at {self.handed_at}"
            self.slots.append(self.now)
        self.now.questions.append(index)
        name = self.now.asker_name
        if name and person is self.now.asker and deputies.stands_in(self.speeches[index].text, name, self.now.firm):
            self.now.asker_name = self.now.basis = None  # whoever it is, it is not the one who was announced

    def _own(self, index: int, person: Person) -> None:
        """Take a turn of the company's, or a host's: an answer, a question read out, or the floor given to somebody."""
        floor = self.now is not None and self.now.asker is not None
        right_after = floor and self.now is not None and index - 1 in self.now.questions
        if relayed.reads(self.speeches, self.people, index, floor=floor, right_after=right_after):
            self.read_out.add(index)
            name, firm = relayed.source(self.speeches[index].text)
            self.now = _Slot(None, name, firm, [index], reader=person)
            self.slots.append(self.now)
        elif self.now is not None and self.now.reader is person:
            self.now = None  # whoever read the question out closes it, or goes on to another
        elif self.now is not None:
            self.now.answers.append(index)
        hand = self.given[index]
        asker = self.now.asker if self.now is not None else None
        again = asker is not None and self.people.of[index + 1 : index + 2] == [asker]
        if hand is not None and hand.asks and not again and _next_is_asker(self.people, index):
            self.now, self.handed, self.handed_at = None, hand, self.speeches[index].place


def _numbered(slots: Sequence[_Slot], people: People, relayed: frozenset[int]) -> Exchanges:
    found: list[Exchange] = []
    of: dict[int, int] = {}
    named: dict[int, tuple[str, str]] = {}
    for number, slot in enumerate(slots):
        asker = slot.asker_name or (slot.asker.name if slot.asker is not None else None)
        found.append(Exchange(number, asker, slot.firm, tuple(slot.questions), tuple(slot.answers)))
        of.update(dict.fromkeys([*slot.questions, *slot.answers], number))
        if slot.basis and slot.asker_name:
            own = [index for index in slot.questions if people.of[index] is slot.asker]
            named.update(dict.fromkeys(own, (slot.asker_name, slot.basis)))
    return Exchanges(tuple(found), of, relayed, named)


def _keeps(slot: _Slot, person: Person, people: People, index: int) -> bool:  # noqa: PLR0911  # one return a shape that is met
    """Whether an analyst's turn belongs to the slot that is open."""
    if slot.asker is person:
        return True
    if slot.asker is None:
        return False
    if person.firm and slot.asker.firm and same_firm(person.firm, slot.asker.firm):
        return True
    for later in range(index + 1, min(index + 4, len(people.of))):
        speaker = people.of[later]
        if speaker is None or speaker.kind is Kind.OPERATOR:
            return False
        if speaker is slot.asker:
            return True
        if speaker is person:
            return False
    return False


def _unlabelled(
    speeches: Sequence[Speech], people: People, slots: list[_Slot], now: _Slot | None, index: int
) -> _Slot | None:
    """Words of nobody's that ask and are answered are a slot without an asker."""
    after = people.of[index + 1] if index + 1 < len(people.of) else None
    if now is None and "?" in speeches[index].text and after is not None and after.kind is Kind.EXECUTIVE:
        slots.append(_Slot(None, None, None, [index]))
        return slots[-1]
    return now


def _next_is_asker(people: People, index: int) -> bool:
    for later in range(index + 1, min(index + 3, len(people.of))):
        person = people.of[later]
        if person is not None and person.kind in {Kind.ANALYST, Kind.UNKNOWN}:
            return True
        if person is None or person.kind is Kind.OPERATOR:
            return False
    return False
