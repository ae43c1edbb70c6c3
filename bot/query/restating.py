"""A query as a question again: one that reads back the same, and one line for people."""

from collections.abc import Sequence

from bot.directory import Directory
from bot.kind import Kind
from bot.query.call_ids import call_field
from bot.query.intents import intents
from bot.query.query import Party, Query
from bot.query.reading import Reading
from bot.section import Section

_ROLES = {Kind.ANALYST: "analysts", Kind.EXECUTIVE: "management"}


def restated(query: Query, directory: Directory) -> str:
    """Return a question that reads back into this query: the intent's lead, the topic as it is, and fields."""
    parts = [intents()[query.intent].lead]
    if query.topic.text:
        parts.append(f"topic:({query.topic.text})")
    if query.party is not None:
        parts.extend(fields_of(query.party, directory))
    if query.asker is not None:
        parts.extend(f"asker{each[each.index(':') :]}" for each in fields_of(query.asker, directory))
    parts.extend(f"-{field}" for party in query.without for field in fields_of(party, directory))
    parts.extend(limits_of(query))
    if query.limit is not None:
        parts.append(f"limit:{query.limit}")
    if query.least is not None:
        parts.append(f"least:{query.least}")
    return " ".join([part for part in parts if part])


def limits_of(query: Query) -> list[str]:
    """Return the fields that limit a query to calls, times and a section."""
    parts = [f"company:{_value(key)}" for key in query.companies]
    parts.extend(map(call_field, query.calls))
    if query.span is not None:
        parts.append(f"period:{_value(query.span.said)}")
    if query.section is not None:
        parts.append(f"section:{query.section.value}")
    return parts


def _value(text: str) -> str:
    """Return a field's value, in quotes where it is more than a word."""
    return text if text.isalnum() and text.isascii() else f'"{text}"'


def fields_of(party: Party, directory: Directory) -> list[str]:
    """Return the fields that read back into a party."""
    if party.parts:
        return [f'speaker:"{" and ".join(part.said for part in party.parts)}"']
    parts = []
    said = directory.positions.items()
    position = next((name for name, titles in said if party.titles == (titles or (name,))), None)
    if party.persons and not (position and party.persons == directory.holders[position]):
        parts.append(f'speaker:"{directory.shown.get(party.persons[0], party.persons[0])}"')
    if party.firms:
        parts.append(f'firm:"{directory.houses.get(party.firms, party.firms[0])}"')
    if party.titles:
        parts.append(f'title:"{position or party.said}"')
    parts.extend(f"role:{_ROLES.get(kind, kind.value)}" for kind in party.kinds[:1])
    return parts


def understood(query: Query, directory: Directory) -> str:
    """Return the query in one line for people."""
    intent = intents()[query.intent]
    lead = (query.topic.text and intent.about) or intent.lead
    text = query.topic.text
    if (
        lead.endswith("about") and "about" in text.lower().split()
    ):  # no second one without a sign: "about zenith about batteries"
        text = f"“{text}”"
    parts = [f"{lead} {text}" if lead and text else lead or text]
    if query.least is not None:
        parts.append(f"{query.least} questions or more")
    if query.party is not None:
        parts.append(query.party.said)
    if query.asker is not None:
        parts.append(f"asked by {query.asker.said}")
    parts.extend(f"without {party.said}" for party in query.without)
    names = directory.company_names
    parts.extend(names.get(key, key) for key in query.companies)
    parts.extend(directory.call_names.get(name, name) for name in query.calls)
    if query.span is not None:
        parts.append(query.span.said)
    if query.section is not None:
        parts.append("prepared remarks" if query.section is Section.PREPARED else "Q&A")
    return " · ".join([part for part in parts if part])


def stated(query: Query, directory: Directory, readings: Sequence[Reading]) -> Query:
    """Return a query with the question that reads back into it, the line for people, and what was read otherwise."""
    return Query(  # each question ends here: `replace` takes twice as long
        query.question,
        query.intent,
        query.topic,
        restated(query, directory),
        understood(query, directory),
        query.party,
        query.asker,
        query.companies,
        query.calls,
        query.span,
        query.section,
        query.limit,
        query.least,
        tuple(dict.fromkeys(readings)),
        query.without,
    )
