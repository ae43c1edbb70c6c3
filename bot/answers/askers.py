"""Askers: who asks the most, ranked by how many question turns, with the questions of those who lead."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from bot.answers.answer import About, Answer, Facts, Note
from bot.answers.counted import COUNTED
from bot.answers.intent import Heading, Intent, Matter, Search
from bot.answers.page import page
from bot.answers.participants import broken
from bot.answers.quotes import answers, turn_of
from bot.answers.scope import all_turns
from bot.answers.substance import asking as asks
from bot.answers.telling import askers as counted_askers
from bot.answers.telling import by_call, by_speaker, count, few, nothing_notes, person_of, searched_note, topic_words
from bot.answers.who import searches as questions
from bot.parsing.names import is_part
from bot.query.pattern import forms
from bot.search.findings import Findings, Match
from bot.search.matches import whole
from bot.turn import Turn

RULE = Note(About.CAUTION, "counted: question turns that ask something, follow-ups included")
SHOWN = 10
"""Analysts, and firms, that are named."""

FORMS = (
    *forms(
        "<who> <ask> [the] <most> [of] [the] [<question>]",
        "<who> <most> <ask> [<question>]",
        "<which> <analysts> <ask> [the] <most> [<question>]",
        "<which> <analysts> <be> [the] <most> active",
        "[<who>] [<be>] [the] <most> active <analysts>",
        "<who> [<be>] <ask> <most> [<question>] <about> {topic}",
        "<who> <ask> <about> {topic} <most>",
        "<which> <analysts> <ask> [the] <most> [<question>] <about> {topic}",
        "<which> <analysts> <ask> <about> {topic} <most>",
        "top|biggest|frequent askers|questioners|<analysts> [by <question>]",
        "rank|ranking|ranking of <analysts> [by <question>]",
        "<question> by <analysts>|analyst|firm ranked",
        "number of <question> by|per analyst|firm|bank|broker",
        "<who> <ask> [the] <question> <most>",
        weight=0.5,
    ),
    *forms(
        "<who> <ask> [the] <most> [<question>] at|from {party}",
        "<which> analyst|analysts at|from|of {party} <ask> [the] <most> [<question>]",
        soft=True,
        weight=0.5,
    ),
)


def searches(matter: Matter) -> tuple[Search, ...]:
    """Look for every question about a topic, not for the best: they are counted."""
    return tuple(replace(each, limit=COUNTED, counted=False) for each in questions(matter))


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Rank who asked, and their firms; the questions of whoever leads come first, newest call first."""
    return ranking(matter, findings, matter.query.least or 1)


def ranking(matter: Matter, findings: tuple[Findings, ...], least: int = 1) -> Answer:
    """Rank who asked at least so many questions."""
    query = matter.query
    found, kept, turns = asking(matter, findings)
    relayed = [turn for turn in turns if turn.relayed]
    if relayed:  # whoever reads somebody else's question out did not ask it
        kept = tuple(match for match, turn in zip(kept, turns, strict=True) if not turn.relayed)
        turns = [turn for turn in turns if not turn.relayed]
    unnamed = sum(map(_nobodys, turns))
    unnamed = unnamed if unnamed < len(turns) else 0
    if unnamed:  # "Unidentified Analyst" is nobody in particular, and several of them are not one
        kept = tuple(match for match, turn in zip(kept, turns, strict=True) if not _nobodys(turn))
        turns = [turn for turn in turns if not _nobodys(turn)]
    if least > 1:
        names = [person_of(matter.directory, turn) for turn in turns]
        often = {name for name, number in Counter(names).items() if name is not None and number >= least}
        kept = tuple(match for match, name in zip(kept, names, strict=True) if name in often)
        turns = [turn_of(matter.calls, match) for match in kept]
    what = f"{topic_words(matter, findings)} in questions" if query.topic.text else "all questions"
    if not kept:
        if relayed:
            text = f"every question found was read out for somebody else: {count(len(relayed), 'question')}"
            return page(matter, found, "no one found who asked", notes=[Note(About.CAUTION, text)])
        return page(
            matter,
            replace(found, matches=(), total=0),
            "no one found who asked" if least == 1 else f"no one found who asked {least} questions or more",
            notes=nothing_notes(matter, what, findings),
        )
    people = counted_askers(matter.directory, turns)
    ranked = _ranked(matter, kept, turns)
    first = [each.name for each in people if each.questions == people[0].questions and each.name]
    leaders = few(first) if first else "unlabelled"
    result = f"{leaders}: {count(people[0].questions, 'question')}{' each' if len(first) > 1 else ''}"
    if least > 1:
        result = f"{count(len(people), 'person', 'people')} asked {least} questions or more · {result}"
    facts = Facts(
        askers=people,
        counts=by_call(matter, (match.call for match in kept)),
        by_speaker=by_speaker(matter.directory, turns),
    )
    notes = [RULE, *_read_out(len(relayed)), *_unnamed(unnamed), searched_note(matter, what)]
    return page(
        matter,
        replace(found, matches=ranked, total=len(ranked)),
        result,
        notes=notes,
        facts=facts,
        body=_lines(matter, kept, turns),
        beside=answers,
    )


