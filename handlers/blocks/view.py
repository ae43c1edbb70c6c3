"""How an answer is looked at: which page, what stands open, and where."""

from dataclasses import dataclass

from handlers.ticket import Ticket

PAGE = 3  # turns a page


@dataclass(frozen=True, slots=True)
class View:
    """A look at an answer.

    `opened` is the ticket of the turn with something open under it. `sharing`: only the asker sees the message.
    `thanks` stands in the place of the thumbs, for who has pressed one. `notice` is told above the answer, such as
    that a call has changed.
    `rich`: newer blocks may stand in it, as Slack tells whoever sends it where it takes them not.
    """

    offset: int = 0
    command: str = "/call"
    opened: Ticket | None = None
    sharing: bool = True
    thanks: str | None = None
    notice: str | None = None
    rich: bool = False
