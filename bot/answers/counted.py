"""What is counted: runs of words as typed, and the rule by which they are, as it is told."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.answers.answer import About, Note
from bot.query.query import Query
from bot.query.reading import How
from bot.query.topic import EACH, EITHER, AllOf, AnyOf, Node, Phrase, Term, Topic
from bot.search.findings import Findings
from bot.search.ways import initials, other_ways
from bot.search.words import CAPITALS, key
from bot.section import Section

_PARTS = {Section.PREPARED: "prepared remarks", Section.QA: "questions and answers"}
COUNTED = 100_000
"""Turns up to which every one that says the words is counted."""


def other_topics(topic: Topic, findings: tuple[Findings, ...]) -> tuple[Topic, ...]:
    """Return what to count where the words as typed are nowhere: corrected, then each that `and` joins by itself.

    `research and development` is said, and counted, as typed; `margin and freight` is two.
    """
    corrected = corrected_topic(topic, findings)
    apart = _apart(corrected or topic)
    return tuple(other for other in (corrected, apart) if other is not None)


def uncounted(topic: Topic, findings: tuple[Findings, ...]) -> tuple[Topic, ...]:
    """Return what has to be looked for still: what the words misspell; the rest where they are nowhere as typed.

    A misspelt word is in no loaded call: beside one that is (`margen or freight`), it would be counted 0.
    """
    corrected = corrected_topic(topic, findings)
    if findings[0].matches:
        return () if corrected is None else (corrected,)
    return other_topics(topic, findings)


def corrected_topic(topic: Topic, findings: tuple[Findings, ...]) -> Topic | None:
    """Return the topic with its misspelt words corrected, None where there are none."""
    read = {reading.typed.lower(): reading.read_as for reading in findings[1].readings if reading.how is How.CORRECTED}
    if not read:
        return None

    def corrected(term: Term) -> Term:
        return replace(term, word=read.get(term.word.lower(), term.word))

    def within(node: Node) -> Node:
        if isinstance(node, Term):
            return corrected(node)
        if isinstance(node, AnyOf | AllOf):
            return replace(node, parts=tuple(map(within, node.parts)))
        return node  # a phrase is wanted as typed

    ranked, plain = (tuple(map(corrected, terms)) for terms in (topic.ranked, topic.plain))
    return replace(topic, ranked=ranked, plain=plain, required=tuple(map(within, topic.required)))


def counted_topic(topic: Topic) -> Topic:
    """Return the topic to count: plain words side by side are one phrase, one alone is a phrase of one.

    A phrase is compared as typed: `pricing` need not be looked for in all that say price, and `cost of goods` has its
    small word. What `or` joins is counted each. An amount is one in all its ways (`1.36bn`, `1.36 billion`): calls say
    one of them, and a 0 for another would read as if it was never said.
    """
    if not _plainly(topic):
        return topic
    return Topic(topic.text, (), _phrases(topic.sides(EITHER)), topic.excluded)


def _apart(topic: Topic) -> Topic | None:
    """Return the topic with each that `and` joins by itself, None where nothing is joined."""
    runs = topic.sides(EACH) if _plainly(topic) else []
    if len(runs) == len(topic.sides(EITHER)):
        return None
    return Topic(topic.text, (), _phrases(runs), topic.excluded, topic.plain or topic.ranked)


def _plainly(topic: Topic) -> bool:
    """Whether a topic is nothing but plain words, to be counted as phrases."""
    return not topic.required and bool(topic.ranked) and not (len(topic.ranked) == 1 and topic.ranked[0].prefix)


def _phrases(runs: Sequence[Sequence[Term]]) -> tuple[Node, ...]:
    """Return what to look for: any of the runs, each as a phrase, an amount in all its ways."""
    nodes: list[Node] = []
    for run in runs:
        words, start, end = tuple(initials(term.word) or term.word for term in run), run[0].start, run[-1].end
        ways = (words, *(tuple(way.split()) for way in other_ways(" ".join(words))))
        phrases = tuple(Phrase(way, start, end) for way in ways)
        nodes.append(phrases[0] if len(phrases) == 1 else AnyOf(phrases))
    return tuple(nodes) if len(nodes) == 1 else (AnyOf(tuple(nodes)),)


def rule(topic: Topic, query: Query) -> Note:
    """Tell the rule by which it was counted: of a party its own turns are, of a part of the calls those in it."""
    others = [way for node in counted_topic(topic).required for way in _written_otherwise(node)]
    written = f", also written {', '.join(others)}" if others else ""
    apart = f"“{topic.text}” is never said as a phrase, so each word is " if topic.required and topic.plain else ""
    part = _PARTS[query.section] if query.section else "calls"
    case = _case(counted_words(topic))
    where = f"every turn of the {part} searched, the operator's included"
    if query.party:
        where = f"the turns of {query.party.said} in the {part} searched"
    return Note(
        About.COUNTED,
        f"{apart}counted: {quoted(topic)} as a whole word, {case}{written}, in "
        f"{where}; other forms and synonyms are not counted",
    )


def _case(runs: Sequence[str]) -> str:
    """Tell in which case the words are counted: of US and IT it makes another word."""
    told = sorted({word.upper() for run in runs for word in run.split()} & CAPITALS)
    if set(runs) <= CAPITALS:
        return "in capitals"
    return f"upper or lower case, but for {' and '.join(told)} in capitals" if told else "upper or lower case"


def quoted(topic: Topic) -> str:
    """Return the words of a topic as they are counted."""
    return " or ".join(f"“{run}”" for run in counted_words(topic)) or f"“{topic.text}”"


def counted_words(topic: Topic) -> list[str]:
    """Return each run of words that is counted by itself, also one that is said nowhere."""
    return list(wanted_runs(topic))


def wanted_runs(topic: Topic) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the runs of words to count (phrases, alternatives, single words) as typed, each in all its ways."""
    runs: dict[str, tuple[tuple[str, ...], ...]] = {}
    known: set[tuple[str, ...]] = set()
    counted = counted_topic(topic)
    for node in (*counted.required, *counted.ranked):
        stack = [node]
        while stack:
            each = stack.pop()
            ways = tuple(_run(way) for way in (_text(each), *_other_ways(each)))
            if ways[0]:
                runs |= {} if ways[0] in known else {_shown(_text(each)): ways}
                known.add(ways[0])
            elif isinstance(each, Phrase | Term):
                continue
            elif hasattr(each, "parts"):
                stack.extend(reversed(each.parts))
            else:
                stack.extend((each.right, each.left))
    return runs


