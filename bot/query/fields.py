"""Fields of a question: `speaker:vidal`, `company:"Northlake Foods"`, `topic:( … )`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.directory import Directory
from bot.query.call_ids import id_named
from bot.query.clock import When
from bot.query.entities import Company
from bot.query.errors import NotUnderstoodError
from bot.query.filters import LEFT_OUT, NO_COMPANY, NO_TIME
from bot.query.marks import CALL_NOUNS
from bot.query.named import Named
from bot.query.parties import Resolver
from bot.query.periods import times
from bot.query.query import Party
from bot.query.reading import Reading
from bot.query.tokens import Shape, Token, fold, tokens
from bot.section import Section

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
    "least": ("least",),
    "topic": ("topic", "about", "text"),
}
EVERY = frozenset({"all", "any", "every", "everything"})  # `company:all`: of whichever company
_FIELD_OF = {name: key for key, names in FIELDS.items() for name in names}
FIELD_NAMES = frozenset(_FIELD_OF)
_TO_A_CALL = frozenset({"in", "on", "from", "of", "at", "for", "call", "the", "transcript"})
_BETWEEN = frozenset({"and", "or", "vs", "versus", "to", "with"})  # words between the ids of two calls
_BUT = LEFT_OUT | {"but"}
_REFUSED = {
    "company": NO_COMPANY,
    "period": NO_TIME,
    "section": "I can't leave a section out by its field: type the other one, `section:prepared` or `section:qa`.",
}
_ID = re.compile(r"([a-z][a-z.]*)-(?:19|20)\d\d-q\d", re.IGNORECASE)  # vlmr-2026-q2
_TIMES = frozenset(
    "fiscal calendar fy cy year mid early late end start begin beginning pre post since until through before after "  # noqa: SIM905 - one string wraps as prose
    "from to last next this current prior previous quarter".split()
)  # mid-2026-q3 is a time, and no company's call
OFFERED = 6
"""Ids of a company's calls that are told where another was typed."""
_OTHER_THAN = ("other", "than")
_SECTION_VALUES = {
    **dict.fromkeys(("prepared", "remarks", "prepared_remarks", "prepared remarks"), Section.PREPARED),
    **dict.fromkeys(("qa", "q&a", "q", "questions"), Section.QA),
}


class Fields:
    """The fields of one question; names that are corrected are added to `readings`."""

    def __init__(self, readings: list[Reading]) -> None:
        self.readings = readings
        self.fields: dict[str, list[Token]] = {}
        self.left_out: list[tuple[str, Token]] = []  # `-speaker:vidal`

    def __contains__(self, name: str) -> bool:
        return name in self.fields

    def __bool__(self) -> bool:
        return bool(self.fields)

    def take(self, cut: Sequence[Token]) -> list[Token]:
        """Take `key:value` out; `topic:( … )` becomes one token that stays where it stood."""
        if not [token for token in cut if token.field]:  # as most
            return list(cut)
        left: list[Token] = []
        at = 0
        while at < len(cut):
            token = cut[at]
            at += 1
            key = _FIELD_OF.get(token.field or "")
            if key is None:
                left.append(token)
                continue
            if token.minus and key in {"speaker", "firm", "title", "role"}:
                self.left_out.append((key, replace(token, field=None)))
                continue
            left_out = token.minus or (bool(left) and left[-1].word in _BUT)
            if key in _REFUSED and left_out:
                raise NotUnderstoodError(_REFUSED[key], token.start, token.end)
            if key == "call" and (token.minus or (left and left[-1].word in _BUT)):
                raise _not_left_out(token)
            inside, at = value_of(cut, token, at)
            if key == "topic":
                end = inside[-1].end if inside else token.end
                left.append(Token(Shape.GROUP, "", "", token.start, end, inside=tuple(inside)))
            elif inside:
                self.fields.setdefault(key, []).extend(replace(each, field=None) for each in inside)
        return left

    def party(self, resolver: Resolver) -> Party | None:
        """Join the parties of `speaker:`, `firm:`, `title:` and `role:`: what is given must hold together."""
        joined: Party | None = None
        for name in ("speaker", "firm", "title", "role"):
            if name in self.fields:
                joined = both(joined, self.name(name, resolver))
        return joined

    def name(self, name: str, resolver: Resolver) -> Party:
        return self.named_in(name, self.fields[name], resolver)

    def named_in(self, name: str, typed: Sequence[Token], resolver: Resolver) -> Party:
        text = " ".join(token.text for token in typed)
        folded = " ".join(token.word for token in typed)
        if name == "role" and (role := resolver.role(folded)):
            return role
        if name == "title" and (position := resolver.position(folded)):
            return position
        named = resolver.field(name, typed)
        if named.party is not None:
            self.readings.extend(reading for reading in named.readings if reading not in self.readings)
            return named.party
        if named.several:
            names = " or ".join(party.said for party in named.several[:4])
            raise NotUnderstoodError(
                f'‹{text}› may be {names}. Type the whole name: `{name}:"{named.several[0].said}"`.',
                typed[0].start,
                typed[-1].end,
            )
        near = nearest(named)
        raise NotUnderstoodError(
            f"I don't know ‹{text}› in `{name}:{text}`: nothing of that name is in the loaded calls.{near}",
            typed[0].start,
            typed[-1].end,
        )

    def companies(self, directory: Directory) -> list[Company]:
        found: list[Company] = []
        for token in self.fields.get("company", ()):
            if token.word in EVERY:
                continue
            companies = directory.company(tuple(token.word.split())) or directory.company_like(token.word.split())
            if not companies:
                raise NotUnderstoodError(
                    f"No call of ‹{token.text}› is loaded. Loaded: {loaded(directory)}.", token.start, token.end
                )
            found.extend(companies)
        return found

    def section(self) -> Section | None:
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

    def number(self, name: str) -> int | None:
        """Return the number of `limit:` or `least:`."""
        if name not in self.fields:
            return None
        typed = self.fields[name][0]
        if typed.minus or not (typed.word.isascii() and typed.word.isdigit() and 0 < int(typed.word[:6]) < 100):  # noqa: PLR2004 - a small figure that its line explains
            raise NotUnderstoodError(
                f"I don't understand the {name} ‹{'-' * typed.minus}{typed.text}›: give a number from 1 to 99.",
                typed.start,
                typed.end,
            )
        return int(typed.word)

    def whens(self) -> tuple[When, ...]:
        whens: list[When] = []
        for token in self.fields.get("period", ()):
            inside = tokens(token.text)
            found = list(times(inside)) or list(times(tokens(f"q{token.text}")))
            if not found:
                raise NotUnderstoodError(
                    f"I don't understand the period ‹{token.text}›: type `Q3 2021`, `since 2020` or `last 4 quarters`.",
                    token.start,
                    token.end,
                )
            whens.extend(replace(when, text=token.text) for when in found)
        return tuple(whens)

    def calls(self, directory: Directory) -> tuple[str, ...]:
        ids = {call.id.lower(): call.id for call in directory.calls} if "call" in self.fields else {}
        found: list[str] = []
        for token in self.fields.get("call", ()):
            known = id_named(token.text, ids)
            if known is None:
                raise _no_call(token, directory)
            found.append(known)
        return tuple(found)


