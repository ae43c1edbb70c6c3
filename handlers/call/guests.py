"""`guests`: whether people of another organisation may ask in this channel, as an admin decides."""

from handlers import guests
from handlers.admins import is_admin
from handlers.asked import Asked
from handlers.blocks.sentences import sentences
from handlers.call._subcommand import Subcommand
from handlers.desk import Desk
from handlers.reply import Reply

ALLOW, REFUSE = "allow", "refuse"
WHAT = (
    "They may mention me here and press an answer's buttons, and see what the operator loaded, nothing that was given "
    "in Slack. Commands, forms, files and settings stay yours."
)


async def run(asked: Asked, desk: Desk) -> Reply:
    """Say whether guests may ask here; change it where an admin says so."""
    wish = asked.words.strip().lower()
    if wish in {ALLOW, REFUSE}:
        admin = await is_admin(asked, desk)
        if admin is None:
            why = "Slack does not tell me who is an admin here (it needs the scope users:read), so I changed nothing."
            return Reply(sentences(why))
        if not admin:
            return Reply(sentences("Only an admin or owner of this workspace may do that; nothing was changed."))
        await guests.allow(desk, asked.place, allowed=wish == ALLOW)
    if await guests.allowed(desk, asked.tenant, asked.channel):
        return Reply(sentences(f"Guests of other organisations may ask here. {WHAT}", _way(asked, REFUSE)))
    return Reply(sentences("Guests of other organisations get no answer here.", _way(asked, ALLOW)))


def _way(asked: Asked, wish: str) -> str:
    return f"An admin changes that with `{asked.command} guests {wish}`."


def takes(words: str) -> bool:
    """Take `allow`, `refuse` or nothing: anything else is a question."""
    return words.strip().lower() in {ALLOW, REFUSE, ""}


subcommand = Subcommand(
    "guests",
    "guests [allow | refuse]",
    "guests allow",
    run,
    about="whether guests of other organisations may ask in this channel",
    takes=takes,
)