def _shown(text: str) -> str:
    """Return a run as it is told: in lower case, but for names that are counted in capitals alone."""
    return " ".join(word if word in CAPITALS else word.lower() for word in text.split())


def _text(node: Node) -> str:
    """Return what is counted as one run: a phrase, a word, or an amount as typed; nothing for what joins several."""
    if isinstance(node, Phrase):
        return " ".join(node.words)
    if isinstance(node, Term):
        return node.word
    return _text(node.parts[0]) if isinstance(node, AnyOf) and _other_ways(node) else ""


def _other_ways(node: Node) -> tuple[str, ...]:
    """Return the other ways of an amount, where a node is nothing but one amount in all its ways."""
    if not isinstance(node, AnyOf):
        return ()
    typed, *others = (_text(part) for part in node.parts)
    ways = other_ways(typed)
    return ways if others and tuple(others) == ways else ()


def _written_otherwise(node: Node) -> list[str]:
    """Return the other ways of each amount in a node: `1.36bn or 2bn` is two."""
    parts = node.parts if isinstance(node, AnyOf) and not _other_ways(node) else (node,)
    return [way for part in parts for way in _other_ways(part)]


def _run(text: str) -> tuple[str, ...]:
    return tuple(part if part == "%" else key(part) for part in re.findall(r"[^\W_]+|%", text))
