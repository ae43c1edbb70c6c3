"""Answers to questions: the answering turns, in order, with what was asked."""

from collections.abc import Mapping
from dataclasses import replace

from bot.answers.answer import Answer, Context, Facts, Hit, Relation
from bot.answers.exchanges import Block, Place, asked_by, blocks, telling
from bot.answers.intent import Heading, Intent, Matter, Search
from bot.answers.page import page
from bot.answers.quotes import quote
from bot.answers.scope import speaks, wanted
from bot.answers.telling import by_call, by_speaker, count, nothing_notes, searched_note, topic_words
from bot.query.pattern import forms
from bot.search.findings import Findings, Match, Why
from bot.search.matches import whole
from bot.turn import Turn

QUESTIONS = 60
"""Questions about a topic, best first, whose answers are shown where nobody is named who asked."""

FORMS = (
    *forms(
        "[what|how] [<be>] <answer> to {asker} <question> [<about> {topic}]",
        "<answer> to|for {asker} <about> {topic}",
        "[what] [<be>] [the] <answer> to {asker} {topic} <question>",
        "<answer> [that] {asker} got|received [<about>|to|on] {topic}",
        "what [<be>] {asker} <ask> [<about> {topic}] <andanswer>",
        "what [<be>] {asker} <ask> <about> <andanswer>",
        "<question> from|by {asker} [<about> {topic}] <andanswer>",
        "what [<be>] {asker} get|hear|learn [<about>|from|on] {topic}",
        "what <answer> [<be>] {asker} get|receive [<about>|to|on] {topic}",
        "what <answer> [<be>] {asker} get|receive",
        "what [<be>] {asker} [<be>] told [<about> {topic}]",
        "how [<be>] {party} <respond> {asker} [<question>] [<about> {topic}]",
        "how [<be>] {party} <respond> {asker} <question>",
        "what [<be>] {party} <tell> {asker} [<question>] [<about> {topic}]",
        "how [<be>] {asker} [<question>] [<about> {topic}] answered|handled|addressed",
        "how [<be>] {asker} <question> [<about> {topic}] [<be>] answered|handled|addressed",
        "[<be>] {party} <respond> {asker} <question> [<about> {topic}]",
        "how [<be>] {party} respond|responded|answer|answered|react|reacted when|if asked <about> {topic}",
        "who [<be>] answered|answer {asker} [<question>] [<about> {topic}]",
        "<answer> to|for {asker}",
        "{party} <answer> to {asker} [<question>] [<about> {topic}]",
        "all|every of {party} <answer> [<about> {topic}]",
        "<be> {party} answer|answered|take|took any|a|some <question> [<about> {topic}]",
        "what|how <be> {party} <answer> to {asker} [<question>] [<about> {topic}]",
        "what <be> {party} <saybare> [right|just] after|when {asker} <ask> [<about> {topic}]",
        "how <be> {party} <respond> [right|just] after|when {asker} <ask> [<about> {topic}]",
    ),
    *forms(
        "how [<be>] <respond> {asker} [<question>] [<about> {topic}]",
        "what [<be>] <tell> {asker} <about> {topic}",
        "{asker} <question> [<about> {topic}] <andanswer>",
        "<answer> {asker} got",
        "what [<be>] <answer> to|for {asker}",
        "what [<be>] {party} <saybare> in response to {asker} [<about> {topic}]",
        "what <be> {party} answer|reply|respond [<about> {topic}]",
        "what [<be>] {party} <saybare> in response to|on|about {topic}",
        "{asker} exchange|conversation|discussion with {party} [<about> {topic}]",
        "exchange|conversation|discussion between {asker} and {party} [<about> {topic}]",
        "<be> {party} <respond> [the] <question> <about> {topic}",
        "<be> {party} answer|answered|address|addressed [the] {topic} <question>",
        "how|what <be> {party} respond|responded|answer|answered|react|reacted <about> {topic}",
        "{party} <answer> <about> {topic}",
        soft=True,
    ),
    *forms(
        "[<be>] {party} <respond> {asker} {topic} <question>",
        "[<be>] {party} answer|answered|address|addressed {asker} {topic} <question>",
        "how <be> {party} <respond> {asker} {topic} <question>",
        soft=True,
        weight=0.5,
    ),
    *forms(
        "[what] [<be>] [the] <answer> [to|on] [the] <question> <about> {topic}",
        "[what] [<be>] [the] <answer> to [the] {topic} <question>",
        "[what] [<be>] [the] <answer> to|<about> {topic}",
        "<who> [<be>] <ask> [<about>] {topic} <andanswer>",
        "how <be> <respond> [the] [<question>] [<about>] {topic}",
        "how <be> {party} <respond> [the] {topic} <question>",
        "how <be> {party} <respond> [<question>] [<about>] {topic}",
        "how [<be>] they|management|company respond|responded|reply|react|answer|answered to|on|<about> {topic}",
        "[how] [<be>] [the] <question> <about> {topic} answered|addressed",
        "<be> [the] {topic} <question> answered|handled|addressed",
        "how [<be>] [the] {topic} <question> answered|handled|addressed",
        "what <be> they|management|company <saybare> when|after [being] asked <about> {topic}",
        "what <be> {party} <saybare> when|after [being] asked <about> {topic}",
        "who [<be>] answered|answer|answers|took|takes|handled|fielded [the|a|that] <question> <about> {topic}",
        "who [<be>] answered|answer|answers|took|takes|handled|fielded [the|a|that] {topic} <question>",
        "<answer>",
    ),
)


