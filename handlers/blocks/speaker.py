"""Who speaks and where it stands, in one line."""

from functools import lru_cache

from bot.answers.answer import Quote
from bot.attribution import Attribution
from bot.kind import Kind
from bot.search.findings import Why
from bot.turn import Turn
from handlers.blocks.rich import piece
from handlers.message import Block

OFFICES = {  # titles as calls print them -> the badge people know
    "chief executive": "CEO",
    "chief financial": "CFO",
    "chief operating": "COO",
    "chief technology": "CTO",
    "investor relations": "IR",
    "ceo": "CEO",
    "cfo": "CFO",
    "coo": "COO",
    "cto": "CTO",
}
REASONS = {
    Why.CORRECTED: "spelling corrected",
    Why.SYNONYM: "by a synonym",
    Why.SEMANTIC: "by meaning",
    Why.FOLLOW_UP: "follow-up in this exchange",
}
ROOM = 80  # characters of one part of the line


def name(turn: Turn) -> str:
    """Name the speaker; nobody is named by guess."""
    if turn.attribution is Attribution.UNLABELLED or not (turn.speaker or turn.person):
        return "unlabelled speaker"
    return clip(turn.speaker or turn.person or "", ROOM)


def told(turn: Turn) -> str:
    """Name the speaker where there is no room to say from what: an inferred name says that it is one."""
    return f"{name(turn)} (inferred)" if turn.attribution is Attribution.INFERRED else name(turn)


def badge(turn: Turn) -> str | None:
    """Return what the speaker is (ANALYST, CFO, OPERATOR …), None where nobody knows."""
    office = _office(turn.title) if turn.title else None
    if office is not None:
        return office
    return None if turn.kind is Kind.UNKNOWN else turn.kind.value.upper()


@lru_cache(1_024)
def _office(title: str) -> str | None:
    title = title.casefold()
    for office, short in OFFICES.items():
        if title == office or (" " in office and office in title) or f" {office}" in f" {title}".replace(",", " "):
            return short
    return None


def place(quote: Quote) -> str:
    """Return where to check it: call, section and place in the source."""
    return " · ".join((clip(quote.call.name, ROOM), quote.turn.section.called, clip(quote.turn.place, ROOM)))


def line(quote: Quote, *, lead: str = "", why: Why | None = None) -> list[Block]:
    """Return the line over a quotation: speaker, badge, firm, call, section, place."""
    turn = quote.turn
    pieces = [piece(lead)] if lead else []
    pieces.append(piece(name(turn), bold=True))
    if turn.attribution is Attribution.INFERRED:
        pieces.append(piece(f" (inferred{f' from {clip(turn.basis, ROOM)}' if turn.basis else ''})", italic=True))
    if (shown := badge(turn)) is not None:
        pieces += [piece(" "), piece(shown, code=True)]
    if turn.firm:
        pieces.append(piece(f" {clip(turn.firm, ROOM)}"))
    pieces.append(piece(f" · {place(quote)}"))
    if (reason := found_by(why)) is not None:
        pieces.append(piece(f" · {reason}", italic=True))
    return pieces


def found_by(why: Why | None) -> str | None:
    """Say what a turn was found by, where it isn't the question's own words."""
    return REASONS.get(why) if why is not None else None


def plainly(quote: Quote, why: Why | None = None) -> str:
    """Return the same line as text."""
    turn = quote.turn
    parts = [told(turn), badge(turn) or "", clip(turn.firm or "", ROOM), place(quote), found_by(why) or ""]
    return ", ".join(part for part in parts if part)


def clip(text: str, room: int) -> str:
    """Shorten our own words (never a quotation) to `room` characters."""
    return text if len(text) <= room else text[: room - 1] + "…"
