"""A follow-up in a thread: what was asked before, with one part changed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.directory import Directory
from bot.query.errors import AmbiguousError, DeclinedError
from bot.query.grammar import Grammar
from bot.query.joint import compared
from bot.query.keywords import follow_ups
from bot.query.parties import Named, everyone
from bot.query.query import Party, Query
from bot.query.tokens import Shape, Token, tokens
from bot.query.topics import topic as read_topic
from bot.query.topics import written
from bot.query.wording import all_plain, without_courtesy
from bot.team import NOBODYS, Team

PAGE = 3
"""How far `more` moves: the hits of one answer."""

_TOPICAL = frozenset({"on", "about", "regarding"})
_WITHOUT = frozenset({"without", "except", "not", "excluding", "minus", "no"})
_ASKING = frozenset({"ask", "asks", "asked", "asking", "question", "questions"})
_OWN = frozenset({"topic", "speaker", "list"})  # intents that a bare name, topic or filter reads as


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The question a follow-up means; `offset` is how many hits to move on from the page last shown (0: a new one)."""

    question: str
    offset: int


def follow(previous: str, said: str, directory: Directory, *, today: dt.date, team: Team = NOBODYS) -> FollowUp:
    """Rewrite a restated question by what was said after it.

    `more` moves on. `and george?`, `only jefferies`, `in q3`, `and on capex?`, `q&a only` change one part and keep the
    rest. A question of its own keeps the calls that were asked, unless it names others. Raises QuestionError.
    """
    grammar = Grammar(said, directory, today, team)
    cut = without_courtesy(grammar.cut())
    if " ".join(token.word for token in cut) in follow_ups("more"):
        return FollowUp(previous, PAGE)
    words = " ".join(token.word for token in cut)
    if words in follow_ups("thanks"):
        raise DeclinedError("Glad it helped. Ask on in this thread, or type `more` for the next hits.")
    before = Grammar(previous, directory, today, team).query()
    if words in follow_ups("who"):
        return FollowUp(previous, PAGE) if before.intent in {"who", "asked"} else _instead(grammar, before, "who")
    if words in follow_ups("answer"):
        return _instead(grammar, before, "answer")
    rest = grammar.rest()
    opened = _opening(rest)
    own = said if not opened else _behind_and(said)
    if own and not all(token.minus for token in rest) and not _partial(own, directory, today, team):
        query = _scoped(Grammar(own, directory, today, team).query(), before)
        return FollowUp(grammar.stated(query).restated, 0)
    changed = grammar.stated(_Patch(grammar, before).apply(rest, opened)).restated
    Grammar(changed, directory, today, team).query()  # raises where the change left no question
    return FollowUp(changed, 0)


def _instead(grammar: Grammar, before: Query, intent: str) -> FollowUp:
    """Ask the same topic another way: who asked about it, what was answered."""
    party = before.party
    asker = before.asker or (party if party and grammar.asks(party) else None)
    if intent == "answer":
        query = replace(before, intent=intent, asker=asker, party=None if asker is party else party)
    else:
        query = replace(before, intent=intent, party=None, asker=None)
    return FollowUp(grammar.stated(query).restated, 0)


def _partial(said: str, directory: Directory, today: dt.date, team: Team) -> bool:
    """Whether what was said is a name, a topic or a filter alone, not a question of its own."""
    try:
        query = Grammar(said, directory, today, team).query()
    except AmbiguousError as error:  # "john": a name alone is asked back for the question it changes
        query = error.query
    asking = {token.word for token in tokens(said)} & _ASKING
    bare = query.intent == "asked" and query.topic.empty and not asking
    return query.intent in _OWN or bare


def _behind_and(said: str) -> str:
    """Return what stands behind a mere "and": it may be a question of its own (`and what did Jefferies ask?`)."""
    first, _, behind = said.strip().partition(" ")
    return behind if first.lower() in {"and", "also", "then", "but", "now"} else ""


def _scoped(query: Query, before: Query) -> Query:
    """Keep the calls that were asked before where the new question names none."""
    if query.companies or query.calls or query.span:
        return query
    return replace(query, companies=before.companies, calls=before.calls, span=before.span)


def _opening(rest: Sequence[Token]) -> int:
    """How many tokens only open a follow-up."""
    words = tuple(token.word if token.shape is Shape.WORD else "" for token in rest)
    openings = (tuple(text.split()) for text in follow_ups("openings"))
    return max((len(opening) for opening in openings if words[: len(opening)] == opening), default=0)


class _Patch:
    """Changes one part of a question."""

    def __init__(self, grammar: Grammar, before: Query) -> None:
        self.grammar = grammar
        self.before = before

    def apply(self, rest: Sequence[Token], opened: int) -> Query:
        """Return the question with the filters, the name or the topic that was said put in the place of the old."""
        query = self._filtered()
        topical = rest[opened - 1].word in _TOPICAL and rest[0].word not in {"what", "how"} if opened else False
        held = list(rest[opened:])
        while held and held[0].word in _TOPICAL and held[0].shape is Shape.WORD:
            topical = True
            held.pop(0)
        if not held:
            return query
        if held[0].word in _WITHOUT and len(held) > 1:
            return self._excluded(query, held[1:])
        if all(token.minus for token in held):
            return self._excluded(query, held)
        if not topical:
            named = self._named(held)
            if named is not None:
                return self._with_name(query, held, named)
        return replace(query, topic=read_topic(held))

    def _filtered(self) -> Query:
        """Put the companies, times and sections that were said in the place of the old ones."""
        said = self.grammar.limits(self.before)
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
            party=said.party or before.party,
            without=tuple(dict.fromkeys((*before.without, *said.without))),
        )
        return self.grammar.dated(changed)

    def _named(self, held: Sequence[Token]) -> Named | None:
        """Look up a name: letter by letter, then what resembles it, unless it is plain English."""
        if everyone(held):
            return None
        resolver = self.grammar.resolver()
        named = resolver.name(held)
        if named.party is None and not named.several:
            return None
        return named if named.exact or not all_plain(held) else None

    def _with_name(self, query: Query, held: Sequence[Token], named: Named) -> Query:
        if named.party is None:
            slot = "asker" if query.intent == "answer" else "party"
            first = self._spoken(query, named.several[0])
            self.grammar.ask_which(first, slot, held, named)
        self.grammar.readings.extend(named.readings)
        return compared(self._spoken(query, named.party or named.several[0]), filters=False)

    def _spoken(self, query: Query, party: Party) -> Query:
        """Put a party in: who it is may turn a question about askers into one about speakers."""
        asks = self.grammar.asks(party)
        if query.intent == "answer":
            return replace(query, asker=party) if asks else replace(query, party=party)
        if query.intent in {"who", "asked", "speaker"}:
            topic = not query.topic.empty
            return replace(query, intent="asked" if asks else "said" if topic else "speaker", party=party)
        if query.intent in {"quote", "topic", "said"}:
            return replace(query, intent="said", party=party)
        return replace(query, party=party)

    def _excluded(self, query: Query, held: Sequence[Token]) -> Query:
        """Leave words out of the topic."""
        text = " ".join([query.topic.text, *(f"-{written([replace(token, minus=False)])}" for token in held)])
        return replace(query, topic=read_topic(Grammar(text, self.grammar.directory, self.grammar.today).cut()))
