"""One page of an answer: the hits wanted, what stands beside them, and everything that is told."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet

from bot.answers.answer import About, Answer, Context, Facts, Hit, Note
from bot.answers.intent import Matter
from bot.answers.quotes import hits
from bot.answers.scope import scope_of
from bot.answers.suggesting import alternatives, suggestions
from bot.answers.telling import corrected, cut_short, headline, read_notes
from bot.answers.whole import PARTS, Whole
from bot.query.intents import intents
from bot.query.query import Query
from bot.query.topic import EACH, Topic
from bot.search.findings import Explained, Findings, Match
from bot.search.matches import places, whole

Beside = Callable[[int, Hit], tuple[Context, ...]]


def page(
    matter: Matter,
    found: Findings,
    result: str,
    *,
    notes: Sequence[Note] = (),
    facts: Facts | None = None,
    beside: Beside | None = None,
    matches: Sequence[Match] | None = None,
    total: int | None = None,
    body: Sequence[str] = (),
) -> Answer:
    """Build an answer from matches in rank order; only those of the wanted page are cut into quotes.

    `result` is what the first line says before the scope. `beside` gives the context of a hit by its place on the page.
    """
    ranked = found.matches if matches is None else matches
    shown = hits(matter.calls, ranked[matter.offset : matter.offset + matter.limit])
    context = tuple(each for of, hit in enumerate(shown) for each in (beside(of, hit) if beside else ()))
    readings = dict.fromkeys((*matter.query.readings, *found.readings))
    notes = [
        *notes,
        *_kinds(matter, found, ranked),
        *_cut(found, ranked, facts),
        *_lacking(matter.query.topic, found, shown),
    ]
    return Answer(
        query=matter.query,
        headline=headline(matter, result),
        scope=scope_of(matter.scope, matter.directory),
        total=max(found.total, len(ranked)) if total is None else total,
        hits=shown,
        context=context,
        facts=facts or Facts(),
        notes=(*read_notes(readings), *notes),
        body=tuple(body),
        next_questions=suggestions(
            matter, found, [hit.quote.turn for hit in shown], intents()[matter.query.intent].then
        )
        if ranked
        else alternatives(matter, (found,)),
        explain=_explained(matter.query, found.explain),
    )


def _kinds(matter: Matter, found: Findings, ranked: Sequence[Match]) -> list[Note]:
    """Tell how many of what is found say only part of the topic, or go on about it without naming it."""
    topic = corrected(matter, (found,))
    told = []
    partly, followed = (_among(held, ranked) for held in (found.partly, found.followed))
    if followed:
        goes = "goes" if followed == 1 else "go"
        told.append(f"{followed:,} of these {goes} on with the topic in the same exchange, without its words")
    if partly:
        told.append(f"not counted: {partly:,} that {'say' if partly > 1 else 'says'} only part of “{topic}”")
    return [Note(About.COUNTED, each) for each in told]


def _cut(found: Findings, ranked: Sequence[Match], facts: Facts | None) -> list[Note]:
    """Tell that people and calls were counted over a part of what was found only, where more is there."""
    known = len(whole(found).matches)
    if facts is None or ranked is not found.matches or not cut_short(found):
        return []
    return [Note(About.COUNTED, f"people and calls are counted over the {known:,} best of these")]


def _among(held: AbstractSet[tuple[str, int]], ranked: Sequence[Match]) -> int:
    return sum(place in held for place in places(ranked)) if held else 0


def _lacking(topic: Topic, found: Findings, shown: Sequence[Hit]) -> list[Note]:
    """Tell what of a topic no turn of the page says: of three words two are enough to be found."""
    if len(topic.ranked) < PARTS or not shown or len(topic.sides(EACH)) > 1:  # each of what is joined is enough
        return []
    marked = [hit.quote.turn.text[start:end] for hit in shown for start, end in hit.quote.marks]
    lacking = Whole.of(topic, found.readings).lacking(marked) if marked else []
    told = "no turn shown says ‹{}›; each says other words of the topic"
    return [Note(About.CAUTION, told.format(words)) for words in lacking]


def _explained(query: Query, searched: Sequence[str]) -> Explained:
    """Say how a question was read and what was looked for, once somebody reads it."""
    return Explained(
        lambda: (
            f"read as “{query.intent}”: {query.understood}",
            f"to ask again: {query.restated}",
            *searched,
        )
    )
