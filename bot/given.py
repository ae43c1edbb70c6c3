"""Calls that people gave: what their givers know better than the files, and ids that take no other call's."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from bot.call import Call

BY_HAND = "corrected by hand"
FOLDER = "given"
FIELDS = ("company", "ticker", "year", "quarter", "date")


def corrected(call: Call, correction: Mapping[str, object] | None) -> Call:
    """Return a call with what its giver knows better: it wins as a sidecar would, and `learnt_from` tells.

    `correction` holds fields of FIELDS, the date as ISO text; None in it means that the file's own value is wrong.
    """
    if not correction:
        return call
    new: dict[str, object] = {name: correction[name] for name in FIELDS if name in correction}
    if isinstance(date := new.get("date"), str):
        new["date"] = dt.date.fromisoformat(date)
    learnt = {**call.learnt_from, **dict.fromkeys(new, BY_HAND)}
    return dataclasses.replace(call, learnt_from=learnt, **new)  # type: ignore[arg-type]  # FIELDS are the call's own


def same_call(one: Call, other: Call) -> bool:
    """Whether two transcripts are of one call, as far as company and fiscal quarter tell."""
    if one.year is None or (one.year, one.quarter) != (other.year, other.quarter):
        return False
    if one.ticker and other.ticker:
        return one.ticker.casefold() == other.ticker.casefold()
    return bool(one.company and other.company) and str(one.company).casefold() == str(other.company).casefold()


def apart(calls: Iterable[Call], shared: Collection[str], known: Collection[str] = ()) -> tuple[Call, ...]:
    """Return given calls under ids that neither a shared call (`shared` are their ids) nor another of them has.

    An id stays the file's stem; where that is taken it is `given/stem`, then `given-2/stem`. What is word for word a
    shared file (`known` are the fingerprints of those), or was given twice, is left out.
    """
    taken, seen = set(shared), set[tuple[str, str]]()
    kept: list[Call] = []
    for call in calls:
        source = (call.fingerprint, call.id)  # one table of several calls has one fingerprint, and each call its title
        if call.fingerprint and (call.fingerprint in known or source in seen):
            continue
        seen.add(source)
        name, number = call.id, 1
        while name in taken:
            name = f"{FOLDER}{f'-{number}' if number > 1 else ''}/{call.id}"
            number += 1
        taken.add(name)
        kept.append(call if name == call.id else dataclasses.replace(call, id=name))
    return tuple(kept)
