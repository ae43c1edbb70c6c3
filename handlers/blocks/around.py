"""What others set up and gave in a person's channels, on the Home."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.call import Call
from bot.state.subscriptions import Subscription
from bot.state.uploads import Upload
from bot.state.watches import Watch
from handlers.blocks.rich import person, piece, plain, rich, section
from handlers.blocks.speaker import clip
from handlers.blocks.standing import ROOM, SHOWN, where
from handlers.message import Block


@dataclass(frozen=True, slots=True)
class Around:
    """Digests and watches of others, and given calls, each in a channel that the person is in."""

    digests: tuple[Subscription, ...] = ()
    watches: tuple[Watch, ...] = ()
    given: tuple[tuple[Upload, Call], ...] = ()
    gifts: int = 0  # given files, of which the newest are read


def around_blocks(around: Around) -> list[Block]:
    """Render the section; nothing where there is nothing."""
    lines = [*_few(_digests(around)), *_few(_watches(around)), *_few(_given(around), around.gifts)]
    if not lines:
        return []
    return [
        {"type": "header", "text": plain("In your channels")},
        rich(section(*(part for line in lines for part in line))),
    ]


def _digests(around: Around) -> list[list[Block]]:
    return [
        _line(each.channel, f"digest {each.schedule.said}{', paused' if each.paused else ''}, set up by ", each.user)
        for each in around.digests
    ]


def _watches(around: Around) -> list[list[Block]]:
    return [
        _line(
            each.channel,
            f"watches {clip(each.topic, ROOM)}, {'posted at once' if each.live else 'in its digest'}, by ",
            each.user,
        )
        for each in around.watches
    ]


def _given(around: Around) -> list[list[Block]]:
    return [_line(gift.channel, f"{clip(call.name, ROOM)}, given by ", gift.user) for gift, call in around.given]


def _line(channel: str, words: str, user: str) -> list[Block]:
    return [piece("• "), where(channel), piece(f": {words}"), _whose(user), piece("\n")]


def _few(lines: list[list[Block]], number: int = 0) -> Iterator[list[Block]]:
    yield from lines[:SHOWN]
    if max(number, len(lines)) > SHOWN:
        yield [piece(f"• and {max(number, len(lines)) - SHOWN} more\n")]


def _whose(user: str) -> Block:
    """Return who set something up; who was forgotten since is nobody by name."""
    return person(user) if user else piece("somebody")