def calls_named(cut: Sequence[Token], directory: Directory) -> list[Token]:
    """Read the id of a loaded call, as `calls` lists it (`vlmr-2026-q2`), as that call, with the word that leads to it.

    An id that may be a word is none: it needs a figure and a hyphen or underscore. Raises NotUnderstoodError for what
    can be nothing else but is none that is loaded.
    """
    if not any(map(_like_an_id, cut)):
        return list(cut)
    ids = {call.id.lower() for call in directory.calls}
    left: list[Token] = []
    for token in cut:
        behind = bool(left) and left[-1].field == "call" and token.shape is Shape.WORD and token.word in CALL_NOUNS
        if behind:
            continue  # "on the vlmr-2026-q2 call"
        if not (_like_an_id(token) and token.text.lower() in ids):
            if _like_an_id(token) and _names_a_call(token.text):
                raise _no_call(token, directory)
            left.append(token)
            continue
        if token.minus:
            raise _not_left_out(token)
        while left and left[-1].shape is Shape.WORD and left[-1].word in _TO_A_CALL:
            left.pop()
        if left and (left[-1].word in _BUT or tuple(each.word for each in left[-2:]) == _OTHER_THAN):
            raise _not_left_out(replace(token, start=left[-1].start))
        if len(left) > 1 and left[-1].shape is Shape.WORD and left[-1].word in _BETWEEN and left[-2].field == "call":
            left.pop()
        left.append(replace(token, field="call"))
    return left


def _names_a_call(text: str) -> bool:
    """Whether a text can be nothing but the id of a company's call, loaded or not."""
    made = _ID.fullmatch(text)
    return made is not None and fold(made[1]) not in _TIMES


def _no_call(token: Token, directory: Directory) -> NotUnderstoodError:
    """Say that no call of this id is loaded, and which ones of its company are, where its first part names one."""
    companies = directory.company((fold(token.text.partition("-")[0]),))
    ids = [id_ for company in companies for id_ in company.calls]
    shown = ", ".join(ids[:OFFERED]) + (f" and {len(ids) - OFFERED} more" if len(ids) > OFFERED else "")
    there = f"Loaded of {companies[0].name}: {shown}" if ids else "`calls` lists them"
    return NotUnderstoodError(f"No loaded call is called ‹{token.text}›. {there}.", token.start, token.end)


def _not_left_out(token: Token) -> NotUnderstoodError:
    text = "I can't leave a call out: name the calls to search instead, as `calls` lists them."
    return NotUnderstoodError(text, token.start, token.end)


def _like_an_id(token: Token) -> bool:
    text = token.text
    bare = ("-" in text or "_" in text) and token.shape is Shape.WORD and token.field is None
    return bare and any(map(str.isdigit, text))


def value_of(cut: Sequence[Token], token: Token, at: int) -> tuple[list[Token], int]:
    """Return the tokens of a field's value and where the next token stands."""
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


def both(one: Party | None, other: Party) -> Party:
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


def nearest(named: Named) -> str:
    """Return the names that resemble a stranger's, as a sentence."""
    return f" Nearest: {', '.join(named.near[:3])}." if named.near else ""


def loaded(directory: Directory) -> str:
    """Return the names of the loaded companies, as far as a line holds."""
    names = [company.name for company in directory.companies]
    shown = ", ".join(names[:6])
    return f"{shown} and {len(names) - 6} more" if len(names) > 6 else shown.removesuffix(".") or "nothing"  # noqa: PLR2004 - a small figure that its line explains
