"""What is loaded: the calls, newest first."""

from dataclasses import replace

from bot.answers.answer import Answer, Choice
from bot.answers.intent import Heading, Intent, Matter, Search
from bot.answers.scope import scope_of
from bot.answers.suggesting import LOADED, limits_said
from bot.answers.telling import company_of, count, no_call_note, read_notes
from bot.call import Call
from bot.query.pattern import forms
from bot.query.restating import limits_of
from bot.search.findings import Findings


def searches(matter: Matter) -> tuple[Search, ...]:
    """Nothing to search: the calls are known."""
    del matter
    return ()


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """List the calls in scope, one a line."""
    del findings
    listed = sorted(matter.scope, key=_held, reverse=True)
    shown = listed[matter.offset :]
    companies = {company_of(matter, call) for call in matter.scope}
    notes = read_notes(matter.query.readings)
    if not matter.scope:
        notes.append(no_call_note(matter))
    return Answer(
        query=matter.query,
        headline=f"{count(len(matter.scope), 'call')} of {count(len(companies), 'company', 'companies')} loaded",
        scope=scope_of(matter.scope, matter.directory),
        notes=tuple(notes),
        body=tuple(line(matter, call) for call in shown),
        next_questions=_next(matter),
    )


def _held(call: Call) -> tuple[int, int, int]:
    """Return when a call was held, for an order over companies that count their quarters differently.

    Where no date is known, a quarter's call is taken to be held at the end of it.
    """
    if call.date is not None:
        return call.date.year, call.date.month, call.date.day
    return call.year or 0, 3 * (call.quarter or 0), 0


def line(matter: Matter, call: Call) -> str:
    """Return a call in one line: name, ticker, date, id, turns, askers."""
    parts = [matter.named(call)]
    if call.ticker and call.ticker not in parts[0]:
        parts[0] += f" ({call.ticker})"
    if call.date:
        parts.append(call.date.isoformat())
    asked = len({exchange.asker for exchange in call.exchanges if exchange.asker})
    parts.append(count(len(call.turns), "turn"))
    if asked:
        parts.append(count(asked, "asker"))
    if call.id != parts[0]:
        parts.append(call.id)
    return " · ".join(parts)


def _next(matter: Matter) -> tuple[Choice, ...]:
    """Offer a first question to the newest company's calls."""
    company = matter.directory.company_by_call.get(matter.scope[0].id) if matter.scope else None
    if company is None:
        return (LOADED,) if not matter.scope else ()
    query = replace(matter.query, companies=(company.key,))
    within, where = limits_said(replace(matter, query=query)), " ".join(limits_of(query))
    return (
        Choice(f"All questions {within}", f"questions {where}"),
        Choice(f"Who was on the calls {within}", f"participants {where}"),
    )


intent = Intent(
    name="list",
    lead="calls",
    usage="calls",
    example="calls",
    summary="Which calls are loaded.",
    heading=Heading.CALLS,
    rank=1,
    forms=forms(
        "<calls>",
        "[<which>|list|show|all] [all|the] [loaded] <calls> [<be>] [<loaded>]",
        "what [<be>] [<loaded>]",
        "what <calls> <loaded>",
        "what do you have",
        "what have you got",
        "list [of] [all|the] [loaded] <calls>",
        "list",
        "whats loaded",
        "when [<be>] [the] [last|latest|newest]",
        "what|which date|day [<be>] [the] [call]",
        "date of [the] call",
        "when <be> [the] call [held]",
        "latest|newest",
        "what is new",
        "[is there] anything new",
        "[any] [the] latest news",
        "what is the latest",
    ),
    searches=searches,
    compose=compose,
    names=("calls", "list"),
)
