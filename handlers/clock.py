"""The time of day as the person who asks has it."""

import datetime as dt
from zoneinfo import ZoneInfo

from bot.digest.zone import zone_named
from handlers.asked import Asked
from handlers.desk import Desk
from handlers.profile import profile


async def zone_of(asked: Asked, desk: Desk) -> str | None:
    """Return the asker's time zone: said before, or as Slack has it; None where nobody knows it."""
    known = await desk.store.zone(asked.tenant, asked.user)
    if known is not None:
        return known
    user = await profile(asked, desk)
    return zone_named(str(user.get("tz"))) if user else None


async def moment_for(asked: Asked, desk: Desk, moment: dt.datetime) -> str:
    """Return a moment in words, in the asker's time zone, which is named; in UTC where nobody knows it."""
    zone = await zone_of(asked, desk) or "UTC"
    return f"{moment.astimezone(ZoneInfo(zone)):%-d %B %Y, %-H:%M} ({zone})"
