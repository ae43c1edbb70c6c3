"""A window that opens while its trigger lasts, though its answer may take longer."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from handlers import delivery
from handlers.asked import Asked
from handlers.deadline import in_time
from handlers.delivery import NotPostedError
from handlers.message import Block

if TYPE_CHECKING:
    import asyncio

    from handlers.desk import Desk

NOT_FOUND = "not_found"  # Slack's word for a view that it doesn't know (yet), or that was closed


async def open_window(desk: "Desk", asked: Asked, work: "asyncio.Task[Block]", meanwhile: Block) -> None:
    """Open a modal with what `work` makes; where that takes long, with `meanwhile` first. Raises NotPostedError."""
    early = await in_time(work)
    view = work.result() if early else meanwhile
    told = await delivery.show(desk, asked.tenant, "views.open", {"trigger_id": asked.trigger, "view": view})
    if early:
        return
    shown = told.get("view")
    where = shown.get("id") if isinstance(shown, Mapping) else None
    try:
        await delivery.show(desk, asked.tenant, "views.update", {"view_id": where, "view": await work})
    except NotPostedError as error:
        if error.reason != NOT_FOUND:  # it is when the modal was closed meanwhile
            raise
