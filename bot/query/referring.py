"""What a follow-up refers back to: he and she, it and that, the quarter before; and all calls again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from bot.period import Period
from bot.query.errors import NotUnderstoodError
from bot.query.fields import FIELD_NAMES
from bot.query.grammar import Grammar
from bot.query.keywords import follow_ups
from bot.query.query import Party, Query, Span
from bot.query.restating import restated
from bot.query.small_words import ASKING
from bot.query.tokens import Shape, Token, tokens

_PERSONAL = frozenset({"he", "she", "him", "her", "his", "hers"})
_PLURAL = frozenset({"they", "them", "their", "theirs"})
_POSSESSIVE = frozenset({"his", "her", "hers", "their", "theirs"})
THINGS = frozenset("it that this them those these same so the topic thing matter on about of to".split())  # noqa: SIM905 - one string wraps as prose
_QUARTERS = 4


def refers(said: str) -> bool:
    """Whether a word of what was said may mean somebody that the question before names."""
    return any(token.word in _PERSONAL | _PLURAL for token in tokens(said))


def named(said: str, before: Query) -> str:
    """Return what was said with the name of the person in the place of `he` or `she`, and of `they` who ask.

    What names somebody itself, and what stands in a field, is left as it is. Raises NotUnderstoodError where the
    question before names nobody.
    """
    cut = [token for token in tokens(said, FIELD_NAMES) if token.shape is Shape.WORD or token.field]
    if any(token.field for token in cut):
        return said
    meant, group = _person(before), _group(before)
    for token, after in reversed(list(zip_longest(cut, cut[1:]))):
        behind = after.word if after is not None else ""
        if token.word in _PERSONAL:
            if meant is not None:
                said = _put(said, token, meant)
            elif token.word not in _POSSESSIVE:
                raise NotUnderstoodError(
                    f"I don't know whom ‹{token.text}› means: name the person.", token.start, token.end
                )
        elif token.word in _PLURAL and group is not None and behind in ASKING:
            said = _put(said, token, group)
    return said


def _put(said: str, token: Token, party: Party) -> str:
    own = "'s" if token.word in _POSSESSIVE and said[token.end :].strip(" ?!.") else ""
    return f"{said[: token.start]}{party.said}{own}{said[token.end :]}"


def _person(before: Query) -> Party | None:
    """Return the one person that the question before is about."""
    for party in (before.party, before.asker):
        if party is not None and party.persons and not party.parts:
            return party
    return None


def _group(before: Query) -> Party | None:
    """Return who asks in the question before: a firm or a person."""
    for party in (before.asker, before.party):
        if party is not None and (party.firms or party.persons) and not party.parts:
            return party
    return None


def is_thing(query: Query) -> bool:
    """Whether all that a question is about is `it` or `that`."""
    words = query.topic.text.lower().split()
    return bool(words) and set(words) <= THINGS


def wider(ways: Collection[str], before: Query) -> Query | None:
    """Return the question before over more calls: `all quarters`, `any company`; None where that wasn't said.

    `ways` are what was said, with and without what opens it.
    """
    kind = next((each for each in ("everywhere", "anytime", "anyone") if set(ways) & set(follow_ups(each))), None)
    if kind is None:
        return None
    whose = before.companies if kind == "anytime" else ()
    return replace(before, companies=whose, calls=(), span=before.span if kind == "anyone" else None)


def moved(ways: Collection[str], before: Query, grammar: Grammar) -> Query | None:
    """Return the question before about the quarter before its own, or the one after; None where that wasn't said.

    Of the newest calls, those before them are meant. Raises NotUnderstoodError where the question before is about no
    one quarter.
    """
    step = next((by for by, kind in _STEPS.items() if set(ways) & set(follow_ups(kind))), 0)
    if not step:
        return None
    before = of_its_period(before, grammar)
    span = before.span
    by_itself = span is None and any("previous" in way or "prior" in way for way in ways)  # the one before the newest
    if step == -1 and (by_itself or (span is not None and span.newest == 1)):
        asked = f'{restated(replace(before, span=None), grammar.directory)} period:"previous quarter"'
        return Grammar(asked, grammar.directory, grammar.today, grammar.team).query()
    if span is None or span.first is None or span.first != span.last or span.first.quarter is None:
        raise NotUnderstoodError("I don't know which quarter that is: name it, as `in Q2 2026`.")
    count = span.first.year * _QUARTERS + span.first.quarter - 1 + step
    period = Period(count // _QUARTERS, count % _QUARTERS + 1)
    return replace(before, span=Span(str(period), period, period))


def of_its_period(before: Query, grammar: Grammar) -> Query:
    """Return a question about one call as one about that company's calls of its quarter."""
    held = [call for call in grammar.directory.calls if call.id in before.calls]
    if before.span is not None or len(held) != 1 or held[0].period is None:
        return before
    company = grammar.directory.company_by_call.get(held[0].id)
    companies = before.companies or ((company.key,) if company is not None else ())
    period = held[0].period
    return replace(before, calls=(), companies=companies, span=Span(str(period), period, period))


_STEPS: Mapping[int, str] = {-1: "earlier", 1: "later", -_QUARTERS: "yearago"}


def trimmed(rest: Sequence[Token]) -> list[Token]:
    """Drop what only says that one part is changed, behind it: `gross margin only`, `annika as well`."""
    held = list(rest)
    while len(held) > 1 and held[-1].shape is Shape.WORD and held[-1].word in {"only", "too", "instead", "alone"}:
        held.pop()
    if len(held) > 2 and [token.word for token in held[-2:]] == ["as", "well"]:  # noqa: PLR2004 - a small figure that its line explains
        del held[-2:]
    return held
