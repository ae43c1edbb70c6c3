"""The grammar of a question: from what somebody typed to a Query."""

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from bot.call import Call
from bot.directory import Directory
from bot.kind import Kind
from bot.period import Period
from bot.query.errors import (
    AmbiguousError,
    DeclinedError,
    EmptyQuestionError,
    ForeignQuestionError,
    LongQuestionError,
    NotUnderstoodError,
    Way,
)
from bot.query.filters import Filters, Sieve
from bot.query.intents import intents
from bot.query.keywords import CLASSES, LEADS, TAILS, Words, correctable, keywords
from bot.query.parties import ANALYSTS, MANAGEMENT, Named, Resolver, everyone
from bot.query.pattern import Form, Matched, Matcher
from bot.query.periods import Moment, When, times
from bot.query.query import Party, Query, Span
from bot.query.reading import How, Reading
from bot.query.restating import restated, understood
from bot.query.spelling import nearest_keyword
from bot.query.tokens import Shape, Token, foreign, tokens
from bot.query.topic import Topic
from bot.query.topics import topic as read_topic
from bot.search.english import plain
from bot.section import Section

if TYPE_CHECKING:
    from bot.answers.intent import Intent

ROOM = 1_000  # characters: three tweets; what is longer is pasted, not asked
MOST_TOKENS = 120

