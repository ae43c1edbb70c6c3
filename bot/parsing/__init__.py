"""From lines or records to a call: layouts, people, sections, exchanges, metadata."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from bot.attribution import Attribution
from bot.call import Call
from bot.freezing import draft_of, frozen
from bot.kind import Kind
from bot.parsing import (
    announcement,
    exchanges,
    firm_first,
    floor,
    houses,
    inference,
    introductions,
    metadata,
    own_posts,
    people,
    recorded,
    relayed,
    roles,
    sections,
    surname_first,
)
from bot.parsing.handoff import Handoff
from bot.parsing.label import Label
from bot.parsing.layouts import choose
from bot.parsing.people import People, Person
from bot.parsing.sheet import Sheet
from bot.parsing.sidecar import read as read_sidecar
from bot.parsing.speech import Draft, Speech
from bot.participant import Participant
from bot.problem import Problem
from bot.reading.document import Document
from bot.section import Section
from bot.turn import Turn


def parse(document: Document, *, name: str, sidecar: Mapping[str, object] | None = None, fingerprint: str = "") -> Call:
    """Make the call of a document. `name` is the file's name with its extension, `sidecar` its NAME.toml's values."""
    draft, layout, evidence = _draft(document)
    facts = {**draft.facts, **document.header}
    opening = [speech.text for speech in draft.speeches[: announcement.SPEECHES]]
    beside = read_sidecar(sidecar or {})
    learnt = metadata.learn(name=name, header=draft.header, facts=facts, opening=opening, sidecar=beside.facts)
    company = learnt.text("company")
    who, given, begin = _known(draft, [*document.participants, *people.own_list(draft.people, company)], company)
    introductions.titles(draft.speeches, who, begin)
    paired = exchanges.pair(draft.speeches, who, given, begin)
    told = [*document.problems, *draft.problems, *who.problems, *learnt.problems, *beside.problems]
    if not draft.speeches:
        told.append(Problem(None, "no speech found: the file holds a header or a list at most"))
    return Call(
        id=_stem(name),
        company=company,
        ticker=learnt.text("ticker"),
        year=learnt.number("year"),
        quarter=learnt.number("quarter"),
        date=learnt.date,
        title=learnt.text("title"),
        learnt_from=learnt.learnt_from,
        participants=who.participants(),
        turns=_turns(draft.speeches, who, begin, paired),
        exchanges=paired.found,
        problems=tuple(sorted(told, key=lambda problem: problem.line or 0)),
        format=document.format,
        layout=layout,
        evidence=evidence,
        fingerprint=fingerprint,
        aliases=beside.aliases,
    )


def _known(
    draft: Draft, listed: Iterable[Participant], company: str | None
) -> tuple[People, list[Handoff | None], int]:
    """Find who everybody is, who is given the floor by each speech, and the speech at which the questions begin."""
    who = people.identify(draft.speeches, listed)
    heard = floor.Heard(draft.speeches)
    own_posts.stated(draft.speeches, who, company)
    inference.operators(draft.speeches, who, heard)
    people.house(who, company)
    inference.unlabelled(draft.speeches, who, heard)
    houses.introduced(draft.speeches, who, company)
    roles.thanking(draft.speeches, who)
    given = floor.handoffs(draft.speeches, who, heard)
    begin = sections.begin(draft.speeches, who, given)
    roles.misplaced(who, given, begin, company)
    roles.prepared(who, given, begin, company)
    given = floor.handoffs(draft.speeches, who, heard)
    roles.called(draft.speeches, who, given)
    roles.askers(draft.speeches, who, given, by_name=True)
    roles.askers(draft.speeches, who, given, at_once=True)
    roles.answering(draft.speeches, who, begin)
    roles.askers(draft.speeches, who, given)
    roles.answering(draft.speeches, who, begin)
    roles.corrected(draft.speeches, who, begin)
    begin = min(begin, relayed.first(draft.speeches, who))
    given = floor.handoffs(draft.speeches, who, heard)
    inference.names(draft.speeches, who, given)
    return who, given, begin


def _draft(document: Document) -> tuple[Draft, str, str]:
    """Take records as they are; find the layout of lines."""
    if document.records:
        return recorded.read(document), "records", f"{document.format} delimits the speech itself"
    sheet = Sheet(document)
    layout, evidence = choose(sheet)
    draft = layout.read(sheet)
    firm_first.turned(draft)
    surname_first.turned(draft)
    if sheet.stamped:
        draft.problems.append(Problem(None, f"times beside {sheet.stamped} names are left out"))
    return draft, layout.name, evidence.because


def _stem(name: str) -> str:
    base = name.rsplit("/", 1)[-1]
    return base.rsplit(".", 1)[0] if "." in base[1:] else base


def _turns(speeches: Sequence[Speech], who: People, begin: int, paired: exchanges.Exchanges) -> tuple[Turn, ...]:
    voices: dict[tuple[int, int], _Voice] = {}
    drafts: list[Any] = [
        _draft_turn(index, speech, _voice(voices, speech.label, who.of[index]), index >= begin, paired)
        for index, speech in enumerate(speeches)
    ]
    return tuple(frozen(drafts, Turn))


class _Voice(NamedTuple):
    """What a label and the person behind it say of each of their turns."""

    speaker: str | None
    person: str | None
    kind: Kind
    firm: str | None
    title: str | None
    attribution: Attribution
    basis: str | None


def _voice(known: dict[tuple[int, int], _Voice], label: Label | None, person: Person | None) -> _Voice:
    key = id(label), id(person)
    if key not in known:
        own = label if label is not None and label.is_part else person
        known[key] = _Voice(
            label.name if label is not None else None,
            _canonical(person),
            person.kind if person is not None else Kind.UNKNOWN,
            own.firm if own is not None else None,
            own.title if own is not None else None,
            _attribution(label, person),
            inference.HANDS_OVER if label is None and person else _basis(person),
        )
    return known[key]


_Turn: Any = draft_of(Turn)


def _draft_turn(index: int, speech: Speech, voice: _Voice, qa: bool, paired: exchanges.Exchanges) -> object:
    named = paired.named.get(index)
    return _Turn(
        index,
        speech.line,
        speech.page,
        speech.place,
        Section.QA if qa else Section.PREPARED,
        voice.speaker,
        voice.person if named is None else named[0],
        voice.kind,
        voice.firm,
        voice.title,
        voice.attribution if named is None else Attribution.INFERRED,
        speech.text,
        paired.of.get(index),
        voice.basis if named is None else named[1],
        index in paired.relayed,
    )


def _basis(person: Person | None) -> str | None:
    return (person.inferred or person.basis) if person is not None else None


def _attribution(label: Label | None, person: Person | None) -> Attribution:
    if label is None and person is None:
        return Attribution.UNLABELLED
    if label is None:
        return Attribution.INFERRED
    return Attribution.INFERRED if person is not None and person.inferred else Attribution.LABELLED


def _canonical(person: Person | None) -> str | None:
    """Nobody in particular stands behind a part, except the operator."""
    if person is None or (person.part and person.kind is not Kind.OPERATOR):
        return None
    if person.numbered and person.inferred is None:
        return None
    return person.name
