"""Who was on the calls: management with their titles, analysts with their firms, call by call."""

from collections.abc import Iterable, Iterator, Sequence

from bot.answers.answer import About, Answer, Facts, Note
from bot.answers.intent import Heading, Intent, Matter, Search
from bot.answers.scope import scope_of
from bot.answers.suggesting import suggestions
from bot.answers.telling import by_speaker, count, headline, no_call_note, read_notes
from bot.call import Call
from bot.kind import Kind
from bot.participant import Participant
from bot.query.pattern import forms
from bot.query.query import Party
from bot.search.findings import Findings

MOST = 20
"""Calls whose people are listed; a library has thousands."""
LINE = 200
"""Characters of a line of names."""

_GROUPS = (
    (Kind.EXECUTIVE, "Management"),
    (Kind.ANALYST, "Analysts"),
    (Kind.HOST, "Hosts"),
    (Kind.UNKNOWN, "Others"),
)


def searches(matter: Matter) -> tuple[Search, ...]:
    """Nothing to search: who is on a call is known."""
    del matter
    return ()


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """List the people of each call in scope, newest call first; those of the party's kind where one is named."""
    del findings
    shown = [(call, _people(call, matter.query.party)) for call in matter.scope[:MOST]]
    names = matter.directory.shown
    people = {names.get(person.name, person.name): person for _, held in shown for person in held}  # each once
    printed = {person.name for _, held in shown for person in held}
    notes = read_notes(matter.query.readings)
    if not matter.scope:
        notes.append(no_call_note(matter))
    if len(matter.scope) > MOST:
        of = count(len(matter.scope), "call")
        notes.append(Note(About.CAUTION, f"the {MOST} newest of {of} are listed: name a company or a quarter"))
    told = ", ".join(count(number, one, many) for number, one, many in _counted(people.values()))
    spoke = [turn for call, _ in shown for turn in call.turns if turn.person in printed]
    return Answer(
        query=matter.query,
        headline=headline(matter, told or "nobody is named"),
        scope=scope_of(matter.scope, matter.directory),
        notes=tuple(notes),
        facts=Facts(by_speaker=by_speaker(matter.directory, spoke)),
        body=tuple(line for call, held in shown for line in _lines(matter, call, held)),
        next_questions=suggestions(matter, Findings(), (), intent.then),
    )


def _people(call: Call, party: Party | None) -> list[Participant]:
    """Return who is on a call, as listed or heard; only a party's where one is named."""
    listed = {person.name: person for person in call.participants}
    heard = {
        turn.person: Participant(turn.person, turn.kind, turn.firm, turn.title) for turn in call.turns if turn.person
    }
    return [person for person in (heard | listed).values() if party is None or _is(party, person)]


def _is(party: Party, person: Participant) -> bool:
    if party.parts:
        return any(_is(part, person) for part in party.parts)
    named = not party.persons or person.name in party.persons
    housed = not party.firms or person.firm in party.firms
    # Who holds a position is known by name, if anybody does: where nobody does, everybody would pass.
    titled = not party.titles or bool(party.persons) or person.title in party.titles
    return named and housed and titled and (not party.kinds or person.kind in party.kinds)


def _counted(people: Iterable[Participant]) -> Iterator[tuple[int, str, str]]:
    kinds = [person.kind for person in people]
    for kind, one, many in (
        (Kind.EXECUTIVE, "from management", "from management"),
        (Kind.ANALYST, "analyst", "analysts"),
        (Kind.HOST, "host", "hosts"),
        (Kind.UNKNOWN, "other", "others"),
    ):
        if number := kinds.count(kind):
            yield number, one, many


def _lines(matter: Matter, call: Call, people: Sequence[Participant]) -> Iterator[str]:
    """Return a call's lines: its name, and the names of each kind: a line each where it is the only call."""
    yield matter.named(call) + (f", {call.date:%-d %B %Y}" if call.date else "")
    if not people:
        party = matter.query.party
        yield f"nobody is named as {party.said}" if party is not None and party.titles else "nobody is named"
    for kind, group in _GROUPS:
        names = [_named(person) for person in people if person.kind is kind]
        if names and len(matter.scope) == 1:  # room for a line each
            yield f"{group}:"
            yield from (f"• {name}" for name in names)
        else:
            yield from broken(f"{group}: ", names)


def _named(person: Participant) -> str:
    beside = person.firm if person.kind is Kind.ANALYST else person.title or person.firm
    return f"{person.name} ({beside})" if beside else person.name


def broken(lead: str, names: Sequence[str]) -> Iterator[str]:
    """Yield names behind what leads to them, in lines that are shown whole."""
    line = ""
    for name in names:
        if line and len(lead) + len(line) + len(name) > LINE:
            yield f"{lead}{line} ·"
            lead, line = "", ""
        line = f"{line} · {name}" if line else name
    if line:
        yield f"{lead}{line}"


intent = Intent(
    name="participants",
    lead="participants",
    usage="who was on the call [at COMPANY] [in QUARTER]",
    example="who was on the call",
    summary="Who was on a call: management with titles, analysts with firms.",
    heading=Heading.CALLS,
    rank=2,
    forms=(
        *forms(
            "[list|all] [of] [the] participants|attendees|speakers",
            "[list|all] [of] [the] participants|attendees|speakers on|of|in|from [the|this|that] call|calls",
            "<who> spoke|speaks|participated|attended|joined|dialled|dialed",
            "<who> [<be>] speaking|participating|attending|present|there",
            "<who> [<be>] on|in [the|this|that] call|calls|line",
            "<who> spoke|speaks|participated|attended|joined|speaking on|in|at [the|this|that] call|calls|line",
            "<who> attended|joined [the|this|that] call|calls",
            "<who> <be>",
            "<who>",
            weight=0.5,
        ),
        *forms(
            "<who> from|of|at {party} [<be>] on|in [the|this|that] call|calls",
            "<which> {party} <be> on|in [the|this|that] call|calls",
            "<be> {party} on|in|at [the|this|that] call|calls",
            "who are|were [the|all] {party} [on|in|at] [the|this|that] [call|calls]",
            "list [all] [of] [the] {party}",
            "<who> [<be>] [the] analyst|analysts|person|people from|at|of|with {party}",
            "<who> [<be>] works|work|working|is|sits for|at|with {party}",
            "<who> [<be>] at|from|with {party}",
            "<who> [<be>] covers|cover|covering|covered [it|them|the] [company|stock|name] [at|from|for|with] {party}",
            soft=True,
        ),
        *forms(
            "list|show [all] [of] [the] analysts|firms|brokers|banks",
            "<which> <analysts> <be>",  # "on the last velmere call" is taken out before
            "how many <analysts> [<be>] [there]",
            "<who> [<be>] covers|cover|covering|covered|follow|follows [it|them|the] [company|stock|name]",
            "<which> <analysts> [<be>] covers|cover|covering|covered|follow|follows [it|them|the] [company|stock|name]",
            "<who> <be> [the] <analysts> covering|following|on [it|them|the] [company|stock|name]",
            "[list|show] [the] <analysts> covering|following [it|them|the] [company|stock|name]",
            "how many <analysts> <be> on|present|there [the|this|that] [call|calls|line]",
            default="analysts",
        ),
    ),
    searches=searches,
    compose=compose,
    names=("participants", "people", "attendees"),
    then=("questions", "management"),
)
