"""What is new to a channel in a library, with its watched topics looked up in that alone."""

import asyncio
import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from bot.answers.answer import Quote
from bot.answers.scope import SPEAKERS, calls_in, wanted
from bot.call import Call
from bot.digest.composing import new_calls, questions_of
from bot.digest.digest import Digest, News, Watched
from bot.errors import QuestionError
from bot.library import Library
from bot.query import understand
from bot.quoting import excerpt
from bot.search.findings import Match
from bot.search.matches import whole
from bot.team import NOBODYS, Team

DETAILED = 10  # calls; of more than that a digest gives the names
QUOTES = 3  # of each watched topic
WATCHED = 200  # turns on a watched topic that are looked at: what says only part of it is not counted
ROOM = 400  # characters of a watched topic's quote, as whole sentences round the match


async def digest_for(
    library: Library,
    told: Mapping[str, str],
    topics: Sequence[str],
    *,
    today: dt.date,
    hidden: Collection[str] = (),
    team: Team = NOBODYS,
) -> Digest:
    """Find what is new to a channel in `library`, and look its watched `topics` up in that alone, in its team's words.

    `told` (id -> fingerprint) are the calls it knows of; `hidden` are ids that it may not see. The newest DETAILED
    calls are told in full. Everybody goes by one name, however the transcripts write it. The event loop runs on between
    any two questions.
    """
    calls = new_calls(library.calls, told, hidden)
    if not calls:
        return Digest(())
    news: list[News] = []
    for call in calls[:DETAILED]:
        questions = []
        for question in questions_of(call):
            questions.append(replace(question, asker=_shown(library, question.asker)))
            await asyncio.sleep(0)
        news.append(News(call, tuple(questions)))
    watched, unread = [], []
    for topic in topics:
        try:
            watched.append(await _watch(library, topic, calls, today, team))
        except QuestionError as error:
            unread.append((topic, error.sentence))
    return Digest(
        news=tuple(news),
        also=calls[DETAILED:],
        watched=tuple(one for one in watched if one.quotes),
        unread=tuple(unread),
        first=not told,
    )


async def _watch(library: Library, topic: str, calls: Sequence[Call], today: dt.date, team: Team) -> Watched:
    """Look a watched topic up in `calls`, with its filters. Raises QuestionError where it can't be read."""
    query = understand(topic, library.directory, today=today, team=team)
    if query.topic.empty:
        return Watched(topic, (), 0)
    here = {call.id for call in calls_in(query, library.directory)}
    held = {call.id: call for call in calls if call.id in here}
    asked = wanted(query, tuple(held.values()), library.directory, query.party)
    asked = replace(asked, calls=tuple(held) if asked.calls is None else asked.calls, kinds=asked.kinds or SPEAKERS)
    findings = whole(await library.find(query.topic, asked, limit=WATCHED, team=team))
    quotes = tuple(
        _quote(library, held[match.call], match) for match in findings.matches[:QUOTES] if match.call in held
    )
    return Watched(topic, quotes, findings.total)


def _shown(library: Library, name: str | None) -> str | None:
    """Return the one name that a person is shown by."""
    return library.directory.shown.get(name, name) if name else None


def _quote(library: Library, call: Call, match: Match) -> Quote:
    """Return whole sentences round a match, its spans counted from the quote's start."""
    turn = call.turns[match.turn]
    turn = replace(turn, speaker=_shown(library, turn.person) or turn.speaker) if turn.speaker else turn
    start, end = excerpt(turn.text, match.spans, ROOM)
    spans = tuple((a - start, b - start) for a, b in match.spans if start <= a and b <= end)
    return Quote(call, turn, start, end, spans)
