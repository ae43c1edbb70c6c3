"""A question as people read it: one put together by a button or a form, with its fields, is told in words."""

from typing import TYPE_CHECKING

from bot.errors import QuestionError
from bot.query import understand
from bot.query.fields import FIELDS

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.place import Place


def composed(question: str) -> bool:
    """Whether a question holds fields (`company:VLMR`), as a button's does and hardly a typed one."""
    return ":" in question and any(f"{name}:" in question for name in FIELDS)


async def in_words(desk: "Desk", place: "Place", question: str) -> str:
    """Return a question in words; as it stands where it was typed so, or can't be read any more."""
    if not composed(question):
        return question
    directory, team = (await desk.seen(place)).directory, await desk.teams.team(desk, place)
    try:
        return understand(question, directory, today=desk.today(), team=team).understood or question
    except QuestionError:
        return question
