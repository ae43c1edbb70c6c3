"""The search form's doors: type-ahead while it is filled in, and the answer, in its place, when it is sent."""

import asyncio
import re
import uuid
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from bot.errors import EarshotError
from handlers import delivery
from handlers.answering import answered
from handlers.blocks import form
from handlers.blocks.modal import modal
from handlers.blocks.rich import plain
from handlers.blocks.speaker import clip
from handlers.blocks.view import View
from handlers.deadline import in_time
from handlers.delivery import ANSWER, NotPostedError
from handlers.desk import Desk
from handlers.errors import message_for
from handlers.guests import keep_out
from handlers.message import Block
from handlers.pressed import pressed_of
from handlers.typeahead import ROOM, Name, TypeAhead
from handlers.typed import words
from handlers.window import NOT_FOUND

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

Ack = Callable[..., Awaitable[object]]
Body = Mapping[str, object]
PAUSES = (0.1, 0.2, 0.4, 0.8, 1.6)  # seconds between two looks for a view that Slack was told of in an acknowledgement


def register(app: "AsyncApp", desk: Desk) -> None:
    """Suggest names while the form is filled in, and answer it when it is sent."""
    names = TypeAhead()

    async def on_typing(ack: Ack, body: Body) -> None:
        field = str(body.get("action_id", "")).removeprefix("pick:")
        asked = pressed_of(body, desk.settings.command).asked
        if asked.outside:
            await ack(options=[])
            return
        library = await desk.seen(asked.place)
        found = await names.suggest(library, field, str(body.get("value") or ""))
        await ack(options=[_option(name) for name in found])

    async def on_sent(ack: Ack, body: Body) -> None:
        work = desk.errands.start(response(body, desk), "answer a form")
        if await in_time(work):
            await ack(**work.result())
            return
        name = uuid.uuid4().hex
        desk.errands.start(_late(work, name, body, desk), "finish a form")
        await ack(response_action="update", view=form.searching(_question(body), name, memory=_memory(body, desk)))

    app.options(re.compile("^pick:"))(on_typing)
    app.view_submission(form.CALLBACK)(on_sent)


async def response(body: Body, desk: Desk) -> dict[str, object]:
    """Answer a form that was sent: the answer in its place, or what is wrong at its field."""
    question, command = _question(body), desk.settings.command
    asked = pressed_of(body, command).asked
    place = asked.place
    try:
        keep_out(asked)
        given = await answered(desk, place, words(question), View(command=command, sharing=False))
    except EarshotError as error:
        return {"response_action": "errors", "errors": {form.WORDS: error.sentence}}
    except Exception as error:  # noqa: BLE001  # the person must be told; message_for logs what was not foreseen
        return {"response_action": "update", "view": modal(ANSWER, message_for(error).blocks)}
    return {"response_action": "update", "view": modal(ANSWER, given.message.blocks, memory=place.channel)}


def _question(body: Body) -> str:
    view = body.get("view")
    state = view.get("state") if isinstance(view, Mapping) else None
    values = state.get("values") if isinstance(state, Mapping) else None
    return form.question_of(values) if isinstance(values, Mapping) else ""


def _memory(body: Body, desk: Desk) -> str:
    return pressed_of(body, desk.settings.command).asked.place.channel


async def _late(work: "asyncio.Task[dict[str, object]]", name: str, body: Body, desk: Desk) -> None:
    """Put the answer in the place of what was shown meanwhile; what is wrong comes with the form, filled in again."""
    said = await work
    view, errors = said.get("view"), said.get("errors")
    if isinstance(errors, Mapping):
        view = form.form(_question(body), notice=str(errors[form.WORDS]), memory=_memory(body, desk))
    asked = pressed_of(body, desk.settings.command).asked
    for pause in PAUSES:
        try:
            await delivery.show(desk, asked.tenant, "views.update", {"external_id": name, "view": view})
        except NotPostedError as error:
            if error.reason != NOT_FOUND:
                raise
            # An answer by its own way may overtake the acknowledgement, which would then take its place for good. So it
            # is for the view that comes with the acknowledgement alone, and waits until Slack knows that one.
            await asyncio.sleep(pause)
        else:
            return
    # As a rule the window is closed by now. By its id the answer finds it in any other case.
    await delivery.show(desk, asked.tenant, "views.update", {"view_id": asked.modal, "view": view})


def _option(name: Name) -> Block:
    return {"text": plain(clip(name.text, ROOM)), "value": name.value}
