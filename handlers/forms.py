"""The forms of given calls: a transcript that is added, and what its giver corrects."""

import datetime as dt
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from bot.errors import EarshotError
from handlers import delivery
from handlers.blocks.given import ADDING, CORRECTING, FIELDS
from handlers.desk import Desk
from handlers.giving import Handover, card_of, take, upload_of
from handlers.guests import GuestError
from handlers.handed import all_handed
from handlers.place import Place
from handlers.pressed import pressed_of

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

    from handlers.asked import Asked

Ack = Callable[..., Awaitable[object]]
Body = Mapping[str, object]
QUARTERS = range(1, 5)
YEARS = range(1980, 2101)

_log = logging.getLogger(__name__)


def register(app: "AsyncApp", desk: Desk) -> None:
    """Take what the two forms hold."""

    async def on_added(ack: Ack, body: Body) -> None:
        asked = pressed_of(body, desk.settings.command).asked
        files = all_handed(_element(body, "files").get("files"))
        if asked.outside or not files:
            await ack(response_action="errors", errors={"files": GuestError().sentence if files else "Choose a file."})
            return
        place = Place(asked.tenant, asked.opened_in)
        desk.errands.start(take(desk, Handover(place, asked.user, files)), "take a given file")
        await ack()

    async def on_corrected(ack: Ack, body: Body) -> None:
        fields, wrong = correction_of(body)
        if wrong:
            await ack(response_action="errors", errors=wrong)
            return
        asked = pressed_of(body, desk.settings.command).asked
        desk.errands.start(correct(desk, asked, fields), "correct a given call")
        await ack()

    app.view_submission(ADDING)(on_added)
    app.view_submission(CORRECTING)(on_corrected)


def correction_of(body: Body) -> tuple[dict[str, object], dict[str, str]]:
    """Read the form of corrections: the fields of the call, and what is wrong with them, by field."""
    typed = {name: str(_element(body, name).get("value") or "").strip() for name in FIELDS}
    fields: dict[str, object] = {"company": typed["company"] or None, "ticker": typed["ticker"].upper() or None}
    wrong: dict[str, str] = {}
    for name, allowed, hint in (("year", YEARS, "A year, such as 2026."), ("quarter", QUARTERS, "A number, 1 to 4.")):
        text = typed[name].upper().removeprefix("Q") if name == "quarter" else typed[name]
        value = int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None  # noqa: PLR2004  # a year's digits
        if text and value not in allowed:
            wrong[name] = hint
        fields[name] = value
    date = str(_element(body, "date").get("selected_date") or "")
    try:
        fields["date"] = dt.date.fromisoformat(date).isoformat() if date else None
    except ValueError:
        wrong["date"] = "A date, such as 2026-04-29."
    return fields, wrong


async def correct(desk: Desk, asked: "Asked", fields: Mapping[str, object]) -> None:
    """Keep a correction, and show it on the card. Raises nothing."""
    try:
        told = json.loads(asked.opened_in)
        place = Place(asked.tenant, str(told["channel"]))
        key, message = str(told["key"]), str(told["message"])
        if not await desk.store.correct(asked.tenant, asked.user, key, fields):
            return  # only who gave it is shown the form; whoever took it back meanwhile sees that on the card
        desk.shelves.changed(asked.tenant)
        shown = await card_of(desk, place, await upload_of(desk, place, key), notice="Corrected.", settled=True)
        await delivery.replace(desk, asked.tenant, place.channel, message, shown)
    except (ValueError, KeyError, TypeError) as error:
        _log.warning("a correction's form could not be read: %s", type(error).__name__)
    except EarshotError as error:
        _log.warning("a correction could not be shown: %s", error.sentence)


def _element(body: Body, block: str) -> Mapping[str, object]:
    """Return the one element's state of a block of a form."""
    view = body.get("view")
    state = view.get("state") if isinstance(view, Mapping) else None
    values = state.get("values") if isinstance(state, Mapping) else None
    held = values.get(block) if isinstance(values, Mapping) else None
    inner = next(iter(held.values()), None) if isinstance(held, Mapping) else None
    return inner if isinstance(inner, Mapping) else {}
