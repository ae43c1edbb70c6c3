"""`forget me`: erase what a person left behind. `forget workspace`: everything of a workspace, by one of its admins."""

import logging

from handlers.admins import is_admin
from handlers.asked import Asked
from handlers.blocks.sentences import sentences
from handlers.call._subcommand import Subcommand
from handlers.desk import Desk
from handlers.reply import Reply
from handlers.taking_back import take_back

ME = "me"
WORKSPACE = "workspace"
SURE = "workspace for good"
TRY_AGAIN = (
    "Slack does not answer properly right now, so I can't take back the digests that it has to post, and erased "
    "nothing. Please try again in a minute."
)

_log = logging.getLogger(__name__)


async def run(asked: Asked, desk: Desk) -> Reply:
    """Erase the asker's own traces, or the workspace's; or say what would be erased, and how."""
    words = " ".join(asked.words.lower().split())
    if words == ME:
        desk.recent.forget(asked.tenant, asked.user)
        gone = await desk.store.forget_user(asked.tenant, asked.user)
        desk.shelves.forget(asked.tenant)
        return Reply(sentences(f"Forgotten: {_things(gone)} of yours erased."))
    if words in {WORKSPACE, SURE}:
        return await _workspace(asked, desk, sure=words == SURE)
    return Reply(
        sentences(
            "I keep your recent questions, your verdicts on answers, calls you gave, and your time zone.",
            f"{asked.command} forget me erases them all, at once and for good. What you set up for a channel (its "
            "digest, its watches) stays, without your name.",
            f"An admin erases everything of this workspace with {asked.command} forget workspace; so does uninstalling "
            "the app.",
        )
    )


async def _workspace(asked: Asked, desk: Desk, *, sure: bool) -> Reply:
    """Erase everything of a workspace but its installation, when an admin says so twice."""
    admin = await is_admin(asked, desk)
    if admin is None:
        why = "Slack does not tell me who is an admin here (it needs the scope users:read), so I erased nothing"
        return Reply(sentences(f"{why}. Uninstalling the app erases everything, too."))
    if not admin:
        return Reply(sentences("Only an admin or owner of this workspace may do that; nothing was erased."))
    if not sure:
        return Reply(
            sentences(
                "That erases everything I keep of this workspace: every digest and watch, calls that were given, "
                "verdicts, recent questions, threads, and your team's own words. I stay installed.",
                f"To do it: {asked.command} forget {SURE}",
            )
        )
    # Before the rows go, or Slack would still post what it has.
    left = await take_back(desk, await desk.store.scheduled_runs(asked.tenant), TRY_AGAIN)
    if TRY_AGAIN in left:
        return Reply(sentences(TRY_AGAIN))
    gone = await desk.store.forget_tenant(asked.tenant)
    desk.recent.forget(asked.tenant)  # afterwards: whoever asks meanwhile would learn it all again
    desk.usual.forget(asked.tenant)
    desk.teams.forget(asked.tenant)
    desk.shelves.forget(asked.tenant)
    _log.info("everything of %s was erased, as one of its admins asked", asked.tenant)
    first = f"Forgotten: {_things(gone)} of this workspace erased. I stay installed, and start fresh."
    return Reply(sentences(first, *left))


def _things(number: int) -> str:
    return f"{number} {'thing' if number == 1 else 'things'}"


def mine(words: str) -> bool:
    """Take "me", "workspace" or nothing: "forget the guidance" is a question."""
    return " ".join(words.lower().split()) in {ME, WORKSPACE, SURE, ""}


subcommand = Subcommand("forget", "forget me", "forget me", run, about="erase what I keep of you", takes=mine)
