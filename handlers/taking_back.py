"""Taking back what Slack has to post and nobody wants any more, as far as Slack lets it."""

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.digest.clockwork import TROUBLES
from bot.state.run import Run, State
from handlers.daily import clockwork_of

if TYPE_CHECKING:
    from handlers.desk import Desk

IN_TROUBLE = (
    "Slack does not answer properly right now: what it has to post already is taken back as soon as it does. Only what "
    "is due within the next minutes may still come."
)
TOO_LATE = "What is due within a minute can't be taken back any more: it still comes."

_log = logging.getLogger(__name__)


async def take_back(desk: "Desk", runs: Iterable[Run], in_trouble: str = IN_TROUBLE) -> list[str]:
    """Take back what hasn't been posted yet; what is being sent at this moment is the next tick's to take back.

    Return what is left to say, where something may still come: the store has to be changed before, so that the next
    tick finds it unwanted.
    """
    clockwork = clockwork_of(desk)
    late = False
    for one in runs:
        if one.state is State.SENDING:
            continue
        try:
            late = not await clockwork.take_back(one) or late
        except TROUBLES as error:  # each further one would wait as long
            _log.info("a scheduled message could not be taken back: %s", type(error).__name__)
            return [in_trouble]
    return [TOO_LATE] if late else []
