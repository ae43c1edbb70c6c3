"""The slash command: sub-commands are found in this folder, anything else is a question."""

import difflib
from dataclasses import replace
from functools import cache, lru_cache

from bot.answers.answer import About, Answer, Choice, Note
from bot.family import members
from handlers.answering import answered
from handlers.asked import Asked
from handlers.blocks.page import render
from handlers.blocks.view import View
from handlers.call._subcommand import Subcommand
from handlers.desk import Desk
from handlers.reply import Reply
from handlers.usual import scoped

ALIKE = 0.75  # difflib's ratio from which a word counts as a misspelt sub-command: one slip in four letters


@cache
def subcommands() -> dict[str, Subcommand]:
    """Return every sub-command of this folder by name, in the order of their names."""
    return {each.name: each for each in members(__name__, "subcommand", Subcommand)}


@cache
def _by_every_name() -> dict[str, tuple[Subcommand, ...]]:
    """Return the sub-commands by name and alias: most words are none's, which is to be told in no time."""
    found: dict[str, tuple[Subcommand, ...]] = {}
    for subcommand in subcommands().values():
        for name in dict.fromkeys((subcommand.name, *subcommand.aliases)):
            found[name] = (*found.get(name, ()), subcommand)
    return found


def named(words: str) -> tuple[Subcommand, str] | None:
    """Return the sub-command that `words` start with, and the words after it; None for a question."""
    first, _, rest = words.partition(" ")
    for subcommand in _by_every_name().get(first.casefold(), ()):
        if subcommand.takes(rest.strip()):
            return subcommand, rest.strip()
    return None


def nearly(words: str) -> tuple[Subcommand, ...]:
    """Return the sub-commands that a first word nearly is, the nearest first: "did you mean"."""
    first, _, rest = words.partition(" ")
    names = _alike(first.casefold())
    if first.casefold() in names:
        return ()
    return tuple(found for name in names if (found := subcommands()[name]).takes(rest.strip()))


@lru_cache(1_024)  # questions begin with few words
def _alike(word: str) -> tuple[str, ...]:
    return tuple(difflib.get_close_matches(word, list(subcommands()), n=2, cutoff=ALIKE))


async def answer(asked: Asked, desk: Desk, *, sharing: bool = True) -> Reply:
    """Answer a command: by its sub-command, else as a question. `sharing`: it can be shared. Raises EarshotError."""
    words = asked.words or "help"
    found = named(words)
    if found is not None:
        subcommand, rest = found
        return await subcommand.run(replace(asked, words=rest), desk)
    limited = await scoped(desk, asked, words)
    view = View(command=asked.command, sharing=sharing)
    given = await limited.told(desk, asked.place, await answered(desk, asked.place, limited.question, view), view)
    if given.answer.query.intent == "help":
        return await greeted(asked, desk, given.answer)
    desk.recent.note(desk, asked.tenant, asked.user, words)
    near = nearly(words) if _not_understood(given.answer, words) else ()
    if not near:
        return Reply(given.message)
    # The first word is nearly a sub-command: say so, with a button that runs it.
    meant = [" ".join([subcommand.name, *words.split()[1:]]) for subcommand in near]
    about = About.CAUTION if given.answer.total else About.NEAREST  # above what was found instead
    note = Note(about, f"Did you mean {' or '.join(f'{asked.command} {each}' for each in meant)}?")
    choices = (*(Choice(f"{asked.command} {each}", each) for each in meant), *given.answer.choices)
    told = replace(given.answer, notes=(note, *given.answer.notes), choices=choices)
    library = await desk.seen(asked.place)
    return Reply(render(told, view, library.calls, library.directory.call_names))


async def greeted(asked: Asked, desk: Desk, answer: Answer) -> Reply:
    """Help where a question was read as a call for it: `hello`, `hlep`, `what can you do`."""
    from handlers.call.help import told  # noqa: PLC0415  # it lists the family that this package is

    return await told(asked, desk, answer)


def _not_understood(answer: Answer, words: str) -> bool:
    """Whether nothing was found, or the first word was taken for a misspelt one: it may have been no topic at all."""
    typed = f"(typed: {words.split(maxsplit=1)[0]})"
    corrected = any(note.about is About.READ_AS and typed in note.text for note in answer.notes)
    return corrected or not (answer.total or answer.body)
