"""What a topic's words are taken to mean: corrected, expanded, and put together into concepts."""

import re
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from bot.query.reading import How, Reading
from bot.query.topic import EACH, EITHER, AllOf, AnyOf, Near, Node, Phrase, Term, Topic
from bot.search import quarters, ways
from bot.search.amounts import FIGURE, UNITS
from bot.search.families import kin
from bot.search.findings import Why
from bot.search.meaning import Meaning, Name, Sense
from bot.search.stems import stem
from bot.search.synonyms import Synonyms
from bot.search.thesaurus import Expansion, Thesaurus
from bot.search.vocabulary import Vocabulary
from bot.search.words import STOP, keys

MOST = 32
"""Plain words of a topic that are looked at; a longer one is a paste, and its first words tell as much."""
SAME, ALSO = 0.6, 0.3
"""What a synonym's score counts beside the typed word's: the reference's measured .5, half of it one way."""
OFTEN, RARER = 0.1, 8
"""Share of the turns from which a stem is said everywhere; how many times rarer a word must be to be another one."""
_DERIVED = re.compile(r"(?:ity|ness|able|[iy]z(?:e[ds]?|ation)|ors?)$")
PAIR = 0.25
"""What two typed words earn on top where they stand side by side as typed."""


def words_of(topic: Topic) -> tuple[Term, ...]:
    """Return the topic's plain words that carry meaning; all of them where none does."""
    terms = _glued(tuple(map(_spelt, (term for term in topic.ranked if keys(term.word)))))
    telling = tuple(term for term in terms if term.prefix or "&" in term.word or not set(keys(term.word)) <= STOP)
    return (telling or terms)[:MOST]


def _spelt(term: Term) -> Term:
    """Return letters with points between them as one word: calls write them so."""
    joined = None if term.prefix else ways.initials(term.word)
    return replace(term, word=joined) if joined else term


def required_terms(topic: Topic) -> tuple[Term, ...]:
    """Return the plain words that operators join; what stands in quotes, or is a prefix, is none."""
    terms: list[Term] = []
    stack = list(reversed(topic.required))
    while stack:
        match stack.pop():
            case Term() as term:
                terms += [] if term.prefix else [term]
            case Near(left=left, right=right):
                stack += (right, left)
            case AllOf(parts=parts) | AnyOf(parts=parts):
                stack += reversed(parts)
            case _:
                pass
    return tuple(terms)


def _glued(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Join to the word before it a single letter or digit, the unit of a figure, and what has a number of the year.

    `model x`, `phase 3`, `1.7 billion` and `fourth quarter` are one thing each.
    """
    joined: list[Term] = []
    for term in terms:
        before = joined[-1] if joined else None
        single = len(term.word) == 1 and term.word.isalnum() and term.word not in {"a", "i"} and not term.prefix
        beside = before is not None and term.start - before.end == 1 and not before.prefix
        letters = before is not None and before.word.isalpha() and before.word.lower() not in STOP
        figure = before is not None and FIGURE.fullmatch(before.word) is not None
        unit = term.word.lower() in UNITS and not term.prefix
        quarter = (
            before is not None and before.word.lower() in quarters.ORDINALS and term.word.lower() in quarters.PARTS
        )
        if before is not None and beside and ((single and letters) or (unit and figure) or quarter):
            joined[-1] = Term(f"{before.word} {term.word}", before.start, term.end)
        else:
            joined.append(term)
    return tuple(joined)


def exact(word: str) -> bool:
    """Whether a word must not be compared by its stem, since a word that tells nothing has the same: DOE, does."""
    found = keys(word)
    return len(found) == 1 and found[0] not in STOP and stem(found[0]) in _stop_stems()


def written(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a word is looked for as it is written, since another of its stem is said everywhere.

    Profitability is no profit. What is only inflected, or an adverb (increasing, increasingly), is the same word.
    """
    found = keys(word)
    if len(found) != 1 or not _DERIVED.search(found[0]) or kin(found[0], vocabulary) is not None:
        return False
    own, every = vocabulary.get(found[0], 0), sum(vocabulary.get(each, 0) for each in vocabulary.forms(stem(found[0])))
    return 0 < own * RARER <= every and every > OFTEN * vocabulary.turns


@cache
def _stop_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in STOP)


