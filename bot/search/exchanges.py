"""The exchange rule: a follow-up question that says only "they" or "that" belongs to the topic it follows."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter

from bot.call import Call
from bot.search.findings import Match, Why
from bot.search.matches import places
from bot.search.shelf import Filter
from bot.search.stems import stem
from bot.search.wanted import Wanted
from bot.search.words import STOP
from bot.search.writing import Writing
from bot.turn import Turn

# Words that point back at what was just spoken of. (In lower case: to compare cases takes `re` four times as long.)
BACK = re.compile(r"\b(?:that|this|it|its|it's|they|them|their|those|these|there|so|then)\b")
# Words that announce another subject.
AWAY = re.compile(
    r"\b(?:second|third|last|next|other|another|one more|different|separate|separately|unrelated|shift|shifting|switch"
    r"|switching|turning|moving|elsewhere|lastly|finally|secondly|follow-up on|follow up on|back on|back to)\b"
)
# Words of courtesy: a turn of these alone asks nothing.
COURTESY = frozenset(
    "thanks thank great okay ok got helpful appreciate perfect sure good morning afternoon evening hi hello hey guys "  # noqa: SIM905 - one string wraps as prose
    "color very wonderful excellent congratulations congrats yeah yes right understood everyone question questions "
    "quick follow wondering guess think know kind sort like wanted want fair".split()
)
FOLLOWED = 30
"""Matches whose exchanges are looked through; the others' are shown beside them when somebody turns to their page."""
ANSWERS = 100
"""Characters from which a turn answers, and does more than hand over or agree."""
LONGEST = 600
"""Characters (some 100 words) above which a question says itself what it is about."""
SHARE = 0.25
"""Part of the score of the question it follows that a follow-up has: it stands behind what names the topic."""
OWN = 0.3
"""Part of a follow-up's telling words that must have been said before in the exchange."""


def followed(
    matches: Sequence[Match], strong: Collection[tuple[str, int]] | None, calls: Mapping[str, Call], wanted: Wanted
) -> Sequence[Match]:
    """Add the follow-ups to the matches that hold the whole topic (`strong`: their places, None: all); best first."""
    following = [
        (match, turn)
        for match in matches[:FOLLOWED]
        if strong is None or (match.call, match.turn) in strong
        for turn in _following(calls[match.call], match.turn)
    ]
    if not following:
        return matches
    held, passes = set(places(matches)), Filter(wanted).passes
    found: dict[tuple[str, int], Match] = {}
    for match, turn in following:
        place = (match.call, turn.index)
        if place not in held and place not in found and passes(calls[match.call], turn):
            found[place] = Match(*place, match.score * SHARE, Why.FOLLOW_UP)
    return sorted([*matches, *found.values()], key=attrgetter("score"), reverse=True)


def answered(
    matches: Sequence[Match], asked: Iterable[Match], calls: Mapping[str, Call], wanted: Wanted
) -> Sequence[Match]:
    """Add the first answers to questions about the topic (`asked`): "some 35 this year" need not name it again."""
    held, passes = set(places(matches)), Filter(wanted).passes
    found: dict[tuple[str, int], Match] = {}
    for question in asked:
        call = calls[question.call]
        number = call.turns[question.turn].exchange
        if number is None or number >= len(call.exchanges):
            continue
        exchange = call.exchanges[number]
        first = next((index for index in exchange.answer_turns if index > question.turn), None)
        if first is None or any(question.turn < index < first for index in exchange.question_turns):
            continue
        place = (question.call, first)
        turn = call.turns[first]
        if place not in held and len(turn.text) >= ANSWERS and passes(call, turn):
            found.setdefault(place, Match(*place, question.score * SHARE, Why.FOLLOW_UP))
    return sorted([*matches, *found.values()], key=attrgetter("score"), reverse=True)


def _following(call: Call, asked: int) -> Iterator[Turn]:
    """Yield the later questions of the exchange that go on with the subject, up to the first that doesn't."""
    number = call.turns[asked].exchange
    if number is None or number >= len(call.exchanges):
        return
    for index in call.exchanges[number].question_turns:
        if index > asked:
            text = call.turns[index].text
            if not points_back(text):
                return
            said = frozenset[str]().union(*[_telling(turn.text) for turn in call.turns[asked:index]])
            if not says_nothing_new(text, said):
                return
            yield call.turns[index]


@lru_cache(65_536)  # an entry holds the turn's own string, which is there anyway; turns are found again
def points_back(text: str) -> bool:
    """Whether a short question points back at what was said and announces no other subject."""
    if len(text) > LONGEST or "?" not in text:
        return False
    lowered = text.lower()
    return bool(BACK.search(lowered)) and not AWAY.search(lowered)


def says_nothing_new(text: str, said: Collection[str]) -> bool:
    """Whether enough of a question's telling words were `said` (stems) in the exchange before it."""
    own = _telling(text)
    return not own or len(own.intersection(said)) >= OWN * len(own)


@lru_cache(4096)
def _telling(text: str) -> frozenset[str]:
    words = set(Writing().exact(text).split())
    return frozenset(map(stem, words - STOP - COURTESY))
