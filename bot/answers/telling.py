"""The notes and the first line of an answer: what was searched, how it was read, and what stands near."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bot.answers.answer import About, Asker, Note
from bot.answers.intent import ELSEWHERE, Matter
from bot.answers.scope import scope_of
from bot.attribution import Attribution
from bot.call import Call
from bot.directory import Directory
from bot.query.reading import How, Reading
from bot.search.english import plain
from bot.search.findings import Findings
from bot.section import Section
from bot.turn import Turn

LISTED = 4
"""Calls up to which a note names each."""
NAMED = 3
"""Equals at the head of a ranking that a first line names."""
FEW = 100
"""Calls up to which those without a hit are counted too, as 0."""


def count(number: int, noun: str, nouns: str | None = None) -> str:
    """Return a figure with its noun: `1 question`, `2,400 questions`."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def at_least(number: int, noun: str, found: Findings) -> str:
    """Return how many are known of what was found: of more turns than were looked at, that many or more."""
    return f"{count(number, noun)}{' or more' if cut_short(found) else ''}"


def cut_short(found: Findings) -> bool:
    """Whether more turns were found than were looked at."""
    return found.total > len(found.matches)


def few(names: Sequence[str]) -> str:
    """Return names as a list for a first line: `A`, `A and B`, `A, B and C`, `A, B, C and 4 others`."""
    shown = list(names) if len(names) <= NAMED else [*names[:NAMED], count(len(names) - NAMED, "other")]
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]


def scope_words(matter: Matter) -> str:
    """Return the scope of a first line: `Northlake Foods Q2 2026 · 5 calls loaded, 1 searched`."""
    loaded, searched = len(matter.calls), len(matter.scope)
    parts = []
    if searched == 1:
        parts.append(matter.named(matter.scope[0]))
    elif 1 < searched <= FEW and (name := _one_company(matter)) is not None:
        parts.append(f"{name}, {count(searched, 'call')}")
    if loaded == searched:
        parts.append(f"{count(loaded, 'call')} searched" if len(parts) == 0 or searched > 1 else "the only call loaded")
        if searched == 1 and parts[-1] == "the only call loaded":
            return " · ".join(parts)
    else:
        parts.append(f"{count(loaded, 'call')} loaded, {searched:,} searched")
    return " · ".join(parts)


def _one_company(matter: Matter) -> str | None:
    """Return the name of the company that all calls in scope are of, None where they are of several."""
    name, known = company_of(matter, matter.scope[0]), matter.directory.company_by_call
    for call in matter.scope:
        company = known.get(call.id)
        if (company.name if company else call.id) != name:
            return None
    return name


def headline(matter: Matter, result: str) -> str:
    """Return the first line of an answer: result, then scope."""
    return f"{result} · {scope_words(matter)}"


_TOLD: Mapping[How, tuple[About, str]] = {
    How.CORRECTED: (About.READ_AS, "read as: {read_as} (typed: {typed})"),
    How.SYNONYM: (About.SYNONYM, "also searched: {read_as} (for {typed})"),
    How.TEAM: (About.SYNONYM, "also searched: {read_as} (your team's word for {typed})"),
    How.ASSUMED: (About.ASSUMED, "‹{typed}› is read as {read_as}"),
    How.SPARED: (About.CAUTION, "no turn searched says ‹{typed}› as well: these say “{read_as}”"),
    How.WRITTEN: (
        About.CAUTION,
        "‹{typed}› is searched for exactly as typed: related words are said everywhere",
    ),
    How.APART: (About.CAUTION, "no turn searched says all of “{typed}”: these say {read_as}"),
    How.LATER: (About.CAUTION, "one question at a time: ‹{typed}› is left out"),
    How.IGNORED: (About.CAUTION, "not understood, and left out: ‹{typed}›"),
}
"""What each reading is told about, and how."""


def read_notes(readings: Iterable[Reading]) -> list[Note]:
    """Tell every correction, synonym and assumption, with what takes it back."""
    notes = []
    for reading in readings:
        about, told = _TOLD[reading.how]
        notes.append(Note(about, told.format(typed=reading.typed, read_as=reading.read_as), reading.undo))
    return list(dict.fromkeys(notes))


def searched_note(matter: Matter, what: str) -> Note:
    """Tell what was searched, in how many calls, whatever was found."""
    turns = scope_of(matter.scope, matter.directory).turns
    return Note(
        About.SEARCHED,
        f"searched: {what}{part_words(matter)} in {count(len(matter.scope), 'call')}, {count(turns, 'turn')}",
    )


def part_words(matter: Matter) -> str:
    """Name the part of the calls that was searched, where it was a part."""
    if matter.query.section is None:
        return ""
    return " (prepared remarks only)" if matter.query.section is Section.PREPARED else " (questions and answers only)"


