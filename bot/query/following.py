"""A follow-up in a thread: what was asked before, with one part changed."""

import datetime as dt
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.directory import Directory
from bot.errors import QuestionError
from bot.query.amending import added, amended
from bot.query.clock import When
from bot.query.errors import AmbiguousError, DeclinedError, NotUnderstoodError
from bot.query.grammar import Grammar
from bot.query.intents import intents
from bot.query.keywords import follow_ups
from bot.query.named import ANALYSTS
from bot.query.patching import Patch, behind_and, leaves_out
from bot.query.query import Party, Query
from bot.query.referring import is_thing, moved, named, of_its_period, refers, wider
from bot.query.refusals import thanks
from bot.query.small_words import AGAINST, ASKING
from bot.query.spoken import LEADING, REACHING
from bot.query.tokens import Shape, Token, tokens
from bot.query.topics import topic as read_topic
from bot.query.wording import without_courtesy
from bot.search.words import ASKED_OF_IT, BESIDE, STOP
from bot.team import NOBODYS, Team

PAGE = 3
"""How far `more` moves: the hits of one answer."""

_OTHERWISE = (
    "answer", "count", "compare", "first", "last", "quote", "said", "most", "most_call", "most_quarter", "most_speaker",
)  # fmt: skip
_SPOKEN = frozenset({"quote", "said", "topic", "speaker"})
# Thanks before a question; a mark behind them tells that they are none of its words.
_THANKED = re.compile(
    r"\A\s*(?:great|perfect|cool|awesome|nice|excellent|interesting|ok|okay|got it|thanks|thank you|thx)"
    r"(?:,? (?:thanks|thank you|thx))?\s*[,.!;:]+\s*(?=\w)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\s*(?:and |but )?(?:how )?(?:is|are|was|were|did|do|does|will|would|has|have|had|can|could)"
    r" (?:it|that|this|they|those|these) (?P<words>[a-z ]{2,60}?)\s*\?*\s*",
    re.IGNORECASE,
)
_MORE = re.compile(r"(?:the )?(?:next|another) \d{1,2}|\d{1,2} more")
_WHAT_ABOUT = re.compile(r"\s*(?:and )?(?:what|how) about\s+(?=\S)", re.IGNORECASE)
_ENDS = ("opening", "closing")
_END = {"opening": {"the first", "first", "and the first"}, "closing": {"the last", "last", "and the last"}}
_OWN = frozenset({"topic", "speaker", "list"})  # intents that a bare name, topic or filter reads as


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The question a follow-up means; `offset` is how many hits to move from the page last shown (0: a new one)."""

    question: str
    offset: int


def follow(previous: str, said: str, directory: Directory, *, today: dt.date, team: Team = NOBODYS) -> FollowUp:
    """Rewrite a restated question by what was said after it.

    `more` moves on. `and george?`, `only jefferies`, `in q3`, `and on capex?`, `q&a only` change one part and keep the
    rest. A question of its own keeps the calls that were asked, unless it names others. Raises QuestionError.
    """
    said = _THANKED.sub("", said)
    grammar = Grammar(said, directory, today, team)
    cut = grammar.cut()
    if thanks(cut):
        raise DeclinedError(_NO_CHANGE["thanks"])
    typed, words = (" ".join(token.word for token in each) for each in (cut, without_courtesy(cut)))
    page = _page(words)
    if page:
        return FollowUp(previous, page)
    _decline(words)
    before = Grammar(previous, directory, today, team).query()
    plainly = _of_the_same(said, before) or amended(said, before, directory)
    if plainly != said.strip():
        return follow(previous, plainly, directory, today=today, team=team)
    whole = _whole(grammar, before, {typed, words, behind_and(words), _behind_about(typed)})
    if whole is not None:
        return whole if isinstance(whole, FollowUp) else FollowUp(_checked(grammar, whole), 0)
    return FollowUp(_rewritten(said, before, directory, today, team), 0)


def _of_the_same(said: str, before: Query) -> str | None:
    """Name what `it` or `they` are, of which something is asked: `are they sustainable`, after margins."""
    asked = _ASKED.fullmatch(said)
    if asked is None or before.topic.empty:
        return None
    words = [word for word in asked["words"].split() if word.lower() not in STOP]
    fits = bool(words) and all(word.lower() in ASKED_OF_IT or word.lower() in BESIDE for word in words)
    return f"what about {before.topic.text} {' '.join(words)}" if fits else None


def _rewritten(said: str, before: Query, directory: Directory, today: dt.date, team: Team) -> str:
    """Return the question that a change of one part makes of the one before, or a question of its own, restated."""
    more = added(said)
    if more is not None and _partial(_behind_about(more), directory, today, team):
        beside = Grammar(_behind_about(more), directory, today, team)
        rest = beside.rest()
        return _checked(beside, Patch(beside, before).add(rest[_opening(rest) :]))
    said = _behind_about(said)
    if refers(said) and not _names(said, directory, today, team):
        said = named(said, before)
    grammar = _without_only(Grammar(said, directory, today, team), said)
    said, rest = grammar.question, grammar.rest()
    opened = _opening(rest)
    own = said if not opened else behind_and(said)
    another = _another(grammar, before, behind_and(said) or said, bare=len(rest) <= opened)
    if another is not None:
        return _checked(grammar, another)
    changes = bool(rest) and (rest[0].word in AGAINST or leaves_out(rest))
    if own and not changes and not all(token.minus for token in rest) and not _partial(own, directory, today, team):
        return grammar.stated(_scoped(_own(own, before, grammar), before)).restated
    if any(when.beside for when in grammar.filters.whens):
        before = of_its_period(before, grammar)
    patch = Patch(grammar, before)
    return _checked(grammar, patch.house(opened) or patch.apply(rest, opened))


def _page(words: str) -> int:
    """Return how many hits to move for `more` or `previous`, 0 for anything else."""
    if words in follow_ups("more") or _MORE.fullmatch(words):
        return PAGE
    return -PAGE if words in follow_ups("previous") else 0


def _decline(words: str) -> None:
    """Raise DeclinedError for what changes no question."""
    for kind, sentence in _NO_CHANGE.items():
        if words in follow_ups(kind):
            raise DeclinedError(sentence)


_NO_CHANGE = {
    "not": "I show who asked and who said something, not who didn't: try `by call`, or `who asked`.",
    "order": "The best match always comes first; I can't change the order. Try `first`, `last`, or `by quarter`.",
    "page": "Three stand on a page: type `more` for the next, or press *Next*.",
    "number": "I can't pick one by its number. Name what tells it: a person, a firm, a quarter, or a topic.",
    "doubts": "Tell me what to change: a name, a topic, a quarter or a company, or `how often`, `who asked`, `more`.",
    "thanks": "Glad it helped. Keep asking in this thread, or type `more` for the next hits.",
    "source": "Under each quote stand its call, its part and its line or page; *Context* shows what is around it.",
    "file": "`export` before a whole question gives all its hits as a file: `export who asked about tariffs`.",
    "buttons": "The buttons under an answer do that: *Context*, *Question* and *Answer* open in place.",
    "afresh": "Nothing needs to be undone: ask a whole question, and it stands by itself.",
    "telling": "I only show what was said, word for word. Try `what did they answer`, or `more`.",
}
_ALONE = frozenset({"only", "alone", "instead"})


def _names(said: str, directory: Directory, today: dt.date, team: Team) -> bool:
    """Whether what was said names somebody itself, or has fields: then nobody else is meant by `her` and `their`."""
    try:
        grammar = Grammar(said, directory, today, team)
        query = grammar.query()
    except QuestionError:
        return False
    named = (party for party in (query.party, query.asker) if party is not None)
    return bool(grammar.fields) or any(party.persons or party.firms or party.titles for party in named)


def _whole(grammar: Grammar, before: Query, ways: Collection[str]) -> Query | FollowUp | None:
    """Read words that change the whole question: another way to ask, more calls, the quarter before.

    `ways` are what was said, with and without courtesies and what opens it.
    """
    if not set(ways).isdisjoint(follow_ups("who")):
        others = any(way.endswith("else") for way in ways)
        if before.intent in {"who", "asked"}:
            return FollowUp(before.restated, PAGE if others else 0)
        others = others and before.party is not None and before.intent in _SPOKEN
        return _but_not(before) if others else _instead(grammar, before, "who")
    if not set(ways).isdisjoint(follow_ups("others")):
        return FollowUp(before.restated, PAGE) if before.party is None else _but_not(before)
    if before.intent in _ENDS and (end := next((each for each in _ENDS if _END[each] & set(ways)), None)):
        return replace(before, intent=end)
    intent = next((each for each in _OTHERWISE if not set(ways).isdisjoint(follow_ups(each))), None)
    if intent is not None:
        changed = _instead(grammar, before, intent)
        grammar.check_topic(changed)
        return changed
    return wider(ways, before) or moved(ways, before, grammar)


def _instead(grammar: Grammar, before: Query, intent: str) -> Query:
    """Ask the same topic another way: who asked about it, what was answered, how often it was said."""
    party, asker = before.party, _asker(before, grammar)
    if intent == "answer":
        return replace(before, intent=intent, asker=asker, party=None if asker is party else party)
    if intent == "who" and before.topic.empty and asker is not None:
        return replace(before, intent="asked", party=asker, asker=None)
    if intent == "who":  # who asks is an analyst: left out before, they are asked for now
        before = replace(before, without=tuple(each for each in before.without if each.kinds != ANALYSTS.kinds))
    if intent in {"who", "quote", "said"}:
        party = None if intent in {"who", "said"} or party is asker else party
    if intent == "compare":  # call by call: of one person, over more than one quarter
        span = before.span
        single = span is not None and span.first is not None and span.first == span.last
        party = None if party is not None and party.parts else party
        before = replace(before, span=None if single else span)
    return replace(before, intent=intent, party=party, asker=None)


def _asker(before: Query, grammar: Grammar) -> Party | None:
    """Return whose questions were asked for."""
    return before.asker or (before.party if before.party and grammar.asks(before.party) else None)


def _but_not(before: Query) -> Query:
    """Ask for everybody else's words."""
    left_out = (before.party.parts or (before.party,)) if before.party else ()
    return replace(before, party=None, without=(*before.without, *left_out))