def searches(matter: Matter) -> tuple[Search, ...]:
    """Look for the topic in the exchanges of the asker; without one, in all questions."""
    query = matter.query
    if query.topic.empty:
        return ()
    asked = wanted(query, matter.scope, matter.directory)
    if query.asker is None:
        return (Search(query.topic, replace(asked, questions=True), limit=QUESTIONS),)
    pairs = tuple((call.id, exchange.index) for call, exchange in asked_by(matter.scope, query.asker))
    return (Search(query.topic, replace(asked, exchanges=pairs)),)


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Show the answering turns of the blocks that were meant, in order, each with its question."""
    query = matter.query
    found = whole(findings[0]) if findings else Findings()
    chosen = _chosen(matter, found) if findings else _all(matter)
    spans = {(match.call, match.turn): match for match in found.matches}
    matches, asked = _answers(matter, chosen, spans)
    who = f" by {query.asker.said}" if query.asker else ""
    what = f"answers to questions{who}" + (f" about {topic_words(matter, findings)}" if query.topic.text else "")
    if not matches:
        return page(
            matter,
            replace(found, matches=(), total=0),
            "no answer found",
            notes=nothing_notes(matter, what, findings),
            matches=(),
            total=0,
        )

    def beside(of: int, hit: Hit) -> tuple[Context, ...]:
        call, block = hit.quote.call, asked[hit.quote.call.id, hit.quote.turn.index]
        return tuple(
            Context(of, Relation.QUESTION, quote(call, call.turns[index])) for index in telling(call, block.questions)
        )

    turns: list[Turn] = [matter.calls[match.call].turns[match.turn] for match in matches]
    facts = Facts(
        counts=by_call(matter, (match.call for match in matches)), by_speaker=by_speaker(matter.directory, turns)
    )
    result = f"{count(len(matches), 'answering turn')} by {count(len(facts.by_speaker), 'speaker')}"
    return page(
        matter,
        found,
        result,
        notes=[searched_note(matter, what)],
        facts=facts,
        matches=matches,
        total=len(matches),
        beside=beside,
    )


def _all(matter: Matter) -> list[Block]:
    """Every block of the asker's exchanges; of all exchanges where nobody is named."""
    asker = matter.query.asker
    pairs = (
        asked_by(matter.scope, asker) if asker else [(call, each) for call in matter.scope for each in call.exchanges]
    )
    return [block for call, exchange in pairs for block in blocks(call, exchange)]


