"""The slots of a form: whose words are meant, and what about."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.query.draft import Draft
from bot.query.filters import Filters
from bot.query.forms import Candidate
from bot.query.keywords import classes
from bot.query.named import ANALYSTS, MANAGEMENT, Named, everyone
from bot.query.parties import Resolver
from bot.query.pattern import NAME_ROOM, Form
from bot.query.reading import How, Reading
from bot.query.tokens import Shape, Token, tokens
from bot.query.wording import all_plain
from bot.section import Section

BESIDE = 2
"""Characters between two words with no word between: a blank, or a comma and a blank."""


ANYTHING = "<who> {topic}"
"""The form that reads whatever stands behind "who" as what was asked about."""
_DOING = frozenset(
    "runs run ran made left joined owns bought sold won lost wrote took gave cut thanked attended hosted acquired "  # noqa: SIM905 - one string wraps as prose
    "replaced hired fired resigned retired closed complained congratulated interrupted dominated praised".split()
)


def _done(topic: Sequence[Token]) -> bool:
    """Whether words behind "who" say what somebody did: `who thanked whom` is no question of who asked."""
    word = topic[0].word if topic and topic[0].shape is Shape.WORD else ""
    return len(topic) > 1 and word in _DOING


class Slots:
    """Reads the slots of forms; what is corrected or ignored is added to `readings`."""

    def __init__(
        self, resolver: Resolver, filters: Filters, readings: list[Reading], asked: Sequence[Token] = ()
    ) -> None:
        self.asked = asked  # all that is read, for what stands behind a name
        self.resolver = resolver
        self.filters = filters
        self.readings = readings

    def fill(self, candidate: Candidate) -> Draft | None:
        """Read the slots of a form, None where a soft form's party is nobody. Raises QuestionError."""
        slots = self._whole_names(candidate.matched.slots)
        if candidate.form.text == ANYTHING and _done(slots["topic"]):
            return None
        draft = Draft(candidate.intent.name, slots.get("topic", ()))
        readings: list[Reading] = []
        for name in ("party", "asker"):
            if name not in slots:
                continue
            if everyone(slots[name]):
                continue
            known = self._named(candidate.form, slots[name])
            if known is None or self._goes_on(slots[name], known):
                return None
            named = self._fitting(candidate, name, known)
            if named.party is None and self._gives_way(candidate.form, slots[name], named):
                return None
            draft.named[name] = (slots[name], named)
            readings.extend(named.readings)
        if candidate.form.soft and any(self._doubtful(typed, named) for typed, named in draft.named.values()):
            return None
        if self._of_the_wrong_side(candidate, draft):
            return None
        self.readings.extend(
            Reading(How.CORRECTED, token.text, word, token.start, token.end)
            for token, word in candidate.matched.misspelt
        )
        self.readings.extend(readings)
        self._default(candidate, draft)
        return draft

    def _whole_names(self, slots: Mapping[str, tuple[Token, ...]]) -> Mapping[str, tuple[Token, ...]]:
        """Give a name the words of its own that a form, with nothing between the two, takes for its topic's first.

        Forms read the shortest name: `quote desmond achterberg margin`, `harbor & lane supercharger questions`.
        """
        topic = slots.get("topic", ())
        for name in ("party", "asker"):
            typed = slots.get(name, ())
            if not typed or not topic or not 0 <= topic[0].start - typed[-1].end <= BESIDE:
                continue
            for more in range(min(len(topic) - 1, NAME_ROOM - len(typed)), 0, -1):
                if self.resolver.sure((*typed, *topic[:more])) is not None:
                    return {**slots, name: (*typed, *topic[:more]), "topic": topic[more:]}
        return slots

    def _goes_on(self, typed: Sequence[Token], named: Named) -> bool:
        """Whether the word behind a name is its own, which a form takes for a verb: `what did anthony will say`."""
        behind = next((token for token in self.asked if 0 <= token.start - typed[-1].end <= BESIDE), None)
        if behind is None or (behind.word,) not in classes()["be"]:
            return False
        whole = self.resolver.sure((*typed, behind))
        return whole is not None and bool(whole.persons) and whole != named.party

    def _named(self, form: Form, typed: Sequence[Token]) -> Named | None:
        """Look up a name; None where it is nobody's and plain words, for which a soft form gives way at once."""
        if form.soft and all_plain(typed):
            return self.resolver.lettered(typed) or self.resolver.misspelt(typed)
        return self.resolver.name(typed)

    def _of_the_wrong_side(self, candidate: Candidate, draft: Draft) -> bool:
        """Whether questions are asked for of somebody who answers, or answers of somebody who asks."""
        named = draft.named["party"][1].party if "party" in draft.named and candidate.form.soft else None
        asks = named is not None and self.resolver.asks(named)
        wrong = asks if candidate.form.default == "answers" else not asks
        return named is not None and candidate.form.default in {"answers", "analysts"} and wrong

    def _fitting(self, candidate: Candidate, slot: str, named: Named) -> Named:
        """Of several people of a name, those who ask are meant where somebody asks."""
        if named.party is not None or not (slot == "asker" or candidate.intent.name == "asked"):
            return named
        asking = [party for party in named.several if self.resolver.asks(party)]
        if len(asking) == 1 and named.exact:
            return replace(named, party=asking[0], several=())
        return replace(named, several=tuple(asking) or named.several)

    def _gives_way(self, form: Form, typed: Sequence[Token], named: Named) -> bool:
        """Whether a form whose name is nobody's gives way to others: soft ones do, and plain words are no name.

        A house that is known (Goldman) is a name, though it is on no loaded call.
        """
        if form.soft:
            return not named.several or all_plain(typed)
        named_so = any(token.capital for token in typed) or self.resolver.house(typed)
        return not named.several and all_plain(typed) and not named_so

    def _doubtful(self, typed: Sequence[Token], named: Named) -> bool:
        """Whether a name that stands freely is rather a word: plain English that resembles it, or a surname (Price)."""
        if not named.exact:
            return named.party is None and all_plain(typed)
        somebody = named.party is not None and bool(named.party.persons or named.party.firms)
        return somebody and self.resolver.ordinary(typed)

    def _default(self, candidate: Candidate, draft: Draft) -> None:
        """Whose words are meant where a form names nobody: management's where a company is named, the form's own."""
        slot = draft.named.get("party")
        if candidate.form.default == "analysts" and slot is None:
            draft.parties["party"] = ANALYSTS
        if candidate.form.default == "management" and slot is None and self.filters.companies:
            draft.parties["party"] = MANAGEMENT
        if candidate.form.default == "answers":
            if not candidate.intent.paired:  # what is answered is nowhere else
                draft.section = Section.QA
            if slot is None:
                draft.parties["party"] = MANAGEMENT
        if candidate.form.default == "ceo" and slot is None and (holder := self.resolver.name(tokens("ceo")).party):
            draft.parties["party"] = holder
        named = slot[1].party if slot else None
        if draft.intent == "who" and named is not None and not self.resolver.asks(named):
            draft.intent = "put"  # whom a question is put to stands in no transcript: who answers it does
        if candidate.form.soft and draft.intent == "said" and named is not None and self.resolver.asks(named):
            draft.intent = "asked"
        if draft.intent == "asked" and named is not None and not self.resolver.asks(named):
            # Somebody of the company's own: what they brought up is what they said, what they were asked their answers.
            draft.intent = "said" if draft.topic else draft.intent