def _checked(grammar: Grammar, query: Query) -> str:
    """Return a question as restated. Raises QuestionError where the change left none."""
    changed = grammar.stated(query).restated
    return Grammar(changed, grammar.directory, grammar.today, grammar.team).query().restated


def _own(said: str, before: Query, grammar: Grammar) -> Query:
    """Read a question of its own: what it is about may be `it`, or left unsaid (`how often did he say it`)."""
    again = f"{said} topic:({before.topic.text})" if before.topic.text else ""
    try:
        query = Grammar(said, grammar.directory, grammar.today, grammar.team).query()
    except NotUnderstoodError:
        if not again or not _reads(again, grammar):
            raise
        return Grammar(again, grammar.directory, grammar.today, grammar.team).query()
    if query.intent == "answer" and query.topic.empty:  # "what did the cfo answer", "the answer to bob"
        return replace(query, topic=before.topic, asker=query.asker or _asker(before, grammar))
    if query.topic.empty and intents()[query.intent].inherits:  # "who asked the most", "last question"
        return replace(query, topic=before.topic, party=query.party or _asker(before, grammar))
    return replace(query, topic=before.topic) if is_thing(query) and again else query


def _without_only(grammar: Grammar, said: str) -> Grammar:
    """Drop the "only" that stands behind a name or a filter: `the cfo only`."""
    rest = grammar.rest()
    behind = len(rest) - _opening(rest) > 1 and rest[-1].shape is Shape.WORD and rest[-1].word in _ALONE
    if not behind:
        return Grammar(said, grammar.directory, grammar.today, grammar.team)
    cut = f"{said[: rest[-1].start]}{said[rest[-1].end :]}"
    return Grammar(cut, grammar.directory, grammar.today, grammar.team)


