"""Ask a library: understand, search, compose, check. The only function here that awaits is `ask`."""

import datetime as dt
from dataclasses import replace

from bot.answers.answer import Answer, Choice
from bot.answers.intent import Matter
from bot.answers.scope import calls_in, scope_of
from bot.library import Library
from bot.query import understand
from bot.query.errors import AmbiguousError
from bot.query.intents import intents
from bot.query.query import Query
from bot.quoting import check


async def ask(library: Library, question: str, *, today: dt.date, limit: int = 3, offset: int = 0) -> Answer:
    """Answer a question over a library: the hits [offset, offset + limit) of all there are.

    Every quote is checked against its turn before it leaves. A name or call that may be several gives `choices`.
    Raises QuestionError for what can't be answered as typed.
    """
    directory = library.directory
    try:
        query = understand(question, directory, today=today)
    except AmbiguousError as error:
        return _choices(error)
    matter = _matter(library, query, limit, offset)
    intent = intents()[query.intent]
    findings = tuple(
        [
            await library.find(search.topic, search.wanted, limit=search.limit, verbatim=search.verbatim)
            for search in intent.searches(matter)
        ]
    )
    return checked(intent.compose(matter, findings), library)


def checked(answer: Answer, library: Library) -> Answer:
    """Return the answer whose every quote stands in its turn. Raises MisquoteError, a mistake of ours, otherwise."""
    quotes = [hit.quote for hit in answer.hits] + [context.quote for context in answer.context]
    if answer.facts.first is not None:
        quotes.append(answer.facts.first)
    for quote in quotes:
        source = library.calls[quote.call.id].turns[quote.turn.index]
        check(source.text, quote.start, quote.end, quote.spans, quote.text)
    return answer


def _matter(library: Library, query: Query, limit: int, offset: int) -> Matter:
    wanted = query.limit if query.limit is not None else limit
    scope = calls_in(query, library.directory)
    return Matter(query, library.directory, library.calls, scope, max(wanted, 1), max(offset, 0))


def _choices(error: AmbiguousError) -> Answer:
    """Ask back: one choice a way to read the question."""
    return Answer(
        query=replace(error.query),
        headline=error.sentence,
        scope=scope_of(()),
        choices=tuple(Choice(way.text, way.question) for way in error.ways),
    )