def _read_out(number: int) -> list[Note]:
    """Tell how many questions were read out for somebody else, and count for nobody."""
    were = "was" if number == 1 else "were"
    text = f"not counted: {count(number, 'question')} that {were} read out for somebody else"
    return [Note(About.CAUTION, text)] if number else []


def _unnamed(number: int) -> list[Note]:
    """Tell how many questions count for nobody, as the source names nobody who asks them."""
    text = f"not counted: {count(number, 'question')} whose asker the source does not name"
    return [Note(About.CAUTION, text)] if number else []


def _nobodys(turn: Turn) -> bool:
    """Whether a turn is labelled with a part (Unidentified Analyst), and is nobody's by name."""
    return turn.person is None and turn.speaker is not None and is_part(turn.speaker)


def asking(matter: Matter, findings: tuple[Findings, ...]) -> tuple[Findings, tuple[Match, ...], list[Turn]]:
    """Return the question turns that were found, or all there are, and of them those that ask something."""
    found = whole(findings[0]) if findings else all_turns(matter.query, matter.scope, matter.directory, questions=True)
    kept = tuple(match for match in found.matches if asks(turn_of(matter.calls, match)))
    return found, kept, [turn_of(matter.calls, match) for match in kept]


def _ranked(matter: Matter, matches: Sequence[Match], turns: Sequence[Turn]) -> tuple[Match, ...]:
    """Return the questions by how many their asker has, each asker's in the order they were found."""
    numbers = Counter(person_of(matter.directory, turn) for turn in turns)
    held = [(person_of(matter.directory, turn), match) for turn, match in zip(turns, matches, strict=True)]
    order = {name: place for place, (name, _) in enumerate(numbers.most_common())}
    return tuple(match for _, match in sorted(held, key=lambda one: (one[0] is None, order[one[0]])))


def _lines(matter: Matter, matches: Sequence[Match], turns: Sequence[Turn]) -> list[str]:
    """Return a line an asker, then a line a firm, those with most questions first."""
    calls: dict[str, set[str]] = defaultdict(set)
    firms: Counter[str] = Counter()
    houses = {printed: firm.name for firm in matter.directory.firms for printed in firm.names}
    for match, turn in zip(matches, turns, strict=True):
        calls[person_of(matter.directory, turn) or ""].add(match.call)
        if turn.firm:
            firms[houses.get(turn.firm, turn.firm)] += 1
    people = [each for each in counted_askers(matter.directory, turns) if each.name]
    lines = [
        f"{place}. {each.name}{f' ({each.firm})' if each.firm else ''}: "
        f"{count(each.questions, 'question')} in {count(len(calls[each.name or '']), 'call')}"
        for place, each in enumerate(people[:SHOWN], 1)
    ]
    if len(people) > SHOWN:
        lines.append(f"and {count(len(people) - SHOWN, 'other')}")
    if len(firms) > 1:
        lines.extend(broken("By firm: ", [f"{firm} {number:,}" for firm, number in firms.most_common(SHOWN)]))
    asked = Counter(match.call for match in matches)
    if len(asked) > 1:
        said = [f"{matter.named(matter.calls[id_])} {number:,}" for id_, number in asked.most_common(SHOWN)]
        lines.extend(broken("By call: ", said))
    return lines


intent = Intent(
    name="askers",
    lead="who asks the most",
    about="who asks the most about",
    usage="who asks the most [about TOPIC]",
    example="who asks the most",
    summary="Which analysts and firms ask most, by their question turns.",
    heading=Heading.COUNTS,
    rank=8,
    forms=FORMS,
    searches=searches,
    compose=compose,
    names=("askers", "ranking"),
    inherits=True,
    then=("people", "asked", "counted"),
)