def _another(grammar: Grammar, before: Query, said: str, *, bare: bool) -> Query | None:
    """Read a bare time or company where another was spoken of: `how often was q4 mentioned`, then `and q3?`."""
    words = tuple(token.word for token in tokens(said))
    if not bare or not words or words[0] in LEADING | REACHING or before.topic.empty:
        return None
    about = Grammar(before.topic.text, grammar.directory, grammar.today, grammar.team)
    about.rest()
    spoken, held = grammar.filters, about.filters
    times = len(spoken.whens) == 1 and bool(held.whens) and not (spoken.companies or held.companies)
    times = times and _one_quarter(spoken.whens[0]) and len(words) == spoken.whens[0].end - spoken.whens[0].start
    firms = bool(spoken.companies and held.companies) and not (spoken.whens or held.whens)
    if held.rest or not (times or (firms and grammar.directory.company(words))):
        return None
    return replace(before, topic=read_topic(tokens(said)))


def _one_quarter(when: When) -> bool:
    """Whether a time is a quarter, a half or a year by its name, and not one by its place: `last quarter`."""
    return when.first is not None and not (when.newest or when.ago or when.vague or when.calendric or when.among)


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
    asking = {token.word for token in tokens(said)} & ASKING
    bare = query.intent == "asked" and query.topic.empty and not asking
    return query.intent in _OWN or bare


def _behind_about(said: str) -> str:
    """Return what stands behind "what about": a company or a time is named there, and no topic begun."""
    found = _WHAT_ABOUT.match(said)
    return said[found.end() :] if found else said


def _scoped(query: Query, before: Query) -> Query:
    """Keep the calls that were asked before where the new question names none."""
    if query.companies or query.calls or query.span or query.intent == "help":
        return query
    return replace(query, companies=before.companies, calls=before.calls, span=before.span)


def _opening(rest: Sequence[Token]) -> int:
    """How many tokens only open a follow-up."""
    words = tuple(token.word if token.shape is Shape.WORD else "" for token in rest)
    openings = (tuple(text.split()) for text in follow_ups("openings"))
    return max((len(opening) for opening in openings if words[: len(opening)] == opening), default=0)