def _chosen(matter: Matter, found: Findings) -> list[Block]:
    """Return the blocks whose question is about the topic, best first; then those whose answer says the words."""
    owners: dict[Place, tuple[Block, bool]] = {}
    seen: set[tuple[str, int]] = set()
    for match in found.matches:
        call = matter.calls[match.call]
        number = call.turns[match.turn].exchange
        if number is None or (call.id, number) in seen:
            continue
        seen.add((call.id, number))
        for exchange in call.exchanges:
            if exchange.index == number:
                for block in blocks(call, exchange):
                    owners.update({(call.id, index): (block, True) for index in block.questions})
                    owners.update({(call.id, index): (block, False) for index in block.answers})
    asked: dict[Place, float] = {}
    answered: dict[Place, float] = {}
    for match in found.matches:
        if (match.call, match.turn) not in owners:
            continue
        block, is_question = owners[match.call, match.turn]
        literal = match.why in {Why.MATCHED, Why.CORRECTED}
        if not is_question and not literal:
            continue
        scores = asked if is_question and match.why is not Why.FOLLOW_UP else answered
        scores[block.place] = max(scores.get(block.place, 0.0), match.score)
    held = {block.place: block for block, _ in owners.values()}
    first = sorted(asked, key=lambda place: -asked[place])
    rest = sorted((place for place in answered if place not in asked), key=lambda place: -answered[place])
    return [held[place] for place in first + rest]


def _answers(
    matter: Matter, chosen: list[Block], spans: Mapping[tuple[str, int], Match]
) -> tuple[list[Match], dict[tuple[str, int], Block]]:
    """Return the answering turns of blocks with the block of each; the answerer's alone where one is named."""
    matches: list[Match] = []
    asked: dict[tuple[str, int], Block] = {}
    # What answers the question that was meant comes first; then the hand-overs, and the rest of the same exchanges.
    told = [(block, index) for block in chosen for index in telling(block.call, block.answers)]
    others = [(block, index) for block in chosen for index in block.answers]
    rest = [
        (other, index) for block in chosen for other in _beside(block) for index in telling(block.call, other.answers)
    ]
    if not matter.query.topic.empty:
        told = [*told, *others, *rest]
    for block, index in told:
        if (block.call.id, index) not in asked:
            turn = block.call.turns[index]
            if not _spoken(matter, turn) or (matter.query.section and turn.section is not matter.query.section):
                continue
            known = spans.get((block.call.id, index))
            matches.append(known or Match(block.call.id, index, 0.0, Why.FILTER))
            asked[block.call.id, index] = block
    return matches, asked


def _beside(block: Block) -> list[Block]:
    """Return the other blocks of a block's exchange."""
    number = block.call.turns[block.place[1]].exchange
    exchange = next((each for each in block.call.exchanges if each.index == number), None)
    return [each for each in blocks(block.call, exchange) if each.place != block.place] if exchange else []


def _spoken(matter: Matter, turn: Turn) -> bool:
    """Whether the turn is the named answerer's, or nobody is named."""
    party = matter.query.party
    if any(speaks(each, turn) for each in matter.query.without):
        return False
    return party is None or speaks(replace(party, kinds=()), turn)


intent = Intent(
    name="answer",
    lead="answer",
    about="answers about",
    usage="answer to NAME's question about TOPIC",
    example="answer to Galliers' question about cold storage",
    summary="What was answered to somebody's question, with the question beside it.",
    heading=Heading.WORDS,
    rank=5,
    forms=FORMS,
    searches=searches,
    compose=compose,
    names=("answer", "answers", "reply"),
    then=("asked", "quoted", "asker"),
    paired=True,
)