def read(
    topic: Topic,
    corrections: Mapping[str, str],
    thesaurus: Thesaurus | None,
    synonyms: Synonyms,
    vocabulary: Vocabulary,
) -> Meaning:
    """Read a topic: `corrections` map keys to words of the library; without a thesaurus nothing is expanded."""
    typed = words_of(topic)
    terms = tuple(_corrected(term, corrections) for term in typed)
    readings = [
        Reading(How.CORRECTED, old.word, new.word, old.start, old.end)
        for old in (*typed, *required_terms(topic))
        if (new := _corrected(old, corrections)) != old
    ]
    senses, told = _expanded(terms, typed, thesaurus, synonyms, vocabulary) if thesaurus is not None else ({}, [])
    readings += told
    used = {place for at in senses for place in at}
    for place in range(len(terms)):
        if place not in used:
            senses[place,] = _typed(terms, typed, (place,), vocabulary)
            named = {} if thesaurus is None else _written_else(terms[place], synonyms)
            senses[place,] += named.values()
            if named:
                others = ", ".join(named)
                readings.append(Reading(How.SYNONYM, terms[place].word, others, terms[place].start, terms[place].end))
    alone = [terms[at[0]] for at in sorted(senses) if len(at) == 1 and not terms[at[0]].prefix]
    readings += [
        Reading(How.WRITTEN, term.word, "", term.start, term.end) for term in alone if written(term.word, vocabulary)
    ]
    _pair_neighbours(senses, terms, typed)
    leading = frozenset(at for at in range(len(typed) - 1) if typed[at + 1].start - typed[at].end == 1)
    made = tuple(
        Sense(tuple(terms[place].word for place in at), _once(names), at, leading)
        for at, names in sorted(senses.items())
    )
    either = _sides(topic.sides(EITHER), typed, made)
    each = _sides(topic.sides(EACH), typed, made)
    return Meaning(
        made,
        tuple(_node(node, corrections, vocabulary) for node in topic.required),
        tuple(_node(node, {}, vocabulary) for node in topic.excluded),
        tuple(readings),
        either,
        each if len(each) > len(either) else (),
    )


def _expanded(
    terms: tuple[Term, ...],
    typed: tuple[Term, ...],
    thesaurus: Thesaurus,
    synonyms: Synonyms,
    vocabulary: Vocabulary,
) -> tuple[dict[tuple[int, ...], list[Name]], list[Reading]]:
    """Return the concepts that the thesaurus knows, by the places of their words, and what is told of them."""
    senses: dict[tuple[int, ...], list[Name]] = {}
    told: list[Reading] = []
    flat = [(key, place) for place, term in enumerate(terms) if not term.prefix for key in keys(term.word)]
    for expansion in thesaurus.expand([key for key, _ in flat]):
        at = tuple(sorted({flat[position][1] for position in expansion.at}))
        names = senses.setdefault(at, _typed(terms, typed, at, vocabulary))
        typed_keys = [key for place in at for key in keys(terms[place].word)]
        same = expansion.same if keys(expansion.entry) == typed_keys else (expansion.entry, *expansion.same)
        for texts, weight in ((same, SAME), (expansion.also, ALSO)):
            nodes = map(synonyms.of, texts)
            names += [Name(node, weight, Why.SYNONYM) for node in nodes if node is not None]
        first, last = terms[at[0]], terms[at[-1]]
        told += _told(expansion, first.start, max(last.end, first.end), synonyms)
    return senses, told


def _pair_neighbours(
    senses: dict[tuple[int, ...], list[Name]], terms: tuple[Term, ...], typed: tuple[Term, ...]
) -> None:
    """Let two concepts earn more where they stand side by side as typed."""
    for left, right in zip(sorted(senses), sorted(senses)[1:], strict=False):
        if right[0] - left[-1] == 1:
            as_typed = terms[left[-1]] == typed[left[-1]] and terms[right[0]] == typed[right[0]]
            why = Why.MATCHED if as_typed else Why.CORRECTED
            senses[left].append(Name(_together((terms[left[-1]], terms[right[0]])), PAIR, why))


def _sides(
    runs: Sequence[Sequence[Term]], typed: Sequence[Term], senses: Sequence[Sense]
) -> tuple[tuple[Sense, ...], ...]:
    """Return the concepts by the runs of words they stand in, none for one run; what is one concept is never cut."""
    if len(runs) < 2:  # noqa: PLR2004 - one side is none
        return ()
    starts = [run[0].start for run in runs]
    sides: list[list[Sense]] = []
    last = -1
    for sense in senses:
        first, end = (bisect(starts, typed[place].start) for place in (sense.at[0], sense.at[-1]))
        if first > last:
            sides.append([])
        sides[-1].append(sense)
        last = max(last, end)
    return tuple(map(tuple, sides)) if len(sides) > 1 else ()


