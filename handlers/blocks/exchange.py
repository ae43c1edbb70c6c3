"""A whole exchange: who asked, what was asked and every answer, in order, for a modal."""

from collections.abc import Iterator

from bot.answers.answer import Quote
from bot.kind import Kind
from bot.turn import Turn
from handlers.blocks import speaker
from handlers.blocks.cut import cut
from handlers.blocks.drawn import cut_marks, quoted
from handlers.blocks.rich import piece, rich, section
from handlers.message import Block

ROOM = 24_000  # characters of all turns; Slack takes views of up to 250 kB, and nobody reads more in one
EACH = 6_000  # characters of one turn
TURNS = 40


def exchange_blocks(quote: Quote) -> list[Block]:
    """Render the exchange of a turn (or the turn alone), within what a modal takes; a cut is told."""
    turns = _turns(quote)
    blocks, left = [], ROOM
    for place, turn in enumerate(turns):
        if left <= 0 or place == TURNS:
            blocks.append(rich(section(piece(f"⋯ {len(turns) - place} more turns of this exchange", italic=True))))
            break
        shown = cut(Quote(quote.call, turn, 0, len(turn.text), _spans(quote, turn)), min(EACH, left))
        left -= len(shown.text)
        blocks.append(rich(section(*speaker.line(shown)), *quoted(shown)))
    return blocks


def _turns(quote: Quote) -> list[Turn]:
    """Return the turns that ask and answer, and those between them but for the operator's."""
    exchange = quote.call.exchange_of(quote.turn)
    if exchange is None:
        return [quote.turn]
    indices = {*exchange.question_turns, *exchange.answer_turns, quote.turn.index}
    return [
        turn
        for turn in quote.call.turns
        if min(indices) <= turn.index <= max(indices) and (turn.kind is not Kind.OPERATOR or turn.index in indices)
    ]


def _spans(quote: Quote, turn: Turn) -> tuple[tuple[int, int], ...]:
    if turn.index != quote.turn.index:
        return ()
    return tuple((quote.start + start, quote.start + end) for start, end in quote.spans)


def lines(quote: Quote) -> Iterator[str]:
    """Yield a quote as text for a note: the words in quotation marks, then who, the call and the place.

    A cut is told in lines of their own, outside the quotation marks, so that no part passes for the whole turn.
    """
    turn = quote.turn
    who = [speaker.name(turn), turn.title or "", turn.firm or ""]
    before, after = cut_marks(quote)
    if before:
        yield before
    yield f"“{quote.text}”"
    if after:
        yield after
    yield f"— {', '.join(part for part in who if part)}"
    date = f", {quote.call.date}" if quote.call.date else ""
    yield f"{quote.call.name}{date}, {turn.section.called}, {turn.place} ({quote.call.id})"
