"""Whose words are left out of a question: `-priscilla`, `without the CFO`."""

from collections.abc import Sequence
from dataclasses import replace

from bot.query.errors import NotUnderstoodError
from bot.query.joint import joint
from bot.query.parties import Resolver
from bot.query.query import Party, Query
from bot.query.reading import How, Reading
from bot.query.tokens import Shape, Token
from bot.query.topics import EXCLUDING

NAME = 6
"""Words that a name behind a minus may have."""
_ALL = frozenset({"anyone", "anybody", "everyone", "everybody", "all"})
_BUT = (("but",), ("but", "not"), ("except",), ("except", "for"), ("excluding",), ("besides",), ("other", "than"))
_BY = frozenset({"by", "from", "of"})
_OTHERWISE = frozenset("why if or it is are was were do does did has have had will would can could should".split())  # noqa: SIM905 - one string wraps as prose
"""Words before a `not` that is no exception: `why not desmond`."""
_SAYING = frozenset({"said", "mentioned", "asked", "raised", "discussed", "quoted"})
_LEADING = EXCLUDING | _ALL | {"other", "besides", "not", "nothing", "none"}


def leave_out(rest: Sequence[Token], resolver: Resolver) -> tuple[list[Token], list[tuple[Party, Reading]]]:
    """Take whom a question leaves out from its tokens; return what is left, and each party with what is told of it.

    `from` or `by` may stand between (`but not from priscilla`), and everybody before (`by anyone but the CFO`). A
    minus, `without`, `except` or `excluding` before a word that is nobody's name leaves the word out (topics.py);
    `not` before one is a word as others are.
    """
    if not [token for token in rest if token.minus or token.word in _LEADING]:
        return list(rest), []
    left: list[Token] = []
    parties: list[tuple[Party, Reading]] = []
    at = 0
    while at < len(rest):
        end, party = _named(rest, at, resolver)
        if party is None:
            left.append(rest[at])
            at += 1
            continue
        if _all_but(rest, at) and len(left) > 1 and left[-1].word in _BY:
            left.pop()
        if len(left) > 1 and left[-1].word == "but" and rest[at].word in {"nothing", "none"}:
            left.pop()
        text = " ".join(f"{'-' * token.minus}{token.text}" for token in rest[at:end])
        told = f"without the turns of {party.said}"
        reading = Reading(How.ASSUMED, text, told, rest[at].start, rest[end - 1].end)
        parties += [(each, reading) for each in party.parts or (party,)]
        at = end
    return left, parties


def less(query: Query) -> Query:
    """Take whom a question leaves out from whom it asks for. Raises NotUnderstoodError where nobody is left."""
    party = query.party
    if party is None or not query.without:
        return query
    if not party.parts:
        if any(same(each, party) for each in query.without):
            raise _nobody(party)
        return query
    kept = [part for part in party.parts if not any(same(each, part) for each in query.without)]
    if len(kept) == len(party.parts):
        return query
    if not kept:
        raise _nobody(party)
    return replace(query, party=kept[0] if len(kept) == 1 else joint(kept, against=party.against))


def same(one: Party, other: Party) -> bool:
    """Whether two parties are the same people: all names of the other, the same firms, or the same kind."""
    if other.names:
        return set(one.names) >= set(other.names)
    return not one.names and (one.kinds, one.firms) == (other.kinds, other.firms)


def _nobody(party: Party) -> NotUnderstoodError:
    return NotUnderstoodError(f"That asks for the words of {party.said} without theirs: leave one of the two out.")


def _named(rest: Sequence[Token], at: int, resolver: Resolver) -> tuple[int, Party | None]:
    """Return whose words are left out at a token, and where that ends; None where nobody's are."""
    token = rest[at]
    said = _all_but(rest, at) or _other_than(rest, at)
    spoken = said > 0
    if not (spoken or token.minus):
        return at, None
    start = at + said
    start += spoken and start + 2 < len(rest) and rest[start].word in _SAYING and rest[start + 1].word in _BY
    led = spoken and start + 1 < len(rest) and rest[start].word in {"from", "by", "of", "at", "for"}
    start += led
    for end in range(min(start + NAME, len(rest)), start, -1):
        if any(each.minus for each in rest[start + 1 : end]):
            continue
        name = [replace(each, minus=False) for each in rest[start:end]]
        party = resolver.sure(name)
        word = party is not None and not party.kinds and len(name) == 1 and not led
        ordinary = word and resolver.directory.ordinary(name[0].word)
        if party is not None and not ordinary and (party.persons or party.firms or spoken):
            return end, party
    return at, None


def _other_than(rest: Sequence[Token], at: int) -> int:
    """Return how many tokens say `without`, `besides`, `not`, `other than`; 0 for none."""
    if rest[at].shape is not Shape.WORD or rest[at].minus:
        return 0
    if rest[at].word == "not":
        return int(at > 0 and rest[at - 1].word not in _OTHERWISE)
    if rest[at].word in {"nothing", "none"}:  # "copilot but nothing by satya"
        return int(at > 0 and [token.word for token in rest[at + 1 : at + 2]] in (["by"], ["from"]))
    other = rest[at].word == "other" and [token.word for token in rest[at + 1 : at + 2]] == ["than"]
    return 2 if other else int(rest[at].word in EXCLUDING or rest[at].word == "besides")


def _all_but(rest: Sequence[Token], at: int) -> int:
    """Return how many tokens say `anyone but`, `everybody except`, `all other than`; 0 for none."""
    if rest[at].shape is not Shape.WORD or rest[at].minus or rest[at].word not in _ALL:
        return 0
    words = [token.word for token in rest[at + 1 : at + 3] if token.shape is Shape.WORD]
    return max((1 + len(but) for but in _BUT if tuple(words[: len(but)]) == but), default=0)