def nothing_notes(matter: Matter, what: str, findings: Sequence[Findings]) -> list[Note]:
    """Say that nothing was found without saying that it was never said."""
    if not matter.scope:
        return [no_call_note(matter)]
    names = _names(matter, matter.scope)
    notes = [
        Note(
            About.SEARCHED,
            f"nothing found: searched {what}{part_words(matter)} in "
            f"{count(len(matter.scope), 'loaded call')} ({names}). "
            "It may have been said in other words, or in a call that isn't loaded.",
        )
    ]
    notes.extend(title_notes(matter))
    notes.extend(_section_notes(matter))
    elsewhere = elsewhere_notes(matter)
    if elsewhere:
        return [*notes, *elsewhere]
    notes.extend(_unsaid_notes(matter, findings))
    near = list(dict.fromkeys(word for each in findings for word in each.nearest))
    if near:
        notes.append(Note(About.NEAREST, f"nearest words that do occur: {', '.join(near[:6])}"))
    return notes


def _unsaid_notes(matter: Matter, findings: Sequence[Findings]) -> list[Note]:
    """Tell which of the topic's words no loaded call holds, which a company's name that isn't loaded is, as a rule."""
    unsaid = list(dict.fromkeys(word for each in findings for word in each.unsaid))
    if not unsaid:
        return []
    words = ", ".join(f"‹{word}›" for word in unsaid[:NAMED])
    nobody = not any(plain(word) or matter.directory.named(word) for word in unsaid[:NAMED])
    called = ", and no company, firm or speaker of that name is loaded" if nobody else ""
    return [Note(About.NEAREST, f"no turn of {count(len(matter.calls), 'loaded call')} holds {words}{called}")]


def elsewhere_notes(matter: Matter) -> list[Note]:
    """Tell where the topic is spoken of outside the question's limits: by others in these calls, or in other calls."""
    matches = matter.elsewhere.matches if matter.elsewhere else ()
    if not matches:
        return []
    more = " or more" if len(matches) >= ELSEWHERE else ""
    scope = matter.searched
    here = [matter.calls[match.call].turns[match.turn] for match in matches if match.call in scope]
    if here:
        names = list(by_speaker(matter.directory, here))
        others = f" and {count(len(names) - LISTED, 'other')}" if len(names) > LISTED else ""
        text = f"elsewhere in these calls: {count(len(here), 'turn')}{more} by {', '.join(names[:LISTED])}"
        return [Note(About.NEAREST, text + others)]
    calls = len({match.call for match in matches})
    text = f"in other loaded calls: {count(len(matches), 'turn')}{more} about it in {count(calls, 'call')}{more}"
    return [Note(About.NEAREST, text)]


def _section_notes(matter: Matter) -> list[Note]:
    """Tell that the calls searched have no turn in the part that was asked for."""
    section = matter.query.section
    if section is None or len(matter.scope) > FEW:
        return []
    if any(turn.section is section for call in matter.scope for turn in call.turns):
        return []
    part = "prepared remarks" if section is Section.PREPARED else "questions and answers"
    return [Note(About.CAUTION, f"the source of the calls searched holds no {part}")]


def title_notes(matter: Matter) -> list[Note]:
    """Tell that nobody in the calls searched is known to hold the position that was asked for."""
    party = matter.query.party
    if party is None or not party.titles:
        return []
    reach = {name for person in party.persons for name in matter.directory.calls_by_name.get(person, ())}
    if not party.persons:  # nobody holds it by name: whoever a call prints it of does
        held = frozenset(party.titles)
        reach = {call.id for call in matter.scope if any(turn.title in held for turn in call.turns)}
    lacking = [call for call in matter.scope if call.id not in reach]
    if not lacking:
        return []
    where = "the calls searched" if len(lacking) == len(matter.scope) else _names(matter, lacking)
    text = f"no printed title names {party.said} in {where}: ask by name there"
    return [Note(About.CAUTION, text)]


def untitled_note(matter: Matter, turns: Sequence[Turn]) -> list[Note]:
    """Tell that a title is taken from another call of the same person."""
    party = matter.query.party
    if party is None or not party.titles:
        return []
    names = sorted({turn.person for turn in turns if turn.title is None and turn.person})
    if not names:
        return []
    return [Note(About.ASSUMED, f"{', '.join(names)}: {party.said} by the titles of other calls; here none is given")]