def _told(expansion: Expansion, start: int, end: int, synonyms: Synonyms) -> list[Reading]:
    """Tell an expansion; of a team's own words only those that the calls hold: it may call things as nobody does."""
    others = expansion.same + expansion.also
    if not expansion.own:
        return [Reading(How.SYNONYM, expansion.entry, ", ".join(others), start, end)]
    held = [text for text in others if synonyms.of(text) is not None]
    return [Reading(How.TEAM, expansion.entry, ", ".join(held), start, end)] if held else []


def _written_else(term: Term, synonyms: Synonyms) -> dict[str, Name]:
    """Name an amount or a quarter as it is also written, by how, where the library holds that: it is the same."""
    nodes = ((way, synonyms.of(way)) for way in ways.other_ways(term.word))
    return {way: Name(node, 1.0, Why.MATCHED) for way, node in nodes if node is not None}


def _corrected(term: Term, corrections: Mapping[str, str]) -> Term:
    found = keys(term.word)
    if term.prefix or not any(key in corrections for key in found):
        return term
    return Term(" ".join(corrections.get(key, key) for key in found), term.start, term.end)


def _typed(terms: tuple[Term, ...], typed: tuple[Term, ...], at: tuple[int, ...], vocabulary: Vocabulary) -> list[Name]:
    """Name a concept as it was typed: all its words, and better side by side."""
    words = tuple(terms[place] for place in at)
    why = Why.MATCHED if all(terms[place] == typed[place] for place in at) else Why.CORRECTED
    alone = len(words) == 1 and not words[0].prefix
    if alone and (exact(words[0].word) or written(words[0].word, vocabulary)):
        return [Name(Phrase((words[0].word,), words[0].start, words[0].end), 1.0, why)]
    nodes = tuple(_meant(word, vocabulary) for word in words)
    if len(words) == 1:
        return [Name(nodes[0], 1.0, why)]
    whole = [Name(AllOf(nodes), 0.0, why), Name(_together(words), PAIR, why)]
    return whole + [Name(node, 1.0, why, part=True) for node in nodes]


def _meant(term: Term, vocabulary: Vocabulary) -> Node:
    """Return what a word is looked for as: its stem, or, where that has other words too, those that mean the same."""
    term = _spelt(term)
    found = keys(term.word)
    spelt = ways.spelt(term.word)
    if spelt is not None and not term.prefix:
        return AnyOf((term, Phrase((spelt,), term.start, term.end)))
    own = None if term.prefix or len(found) != 1 else kin(found[0], vocabulary)
    if own is None:
        return term
    forms = tuple(Phrase((form,), term.start, term.end) for form in own or found)
    return forms[0] if len(forms) == 1 else AnyOf(forms)


def _together(words: tuple[Term, ...]) -> Term:
    return Term(" ".join(word.word for word in words), words[0].start, words[-1].end)


def _once(names: list[Name]) -> tuple[Name, ...]:
    """Drop what is named twice, keeping the first."""
    return tuple({_text(name.node): name for name in reversed(names)}.values())[::-1]


def _text(node: Node) -> object:
    if isinstance(node, AnyOf):  # a synonym's spellings
        return tuple(part.words for part in node.parts if isinstance(part, Phrase))
    return tuple(keys(node.word)) if isinstance(node, Term) and not node.prefix else node


def _node(node: Node, corrections: Mapping[str, str], vocabulary: Vocabulary) -> Node:
    """Correct the plain words of a required part; what stands in quotes is left as it is."""
    match node:
        case Term():
            return _meant(_corrected(node, corrections), vocabulary)
        case Phrase():
            return node
        case Near(left=left, right=right, distance=distance):
            both = [_corrected(side, corrections) if isinstance(side, Term) else side for side in (left, right)]
            return Near(both[0], both[1], distance)
        case AllOf(parts=parts):
            return AllOf(tuple(_node(part, corrections, vocabulary) for part in parts))
        case AnyOf(parts=parts):
            return AnyOf(tuple(_node(part, corrections, vocabulary) for part in parts))
