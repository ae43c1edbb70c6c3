"""One turn that was found: who, where, the exact words, what stands open under it, and its buttons."""

from collections.abc import Iterable
from dataclasses import replace

from bot.answers.answer import Hit, Quote
from bot.call import Call
from bot.quoting import fingerprint
from bot.search.findings import Why
from bot.turn import Turn
from handlers.blocks import speaker
from handlers.blocks.buttons import button, row
from handlers.blocks.cut import cut, narrow, parts
from handlers.blocks.drawn import Drawings, Drawn, around, other_side, quoted
from handlers.blocks.newer import fold
from handlers.blocks.rich import piece, rich, section
from handlers.blocks.view import View
from handlers.message import Block
from handlers.ticket import Opened, Ticket

UNFOLDED, FOLDED = 3, 6  # times a quote's room that a whole turn takes at once, the more where it folds away
BESIDE = 2  # turns of an answer, or of the context, that open under a hit


def hit_blocks(hit: Hit, number: int, view: View, question: str, room: int, drawings: Drawings) -> list[Block]:
    """Render hit `number` (from 1) of an answer to `question`, its quote in at most `room` characters."""
    ticket = ticket_for(hit.quote.call, hit.quote.turn, question, view.offset)
    mine = view.opened
    opened = mine if mine is not None and (mine.call, mine.turn) == (ticket.call, ticket.turn) else None
    known = drawings.of(hit.quote, hit.why, room)
    shown, words = known.shown, known.words
    whole = opened is not None and opened.opened is Opened.WHOLE
    if opened is not None and whole:
        room = room * (FOLDED if view.rich else UNFOLDED)
        shown = whole_part(hit.quote, opened.part, room)
        words = tuple(quoted(shown))
    head = section(piece(f"{number}. "), *known.line)
    if whole and view.rich:
        blocks = [rich(head), fold(f"Whole turn of {speaker.name(shown.turn)}", [rich(*words)])]
    else:
        blocks = [rich(head, *words)]
    if opened is not None:
        blocks += beside(shown, opened, room)
    opening = _opening(known, shown, hit.quote, ticket, opened, room)
    return [*blocks, row(*opening, *_taking(shown, hit.why, ticket, view))]


def ticket_for(call: Call, turn: Turn, question: str, offset: int) -> Ticket:
    """Return the ticket of a turn on a page."""
    return Ticket(question, offset, call.id, turn.index, fingerprint(turn))


def whole_part(found: Quote, part: int, room: int) -> Quote:
    """Return part number `part` of the whole turn, with all matches that lie in it."""
    runs = parts(found.turn.text, room)
    start, end = runs[min(part, len(runs) - 1)]
    return narrow(Quote(found.call, found.turn, 0, len(found.turn.text), found.marks), start, end)


def beside(shown: Quote, opened: Ticket, room: int) -> list[Block]:
    """Render what stands open under a turn: its answer (or question), or the turns before and after it."""
    if opened.opened is Opened.ANSWER:
        turns, answers = other_side(shown)
        lead, more = "Answer: " if answers else "Question: ", len(turns) - BESIDE
        blocks = [_turn_block(shown.call, turn, lead, room) for turn in turns[:BESIDE]]
        if more > 0:
            blocks.append(rich(section(piece(f"⋯ {more} more in this exchange", italic=True))))
        return blocks
    if opened.opened is Opened.CONTEXT:
        return [_turn_block(shown.call, turn, lead, room) for lead, turn in around(shown)]
    return []


def _opening(
    known: Drawn, shown: Quote, found: Quote, ticket: Ticket, opened: Ticket | None, room: int
) -> Iterable[Block]:
    who = speaker.name(shown.turn)
    now = opened.opened if opened is not None else None
    if known.other:
        yield _toggle(Opened.ANSWER, known.other, ticket, now, who)
    if known.around:
        yield _toggle(Opened.CONTEXT, "Context", ticket, now, who)
    if now is Opened.WHOLE or not shown.whole:
        yield _toggle(Opened.WHOLE, "Whole turn", ticket, now, who)
    if opened is not None and now is Opened.WHOLE:
        last = len(parts(found.turn.text, room)) - 1
        for name, part in (("Earlier", opened.part - 1), ("Later", opened.part + 1)):
            if 0 <= part <= last:
                yield button(f"open:{name.lower()}", name, replace(opened, part=part), label=f"{name} words of {who}")


def _taking(shown: Quote, why: Why, ticket: Ticket, view: View) -> Iterable[Block]:
    """Render the buttons that take the quote somewhere else: to the channel, to a modal, to a note."""
    who = speaker.name(shown.turn)
    at = ticket.question, ticket.offset, ticket.call, ticket.turn, ticket.stamp
    said = why if speaker.found_by(why) is not None else None
    told = Ticket(*at, start=shown.start, end=shown.end, spans=shown.spans, why=said).encode()  # once for all three
    if view.sharing:
        yield button("share", "Share", told, label=f"Share this quote of {who} with the channel")
    if shown.call.exchange_of(shown.turn) is not None:
        yield button("exchange", "Whole exchange", told, label=f"Whole exchange: {who}")
    yield button("copy", "Copy as text", told, label=f"Copy as text: {who}")


def _toggle(what: Opened, text: str, ticket: Ticket, now: Opened | None, who: str) -> Block:
    if now is what:
        return button(f"open:{what}", f"Hide {text.lower()}", ticket, label=f"Hide {text.lower()}: {who}")
    return button(f"open:{what}", text, ticket.opening(what), label=f"{text}: {who}")


def _turn_block(call: Call, turn: Turn, lead: str, room: int) -> Block:
    shown = cut(Quote(call, turn, 0, len(turn.text)), room)
    return rich(section(*speaker.line(shown, lead=lead)), *quoted(shown))
