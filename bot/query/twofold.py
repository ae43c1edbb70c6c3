"""Two questions in one: `who asked about freight and what did the CFO say`. One is answered, the other is told."""

import datetime as dt
import re
from dataclasses import replace

from bot.directory import Directory
from bot.errors import QuestionError
from bot.query.grammar import Grammar
from bot.query.query import Query
from bot.query.reading import How, Reading
from bot.team import Team

_SECOND = re.compile(
    r"(?:[\s,;?.]{1,4}(?:and|also|plus|then)(?:\s{1,2}(?:also|then))?|\s?[,;?.])\s{1,2}"
    r"(?=(?:what|who|how|which|when|where|why|did|does|has|have)\b)",
    re.IGNORECASE,
)


def one_of_two(query: Query, directory: Directory, today: dt.date, team: Team) -> Query:
    """Return the first of two questions where one was taken for a part of the other's topic; else the question."""
    question, topic = query.question, query.topic.text.lower()
    for found in _SECOND.finditer(question):
        first, second = question[: found.start()], question[found.end() :]
        begun = (" ".join(part.lower().split()[:2]).strip("?!.,") for part in (first, second))
        if not any(each and each in topic for each in begun):
            continue
        one, other = (_read(part, directory, today, team) for part in (first, second))
        if one is None or other is None or other.intent == "topic":
            continue
        if one.topic.empty and not any(map(str.isalpha, found[0])):  # "desmond, what did he say"
            continue
        if one.intent == "topic" and (one.topic.empty or not any(map(str.isalpha, found[0]))):  # "freight, who asked?"
            continue
        left = Reading(How.LATER, second.strip(" ?!."), "", found.end(), len(question), other.restated)
        return replace(one, question=question, readings=(*one.readings, left))
    return query


def _read(question: str, directory: Directory, today: dt.date, team: Team) -> Query | None:
    """Read a question by itself; None where it is none."""
    try:
        return Grammar(question, directory, today, team).query()
    except QuestionError:
        return None
