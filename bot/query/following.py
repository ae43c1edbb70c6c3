"""A follow-up in a thread: what was asked before, with one part changed."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.directory import Directory
from bot.errors import QuestionError
from bot.query.errors import AmbiguousError, DeclinedError, NotUnderstoodError
from bot.query.grammar import Grammar
from bot.query.joint import compared
from bot.query.keywords import follow_ups
from bot.query.parties import Named, everyone
from bot.query.query import Party, Query
from bot.query.referring import is_thing, moved, named, trimmed, wider
from bot.query.tokens import Shape, Token, tokens
from bot.query.topics import topic as read_topic
from bot.query.topics import written
from bot.query.wording import all_plain, without_courtesy
from bot.team import NOBODYS, Team

PAGE = 3
"""How far `more` moves: the hits of one answer."""

_TOPICAL = frozenset({"on", "about", "regarding"})
_OTHERWISE = ("answer", "count", "compare", "first", "last", "quote", "said")
_SPOKEN = frozenset({"quote", "said", "topic", "speaker"})
_AGAINST = frozenset({"vs", "versus", "against"})
_MORE = re.compile(r"(?:the )?(?:next|another) \d{1,2}|\d{1,2} more")
_WHAT_ABOUT = re.compile(r"\s*(?:and )?(?:what|how) about\s+(?=\S)", re.IGNORECASE)
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
    cut = grammar.cut()
    typed, words = (" ".join(token.word for token in each) for each in (cut, without_courtesy(cut)))
    if words in follow_ups("more") or _MORE.fullmatch(words):
        return FollowUp(previous, PAGE)
    if words in follow_ups("thanks"):
        raise DeclinedError("Glad it helped. Ask on in this thread, or type `more` for the next hits.")
    if words in follow_ups("buttons"):
        raise DeclinedError("The buttons under an answer do that: *Context* and *Answer* open in place.")
    before = Grammar(previous, directory, today, team).query()
    whole = _whole(grammar, before, words, typed)
    if whole is not None:
        return whole if isinstance(whole, FollowUp) else FollowUp(_checked(grammar, whole), 0)
    said = named(_behind_about(said), before)
    grammar = Grammar(said, directory, today, team)
    rest = grammar.rest()
    opened = _opening(rest)
    own = said if not opened else _behind_and(said)
    if own and not all(token.minus for token in rest) and not _partial(own, directory, today, team):
        query = _scoped(_own(own, before, grammar), before)
        return FollowUp(grammar.stated(query).restated, 0)
    changed = grammar.stated(_Patch(grammar, before).apply(rest, opened)).restated
    Grammar(changed, directory, today, team).query()  # raises where the change left no question
    return FollowUp(changed, 0)


def _whole(grammar: Grammar, before: Query, words: str, typed: str) -> Query | FollowUp | None:
    """Read words that change the whole question: another way to ask, more calls, the quarter before.

    `words` are those `typed` without courtesies.
    """
    if words in follow_ups("who"):
        if before.intent in {"who", "asked"}:
            return FollowUp(before.restated, PAGE)
        others = words.endswith("else") and before.party is not None and before.intent in _SPOKEN
        return _but_not(before) if others else _instead(grammar, before, "who")
    ways = {typed, words, _behind_and(words)}
    intent = next((each for each in _OTHERWISE if not ways.isdisjoint(follow_ups(each))), None)
    if intent is not None:
        changed = _instead(grammar, before, intent)
        grammar.check_topic(changed)
        return changed
    return wider(ways, before) or moved(ways, before)


def _instead(grammar: Grammar, before: Query, intent: str) -> Query:
    """Ask the same topic another way: who asked about it, what was answered, how often it was said."""
    party = before.party
    asker = before.asker or (party if party and grammar.asks(party) else None)
    if intent == "answer":
        return replace(before, intent=intent, asker=asker, party=None if asker is party else party)
    if intent in {"who", "quote"}:
        party = None if intent == "who" or party is asker else party
    return replace(before, intent=intent, party=party, asker=None)


def _but_not(before: Query) -> Query:
    """Ask for everybody else's words."""
    left_out = (before.party,) if before.party else ()
    return replace(before, party=None, without=(*before.without, *left_out))


