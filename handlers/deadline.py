"""How long work may keep Slack waiting for its acknowledgement, or a trigger for its window."""

import asyncio

from bot.turnstile import turnstile

CROWD = 100  # answers that wait their turn: half a second's work. Behind more, nothing is waited for
DEADLINE = 1.5  # seconds: half of what Slack gives, so that the way there and back is never the reason


async def in_time(work: "asyncio.Task[object]") -> bool:
    """Wait for work as long as Slack may be kept waiting; whether it is done. It goes on in any case."""
    done, _ = await asyncio.wait({work}, timeout=0 if turnstile().crowd > CROWD else DEADLINE)
    return bool(done)
