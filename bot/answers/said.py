"""What somebody said about something; or who said it: everybody's turns but the operator's."""

from dataclasses import replace

from bot.answers import quote as quoting
from bot.answers.answer import Answer, Facts
from bot.answers.exchanges import answers_to
from bot.answers.intent import Heading, Intent, Matter, Search
from bot.answers.page import page
from bot.answers.scope import SPEAKERS, speaks, wanted
from bot.answers.telling import at_least, by_call, by_speaker, count, nothing_notes, searched_note, topic_words
from bot.call import Call
from bot.exchange import Exchange
from bot.query.pattern import forms
from bot.query.query import Party
from bot.search.findings import Findings, Match, Why
from bot.search.matches import ids_of, places, turns_of, whole
from bot.search.wanted import Wanted

QUESTIONS = 20
"""Questions about the topic, best first, whose answers count as words on it."""

FORMS = (
    *forms(
        "what [<be>] {party} [<be>] <say> {topic} [<over>]",
        "what [<be>] {party} <saybare> [<about>] {topic}",
        "{party} <say> {topic}",
        "[<be>] {party} <say> {topic}",
        "<be> {party} <saybare> {topic}",
        "every|each|any|all time|times [that|when] {party} <say> {topic}",
        "every|each|any|all time|times [that|when] {party} <saybare> {topic}",
        "<be> {party} ever|already|previously|also <say> {topic}",
        "<be> {party} ever|already|previously|also <saybare> [anything|something] [<about>] {topic}",
        "how [<be>] {party} <describe>|<say> {topic}",
        "<remarks> <about> {topic} by|from|of {party}",
        "[<be>] {party} <saybare> anything|something|much <about> {topic}",
        "why <be> {party} <say> {topic}",
        "when <be> {party} <say> {topic}",
        "where <be> {party} <say> {topic}",
        "what <be> {party} {topic} outlook|guidance|view|take|thoughts",
    ),
    *forms(
        "{party} <about> {topic}",
        "{party} [exact|actual|very|own] <remarks> <about> {topic}",
        "what <be> {party} [exact|actual|very|own] <remarks> <about> {topic}",
        "<everything> [that] {party} <saybare> [<about>] {topic}",
        "<everything> [that] {party} <say> {topic}",
        "what <be> {party} <about> {topic}",
        "[what|how|when|why|where] <be> {party} <expect> {topic}",
        "[<search>] from|by {party} <about> {topic}",
        "{topic} what [<be>] {party} <saybare>",
        "{party} who|that [<be>] <say> {topic}",
        "which {party} [<be>] <say> {topic}",
        "which {party} [<be>] <saybare> {topic}",
        "how many {party} [<be>] <say> {topic}",
        "how many {party} mention|mentioned|mentions {topic}",
        "[<be>] {topic} [<be>] mentioned|discussed|raised|addressed|referenced by {party}",
        soft=True,
    ),
    *forms(
        "what [<be>] <say> {topic}",
        "how [<be>] <say> {topic}",
        "how do|does|did <expect>|<describe> {topic}",
        "what [<be>] <saybare> <about> {topic}",
        "what <be> <saybare>",
        "did|does|has|have|had <say> {topic}",
        "is|are|was|were [they|management] <raise> {topic}",
        "does|do|did <expect> {topic}",
        "did|will|would|do they|we raise {topic}",
        "did|does|has|have|had <saybare> [anything|something] [<about>] {topic}",
        default="management",
    ),
    *forms(
        "<who> [<be>] <say> {topic}",
        "<who> [<be>] <saybare> {topic}",
        "when|where <be> {party} <saybare> {topic}",
        "<who> said|say|says",
        "people|everyone|everybody|anyone|anybody|speakers who|that [<be>] <say> {topic}",
        "where they|people|we <say> {topic}",
        "[<be>] <they> [<be>] <say> {topic}",
        "[<be>] <they> [<be>] <saybare> {topic}",
        "[<be>] <they> [<be>] <saybare> anything|something|much [<about>] {topic}",
        "<be> they|anyone|anybody|someone|somebody ever <say> {topic}",
        "what [<be>] [been|being] said|mentioned|disclosed|reported <about> {topic}",
        "was|were|is|has|have {topic} [ever|even|actually] [been] mentioned|discussed|said|raised|addressed",
        "did|does|has|have {topic} [ever|even|actually] come|came up",
        "did|does {topic} [ever|even|actually] get mentioned|discussed|raised|addressed|said",
        "<which> people|person|folks|speakers|speaker <say> {topic}",
        "what <be> they|we <say> {topic}",
        "what <be> they <saybare> [<about>] {topic}",
        "<who> <be> talking|speaking <about> {topic}",
        "how many turns|people|speakers <say> {topic}",
        "how many turns|people|speakers mention|mentioned|mentions {topic}",
        "said {topic}",
        "every|each|any|all time|times [that|when] <they> <say> {topic}",
        "every|each|any|all time|times [that|when] <they> <saybare> [<about>] {topic}",
        "every|each|any|all time|times {topic} [<be>] [been] <mentioned>",
    ),
)


