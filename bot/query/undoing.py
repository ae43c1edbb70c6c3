"""How what was corrected or assumed of a question is undone: by a question that says it otherwise."""

from collections.abc import Sequence
from dataclasses import replace

from bot.directory import Directory
from bot.query.draft import Draft
from bot.query.filters import Filters
from bot.query.periods import times
from bot.query.query import Query
from bot.query.reading import How, Reading
from bot.query.restating import restated
from bot.query.tokens import Shape, Token, tokens
from bot.query.topics import EXCLUDING, behind_articles, written
from bot.query.topics import topic as read_topic


def names(query: Query, draft: Draft, directory: Directory, readings: list[Reading]) -> None:
    """Let a corrected name be undone by looking for the word as typed."""
    for typed, named in draft.named.values():
        if not named.readings:
            continue
        text = " ".join(token.text for token in typed)
        words = f"{query.topic.text} {text}".strip()
        undo = restated(
            replace(query, intent="topic", party=None, asker=None, topic=read_topic(tokens(words))), directory
        )
        told = [replace(each, undo=undo) if each in named.readings else each for each in readings]
        readings[:] = told


def kept(query: Query, typed: Sequence[Token], filters: Filters, directory: Directory, readings: list[Reading]) -> None:
    """Let a time that was taken for a topic's words be undone by making it a filter."""
    held = filters.kept
    if not held or any(token not in typed for token in held):
        return
    rest = read_topic([token for token in typed if token not in held])
    if rest.empty:
        return
    text = " ".join(token.text for token in held)
    if not list(times(held)):
        return
    undo = f'{restated(replace(query, topic=rest), directory)} period:"{text}"'
    told = [replace(each, undo=undo) if each.typed == text else each for each in readings]
    readings[:] = told


def left_out(query: Query, typed: Sequence[Token], directory: Directory, readings: list[Reading]) -> None:
    """Tell that a word leaves out what stands behind it (`margin excluding gross`), or does not (`margin not gross`).

    Each is undone by the other: by quotes, or by a minus.
    """
    for at, token in enumerate(typed[:-1]):
        if token.shape is not Shape.WORD or not at or typed[at + 1].shape not in {Shape.WORD, Shape.PHRASE}:
            continue
        excludes, last = token.word in EXCLUDING, at + 2 == len(typed)
        if not excludes and not (token.word == "not" and last and typed[at - 1].word not in _BEFORE_NOT | EXCLUDING):
            continue
        place = behind_articles(typed, at + 1) if excludes else at + 1
        before, out, behind = list(typed[:at]), typed[place], list(typed[place + 1 :])
        told = f"turns without ‹{out.text}›" if excludes else "words to look for"
        quoted = replace(token, shape=Shape.PHRASE, text=f"{token.text} {out.text}")
        other = quoted if excludes else replace(out, minus=True)
        undo = restated(replace(query, topic=read_topic([*before, other, *behind])), directory)
        readings.append(Reading(How.ASSUMED, f"{token.text} {written([out])}", told, token.start, out.end, undo))


_BEFORE_NOT = frozenset("why if or but is are was were do does did has have had will would can could should".split())  # noqa: SIM905 - one string wraps as prose
