"""What a follow-up refers back to: he and she, it and that, the quarter before; and all calls again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from bot.period import Period
from bot.query.errors import NotUnderstoodError
from bot.query.keywords import follow_ups
from bot.query.query import Party, Query, Span
from bot.query.tokens import Shape, Token, tokens

_PERSONAL = frozenset({"he", "she", "him", "her", "his", "hers"})
_PLURAL = frozenset({"they", "them", "their", "theirs"})
_POSSESSIVE = frozenset({"his", "her", "hers", "their", "theirs"})
_ASKING = frozenset({"ask", "asks", "asked", "asking", "question", "questions"})
_THINGS = frozenset("it that this them those these same so the topic thing matter on about of to".split())  # noqa: SIM905 - one string wraps as prose
_QUARTERS = 4


def named(said: str, before: Query) -> str:
    """Return what was said with the name of the person in the place of `he` or `she`, and of `they` who ask.

    Raises NotUnderstoodError where the question before names nobody.
    """
    cut = [token for token in tokens(said) if token.shape is Shape.WORD and not token.field]
    asking = any(token.word in _ASKING for token in cut)
    meant = _person(before)
    group = _group(before) if asking else None
    for token in reversed(cut):
        if token.word in _PERSONAL:
            if meant is None:
                raise NotUnderstoodError(
                    f"I don't know whom ‹{token.text}› means: name the person.", token.start, token.end
                )
            said = _put(said, token, meant)
        elif token.word in _PLURAL and group is not None:
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
    return bool(words) and set(words) <= _THINGS


def wider(ways: Collection[str], before: Query) -> Query | None:
    """Return the question before over more calls: `all quarters`, `any company`; None where that wasn't said.

    `ways` are what was said, with and without what opens it.
    """
    kind = next((each for each in ("everywhere", "anytime", "anyone") if set(ways) & set(follow_ups(each))), None)
    if kind is None:
        return None
    whose = before.companies if kind == "anytime" else ()
    return replace(before, companies=whose, calls=(), span=before.span if kind == "anyone" else None)


def moved(ways: Collection[str], before: Query) -> Query | None:
    """Return the question before about the quarter before its own, or the one after; None where that wasn't said."""
    step = next((by for by, kind in _STEPS.items() if set(ways) & set(follow_ups(kind))), 0)
    span = before.span
    if not step or span is None or span.first is None or span.first != span.last or span.first.quarter is None:
        return None
    count = span.first.year * _QUARTERS + span.first.quarter - 1 + step
    period = Period(count // _QUARTERS, count % _QUARTERS + 1)
    return replace(before, span=Span(str(period), period, period))


_STEPS: Mapping[int, str] = {-1: "earlier", 1: "later"}


def trimmed(rest: Sequence[Token]) -> list[Token]:
    """Drop what only says that one part is changed, behind it: `gross margin only`, `annika as well`."""
    held = list(rest)
    while len(held) > 1 and held[-1].shape is Shape.WORD and held[-1].word in {"only", "too", "instead", "alone"}:
        held.pop()
    if len(held) > 2 and [token.word for token in held[-2:]] == ["as", "well"]:  # noqa: PLR2004 - a small figure that its line explains
        del held[-2:]
    return held