def searches(matter: Matter) -> tuple[Search, ...]:
    """Look among the party's turns; without one, among everybody's but the operator's."""
    query = matter.query
    asked = wanted(query, matter.scope, matter.directory, query.party)
    if query.party is not None and query.topic.empty:
        return (Search(query.topic, asked),)
    if query.party is not None and _never_answers(matter, query.party, asked):
        return (Search(query.topic, asked),)
    if query.party is not None:
        questions = wanted(query, matter.scope, matter.directory)
        return (Search(query.topic, asked), Search(query.topic, replace(questions, questions=True), counted=False))
    return (Search(query.topic, replace(asked, kinds=SPEAKERS)),)


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Show the turns; of a party its quotes, and behind them its answers to questions about the topic."""
    if matter.query.party is not None and len(findings) > 1:
        return quoting.compose(matter, (_with_answers(matter, matter.query.party, *findings),))
    if matter.query.party is not None:
        return quoting.compose(matter, findings)
    found = findings[0]
    counted = whole(found)
    turns = turns_of(counted.matches, matter.calls)
    what = f"{topic_words(matter, findings)} in everybody's turns but the operator's"
    if not turns:
        return page(matter, found, "nothing found", notes=nothing_notes(matter, what, findings))
    speakers = by_speaker(matter.directory, turns)
    facts = Facts(counts=by_call(matter, ids_of(counted.matches)), by_speaker=speakers)
    result = f"{at_least(len(speakers), 'speaker', counted)}, {count(counted.total, 'turn')}"
    return page(matter, found, result, notes=[searched_note(matter, what)], facts=facts)


def _never_answers(matter: Matter, party: Party, asked: Wanted) -> bool:
    """Whether people are known to answer nobody on their few calls, as analysts are: then none is asked about."""
    names = party.names
    if asked.calls is None or not names or party.parts:  # each part may be on other calls
        return False
    held = (matter.calls[id_] for id_ in asked.calls)
    return not any(
        call.turns[index].person in names
        for call in held
        for exchange in call.exchanges
        for index in exchange.answer_turns
    )


def _answers(party: Party, call: Call, exchange: Exchange) -> bool:
    return any(speaks(party, call.turns[index]) for index in exchange.answer_turns)


def _with_answers(matter: Matter, party: Party, found: Findings, asked: Findings) -> Findings:
    """Add a party's answers to questions that say the topic's own words, where the answers themselves don't."""
    seen = set(places(found.matches))
    added = []
    for match in asked.matches[:QUESTIONS]:
        call = matter.calls[match.call]
        exchange = call.exchange_of(call.turns[match.turn])
        if exchange is None or not _answers(party, call, exchange):
            continue
        if match.why not in {Why.MATCHED, Why.CORRECTED}:
            continue
        for index in answers_to(call, match.turn):
            turn = call.turns[index]
            if (match.call, index) not in seen and speaks(party, turn):
                seen.add((match.call, index))
                added.append(Match(match.call, index, 0.0, Why.FOLLOW_UP))
    followed = found.followed.union((match.call, match.turn) for match in added)
    return replace(found, matches=(*found.matches, *added), total=found.total + len(added), followed=followed)


intent = Intent(
    name="said",
    lead="who said",
    usage="what did NAME say about TOPIC",
    example="what did the CFO say about margin",
    summary="What a person, a position or a firm said about something; `who said TOPIC` for everybody.",
    heading=Heading.WORDS,
    rank=3,
    forms=FORMS,
    searches=searches,
    compose=compose,
    needs_topic="or filter",
    names=("said", "say"),
    then=("asked", "quoted", "compared"),
)
