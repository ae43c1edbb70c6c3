"""The search form's doors: type-ahead while it is filled in, and the answer, in its place, when it is sent."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from bot.errors import EarshotError
from handlers.answering import answered
from handlers.blocks import form
from handlers.blocks.modal import modal
from handlers.blocks.rich import plain
from handlers.blocks.speaker import clip
from handlers.blocks.view import View
from handlers.delivery import ANSWER
from handlers.desk import Desk
from handlers.errors import message_for
from handlers.guests import keep_out
from handlers.message import Block
from handlers.pressed import pressed_of
from handlers.typeahead import ROOM, Name, TypeAhead
from handlers.typed import words

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

Ack = Callable[..., Awaitable[object]]
Body = Mapping[str, object]


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
        await ack(**await response(body, desk))

    app.options(re.compile("^pick:"))(on_typing)
    app.view_submission(form.CALLBACK)(on_sent)


async def response(body: Body, desk: Desk) -> dict[str, object]:
    """Answer a form that was sent: the answer in its place, or what is wrong at its field."""
    view = body.get("view")
    state = view.get("state") if isinstance(view, Mapping) else None
    values = state.get("values") if isinstance(state, Mapping) else None
    question = form.question_of(values) if isinstance(values, Mapping) else ""
    command = desk.settings.command
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


def _option(name: Name) -> Block:
    return {"text": plain(clip(name.text, ROOM)), "value": name.value}
