"""Whether a turn asks or answers, by the exchanges of its call."""

from bot.call import Call
from bot.turn import Turn


def role(call: Call, turn: Turn) -> tuple[bool, bool]:
    """Return whether the turn asks and whether it answers in its exchange."""
    if turn.exchange is None or turn.exchange >= len(call.exchanges):
        return False, False
    exchange = call.exchanges[turn.exchange]
    return turn.index in exchange.question_turns, turn.index in exchange.answer_turns
