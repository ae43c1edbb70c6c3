"""The turn that a ticket is about, as far as it is still there and unchanged."""

from dataclasses import dataclass

from bot.answers.answer import Quote
from bot.errors import EarshotError
from bot.library import Library
from bot.quoting import fingerprint
from bot.search.findings import Why
from handlers.ticket import Ticket, carried


class GoneError(EarshotError):
    """A call that is no longer loaded, or whose words are others by now."""

    def __init__(self, call: str, *, loaded: bool) -> None:
        what = "has changed since this answer was given" if loaded else "is no longer loaded"
        super().__init__(f"The call {call} {what}, so the wording may have changed. Ask again to see it as it is now.")


class OutdatedError(EarshotError):
    """A button that this release does not understand."""

    def __init__(self) -> None:
        super().__init__("That button is from an older release, or its question was too long. Ask again, please.")


@dataclass(frozen=True, slots=True)
class Told(Quote):
    """A quote as an answer showed it; `why` says what it was found by, where the answer told so."""

    why: Why | None = None


def quote_for(ticket: Ticket, library: Library) -> Told:
    """Return the quote of a ticket, as it was shown; the whole turn where it names no part. Raises GoneError."""
    if ticket.call is None or ticket.turn is None:
        raise OutdatedError
    call = library.calls.get(ticket.call)
    if call is None and ticket.call.startswith("sha256:"):
        call = next((each for each in library.calls.values() if carried(each.id) == ticket.call), None)
    if call is None:
        raise GoneError(ticket.call, loaded=False)
    turn = next((turn for turn in call.turns if turn.index == ticket.turn), None)
    if turn is None or fingerprint(turn) != ticket.stamp:
        raise GoneError(ticket.call, loaded=True)
    start, end = ticket.start or 0, len(turn.text) if ticket.end is None else min(ticket.end, len(turn.text))
    if start > end:
        raise OutdatedError
    spans = tuple(span for span in ticket.spans if 0 <= span[0] < span[1] <= end - start)
    return Told(call, turn, start, end, spans, why=ticket.why)


def known(ticket: Ticket | None) -> Ticket:
    """Return the ticket where it says what to ask. Raises OutdatedError."""
    if ticket is None or not ticket.question:
        raise OutdatedError
    return ticket