def no_call_note(matter: Matter) -> Note:
    """Say that no loaded call passes the filters, and what is loaded."""
    asked = " ".join(
        [*matter.query.companies, *matter.query.calls, *([matter.query.span.said] if matter.query.span else [])]
    )
    own = matter.directory.calls_of(matter.query.companies)
    loaded = _names(matter, own or tuple(matter.calls.values()))
    return Note(
        About.SEARCHED, f"searched 0 calls: none of the loaded calls is {asked or 'there'}; loaded: {loaded or 'none'}"
    )


def topic_words(matter: Matter, findings: Sequence[Findings]) -> str:
    """Return the topic in quotation marks as it was searched: misspelt words as they were read; and what it spares."""
    text = corrected(matter, findings)
    exact = len(text) > 2 and text[0] == text[-1] == '"' and '"' not in text[1:-1]  # noqa: PLR2004 - a phrase and its two signs
    spares = next((f" ({each.spares})" for each in findings if each.spares and each.matches), "")
    return f"“{text[1:-1] if exact else text}”{spares}"


def corrected(matter: Matter, findings: Sequence[Findings]) -> str:
    """Return the topic's words as they were searched: misspelt ones as they were read."""
    text = matter.query.topic.text
    for reading in (reading for each in findings for reading in each.readings if reading.how is How.CORRECTED):
        text = text.replace(reading.typed, reading.read_as)
    return text


def askers(directory: Directory, turns: Iterable[Turn]) -> tuple[Asker, ...]:
    """Count who asked, most questions first; a person is one, however the transcripts write the name."""
    counted: Counter[str | None] = Counter()
    houses: dict[str | None, str | None] = {}
    labelled: set[str | None] = set()
    shown = directory.shown
    for turn in turns:
        name = turn.person or turn.speaker
        name = shown.get(name, name) if name else None
        counted[name] += 1
        houses[name] = houses.get(name) or turn.firm
        if turn.attribution is not Attribution.INFERRED:
            labelled.add(name)
    return tuple(Asker(name, houses[name], number, name not in labelled) for name, number in counted.most_common())


def asked_by(directory: Directory, turns: Sequence[Turn], found: Findings) -> str:
    """Return how many analysts asked how many questions: `10 analysts, 29 questions (1 read out)`.

    Who reads somebody else's question out is no analyst for it.
    """
    relayed = sum(turn.relayed for turn in turns)
    own = askers(directory, [turn for turn in turns if not turn.relayed] if relayed else turns)
    people, questions = at_least(len(own), "analyst", found), count(found.total, "question")
    return f"{people}, {questions}{f' ({relayed} read out)' if relayed else ''}"


def relayed_notes(turns: Iterable[Turn]) -> tuple[Note, ...]:
    """Tell where a question is not the speaker's own: a host who reads it out did not ask it."""
    if not any(turn.relayed for turn in turns):
        return ()
    return (Note(About.CAUTION, "some questions were read out by a host for somebody else"),)


def by_speaker(directory: Directory, turns: Iterable[Turn]) -> dict[str, int]:
    """Count turns by speaker, each person once; unlabelled ones under that word."""
    # By the few names as printed first: hundreds of turns are counted.
    counted: Counter[str] = Counter()
    for name, number in Counter([turn.person or turn.speaker for turn in turns]).items():
        counted[directory.shown.get(name, name) if name else "unlabelled"] += number
    return dict(counted.most_common())


def person_of(directory: Directory, turn: Turn) -> str | None:
    """Return the one name a turn's speaker is shown by over all calls, None where the source has none."""
    name = turn.person or turn.speaker
    return directory.shown.get(name, name) if name else None


def by_call(matter: Matter, ids: Iterable[str]) -> dict[str, int]:
    """Count by call id, newest call first; in a small scope the calls without any count 0."""
    counted = dict(Counter(ids))
    if len(matter.scope) <= FEW:
        shown = dict.fromkeys([call.id for call in matter.scope], 0)
        shown.update([one for one in counted.items() if one[0] in shown])
        return shown
    places = matter.directory.places
    return {id_: counted[id_] for id_ in sorted(counted.keys() & places.keys(), key=places.__getitem__)}


def company_of(matter: Matter, call: Call) -> str:
    """Return the name of a call's company, its id where none is known."""
    company = matter.directory.company_by_call.get(call.id)
    return company.name if company else call.id


def _names(matter: Matter, calls: Sequence[Call]) -> str:
    """Return the names of calls; of many, how many companies and from when to when."""
    if len(calls) <= LISTED:
        return ", ".join(matter.named(call) for call in calls)
    directory = matter.directory
    extent = directory.extent if len(calls) == len(directory.calls) else directory.extent_of(calls)
    ends = f", {extent.first} to {extent.last}" if extent.first is not None else ""
    return f"{count(extent.companies, 'company', 'companies')}{ends}"
