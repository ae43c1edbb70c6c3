"""Buttons that ask: an undone correction, one way to read a question, a likely next one."""

from dataclasses import replace

from handlers import delivery
from handlers.actions._action import Action
from handlers.asked import Surface
from handlers.call import answer
from handlers.desk import Desk
from handlers.mention import CONVERSATION, Said, message_to
from handlers.pressed import Pressed
from handlers.turned import known


async def run(pressed: Pressed, desk: Desk) -> None:
    """Answer in place where only this person sees it; in a channel, in the thread, so that no answer is overwritten."""
    asked = replace(pressed.asked, words=known(pressed.ticket).question)
    if pressed.home:
        blocks = (await answer(asked, desk, sharing=False)).message.blocks
        await delivery.pop_up(desk, asked, delivery.ANSWER, blocks)
        return
    if pressed.own:
        await delivery.edit(desk, asked, (await answer(asked, desk, sharing=pressed.ephemeral)).message)
        return
    direct = asked.channel.startswith("D")
    root = asked.thread or (None if direct else pressed.message)
    said = replace(asked, surface=Surface.DIRECT if direct else Surface.MENTION, thread=root)
    message = await message_to(Said(said, memory=root or CONVERSATION, answer_in=root), desk)
    await delivery.post(desk, asked.tenant, asked.channel, message, thread=root)


action = Action("ask", run)
