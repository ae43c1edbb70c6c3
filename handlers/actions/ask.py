"""Buttons that ask: an undone correction, one way to read a question, a likely next one."""

from dataclasses import replace

from handlers import delivery
from handlers.actions._action import Action
from handlers.asked import Asked, Surface
from handlers.blocks.form import searching
from handlers.blocks.modal import modal
from handlers.call import answer
from handlers.desk import Desk
from handlers.errors import message_for
from handlers.mention import CONVERSATION, Said, message_to
from handlers.message import Block
from handlers.pressed import Pressed
from handlers.turned import known
from handlers.window import open_window


async def run(pressed: Pressed, desk: Desk) -> None:
    """Answer in place where only this person sees it; in a channel, in the thread, so that no answer is overwritten."""
    asked = replace(pressed.asked, words=known(pressed.ticket).question)
    if pressed.home:
        work = desk.errands.start(_view(asked, desk), "answer a button of the Home")
        await open_window(desk, asked, work, searching(asked.words, memory=asked.place.channel))
        return
    if pressed.own:
        await delivery.edit(desk, asked, (await answer(asked, desk, sharing=pressed.ephemeral)).message)
        return
    direct = asked.channel.startswith("D")
    root = asked.thread or (None if direct else pressed.message)
    said = replace(asked, surface=Surface.DIRECT if direct else Surface.MENTION, thread=root)
    message = await message_to(Said(said, memory=root or CONVERSATION, answer_in=root), desk)
    await delivery.post(desk, asked.tenant, asked.channel, message, thread=root)


async def _view(asked: Asked, desk: Desk) -> Block:
    """Return the answer's modal; whatever goes wrong is told in its place."""
    try:
        blocks = (await answer(asked, desk, sharing=False)).message.blocks
    except Exception as error:  # noqa: BLE001  # the person must be told; message_for logs what was not foreseen
        return modal(delivery.NOTICE, message_for(error).blocks, memory=asked.place.channel)
    return modal(delivery.ANSWER, blocks, memory=asked.place.channel)


action = Action("ask", run)