# key -> the names it may be typed by
FIELDS = {
    "speaker": ("speaker", "by", "name", "person", "who"),
    "firm": ("firm", "bank", "broker", "house"),
    "title": ("title", "position"),
    "role": ("role", "kind"),
    "asker": ("asker", "askedby"),
    "company": ("company", "co", "ticker", "symbol", "issuer"),
    "call": ("call", "id"),
    "period": ("period", "quarter", "q", "year", "date"),
    "section": ("section", "part"),
    "limit": ("limit", "top"),
    "topic": ("topic", "about", "text"),
}
_ARTICLES = frozenset({"the", "a", "an", "any", "their", "its", "our", "his", "her", "some", "about"})
_AUXILIARIES = frozenset(
    {"did", "do", "does", "is", "are", "was", "were", "will", "would", "can", "could", "have", "has", "had"}
)
_PRONOUNS = frozenset({"they", "we", "it", "he", "she", "management", "anyone", "there"})
_WRONG_QUARTER = re.compile(r"q(?:[05-9]|\d{2,})")
_FIELD_OF = {name: key for key, names in FIELDS.items() for name in names}
_FIELD_NAMES = frozenset(_FIELD_OF)
_SECTION_VALUES = {
    "prepared": Section.PREPARED, "remarks": Section.PREPARED, "prepared_remarks": Section.PREPARED, "prepared remarks": Section.PREPARED,
    "qa": Section.QA, "q&a": Section.QA, "q": Section.QA, "questions": Section.QA,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A form that reads the tokens."""

    score: float
    order: int
    intent: "Intent"
    form: Form
    matched: Matched


class Grammar:
    """Reads one question.

        question  = courtesy* (form | filter)* courtesy*
        form      = one of the forms that the intents in bot/answers declare (see pattern.py for their language)
        filter    = company | time | section | figure | field
        field     = key ":" value                  key: speaker firm title role asker company call period section limit topic
        value     = word | phrase | "(" topic ")"
        company   = a loaded company's name, short name, former name, ticker or $ticker, with "in", "at", "for" … before
                    it and "call" after it
        time      = quarter [year] | year | ("since" | "before" | "until") quarter-or-year | from … to … | h1 year |
                    ("last" | "latest" …) [figure] ("quarter" | "call") [s] | month [year]
        section   = "prepared remarks" | "q&a" …
        figure    = ("top" | "limit") number | number "quotes"
        topic     = see topics.py: words, "phrases", AND, OR, NOT, -word, NEAR/5, prefix*
        party     = person | firm | position | "analysts" | "management" | person ("of" | "from" | "at") firm

    Filters are taken out first, wherever they stand; but what stands right after "about" is what is asked about. Of the
    forms that read the rest, the one with most keywords wins, a misspelt keyword counting half. Names are then looked
    up. A form marked soft gives way where its party is nobody; any other points at the name it doesn't know.
    """

    def __init__(self, question: str, directory: Directory, today: dt.date) -> None:
        self.question = question
        self.directory = directory
        self.today = today
        self.readings: list[Reading] = []
        self.fields: dict[str, list[Token]] = {}
        self.filters = Filters()
        self.parties: dict[str, Party] = {}
        self.calls: tuple[str, ...] = ()
        self.without: list[Party] = []

    def query(self) -> Query:
        """Read the question. Raises QuestionError."""
        return self.finish(self._draft(self.rest()))

    def rest(self) -> list[Token]:
        """Take fields, courtesies and filters out, and return the tokens that are left."""
        cut = without_courtesy(self._take_fields(self.cut()))
        _decline(cut)
        _check_quarters(cut)
        self.filters = Sieve(tuple(cut), self.directory, self.today.year).run()
        self._note_kept()
        self._check_stranger()
        return without_courtesy(self.filters.rest)

    # --- tokens and fields ------------------------------------------------------------------------------------------

    def cut(self) -> list[Token]:
        """Cut the question into tokens. Raises QuestionError for what is no question."""
        if len(self.question) > ROOM:
            raise LongQuestionError(len(self.question), ROOM)
        cut = list(tokens(self.question, _FIELD_NAMES))
        if not any(token.word for token in cut if token.shape in {Shape.WORD, Shape.PHRASE}):
            raise EmptyQuestionError(self.question)
        if foreign(self.question):
            raise ForeignQuestionError
        if len(cut) > MOST_TOKENS:
            raise LongQuestionError(len(self.question), ROOM)
        return cut

    def _take_fields(self, cut: Sequence[Token]) -> list[Token]:
        """Take `key:value` out; `topic:( … )` becomes one token that stays where it stood."""
        left: list[Token] = []
        at = 0
        while at < len(cut):
            token = cut[at]
            at += 1
            key = _FIELD_OF.get(token.field or "")
            if key is None:
                left.append(token)
                continue
            if token.minus and key in {"speaker", "firm"}:
                self.without.append(self._named_in(key, [replace(token, field=None)]))
                continue
            inside, at = _value(cut, token, at)
            if key == "topic":
                end = inside[-1].end if inside else token.end
                left.append(Token(Shape.GROUP, "", "", token.start, end, inside=tuple(inside)))
            elif inside:
                self.fields.setdefault(key, []).extend(replace(each, field=None) for each in inside)
        return left

    def _check_stranger(self) -> None:
        """Raise for calls of a company that is not loaded."""
        if self.filters.stranger:
            name = " ".join(token.text for token in self.filters.stranger)
            first, last = self.filters.stranger[0], self.filters.stranger[-1]
            named = self.directory.nameless(name)
            if named is not None:
                read_as = f"{named.key}: its calls say that name, and no other company's do"
                self.readings.append(Reading(How.ASSUMED, name, read_as, first.start, last.end))
                self.filters = replace(self.filters, companies=(*self.filters.companies, named))
                return
            raise NotUnderstoodError(
                f"No call of ‹{name}› is loaded. Loaded: {_loaded(self.directory)}.", first.start, last.end
            )

    # --- forms ------------------------------------------------------------------------------------------------------

    def _draft(self, rest: Sequence[Token]) -> "_Draft":
        if not rest:
            return self._bare_filters()
        stated = self._restated(rest)
        if stated is not None:
            return stated
        matcher = Matcher(rest, self._near)
        for candidate in sorted(self._candidates(matcher), key=lambda each: (-each.score, each.order)):
            draft = self._fill(candidate)
            if draft is not None:
                return draft
        return self._bare(rest)

    def _restated(self, rest: Sequence[Token]) -> "_Draft | None":
        """Read a restated question (restating.py): an intent's lead, its topic in one piece, and fields."""
        grouped = rest[-1].shape is Shape.GROUP
        lead = rest[:-1] if grouped else rest
        if not (grouped or self.fields) or any(token.shape is not Shape.WORD for token in lead):
            return None
        words = " ".join(token.word for token in lead)
        intent = next((each for each in intents().values() if each.lead == words), None)
        return None if intent is None else _Draft(intent.name, rest[-1:] if grouped else ())

    def _candidates(self, matcher: Matcher) -> list[_Candidate]:
        found = []
        present = matcher.present
        for order, (intent, form) in enumerate(_forms()):
            # Most forms lack a word: told apart here, where it costs least.
            if form.needs and form.needs[0].isdisjoint(present):
                continue
            for matched in matcher.read(form):
                # A form that names somebody is tried before one that takes the name for a topic's word.
                score = matched.keywords - 0.5 * len(matched.misspelt) + 0.25 * form.soft + form.weight
                if form.parts and matched.keywords:
                    found.append(_Candidate(score, order, intent, form, matched))
        return found

    def _near(self, token: Token) -> str | None:
        """The keyword a word misspells; a plain English word or a name misspells none."""
        word = token.word
        if word in keywords() or token.cash or not word.isalpha() or len(word) < 4 or plain(word):  # noqa: PLR2004
            return _SLIPS.get(word)
        return _SLIPS.get(word) or nearest_keyword(word, correctable())

    def _fill(self, candidate: _Candidate) -> "_Draft | None":
        """Read the slots of a form, None where a soft form's party is nobody. Raises NotUnderstoodError, AmbiguousError."""
        slots = candidate.matched.slots
        draft = _Draft(candidate.intent.name, slots.get("topic", ()))
        readings: list[Reading] = []
        for name in ("party", "asker"):
            if name not in slots:
                continue
            if everyone(slots[name]):
                continue
            named = self._fitting(candidate, name, self.resolver().name(slots[name]))
            if named.party is None and self._gives_way(candidate.form, slots[name], named):
                return None
            draft.named[name] = (slots[name], named)
            readings.extend(named.readings)
        if candidate.form.soft and any(self._doubtful(typed, named) for typed, named in draft.named.values()):
            return None
        self.readings.extend(
            Reading(How.CORRECTED, token.text, word, token.start, token.end)
            for token, word in candidate.matched.misspelt
        )
        self.readings.extend(readings)
        self._default(candidate, draft)
        return draft

    def _fitting(self, candidate: _Candidate, slot: str, named: Named) -> Named:
        """Of several people of a name, those who ask are meant where somebody asks."""
        if named.party is not None or not (slot == "asker" or candidate.intent.name == "asked"):
            return named
        asking = [party for party in named.several if self.asks(party)]
        if len(asking) == 1 and named.exact:
            return replace(named, party=asking[0], several=())
        return replace(named, several=tuple(asking) or named.several)

    def _gives_way(self, form: Form, typed: Sequence[Token], named: Named) -> bool:
        """Whether a form whose name is nobody's gives way to others: soft ones do, and plain words are no name."""
        if form.soft:
            return not named.several or _plain(typed)
        return not named.several and _plain(typed) and not any(token.capital for token in typed)

    def _doubtful(self, typed: Sequence[Token], named: Named) -> bool:
        """Whether a name that stands freely is rather a word: misspelt plain English, or a surname such as Price."""
        if not named.exact:
            return _plain(typed)
        return self._ordinary(typed) and bool(named.party and (named.party.persons or named.party.firms))

    def _ordinary(self, typed: Sequence[Token]) -> bool:
        """Whether a name is one word that the calls use as such, typed in lower case."""
        return len(typed) == 1 and not typed[0].capital and self.directory.ordinary(typed[0].word)

    def _default(self, candidate: _Candidate, draft: "_Draft") -> None:
        """Whose words are meant where a form names nobody: management's where a company is named, the form's own."""
        slot = draft.named.get("party")
        if candidate.form.default == "analysts" and slot is None:
            draft.parties["party"] = ANALYSTS
        if candidate.form.default == "management" and slot is None and self.filters.companies:
            draft.parties["party"] = MANAGEMENT
        named = slot[1].party if slot else None
        if candidate.form.soft and draft.intent == "said" and named is not None and self.asks(named):
            draft.intent = "asked"

    def resolver(self) -> Resolver:
        """Look up names within the companies that are named."""
        return Resolver(self.directory, [company.key for company in self.filters.companies])

    def _bare(self, rest: Sequence[Token]) -> "_Draft":
        """No form holds: a name, a name and a topic, or a topic."""
        resolver = self.resolver()
        whole = None if self._ordinary(rest) else resolver.sure(rest)
        if whole is not None:
            return self._bare_party(whole, ())
        named = self._misspelt(rest)
        if named is not None:
            return self._bare_party(named, ())
        for cut in range(min(len(rest) - 1, 5), 0, -1):
            for name, topic in ((rest[:cut], rest[cut:]), (rest[-cut:], rest[:-cut])):
                party = None if self._ordinary(name) else resolver.sure(name)
                if party is not None and (party.persons or party.firms or not _plain(name)):
                    return self._bare_party(party, topic)
                party = self._misspelt(name) if cut == 2 and len(rest) > 2 else None  # noqa: PLR2004 - a first and a last name
                if party is not None:
                    return self._bare_party(party, topic)
        return _Draft("topic", tuple(_without_verb(rest)))

    def _misspelt(self, typed: Sequence[Token]) -> Party | None:
        """Correct a name that stands freely: up to three words, at least the last of them no plain English."""
        words = all(token.shape is Shape.WORD and token.word.isalpha() for token in typed)
        if not words or len(typed) > 3 or plain(typed[-1].word) or len(typed[-1].word) < 4:  # noqa: PLR2004
            return None
        named = self.resolver().name(typed)
        if named.party is None or named.exact:
            return None
        self.readings.extend(named.readings)
        return named.party

    def _bare_party(self, party: Party, topic: Sequence[Token]) -> "_Draft":
        """`jefferies`, `galliers capex`, `cfo margin`: who it is decides what is asked."""
        asks = self.asks(party)
        if topic:
            intent = "asked" if asks else "said"
        else:
            intent = "asked" if asks else "speaker"
        return _Draft(intent, tuple(topic), parties={"party": party})

    def _asks(self, party: Party) -> bool:
        if party.kinds:
            return party.kinds == ANALYSTS.kinds
        kinds = {kind for name in party.persons for kind in self.directory.kinds.get(name, ())}
        return bool(kinds) and Kind.EXECUTIVE not in kinds

    def _bare_filters(self) -> "_Draft":
        """Nothing but filters: a field's party speaks or asks, else the calls are listed."""
        if {"speaker", "firm", "title", "role"} & self.fields.keys():
            party = self._field_party()
            if party is not None:
                return self._bare_party(party, ())
        return _Draft("list", ())

    # --- putting it together ----------------------------------------------------------------------------------------

    def finish(self, draft: "_Draft") -> Query:
        """Put filters, topic and names together."""
        typed = _without_articles(draft.topic)
        if not draft.named and not draft.parties:
            typed = self._tail_party(draft, typed)
        typed = self._leave_out(typed)
        if typed and all(token.shape is Shape.WORD and (token.word,) in CLASSES["about"] for token in typed):
            raise NotUnderstoodError(
                f"{typed[-1].text.capitalize()} what? Name a topic: `{intents()[draft.intent].example}`.",
                typed[0].start,
                typed[-1].end,
            )
        topic = read_topic(typed)
        if topic.excluded and topic.empty:
            raise NotUnderstoodError(
                f"‹{topic.text}› only says what to leave out. Say what to look for as well: `quote margin {topic.text}`."
            )
        query = self.limits(Query(self.question, draft.intent, topic, "", ""))
        query = self._with_parties(query, draft)
        if query.party is not None and query.intent == "topic":
            query = replace(query, intent="asked" if self.asks(query.party) else "said")
        self._check_topic(query)
        return self.stated(query)

    def _leave_out(self, typed: Sequence[Token]) -> list[Token]:
        """Take `-priscilla` out of a topic: a minus before somebody's name leaves their turns out."""
        left: list[Token] = []
        for token in typed:
            party = self.resolver().sure([token]) if token.minus and token.shape is Shape.WORD else None
            if party is None or self.directory.ordinary(token.word) or not (party.persons or party.firms):
                left.append(token)
                continue
            self.without.append(party)
            self.readings.append(
                Reading(How.ASSUMED, f"-{token.text}", f"without the turns of {party.said}", token.start, token.end)
            )
        return left

    def _check_topic(self, query: Query) -> None:
        """Raise NotUnderstoodError where the intent needs a topic and there is none."""
        intent = intents()[query.intent]
        limited = query.party or query.companies or query.calls or query.span or query.section
        if intent.needs_topic and query.topic.empty and not (intent.needs_topic == "or filter" and limited):
            raise NotUnderstoodError(f"What about? Name a topic: `{intent.example}`.", 0, len(self.question))

    def limits(self, asked: Query) -> Query:
        """Return a query with the filters that were read instead of its own; names that stood in fields included."""
        section = self.filters.section or self._field_section()
        limit = self.filters.limit or self._field_limit()
        without = tuple(dict.fromkeys(self.without))
        query = replace(asked, question=self.question, companies=self._companies(), section=section, limit=limit)
        query = replace(query, calls=(), span=None, party=self._field_party(), without=without)
        span = self._span(query)
        return replace(query, span=span, calls=self.calls)

    def plain(self, typed: Sequence[Token]) -> bool:
        """Whether every word of a name is plain English."""
        return _plain(typed)

    def asks(self, party: Party) -> bool:
        """Whether a party is one that asks: analysts, a firm."""
        return bool(party.firms) or self._asks(party)

    def stated(self, query: Query) -> Query:
        """Add the question that reads back, the line for people, and what was corrected and assumed."""
        return replace(
            query,
            restated=restated(query, self.directory),
            understood=understood(query, self.directory),
            readings=tuple(self.readings),
        )

    def _with_parties(self, query: Query, draft: "_Draft") -> Query:
        """Set party and asker; a name that may be several asks which."""
        parties: dict[str, Party | None] = {"party": draft.parties.get("party"), "asker": draft.parties.get("asker")}
        for name, (_typed, named) in draft.named.items():
            if named.party is not None:
                parties[name] = named.party
        fielded = query.party
        if fielded is not None:
            parties["party"] = _both(parties["party"], fielded)
        if "asker" in self.fields:
            parties["asker"] = self._field_name("asker")
        query = replace(query, party=parties["party"], asker=parties["asker"])
        for name, (typed, named) in draft.named.items():
            if named.party is None and not (name == "party" and fielded):
                self.ask_which(query, name, typed, named)
        return query

    def ask_which(self, query: Query, slot: str, typed: Sequence[Token], named: Named) -> None:
        """Raise AmbiguousError where a name may be several, NotUnderstoodError where it is nobody's."""
        text = " ".join(token.text for token in typed)
        if named.several:
            ways = tuple(
                Way(
                    party.said,
                    restated(
                        replace(query, party=party) if slot == "party" else replace(query, asker=party), self.directory
                    ),
                )
                for party in named.several[:4]
            )
            sentence = (
                f"Which ‹{text}› do you mean?" if named.exact else f"I don't know ‹{text}›. Do you mean one of these?"
            )
            raise AmbiguousError(sentence, ways, self.stated(query))
        raise NotUnderstoodError(
            f"I don't know ‹{text}›: no speaker or firm of that name is in the {_count(len(self.directory.calls), 'loaded call')}."
            f"{_nearest(named)} `calls` lists what is loaded.",
            typed[0].start,
            typed[-1].end,
        )

    def _tail_party(self, draft: "_Draft", typed: list[Token]) -> list[Token]:
        """`margin by vidal`, `capex from Jefferies`: a name behind the topic."""
        for at in range(len(typed) - 1, 0, -1):
            if typed[at].word in {"by", "from", "at"} and typed[at].shape is Shape.WORD and len(typed) - at <= 8:  # noqa: PLR2004
                named = self.resolver().name(typed[at + 1 :]) if at + 1 < len(typed) else Named()
                known = named.party is not None and (named.exact or not _plain(typed[at + 1 :]))
                offered = typed[at].word == "by" and bool(named.several) and not _plain(typed[at + 1 :])
                unknown = (
                    typed[at].word == "by"
                    and typed[-1].capital
                    and not _plain(typed[at + 1 :])
                    and draft.intent in {"quote", "said"}
                )
                if known or offered or unknown:
                    self.readings.extend(named.readings)
                    draft.named["party"] = (tuple(typed[at + 1 :]), named)
                    return typed[:at]
                return typed
        return typed

    # --- fields -----------------------------------------------------------------------------------------------------

    def _field_party(self) -> Party | None:
        """Join the parties of `speaker:`, `firm:`, `title:` and `role:`: what is given must hold together."""
        joined: Party | None = None
        for name in ("speaker", "firm", "title", "role"):
            if name in self.fields:
                joined = _both(joined, self._field_name(name))
        return joined

    def _field_name(self, name: str) -> Party:
        return self._named_in(name, self.fields[name])

    def _named_in(self, name: str, typed: Sequence[Token]) -> Party:
        text = " ".join(token.text for token in typed)
        resolver = self.resolver()
        folded = " ".join(token.word for token in typed)
        if name == "role" and (role := resolver.role(folded)):
            return role
        if name == "title" and (position := resolver.position(folded)):
            return position
        named = resolver.field(name, typed)
        if named.party is not None:
            self.readings.extend(reading for reading in named.readings if reading not in self.readings)
            return named.party
        near = _nearest(named)
        raise NotUnderstoodError(
            f"I don't know ‹{text}› in `{name}:{text}`: nothing of that name is in the loaded calls.{near}",
            typed[0].start,
            typed[-1].end,
        )

    def _companies(self) -> tuple[str, ...]:
        found = list(self.filters.companies)
        for token in self.fields.get("company", ()):
            companies = self.directory.company(tuple(token.word.split())) or self.directory.company_like(
                token.word.split()
            )
            if not companies:
                raise NotUnderstoodError(
                    f"No call of ‹{token.text}› is loaded. Loaded: {_loaded(self.directory)}.", token.start, token.end
                )
            found.extend(companies)
        return tuple(dict.fromkeys(company.key for company in found))

    def _field_section(self) -> Section | None:
        if "section" not in self.fields:
            return None
        typed = self.fields["section"]
        value = " ".join(token.word for token in typed)
        section = _SECTION_VALUES.get(value)
        if section is None:
            raise NotUnderstoodError(
                f"I don't know the section ‹{value}›: it is `section:prepared` or `section:qa`.",
                typed[0].start,
                typed[-1].end,
            )
        return section

    def _field_limit(self) -> int | None:
        if "limit" not in self.fields:
            return None
        typed = self.fields["limit"][0]
        if not (typed.word.isascii() and typed.word.isdigit() and 0 < int(typed.word[:6]) < 100):  # noqa: PLR2004
            raise NotUnderstoodError(
                f"I don't understand the limit ‹{typed.text}›: give a number from 1 to 99.", typed.start, typed.end
            )
        return int(typed.word)

    # --- time -------------------------------------------------------------------------------------------------------

    def _whens(self) -> tuple[When, ...]:
        whens = list(self.filters.whens)
        for token in self.fields.get("period", ()):
            inside = tokens(token.text)
            found = list(times(inside)) or list(times(tokens(f"q{token.text}")))
            if not found:
                raise NotUnderstoodError(
                    f"I don't understand the period ‹{token.text}›: type `Q3 2021`, `2021`, `since 2020` or `last 4 quarters`.",
                    token.start,
                    token.end,
                )
            whens.extend(replace(when, text=token.text) for when in found)
        return tuple(whens)

    def _span(self, query: Query) -> Span | None:
        self._field_calls()
        whens = self._whens()
        if not whens:
            return None
        if len(whens) > 1:
            whens = (_joined(whens),)
        when = whens[0]
        calls = self.directory.calls_of(query.companies)
        if when.month:
            return self._month(when.month, calls)
        if when.ago is not None and when.vague is None:
            self.calls = _ago(calls, when.ago)
            self.readings.append(
                Reading(How.ASSUMED, when.text, f"{', '.join(self.calls)}: {when.ago} before the newest loaded")
            )
            return None
        if when.vague == "year":
            year = self.today.year - (when.ago or 0)
            self.readings.append(Reading(How.ASSUMED, when.text, f"fiscal year {year}, as each company counts"))
            return Span(f"FY {year}", Period(year), Period(year))
        if when.newest:
            said = "the newest call" if when.newest == 1 else f"the newest {when.newest} calls"
            self.readings.append(Reading(How.ASSUMED, when.text, f"{said} loaded of each company"))
            return Span("last quarter" if when.newest == 1 else f"last {when.newest} quarters", newest=when.newest)
        return self._periods(query, when, calls)

    def _field_calls(self) -> None:
        ids = {call.id.lower(): call.id for call in self.directory.calls} if "call" in self.fields else {}
        for token in self.fields.get("call", ()):
            known = ids.get(token.text.lower())
            if known is None:
                raise NotUnderstoodError(
                    f"No loaded call is called ‹{token.text}›. `calls` lists them.", token.start, token.end
                )
            self.calls = (*self.calls, known)

    def _month(self, month: tuple[int, int | None], calls: Sequence[Call]) -> Span | None:
        held = [
            call for call in calls if call.date and call.date.month == month[0] and month[1] in {None, call.date.year}
        ]
        name = calendar.month_name[month[0]] + (f" {month[1]}" if month[1] else "")
        if not held:
            raise NotUnderstoodError(f"No loaded call is dated ‹{name}›. `calls` lists what is loaded.")
        self.calls = tuple(call.id for call in held)
        self.readings.append(Reading(How.ASSUMED, name, f"calls held in {name}"))
        return None

    def _periods(self, query: Query, when: When, calls: Sequence[Call]) -> Span:
        if when.calendar:
            self.readings.append(Reading(How.ASSUMED, "calendar year", "the fiscal year, as each company counts"))
        if when.among:
            return self._among(when.among, calls)
        first, last = self._dated(query, when.first, calls), self._dated(query, when.last, calls)
        if first and last:
            said = str(first) if first == last else f"{first} to {last}"
        else:
            said = f"since {first}" if first else f"until {last}"
        return Span(said, first, last)

    def _among(self, moments: Sequence[Moment], calls: Sequence[Call]) -> Span:
        years = [call.year for call in calls if call.year]
        year = max(years, default=self.today.year)
        periods = tuple(dict.fromkeys(Period(moment.year or year, moment.quarter) for moment in moments))
        if len(periods) == 1:
            return Span(str(periods[0]), periods[0], periods[0])
        if any(moment.year is None for moment in moments):
            self.readings.append(Reading(How.ASSUMED, "quarters", " and ".join(map(str, periods))))
        return Span(" and ".join(map(str, periods)), only=periods)

    def _dated(self, query: Query, moment: Moment | None, calls: Sequence[Call]) -> Period | None:
        """Give a quarter without a year the year of the loaded calls; several years are a choice."""
        if moment is None:
            return None
        if moment.year is not None:
            return moment.period
        years = sorted({call.year for call in calls if call.quarter == moment.quarter and call.year}, reverse=True)
        if len(years) > 1:
            periods = [Period(year, moment.quarter) for year in years]
            ways = tuple(
                Way(str(period), restated(replace(query, span=Span(str(period), period, period)), self.directory))
                for period in periods[:4]
            )
            raise AmbiguousError(f"Which Q{moment.quarter} do you mean?", ways, self.stated(query))
        year = years[0] if years else self.today.year
        period = Period(year, moment.quarter)
        self.readings.append(Reading(How.ASSUMED, f"Q{moment.quarter}", f"{period}, fiscal, as the company counts"))
        return period

    def _note_kept(self) -> None:
        if not self.filters.kept:
            return
        text = " ".join(token.text for token in self.filters.kept)
        first, last = self.filters.kept[0], self.filters.kept[-1]
        self.readings.append(Reading(How.ASSUMED, text, "words to look for, not a filter", first.start, last.end))


def _both(one: Party | None, other: Party) -> Party:
    """Join two parties: what is given must hold together."""
    if one is None or one == other:
        return other
    return Party(
        f"{one.said}, {other.said}",
        one.persons + other.persons,
        one.firms + other.firms,
        one.titles + other.titles,
        one.kinds + other.kinds,
    )


class _Draft:
    """What a form gave, before names and times are put to it."""

    def __init__(self, intent: str, topic: Sequence[Token], parties: dict[str, Party] | None = None) -> None:
        self.intent = intent
        self.topic = tuple(topic)
        self.named: dict[str, tuple[tuple[Token, ...], Named]] = {}
        self.parties: dict[str, Party] = parties or {}


# Short keywords as thumbs type them: too short to be told from their spelling alone.
_SLIPS = {
    "hwo": "who", "woh": "who", "whoo": "who", "wat": "what", "wht": "what", "waht": "what", "abt": "about", "bout": "about", "abuot": "about",
    "sayd": "said", "sed": "said", "hlep": "help", "halp": "help", "cals": "calls", "dont": "dont", "askd": "asked", "aks": "ask",
    "aksed": "asked", "qoute": "quote", "quot": "quote", "qoutes": "quotes", "frist": "first", "mgmt": "management", "analist": "analyst",
    "analists": "analysts", "wich": "which", "whcih": "which", "hwat": "what", "didnt": "did", "teh": "the", "ansewr": "answer", "anwser": "answer",
}  # fmt: skip


@cache
def _forms() -> "tuple[tuple[Intent, Form], ...]":
    return tuple((intent, form) for intent in intents().values() for form in intent.forms)


def _value(cut: Sequence[Token], token: Token, at: int) -> tuple[list[Token], int]:
    """The tokens of a field's value and where the next token stands."""
    if token.shape is not Shape.OPEN:
        return [token], at
    depth, inside = 1, []
    while at < len(cut):
        each = cut[at]
        at += 1
        depth += (each.shape is Shape.OPEN) - (each.shape is Shape.CLOSE)
        if depth == 0:
            break
        inside.append(each)
    return inside, at


def without_courtesy(cut: Sequence[Token]) -> list[Token]:
    """Drop `please can you tell me` before and `thanks` after."""
    left = list(cut)
    changed = True
    while changed and len(left) > 1:
        changed = False
        for words in _leads().get(left[0].word, ()):
            if len(words) < len(left) and _are(left[: len(words)], words):
                left = left[len(words) :]
                changed = True
                break
        for words in _tails().get(left[-1].word, ()):
            if len(words) < len(left) and _are(left[-len(words) :], words):
                left = left[: -len(words)]
                changed = True
                break
    return left


@cache
def _leads() -> dict[str, list[Words]]:
    return _by_word(LEADS, 0)


@cache
def _tails() -> dict[str, list[Words]]:
    return _by_word(TAILS, -1)


def _by_word(runs: Sequence[Words], place: int) -> dict[str, list[Words]]:
    """Group runs of words by the word at a place, the longest first as given."""
    held: dict[str, list[Words]] = {}
    for run in runs:
        held.setdefault(run[place], []).append(run)
    return held


def _are(held: Sequence[Token], words: Sequence[str]) -> bool:
    return all(
        token.shape is Shape.WORD and token.word == word and not token.minus
        for token, word in zip(held, words, strict=True)
    )


def _plain(typed: Sequence[Token]) -> bool:
    """Whether every word of a name is plain English."""
    return all(plain(token.word) or not token.word.isalpha() for token in typed)


def _without_verb(typed: Sequence[Token]) -> list[Token]:
    """Drop `did they`, `is it` before the words of a question that no form reads."""
    left = list(typed)
    if len(left) > 2 and left[0].word in _AUXILIARIES and left[1].word in _PRONOUNS:  # noqa: PLR2004 - and a topic
        return left[2:]
    return left


def _without_articles(typed: Sequence[Token]) -> list[Token]:
    """Drop `the` and the like before a topic."""
    left = list(typed)
    while len(left) > 1 and left[0].shape is Shape.WORD and left[0].word in _ARTICLES and not left[0].minus:
        left.pop(0)
    return left


def _check_quarters(cut: Sequence[Token]) -> None:
    """Raise for a quarter that no year has."""
    for token in cut:
        if token.shape is Shape.WORD and _WRONG_QUARTER.fullmatch(token.word):
            raise NotUnderstoodError(
                f"I don't know ‹{token.text}›: quarters run from Q1 to Q4, as the company counts.",
                token.start,
                token.end,
            )


def _decline(cut: Sequence[Token]) -> None:
    """Raise for what Earshot doesn't do: advice, summaries, verdicts."""
    words = [token.word for token in cut if token.shape is Shape.WORD]
    held = set(words)
    if (
        held & {"buy", "sell", "short", "invest"}
        and (held & {"should", "shall"} or words[:1] in (["buy"], ["sell"]))
        and len(words) < 12
    ):  # noqa: PLR2004
        raise DeclinedError(
            "I give no advice on what to buy or sell. I can show what was said: try `quote guidance` or `who asked about demand`."
        )
    if words[:1] and words[0] in {"summarise", "summarize", "summary", "tldr", "recap", "sumarize", "summarization"}:
        raise DeclinedError(
            "I don't summarise: I quote, word for word. Try `quote guidance`, `questions on margin`, or a name to see that "
            "person's turns."
        )
    if "sentiment" in held and len(words) < 8:  # noqa: PLR2004
        raise DeclinedError(
            "I give no scores or sentiment, only words that were said. Try `compare demand` to see them from call to call."
        )


def _joined(whens: Sequence[When]) -> When:
    """Several times in one question: all of them, where each is a quarter or year."""
    among: list[Moment] = []
    for when in whens:
        among.extend(when.among or ([when.first] if when.first and when.first == when.last else []))
    if len(among) == 1 or not among:
        return whens[0]
    year = next((moment.year for moment in reversed(among) if moment.year), None)
    return When(
        whens[0].start,
        whens[-1].end,
        among=tuple(dict.fromkeys(Moment(each.year or year, each.quarter) for each in among)),
    )


def _ago(calls: Sequence[Call], back: int) -> tuple[str, ...]:
    """The ids of each company's call so many before its newest."""
    groups: dict[str, list[Call]] = {}
    for call in calls:
        groups.setdefault(call.ticker or call.company or call.id, []).append(call)
    ids = []
    for members in groups.values():
        members.sort(key=lambda call: (call.year or 0, call.quarter or 0, str(call.date or "")), reverse=True)
        if back < len(members):
            ids.append(members[back].id)
    return tuple(ids)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _nearest(named: Named) -> str:
    return f" Nearest: {', '.join(named.near[:3])}." if named.near else ""


def _loaded(directory: Directory) -> str:
    names = [company.name for company in directory.companies]
    shown = ", ".join(names[:6])
    return f"{shown} and {len(names) - 6} more" if len(names) > 6 else shown or "nothing"  # noqa: PLR2004
