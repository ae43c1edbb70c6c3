"""The buttons of a given call's card: right, correct, show to the workspace or only here, replace, delete."""

import json
from collections.abc import Awaitable, Callable, Mapping

from bot.given import corrected
from bot.state.uploads import Upload
from handlers import delivery
from handlers.actions._action import Action
from handlers.blocks.given import correcting
from handlers.blocks.sentences import sentences
from handlers.desk import Desk
from handlers.giving import NotTakenError, card_of, is_wide, upload_of
from handlers.pressed import Pressed
from handlers.turned import known


async def run(pressed: Pressed, desk: Desk) -> None:
    """Do it, and show the card as things stand then. Only who gave the file may. Raises EarshotError."""
    ticket, asked = known(pressed.ticket), pressed.asked
    upload = await upload_of(desk, asked.place, ticket.question)
    if not any(gift.id == upload.id for gift in await desk.store.gifts(asked.tenant, asked.user)):
        raise NotTakenError("Only whoever gave this call can do that. You can give a file of your own the same way.")
    await DEEDS[pressed.action.partition(":")[2]](pressed, desk, upload)


async def _again(pressed: Pressed, desk: Desk, upload: Upload, notice: str, *, settled: bool = False) -> None:
    """Show the card anew."""
    asked = pressed.asked
    desk.shelves.changed(asked.tenant)
    upload = await upload_of(desk, asked.place, upload.id)
    await delivery.edit(desk, asked, await card_of(desk, asked.place, upload, notice=notice, settled=settled))


async def _right(pressed: Pressed, desk: Desk, upload: Upload) -> None:
    await _again(pressed, desk, upload, "Confirmed as correct.", settled=True)


async def _correct(pressed: Pressed, desk: Desk, upload: Upload) -> None:
    asked = pressed.asked
    outcome = await desk.shelves.read(desk, asked.place, upload)
    memory = json.dumps({"channel": asked.channel, "message": pressed.message, "key": upload.id})
    view = correcting(corrected(outcome.entries[0].call, upload.correction), memory)
    await delivery.show(desk, asked.tenant, "views.open", {"trigger_id": asked.trigger, "view": view})


async def _widen(pressed: Pressed, desk: Desk, upload: Upload) -> None:
    asked = pressed.asked
    await desk.store.widen(asked.tenant, asked.user, upload.id, asked.place.channel)
    await _again(pressed, desk, upload, "Shown to the workspace.", settled=True)


async def _narrow(pressed: Pressed, desk: Desk, upload: Upload) -> None:
    await desk.store.narrow(pressed.asked.tenant, pressed.asked.user, upload.id)
    await _again(pressed, desk, upload, "Shown only here again.", settled=True)


async def _replace(pressed: Pressed, desk: Desk, upload: Upload) -> None:
    """Take the earlier file of the same call back; the newer one is seen where that was."""
    asked, ticket = pressed.asked, known(pressed.ticket)
    earlier = await upload_of(desk, asked.place, ticket.call or "")
    if is_wide(earlier):
        await desk.store.widen(asked.tenant, asked.user, upload.id, asked.place.channel)
    if not await desk.store.take_back(asked.tenant, asked.channel, asked.user, earlier.id):
        raise NotTakenError("Only whoever gave the earlier file can replace it.")
    desk.shelves.forget(asked.tenant)
    await _again(pressed, desk, upload, f"{earlier.name} is replaced by it.", settled=True)


async def _delete(pressed: Pressed, desk: Desk, upload: Upload) -> None:
    asked = pressed.asked
    if not await desk.store.take_back(asked.tenant, asked.channel, asked.user, upload.id):
        raise NotTakenError("That file was given elsewhere: delete it on its card there.")
    desk.shelves.forget(asked.tenant)
    await delivery.edit(desk, asked, sentences(f"{upload.name} is deleted: it is no longer searchable here."))


DEEDS: Mapping[str, Callable[[Pressed, Desk, Upload], Awaitable[None]]] = {
    "right": _right,
    "correct": _correct,
    "widen": _widen,
    "narrow": _narrow,
    "replace": _replace,
    "delete": _delete,
}
action = Action("given", run)
