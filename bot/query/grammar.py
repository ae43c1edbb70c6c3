"""The grammar of a question: from what somebody typed to a Query."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from bot.directory import Directory
from bot.errors import QuestionError
from bot.query import forms, undoing
from bot.query.acts import assumed, without_actor
from bot.query.aliases import renamed
from bot.query.bare import Bare
from bot.query.beside import compares
from bot.query.dating import Dating
from bot.query.draft import Draft
from bot.query.errors import (
    AmbiguousError,
    EmptyQuestionError,
    ForeignQuestionError,
    LongQuestionError,
    NotUnderstoodError,
    Way,
)
from bot.query.fields import FIELD_NAMES, Fields, both, calls_named, loaded, nearest
from bot.query.filters import NO_COMPANY, Filters, Sieve
from bot.query.intents import intents
from bot.query.joint import SET_BESIDE, compared, either, joint, maybe_one
from bot.query.keywords import classes, correctable, keywords, slips
from bot.query.leaving import leave_out, less
from bot.query.named import Named
from bot.query.parties import Resolver
from bot.query.pattern import Matcher
from bot.query.query import Party, Query
from bot.query.reading import How, Reading
from bot.query.refusals import acknowledge, refuse
from bot.query.repeating import repeated
from bot.query.restating import restated, stated
from bot.query.slots import Slots
from bot.query.small_words import ASKING, COVERS
from bot.query.spelling import nearest_keyword
from bot.query.tokens import Shape, Token, fold, foreign, tokens
from bot.query.topic import Topic
from bot.query.topics import topic as read_topic
from bot.query.wording import (
    all_plain,
    counted,
    excluding,
    spelt_out,
    without_adverbs,
    without_articles,
    without_asides,
    without_courtesy,
    without_exchange,
)
from bot.search.english import plain
from bot.team import NOBODYS, Team

ROOM = 1_000  # characters: three tweets; what is longer is pasted, not asked
MOST_TOKENS = 120
OFFERED = 4  # of those whom a name may mean
_SPOKEN = (Shape.WORD, Shape.PHRASE)
_ANALYSTS = frozenset({"analyst", "analysts"})


class Grammar:
    """Reads one question.

        question  = courtesy* (form | filter)* courtesy*
        form      = one of the forms that the intents in bot/answers declare (see pattern.py for their language)
        filter    = company | time | section | figure | field
        field     = key ":" value                  (the keys are those of fields.py)
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

    def __init__(self, question: str, directory: Directory, today: dt.date, team: Team = NOBODYS) -> None:
        self.question = question
        self.directory = directory
        self.today = today
        self.team = team
        self.own = _own_words(team)
        self.readings: list[Reading] = []
        self.fields = Fields(self.readings)
        self.filters = Filters()
        self.without: list[Party] = []
        self._resolver = Resolver(directory)
        self._head: Token | None = None  # the question's first token, once it is cut

    def query(self) -> Query:
        """Read the question. Raises QuestionError."""
        return self.finish(self._draft(self.rest()))

    def rest(self) -> list[Token]:
        """Take fields, courtesies and filters out, and return the tokens that are left."""
        cut, number = repeated(self.fields.take(calls_named(self.cut(), self.directory)))
        if number is not None:
            self.fields.fields["least"] = [number]
        acknowledge(cut)
        cut = without_asides(without_courtesy(cut))
        refuse(cut)
        self.filters = Sieve(tuple(cut), self.directory, self.own).run()
        self.readings.extend(self.filters.corrected)
        self._note_kept()
        self._note_both(cut)
        self._check_stranger()
        self._check_minus()
        rest, left_out = leave_out(without_courtesy(without_adverbs(self.filters.rest)), self.resolver())
        self.without.extend(party for party, _ in left_out)
        self.readings.extend(reading for _, reading in left_out)
        acted = list(without_actor(rest))
        self.readings.extend(assumed(rest, acted))
        return acted

    # --- tokens and fields ------------------------------------------------------------------------------------------

    def cut(self) -> list[Token]:
        """Cut the question into tokens. Raises QuestionError for what is no question."""
        if len(self.question) > ROOM:
            raise LongQuestionError(len(self.question), ROOM)
        typed = tokens(self.question, FIELD_NAMES)
        self._head = typed[0] if typed else None
        cut = excluding(spelt_out(without_exchange(typed, self.directory)))
        if not [token for token in cut if token.word and token.shape in _SPOKEN]:
            raise EmptyQuestionError(self.question)
        if foreign(self.question):
            raise ForeignQuestionError
        if len(cut) > MOST_TOKENS:
            raise LongQuestionError(len(cut), MOST_TOKENS, "words")
        return self._renamed(cut) if self.team.aliases else cut

    def _renamed(self, cut: list[Token]) -> list[Token]:
        """Put in what the team's aliases stand for; each is told, and undone by the words as typed, in quotes."""
        found = renamed(cut, self.team.aliases)
        for reading in found.readings:
            literal = f'{self.question[: reading.start]}"{reading.typed}"{self.question[reading.end :]}'
            plain_words = ":" not in self.question[reading.start : reading.end]  # no field's value
            self.readings.append(replace(reading, undo=literal if plain_words and self._reads(literal) else None))
        return list(found.tokens)

    def _reads(self, question: str) -> bool:
        """Whether a question can be read without the team's words."""
        try:
            Grammar(question, self.directory, self.today).query()
        except QuestionError:
            return False
        return True

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
                f"No call of ‹{name}› is loaded. Loaded: {loaded(self.directory)}.", first.start, last.end
            )

    def _check_minus(self) -> None:
        """Raise for a company with a minus before it, where it is nothing but one: its calls would be searched."""
        for token in self.filters.rest:
            found = self.directory.company((token.word,)) if token.minus and token.shape is Shape.WORD else ()
            named = found and self.resolver().sure([replace(token, minus=False)]) is not None
            if found and not (named or self.directory.ordinary(token.word)):
                raise NotUnderstoodError(NO_COMPANY, token.start, token.end)

    # --- forms ------------------------------------------------------------------------------------------------------

    def _draft(self, rest: Sequence[Token]) -> Draft:
        if not rest:
            return self._bare().limits(without=bool(self.without))
        stated = self._restated(rest)
        if stated is not None:
            return stated
        matcher = Matcher(rest, self._near)
        doubtful: tuple[Draft, list[Reading]] | None = None
        known = list(self.readings)
        slots = Slots(self.resolver(), self.filters, self.readings, rest)
        for candidate in forms.candidates(matcher):
            draft = slots.fill(candidate)
            if draft is None:
                continue
            if doubtful is None and not draft.resembling:
                return draft
            if doubtful is not None and any(named.party for _, named in draft.named.values()):
                return draft  # what names somebody letter by letter comes before what only resembles a name
            doubtful = doubtful or (draft, list(self.readings))
            self.readings[:] = known
        if doubtful is not None:
            self.readings[:] = doubtful[1]
            return doubtful[0]
        return self._bare().words(rest)

    def _compares(self) -> bool:
        """Whether the question begins with a word of comparing."""
        if self._head is None or self._head.field is not None:  # a field's key is a word, as the question begins
            return compares(tokens(self.question, most=1))
        return compares((self._head,))

    def _restated(self, rest: Sequence[Token]) -> Draft | None:
        """Read a restated question (restating.py): an intent's lead, its topic in one piece, and fields."""
        grouped = rest[-1].shape is Shape.GROUP
        lead = rest[:-1] if grouped else rest
        if not (grouped or self.fields) or any(token.shape is not Shape.WORD for token in lead):
            return None
        words = " ".join(token.word for token in lead)
        intent = next((each for each in intents().values() if each.lead == words), None)
        return None if intent is None else Draft(intent.name, rest[-1:] if grouped else ())

    def _near(self, token: Token) -> str | None:
        """Return the keyword a word misspells; a plain English word or a name misspells none."""
        word = token.word
        if word in self.own:
            return None
        if word in keywords() or token.cash or not word.isalpha() or len(word) < 4 or plain(word):  # noqa: PLR2004 - a small figure that its line explains
            return slips().get(word)
        near = slips().get(word) or nearest_keyword(word, correctable())
        return near if near and not self.directory.named(word) else None  # "citi" is no misspelt "cite"

    def resolver(self) -> Resolver:
        """Look up names within the companies that are named."""
        within = frozenset([company.key for company in self.filters.companies])
        if self._resolver.companies != within:
            self._resolver = Resolver(self.directory, within)
        return self._resolver

    def _bare(self) -> Bare:
        return Bare(self.resolver(), self.filters, self.fields, self.readings)

    # --- putting it together ----------------------------------------------------------------------------------------

    def finish(self, draft: Draft) -> Query:
        """Put filters, topic and names together."""
        typed = without_articles(draft.topic)
        if not draft.named and not draft.parties:
            typed = self._tail_party(draft, typed)
        about = classes()["about"]
        if typed and all(token.shape is Shape.WORD and (token.word,) in about for token in typed):
            raise NotUnderstoodError(
                f"{typed[-1].text.capitalize()} what? Name a topic: `{intents()[draft.intent].example}`.",
                typed[0].start,
                typed[-1].end,
            )
        topic = read_topic(sides := either(typed, SET_BESIDE if self._compares() else frozenset()))
        if topic.excluded and topic.empty:
            raise NotUnderstoodError(
                f"‹{topic.text}› only says what to leave out. "
                f"Say what to look for as well: `quote margin {topic.text}`."
            )
        query = self._with_parties(self.limited(draft.intent, topic), draft)
        query = less(query) if query.without else query
        query = query if query.section or not draft.section else replace(query, section=draft.section)
        query = compared(query, filters=self.filters.versus, topics=sides != typed)
        if query.party is not None and query.intent == "topic":
            query = replace(query, intent="asked" if self.asks(query.party) else "said")
        elif query.party is not None and query.intent == "who" and self.asks(query.party) and not query.topic.empty:
            query = replace(query, intent="asked")  # "nobody asked" would be said of everybody
        query = self.dated(query)
        self.check_topic(query)
        undoing.names(query, draft, self.directory, self.readings)
        undoing.kept(query, typed, self.filters, self.directory, self.readings)
        undoing.left_out(query, typed, self.directory, self.readings)
        return self.stated(query)

    def dated(self, query: Query) -> Query:
        """Put the question's times to a query; what is assumed of them is undone by the query without them."""
        whens = (*self.filters.whens, *self.fields.whens())
        if not whens:
            return query
        known = len(self.readings)
        timeless = replace(query, span=None, calls=self.fields.calls(self.directory))
        query = Dating(self.directory, self.today, self.readings).limited(timeless, whens, query.span)
        undo = restated(timeless, self.directory)
        self.readings[known:] = [replace(reading, undo=undo) for reading in self.readings[known:]]
        return query

    def check_topic(self, query: Query) -> None:
        """Raise NotUnderstoodError where the intent needs a topic and there is none."""
        intent = intents()[query.intent]
        limited = query.party or query.companies or query.calls or query.span or query.section
        if intent.needs_topic and query.topic.empty and not (intent.needs_topic == "or filter" and limited):
            raise NotUnderstoodError(f"What about? Name a topic: `{intent.example}`.", 0, len(self.question))

    def limited(self, intent: str, topic: Topic) -> Query:
        """Return a query with the filters that were read, times aside; names in fields included."""
        companies = (*self.filters.companies, *self.fields.companies(self.directory))
        left_out = [self.fields.named_in(key, [token], self.resolver()) for key, token in self.fields.left_out]
        return Query(
            self.question,
            intent,
            topic,
            restated="",
            understood="",
            companies=tuple(dict.fromkeys([company.key for company in companies])),
            calls=self.fields.calls(self.directory),
            section=self.filters.section or self.fields.section(),
            limit=self.filters.limit or self.fields.number("limit"),
            least=self.fields.number("least"),
            party=self.fields.party(self.resolver()) if self.fields else None,
            without=tuple(dict.fromkeys((*self.without, *left_out))),
        )

    def asks(self, party: Party) -> bool:
        """Whether a party is one that asks: analysts, a firm."""
        return self.resolver().asks(party)

    def stated(self, query: Query) -> Query:
        """Add the question that reads back, the line for people, and what was corrected and assumed."""
        return stated(query, self.directory, self.readings)

    def _with_parties(self, query: Query, draft: Draft) -> Query:
        """Set party and asker; a name that may be several asks which."""
        parties: dict[str, Party | None] = {"party": draft.parties.get("party"), "asker": draft.parties.get("asker")}
        for name, (_typed, named) in draft.named.items():
            if named.party is not None:
                parties[name] = named.party
        fielded = query.party
        if fielded is not None:
            parties["party"] = both(parties["party"], fielded)
        if "asker" in self.fields:
            parties["asker"] = self.fields.name("asker", self.resolver())
        if any(parties.values()):
            query = replace(query, party=parties["party"], asker=parties["asker"])
        for name, (typed, named) in draft.named.items():
            if named.party is None and not (name == "party" and fielded):
                self.ask_which(query, name, typed, named)
        return query

    def ask_which(self, query: Query, slot: str, typed: Sequence[Token], named: Named) -> None:
        """Raise AmbiguousError where a name may be several, NotUnderstoodError where it is nobody's."""
        text = " ".join(token.text for token in typed)
        if named.several:
            offered = {party.said: party for party in named.several[:OFFERED]}
            if slot == "party" and named.exact and maybe_one(named.several):
                offered["Both, who may be one"] = joint(named.several, against=False)
            ways = tuple(
                Way(
                    said,
                    restated(
                        replace(query, party=party) if slot == "party" else replace(query, asker=party), self.directory
                    ),
                )
                for said, party in offered.items()
            )
            which = "one of these" if len(named.several) > 1 else ways[0].text
            sentence = f"Which ‹{text}› do you mean?" if named.exact else f"I don't know ‹{text}›. Do you mean {which}?"
            if len(named.several) > OFFERED:
                sentence += f" These are {OFFERED} of {len(named.several)}: a surname, a firm or a company tells which."
            raise AmbiguousError(sentence, ways, self.stated(query))
        raise NotUnderstoodError(
            f"I don't know ‹{text}›: no speaker or firm of that name is in the "
            f"{counted(len(self.directory.calls), 'loaded call')}.{nearest(named)} `calls` lists what is loaded.",
            typed[0].start,
            typed[-1].end,
        )

    def _tail_party(self, draft: Draft, typed: list[Token]) -> list[Token]:
        """`margin by vidal`, `capex from Jefferies`: a name behind the topic."""
        for at in range(len(typed) - 1, 0, -1):
            if typed[at].word in {"by", "from", "at"} and typed[at].shape is Shape.WORD and len(typed) - at <= 8:  # noqa: PLR2004 - a small figure that its line explains
                behind = typed[at + 1 :]
                named = self.resolver().name(behind) if behind else Named()
                absent = self.resolver().house(behind)
                by = typed[at].word == "by" and (absent or not all_plain(behind))
                offered = by and bool(named.several)
                capital = typed[-1].capital and draft.intent in {"quote", "said"}
                unknown = by and (capital or absent or self.resolver().strange(behind))
                if named.party is not None or offered or unknown:
                    self.readings.extend(named.readings)
                    draft.named["party"] = (tuple(behind), named)
                    return typed[:at]
                return typed
        return typed

    def _note_both(self, cut: Sequence[Token]) -> None:
        """Tell that what is asked of both companies is shown where it is of one."""
        both = next((token for token in cut if token.word == "both" and token.shape is Shape.WORD), None)
        asks = not (ASKING | COVERS | _ANALYSTS).isdisjoint([token.word for token in cut])
        if both is not None and asks and len(self.filters.companies) > 1:
            told = "either: what only one of them has is shown, too"
            self.readings.append(Reading(How.ASSUMED, both.text, told, both.start, both.end))

    def _note_kept(self) -> None:
        if not self.filters.kept:
            return
        text = " ".join(token.text for token in self.filters.kept)
        first, last = self.filters.kept[0], self.filters.kept[-1]
        self.readings.append(Reading(How.ASSUMED, text, "words to look for, not a filter", first.start, last.end))


def prepare(directory: Directory) -> None:
    """Compile every form, read the word lists and build the directory's indexes."""
    forms.prepare()
    plain("")
    directory.person(["nobody"], near=True)
    directory.firm(["nobody"], near=True)
    _ = directory.longest_company, directory.positions, directory.holders, directory.kinds, directory.call_names
    _ = directory.newest, directory.turns, directory.calls_by_name, directory.usage.names
    _ = directory.places, directory.extent, directory.people_by_name


@lru_cache(256)
def _own_words(team: Team) -> frozenset[str]:
    """Return the single words that a team has given a meaning: no misspelling, and no company's ticker."""
    return frozenset(fold(each.word) for each in team.synonyms if " " not in each.word)
