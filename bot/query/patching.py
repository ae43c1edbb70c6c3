"""One part of a question changed by what is said after it: a filter, a name, the topic, or something set beside it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.errors import QuestionError
from bot.query.beside import COMPARING
from bot.query.errors import NotUnderstoodError
from bot.query.grammar import Grammar
from bot.query.intents import intents
from bot.query.joint import compared, joint
from bot.query.keywords import stop_words
from bot.query.leaving import same
from bot.query.named import ANALYSTS, Named, everyone
from bot.query.parties import Resolver
from bot.query.query import Party, Query, Span
from bot.query.referring import THINGS, trimmed
from bot.query.small_words import AGAINST
from bot.query.tables import first_names
from bot.query.tokens import Shape, Token, tokens
from bot.query.topic import Topic
from bot.query.topics import topic as read_topic
from bot.query.topics import written
from bot.query.wording import all_plain

_TOPICAL = frozenset({"on", "about", "regarding"})
_WITHOUT = frozenset({"without", "except", "not", "excluding", "minus", "no", "nothing"})
_ANYONE = frozenset({"anyone", "anybody", "everyone", "everybody", "someone", "somebody", "people"})
_BY = frozenset({"by", "from"})
_ASKED = frozenset({"who", "asked", "askers", "put", "regulars", "repeaters"})
"""Questions of who asks: a house that is named behind one is one that does."""


def behind_and(said: str) -> str:
    """Return what stands behind a mere "and": it may be a question of its own (`and what did Jefferies ask?`)."""
    first, _, behind = said.strip().partition(" ")
    return behind if first.lower() in {"and", "also", "then", "but", "now"} else ""


def leaves_out(said: Sequence[Token]) -> bool:
    """Whether what was said leaves somebody's words out: `not by analysts`, `nothing from desmond`."""
    return len(said) > 2 and said[0].word in _WITHOUT and said[1].word in _BY  # noqa: PLR2004 - and a name behind them


def _left(party: Party | None, without: Sequence[Party]) -> bool:
    """Whether somebody is left out who was asked for before: `and annika?`, then `without annika`."""
    return party is not None and not party.parts and any(same(each, party) for each in without)


def _either(topic: Topic, held: Sequence[Token]) -> Topic:
    """Return a topic that is one or the other."""
    return read_topic(tokens(f"{topic.text} or {written(held)}") if topic.text else held)


def _of_others(query: Query) -> Query:
    """Ask who said it where analysts are left out of who asked about it: who asks is one."""
    analysts = query.intent in {"who", "asked"} and any(each.kinds == ANALYSTS.kinds for each in query.without)
    return replace(query, intent="said") if analysts and not query.topic.empty else query


