"""What stands for a person on the Home: what they watch, the digests they set up, the team's words, and whom to ask."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.state.subscriptions import Subscription
from bot.state.watches import Watch
from bot.team import NOBODYS, Team
from handlers.blocks.rich import piece, plain, rich, section
from handlers.blocks.speaker import clip
from handlers.message import Block

SHOWN = 10  # watches, digests and words of each kind by name
ROOM = 150
DOCTOR = "Is something wrong? Whoever installed Earshot here can run earshot doctor, which says what to fix."


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person set up, wherever that is, and what their team has named. `support`: whom to ask."""

    command: str = "/call"
    watches: tuple[Watch, ...] = ()
    digests: tuple[Subscription, ...] = ()
    team: Team = NOBODYS
    support: str | None = None


def standing_blocks(standing: Standing) -> list[Block]:
    """Render the Home's sections on watches, digests, the team's words and support."""
    command = standing.command
    return [
        _header("What you watch"),
        rich(section(*_watches(standing))),
        _header("Digests you set up"),
        rich(section(*_digests(standing))),
        _header("Your team's words"),
        _text("\n".join(_words(standing))),
        _header("Help"),
        _text(f"{command} help lists everything that can be asked and done. {support_line(standing.support)}"),
    ]


def support_line(support: str | None) -> str:
    """Say whom to ask: whoever the operator has named, else how whoever installed Earshot finds what is wrong."""
    return f"Questions about Earshot itself go to {clip(support, 2 * ROOM)}." if support else DOCTOR


def _watches(standing: Standing) -> Iterator[Block]:
    if not standing.watches:
        yield piece(
            f"Nothing. {standing.command} watch superchargers, in a channel or in Messages here, quotes what each new "
            "call says on it."
        )
        return
    for watch in standing.watches[:SHOWN]:
        yield piece(f"• {clip(watch.topic, ROOM)} in ")
        yield where(watch.channel)
        yield piece(f", {'posted at once' if watch.live else 'quoted in its digest'}\n")
    yield piece(f"{_more(len(standing.watches))}{standing.command} watches, typed there, tells the rest.")


def _digests(standing: Standing) -> Iterator[Block]:
    for digest in standing.digests[:SHOWN]:
        yield piece("• ")
        yield where(digest.channel)
        yield piece(f": {digest.schedule.said}{', paused' if digest.paused else ''}\n")
    first = "" if standing.digests else "None. "
    yield piece(
        f"{first}{_more(len(standing.digests))}In a channel, {standing.command} digest 9:00 weekdays sets one up, and "
        f"{standing.command} digest status tells of whichever is there."
    )


def _words(standing: Standing) -> Iterator[str]:
    synonyms = [f"• {each.word} = {', '.join(each.means)}" for each in standing.team.synonyms]
    aliases = [f"• {each.name} = {each.target}" for each in standing.team.aliases]
    for lines in (synonyms, aliases):
        yield from (clip(line, ROOM) for line in lines[:SHOWN])
    more = max(0, len(synonyms) - SHOWN) + max(0, len(aliases) - SHOWN)
    if more:
        yield f"• and {more} more"
    command = standing.command
    yield f"{command} synonym gm = gross margin, and {command} alias the boss = NAME, add to them for everybody."


def where(channel: str) -> Block:
    """Name a conversation: a channel as Slack shows it to whoever may see it, a direct one in words."""
    if channel.startswith("D"):
        return piece("Messages")
    return {"type": "channel", "channel_id": channel}


def _more(count: int) -> str:
    return f"• and {count - SHOWN} more\n" if count > SHOWN else ""


def _header(text: str) -> Block:
    return {"type": "header", "text": plain(text)}


def _text(text: str) -> Block:
    return rich(section(piece(text)))
