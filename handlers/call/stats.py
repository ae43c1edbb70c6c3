"""`stats`: whether answers helped."""

import datetime as dt

from handlers.asked import Asked
from handlers.blocks.sentences import sentences
from handlers.call._subcommand import Subcommand
from handlers.call.status import nothing
from handlers.desk import Desk
from handlers.reply import Reply

SINCE = dt.timedelta(days=30)
SHOWN = 5  # questions by name


async def run(asked: Asked, desk: Desk) -> Reply:
    """Count the verdicts of the last 30 days, and name what did not help this channel."""
    verdicts = await desk.store.feedback(asked.tenant, since=desk.clock() - SINCE)
    helpful = sum(verdict.helpful for verdict in verdicts)
    if not verdicts:
        nobody = "Nobody has rated an answer in the last 30 days. Answers have the buttons Helpful and Not helpful."
        return Reply(sentences(nobody))
    lines = [f"Last 30 days: {helpful} helpful, {len(verdicts) - helpful} not helpful."]
    # What was asked elsewhere is nobody's business here.
    missed = [verdict.question for verdict in verdicts if not verdict.helpful and verdict.channel == asked.channel]
    if missed:
        lines.append("Not helpful in this channel:")
        lines += [f"• {question}" for question in missed[:SHOWN]]
    return Reply(sentences(*lines))


subcommand = Subcommand("stats", "stats", "stats", run, about="whether answers helped", takes=nothing, shows=True)