class Patch:
    """Changes one part of a question."""

    def __init__(self, grammar: Grammar, before: Query) -> None:
        self.grammar = grammar
        self.before = before

    def apply(self, rest: Sequence[Token], opened: int) -> Query:  # noqa: PLR0911 - one return a kind of change reads best
        """Return the question with the filters, the name or the topic that was said put in the place of the old."""
        query = self._filtered()
        topical = rest[opened - 1].word in _TOPICAL and rest[0].word not in {"what", "how"} if opened else False
        held = trimmed(rest[opened:])
        while held and held[0].word in _TOPICAL and held[0].shape is Shape.WORD:
            topical = True
            held.pop(0)
        distant = any(when.beside for when in self.grammar.filters.whens)  # "compare to last quarter"
        if distant and all(token.word in COMPARING for token in held):
            return self._side_by_side(query)
        if not held or (query != self.before and all(token.word in THINGS for token in held)):  # "same for finch"
            return query
        if len(held) == 1 and held[0].word in AGAINST and query != self.before:
            return self._side_by_side(query)
        limited = (
            self._of_anyone(query, held, topical=topical) or self._left_out(query, held) or self._beside(query, held)
        )
        if limited is not None:
            return limited
        if not topical:
            named = self._named(held)
            if named is not None:
                return self._with_name(query, held, named)
            if self._resolver().house(held):  # a firm that is known, and on no loaded call
                self.grammar.ask_which(query, "party", held, Named())
        self._check_name(held)
        if opened == 1 and rest[0].word == "or" and self.before.topic.text:
            return self._about(query, _either(self.before.topic, held))
        return self._about(query, read_topic(held))

    def house(self, opened: int) -> Query | None:
        """Read a bank whose own calls are loaded, and nothing else: one that asks where it was asked who did.

        `nim at one bank`, then `and jpm`, is about that bank's calls; `who asked about nim`, then `and jpm`, is not.
        """
        typed, directory = trimmed(self.grammar.cut()[opened:]), self.grammar.directory
        words = tuple(token.word for token in typed)
        issuers = directory.company(words) or directory.issuing_houses.get(" ".join(words), ())
        named = self._named(typed) if typed and issuers else None
        if named is None or named.party is None or not named.party.firms or named.party.persons:
            return None
        party = self.before.party
        if self.before.intent in _ASKED or (party is not None and self.grammar.asks(party)):
            return self._with_name(self.before, typed, named)
        return replace(self.before, companies=tuple(dict.fromkeys(each.key for each in issuers)), calls=())

    def add(self, rest: Sequence[Token]) -> Query:
        """Return the question with what was said looked for beside what was asked: a company, a name, or a topic."""
        before, grammar = self.before, self.grammar
        said = grammar.limited(before.intent, before.topic)
        companies = tuple(dict.fromkeys((*before.companies, *said.companies)))
        calls = () if said.companies else before.calls
        both = before.section is not None and said.section not in {None, before.section}
        section = None if both else said.section or before.section
        query = self._also_then(grammar.dated(replace(before, companies=companies, calls=calls, section=section)))
        held = trimmed(rest)
        while held and held[0].word in _TOPICAL | _BY | {"also", "and"} and held[0].shape is Shape.WORD:
            held.pop(0)
        if not held:
            return query
        speaker = self._speaker()
        named = self._named(held) if speaker is None else Named(speaker)
        if named is None:
            self._check_name(held)
            return self._about(query, _either(query.topic, held))
        old = () if query.party is None else query.party.parts or (query.party,)
        if named.party is None or not old or any(same(each, named.party) for each in old):
            return self._with_name(query, held, named)
        grammar.readings.extend(named.readings)
        new = named.party.parts or (named.party,)
        back = tuple(each for each in query.without if not any(same(each, party) for party in new))
        return replace(query, party=joint([*old, *new], against=False), without=back)

    def _also_then(self, query: Query) -> Query:
        """Ask of one quarter beside another that was asked of."""
        old, new = self.before.span, query.span
        single = old is not None and new is not None and old.first == old.last and new.first == new.last
        if old is None or new is None or old == new or not single or old.first is None or new.first is None:
            return query
        return replace(query, span=Span(f"{old.first} and {new.first}", only=(old.first, new.first)))

    def _check_name(self, held: Sequence[Token]) -> None:
        """Raise NotUnderstoodError for a first name that is nobody's here, and no word of the calls: no topic."""
        if len(held) == 1 and held[0].word in first_names() and not self.grammar.directory.says(held[0].word):
            raise NotUnderstoodError(
                f"I don't know ‹{held[0].text}›: no speaker of that name is in the loaded calls.",
                held[0].start,
                held[0].end,
            )

    def _about(self, query: Query, topic: Topic) -> Query:
        """Put a topic in; what has none (which calls are loaded, who was on one) becomes a search for it."""
        if any("{topic}" in form.text for form in intents()[query.intent].forms):
            return replace(query, topic=topic)
        searched = "topic" if query.party is None else "asked" if self.grammar.asks(query.party) else "said"
        return replace(query, intent=searched, topic=topic)

    def _of_anyone(self, query: Query, held: Sequence[Token], *, topical: bool) -> Query | None:
        """Ask for anybody's words, where nothing more is said: `anyone`, `anyone at finch?`."""
        if topical or not all(token.word in _ANYONE and token.shape is Shape.WORD for token in held):
            return None
        if query.party is None and query == self.before and held[0].word == "people":
            return None  # they are looked for
        return replace(query, party=None, without=())

    def _left_out(self, query: Query, held: Sequence[Token]) -> Query | None:
        """Leave out words, or somebody's turns: `without gross`, `-gross`, `not priscilla`."""
        if all(token.minus for token in held):
            return self._excluded(query, held)
        if held[0].word not in _WITHOUT or len(held) == 1:
            return None
        named = self._named(held[1 + leaves_out(held) :])
        if named is not None and named.party is not None and named.exact:
            each = named.party.parts or (named.party,)
            kept = replace(query, party=None) if _left(query.party, (named.party,)) else query
            return _of_others(replace(kept, without=tuple(dict.fromkeys((*query.without, *each)))))
        left_out = held[1:]
        while len(left_out) > 1 and left_out[0].word in _TOPICAL and left_out[0].shape is Shape.WORD:
            left_out = left_out[1:]  # "nothing on pricing"
        return self._excluded(query, left_out)

    def _beside(self, query: Query, held: Sequence[Token]) -> Query | None:
        """Set something beside the old, or ask for somebody's words on it: `vs freight`, `what did sunniva say`."""
        if held[0].word in AGAINST and len(held) > 1:
            return self._against(query, held[1:])
        speaker = None if query.topic.empty else self._speaker()
        return None if speaker is None else compared(self._spoken(query, speaker), filters=False)

    def _speaker(self) -> Party | None:
        """Return whose words a sentence asks for that names no topic: `what did sunniva say`."""
        grammar = self.grammar
        own = behind_and(grammar.question) or grammar.question
        said = Grammar(own, grammar.directory, grammar.today, grammar.team)
        try:
            query = said.query()
        except QuestionError:
            return None
        return (
            query.party
            if (query.intent == "speaker" or intents()[query.intent].paired)
            and query.asker is None
            and query.topic.empty
            and len(said.cut()) > 1
            else None
        )

    def _against(self, query: Query, held: Sequence[Token]) -> Query:
        """Set what was said beside the old: `vs freight`, `vs annika`."""
        other, grammar = written(held), self.grammar
        if query.party is None:
            grammar.check_topic(replace(query, intent="compare"))
        plainly = bool(query.topic.ranked) and not (query.topic.required or query.topic.excluded)
        text = query.topic.text if plainly else f"({query.topic.text})"
        one = query.party.said if query.party is not None else text
        said_about = any(token.word in _TOPICAL for token in held)
        behind = f" on {text}" if query.party is not None and query.topic.text and not said_about else ""
        versus = Grammar(f"{one} vs {other}{behind}", grammar.directory, grammar.today, grammar.team).query()
        return replace(
            versus,
            companies=query.companies,
            calls=query.calls,
            span=query.span,
            section=query.section,
            limit=query.limit,
            without=query.without,
        )

    def _side_by_side(self, query: Query) -> Query:
        """Compare the companies, or the quarters, of both: `vs finch`, `vs q2`."""
        self.grammar.check_topic(replace(query, intent="compare"))
        old, new = self.before.span, query.span
        span = new
        if old is not None and new is not None and old.first and new.first and old != new:
            span = Span(f"{old.first} and {new.first}", only=(old.first, new.first))
        companies = tuple(dict.fromkeys((*self.before.companies, *query.companies)))
        return replace(query, intent="compare", companies=companies, span=span)

    def _filtered(self) -> Query:
        """Put the companies, times and sections that were said in the place of the old ones."""
        said = self.grammar.limited(self.before.intent, self.before.topic)
        before = self.before
        changed = replace(
            before,
            companies=said.companies or before.companies,
            # Another company is another call.
            calls=said.calls or (() if said.companies else before.calls),
            span=None if said.calls else before.span,
            section=said.section or before.section,
            limit=said.limit or before.limit,
            least=said.least or before.least,
            party=said.party or (None if _left(before.party, said.without) else before.party),
            without=tuple(dict.fromkeys((*before.without, *said.without))),
        )
        return self.grammar.dated(_of_others(changed))

    def _named(self, held: Sequence[Token]) -> Named | None:
        """Look up a name: letter by letter, then what resembles it, unless it is plain English."""
        if everyone(held):
            return None
        named = self._resolver().name(held)
        if named.party is None and not named.several:
            return None
        return named if named.exact or not all_plain(held) else None

    def _resolver(self) -> Resolver:
        """Look up names within the companies that were named, now or before: `and mark?` is on that call."""
        resolver = self.grammar.resolver()
        if resolver.companies or not self.before.companies:
            return resolver
        return Resolver(self.grammar.directory, self.before.companies)

    def _with_name(self, query: Query, held: Sequence[Token], named: Named) -> Query:
        if named.party is None:
            slot = "asker" if intents()[query.intent].paired else "party"
            first = self._spoken(query, named.several[0])
            self.grammar.ask_which(first, slot, held, named)
        self.grammar.readings.extend(named.readings)
        party = named.party or named.several[0]
        # Whoever is asked for now is left out no more, also where that was by a title.
        back = tuple(each for each in query.without if not same(each, party))
        return compared(self._spoken(replace(query, without=back), party), filters=False)

    def _spoken(self, query: Query, party: Party) -> Query:
        """Put a party in: who it is may turn a question about askers into one about speakers."""
        asks = self.grammar.asks(party)
        if intents()[query.intent].paired:
            return replace(query, asker=party) if asks else replace(query, party=party)
        if query.intent in {"who", "asked", "speaker", "list"}:
            topic = not query.topic.empty
            return replace(query, intent="asked" if asks else "said" if topic else "speaker", party=party)
        if query.intent in {"quote", "topic", "said"}:
            return replace(query, intent="said", party=party)
        return replace(query, party=party)

    def _excluded(self, query: Query, held: Sequence[Token]) -> Query:
        """Leave words out of the topic. Raises NotUnderstoodError where only small words are left out."""
        held = [token for token in held if token.word not in stop_words()]
        if not held:
            raise NotUnderstoodError("I don't know what to leave out: name a word, a person or a firm.")
        text = " ".join([query.topic.text, *(f"-{written([replace(token, minus=False)])}" for token in held)])
        return replace(query, topic=read_topic(Grammar(text, self.grammar.directory, self.grammar.today).cut()))
