"""`help`: what can be asked and done, and more on any one of it."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot.answers.answer import About, Answer
from bot.answers.examples import fitting
from bot.answers.intent import Heading, by_heading
from bot.directory import Directory
from bot.query.intents import intents
from handlers.asked import Asked, Surface
from handlers.blocks.buttons import button, row
from handlers.blocks.sentences import sentences
from handlers.call import subcommands
from handlers.call._subcommand import Subcommand
from handlers.desk import Desk
from handlers.message import Message
from handlers.reply import Reply
from handlers.ticket import Ticket

GREETING = "Ask earnings calls for the exact words that were said."
ALIKE = 0.6  # difflib's ratio from which a topic counts as misspelt
TRIES = ("who", "quote", "said", "calls")  # questions whose examples are buttons, as far as they are there


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that help can explain."""

    name: str
    usage: str
    example: str
    about: str
    words: tuple[str, ...] = ()
    shows: bool = True  # changes and posts nothing
    heading: Heading | None = None  # None: a sub-command


async def run(asked: Asked, desk: Desk) -> Reply:
    """Explain everything in short, or one topic."""
    lead = f"{asked.command} " if asked.surface is Surface.COMMAND else ""
    known = topics((await desk.seen(asked.place)).directory)
    if not asked.words:
        return Reply(overview(known, lead))
    wanted = asked.words.casefold()
    found = next((topic for topic in known if wanted in (topic.name, topic.usage, *topic.words)), None)
    if found is not None:
        return Reply(explained(found, lead))
    words = {word: topic for topic in known for word in (topic.name, *topic.words)}
    near = difflib.get_close_matches(wanted, list(words), n=1, cutoff=ALIKE)
    if near:
        return Reply(explained(words[near[0]], lead, f"No help on “{_short(asked.words)}”. Did you mean {near[0]}?"))
    return Reply(overview(known, lead, f"No help on “{_short(asked.words)}”. This is what there is:"))


async def told(asked: Asked, desk: Desk, answer: Answer) -> Reply:
    """Help where a question was read as a call for it (`hello`, `hlep`, `what can you do`), telling how it was read."""
    if answer.query.topic.text:
        return await run(replace(asked, words=answer.query.topic.text), desk)
    known = topics((await desk.seen(asked.place)).directory)
    lead = f"{asked.command} " if asked.surface is Surface.COMMAND else ""
    read = [note.text for note in answer.notes if note.about is About.READ_AS]
    return Reply(overview(known, lead, " ".join([*(f"{text[:1].upper()}{text[1:]}." for text in read), GREETING])))


def topics(directory: Directory) -> tuple[Topic, ...]:
    """Return everything that can be asked (questions) or done (sub-commands)."""
    questions = [
        Topic(each.name, each.usage, fitting(each.example, directory), each.summary, each.names, heading=each.heading)
        for each in sorted(intents().values(), key=by_heading)
        if each.name not in subcommands()
    ]
    deeds = [
        Topic(sub.name, sub.usage, sub.example, sub.about, sub.aliases, sub.shows) for sub in subcommands().values()
    ]
    return (*questions, *deeds)


def overview(known: Sequence[Topic], lead: str, first: str = GREETING) -> Message:
    """List every question and sub-command, a line each, with some to try."""
    done = [topic for topic in known if topic.name in subcommands()]
    asked = [topic for topic in known if topic not in done]
    lines = [first]
    for heading, members in groupby(asked, key=lambda topic: topic.heading):
        lines += ["", f"{heading}:", *(f"• `{lead}{topic.usage}` – {topic.about}" for topic in members)]
    lines += ["", "Commands:"]
    lines += [f"• `{lead}{topic.usage}` – {topic.about}" for topic in done]
    lines += ["", "In a thread, a follow-up keeps the topic: and the CFO?, only Q3, more."]
    tries = [
        button(f"ask:{topic.name}", topic.example, Ticket(topic.example)) for topic in asked if topic.name in TRIES
    ]
    return sentences(*lines, blocks=[row(*tries)] if tries else ())


def explained(topic: Topic, lead: str, first: str = "") -> Message:
    """Explain one topic, with its example: a button where pressing it only shows something, else to be typed."""
    lines = [*([first] if first else []), f"`{lead}{topic.usage}`", topic.about, f"Example: `{lead}{topic.example}`"]
    tries = [row(button("ask:try", topic.example, Ticket(topic.example)))] if topic.shows else []
    return sentences(*lines, blocks=tries)


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:59]}…"  # noqa: PLR2004  # a line on a phone


subcommand = Subcommand(
    "help", "help [topic]", "help", run, about="what can be asked, and more on any of it", aliases=("?", "usage")
)
