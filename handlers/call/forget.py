"""`forget me`: erase what a person left behind."""

from handlers.asked import Asked
from handlers.blocks.sentences import sentences
from handlers.call._subcommand import Subcommand
from handlers.desk import Desk
from handlers.reply import Reply

ME = "me"


async def run(asked: Asked, desk: Desk) -> Reply:
    """Erase the asker's own traces, or say what would be erased and how."""
    if asked.words.strip().lower() != ME:
        return Reply(
            sentences(
                "I keep your recent questions, your verdicts on answers, quotes you saved, calls you gave, and your "
                "time zone.",
                f"{asked.command} forget me erases them all, at once and for good. What you set up for a channel (its "
                "digest, its watches) stays, without your name.",
            )
        )
    gone = await desk.store.forget_user(asked.tenant, asked.user)
    return Reply(sentences(f"Forgotten: {gone} {'thing' if gone == 1 else 'things'} of yours erased."))


def mine(words: str) -> bool:
    """Take "me" or nothing: "forget the guidance" is a question."""
    return words.strip().lower() in {ME, ""}


subcommand = Subcommand("forget", "forget me", "forget me", run, about="erase what I keep of you", takes=mine)
