"""How what was corrected or assumed of a question is undone: by a question that says it otherwise."""

from collections.abc import Sequence
from dataclasses import replace

from bot.directory import Directory
from bot.query.draft import Draft
from bot.query.filters import Filters
from bot.query.periods import times
from bot.query.query import Query
from bot.query.reading import Reading
from bot.query.restating import restated
from bot.query.tokens import Token, tokens
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
