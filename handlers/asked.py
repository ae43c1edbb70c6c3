"""One request by one person, free of Bolt: Slack's ids and the words that were typed."""

from dataclasses import dataclass
from enum import StrEnum

from handlers.message import Block
from handlers.place import Place


class Surface(StrEnum):
    """Where it was asked."""

    COMMAND = "command"
    MENTION = "mention"
    DIRECT = "direct"
    BUTTON = "button"
    SHORTCUT = "shortcut"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request. For a sub-command `words` are what follows its name; ids are Slack's, `tenant` keys all state.

    `command` is the slash command's name as this workspace has it, for the examples in replies. `thread` is the root's
    timestamp where the request stands in a thread. `response_url` takes five late replies within 30 minutes.
    A modal and the Home are in no channel: `opened_in` is the conversation in which they were opened. `outside` tells
    that a guest of another organisation asks. `team` is the workspace it came from: an organisation's installation
    has many. `lead` is the block that tells who watches, of the message of a watch.
    """

    words: str
    tenant: str
    channel: str
    user: str
    surface: Surface = Surface.COMMAND
    command: str = "/call"
    thread: str | None = None
    response_url: str | None = None
    trigger: str | None = None  # opens one modal within three seconds
    modal: str | None = None  # the modal's id where the request came from one: there it is answered
    opened_in: str = ""
    outside: bool = False
    lead: Block | None = None
    team: str | None = None

    @property
    def place(self) -> Place:
        """From where the calls are looked at."""
        return Place(self.tenant, self.channel or self.opened_in, self.outside)
