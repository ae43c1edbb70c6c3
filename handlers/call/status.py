"""`status`: what is loaded, and whether all of it could be read."""

from handlers.asked import Asked
from handlers.blocks.sentences import sentences
from handlers.call._subcommand import Subcommand
from handlers.desk import Desk
from handlers.reply import Reply

SHOWN = 5  # files that could not be read, by name


async def run(asked: Asked, desk: Desk) -> Reply:
    """Count calls and turns, name the newest call, and list what could not be read."""
    calls = list((await desk.seen(asked.place)).calls.values())
    turns = sum(len(call.turns) for call in calls)
    lines = [f"{_count(len(calls), 'call')} loaded, with {_count(turns, 'turn')} to search."]
    dated = [call for call in calls if call.date is not None]
    if dated:
        newest = max(dated, key=lambda call: call.date or desk.today())
        lines.append(f"Newest: {newest.name}, {newest.date}.")
    if desk.failures:
        lines.append(f"{_count(len(desk.failures), 'file')} could not be read:")
        lines += [f"• {failure.file}: {failure.error}" for failure in desk.failures[:SHOWN]]
        if len(desk.failures) > SHOWN:
            lines.append(f"• and {len(desk.failures) - SHOWN} more")
    lines.append(f"Try: {asked.command} calls, {asked.command} help")
    return Reply(sentences(*lines))


def _count(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def nothing(words: str) -> bool:
    """Take no words: "status of the plant" is a question."""
    return not words


subcommand = Subcommand("status", "status", "status", run, about="what is loaded", takes=nothing, shows=True)