def _checked(grammar: Grammar, query: Query) -> str:
    """Return a question as restated. Raises QuestionError where the change left none."""
    changed = grammar.stated(query).restated
    Grammar(changed, grammar.directory, grammar.today, grammar.team).query()
    return changed


def _own(said: str, before: Query, grammar: Grammar) -> Query:
    """Read a question of its own: what it is about may be `it`, or left unsaid (`how often did he say it`)."""
    again = f"{said} topic:({before.topic.text})" if before.topic.text else ""
    try:
        query = Grammar(said, grammar.directory, grammar.today, grammar.team).query()
    except NotUnderstoodError:
        if not again or not _reads(again, grammar):
            raise
        return Grammar(again, grammar.directory, grammar.today, grammar.team).query()
    return replace(query, topic=before.topic) if is_thing(query) and again else query


def _reads(question: str, grammar: Grammar) -> bool:
    """Whether a question can be read."""
    try:
        Grammar(question, grammar.directory, grammar.today, grammar.team).query()
    except QuestionError:
        return False
    return True


def _partial(said: str, directory: Directory, today: dt.date, team: Team) -> bool:
    """Whether what was said is a name, a topic or a filter alone, not a question of its own."""
    try:
        query = Grammar(said, directory, today, team).query()
    except AmbiguousError as error:  # "john": a name alone is asked back for the question it changes
        query = error.query
    asking = {token.word for token in tokens(said)} & _ASKING
    bare = query.intent == "asked" and query.topic.empty and not asking
    return query.intent in _OWN or bare


def _behind_about(said: str) -> str:
    """Return what stands behind "what about": a company or a time is named there, and no topic begun."""
    found = _WHAT_ABOUT.match(said)
    return said[found.end() :] if found else said


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
        held = trimmed(rest[opened:])
        while held and held[0].word in _TOPICAL and held[0].shape is Shape.WORD:
            topical = True
            held.pop(0)
        if not held:
            return query
        limited = self._left_out(query, held) or self._beside(query, held)
        if limited is not None:
            return limited
        if not topical:
            named = self._named(held)
            if named is not None:
                return self._with_name(query, held, named)
        return replace(query, topic=read_topic(held))

    def _left_out(self, query: Query, held: Sequence[Token]) -> Query | None:
        """Leave out words, or somebody's turns: `without gross`, `-gross`, `not priscilla`."""
        if all(token.minus for token in held):
            return self._excluded(query, held)
        if held[0].word not in _WITHOUT or len(held) == 1:
            return None
        named = self._named(held[1:])
        if named is not None and named.party is not None and named.exact:
            return replace(query, without=(*query.without, named.party))
        return self._excluded(query, held[1:])

    def _beside(self, query: Query, held: Sequence[Token]) -> Query | None:
        """Set something beside the old, or ask for somebody's words on it: `vs freight`, `what did sunniva say`."""
        if held[0].word in _AGAINST and len(held) > 1:
            return self._against(query, held[1:])
        speaker = None if query.topic.empty else self._speaker()
        return None if speaker is None else compared(self._spoken(query, speaker), filters=False)

    def _speaker(self) -> Party | None:
        """Return whose words a sentence asks for that names no topic: `what did sunniva say`."""
        grammar = self.grammar
        own = _behind_and(grammar.question) or grammar.question
        said = Grammar(own, grammar.directory, grammar.today, grammar.team)
        try:
            query = said.query()
        except QuestionError:
            return None
        return query.party if query.intent == "speaker" and query.topic.empty and len(said.cut()) > 1 else None

    def _against(self, query: Query, held: Sequence[Token]) -> Query:
        """Set what was said beside the old: `vs freight`, `vs annika`."""
        other, grammar = written(held), self.grammar
        text = query.topic.text if query.topic.text.isalnum() else f"({query.topic.text})"
        one = query.party.said if query.party is not None else text
        behind = f" on {text}" if query.party is not None and query.topic.text else ""
        versus = Grammar(f"{one} vs {other}{behind}", grammar.directory, grammar.today, grammar.team).query()
        return replace(versus, companies=query.companies, calls=query.calls, span=query.span, section=query.section)

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
