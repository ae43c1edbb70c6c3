"""What NAME.toml beside a transcript says of its call; what cannot be meant so is left out and told."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.parsing import periods
from bot.problem import Problem

Value = str | int | dt.date

YEAR = re.compile(r"(?:[Ff][Yy]|['’])?\s?(\d{4}|\d\d)")
QUARTER = re.compile(r"[Qq]?([1-4])[Qq]?")
LONGEST = 60  # characters of a value that are told


@dataclass(slots=True)
class Sidecar:
    """The fields and aliases that a sidecar gives, and what is wrong with others."""

    facts: dict[str, Value] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)


def read(values: Mapping[str, object]) -> Sidecar:
    """Read a sidecar's values; an empty one says nothing."""
    found = Sidecar()
    for key, value in values.items():
        if isinstance(value, str) and not value.strip():
            continue
        if key == "aliases":
            found.aliases = _aliases(value)
            if not isinstance(value, list | tuple) or len(found.aliases) < len(value):
                found.problems.append(_wrong(key, value, 'a list of names, such as ["Velmere"]'))
        elif key not in READ:
            known = ", ".join((*READ, "aliases"))
            found.problems.append(Problem(None, f"sidecar: {key} is no key of a sidecar; those are {known}"))
        else:
            reader, wanted = READ[key]
            read_value = reader(value)
            if read_value is None:
                found.problems.append(_wrong(key, value, wanted))
            else:
                found.facts[key] = read_value
    return found


def _wrong(key: str, value: object, wanted: str) -> Problem:
    shown = f'"{value}"' if isinstance(value, str) else str(value)
    return Problem(None, f"sidecar: {key} = {shown[:LONGEST]} is left out; it must be {wanted}")


def _text(value: object) -> str | None:
    return value.strip() if isinstance(value, str) else None


def _year(value: object) -> int | None:
    said = YEAR.fullmatch(str(value).strip()) if isinstance(value, str | int) else None
    return periods.full_year(said[1]) if said is not None else None


def _quarter(value: object) -> int | None:
    said = QUARTER.fullmatch(str(value).strip()) if isinstance(value, str | int) else None
    return int(said[1]) if said is not None else None


def _date(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    return periods.date(value) if isinstance(value, str) else None


def _aliases(value: object) -> tuple[str, ...]:
    said = value if isinstance(value, list | tuple) else ()
    return tuple(name.strip() for name in said if isinstance(name, str) and name.strip())


READ: Mapping[str, tuple[Callable[[object], Value | None], str]] = {
    "company": (_text, "words in quotes"),
    "ticker": (_text, "words in quotes"),
    "year": (_year, "a year, such as 2026"),
    "quarter": (_quarter, "a number from 1 to 4"),
    "date": (_date, "a day that exists, such as 2026-10-28"),
    "title": (_text, "words in quotes"),
}
