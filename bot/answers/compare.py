"""Compare: how much was said of something from call to call, with turns of each as evidence."""

from collections.abc import Mapping, Sequence

from bot.answers.answer import About, Answer, Note
from bot.answers.count import again, counted_and_shown
from bot.answers.counted import rule
from bot.answers.intent import Intent, Matter
from bot.answers.page import page
from bot.answers.tally import run_lines, tallied
from bot.answers.telling import FEW, company_of, count, nothing_notes, topic_words
from bot.call import Call
from bot.query.pattern import forms
from bot.search.findings import Findings, Match

MOST_LINES = 12
"""Calls whose figures are shown a line each."""

FORMS = (
    *forms(
        "<compare> [mentions|comments|remarks|statements|discussion] [<about>|of|in] {topic} [<over>]",
        "[<which>] <trend> [<be>|in|of|for|<about>] {topic}",
        "[<which>] <trend> [in|of|for] {topic} mentions|references",
        "{topic} trend|trends|evolution|trajectory [<over>]",
        "how [<be>] {topic} [been] <changed> [<over>]",
        "what [<be>] <changed> [<about>|in|with|for] {topic}",
        "what [<be>] <changed>",
        "[<be>] anything <changed>",
        "[<be>] anything <changed> <about>|in|with|for {topic}",
        "what <be> different <about> {topic}",
        "{topic} over time",
        "{topic} change|changes",
        "{topic} mentions|mention|references|count|counts|occurrences <over>",
        "[number of] mentions|mention|references|occurrences [<about>|of|to] {topic} <over>",
        "change|changes in [the] [tone|language|wording|discussion|commentary] <about>|of {topic} [<over>]",
        "how [<be>] [the] {topic} comments|commentary|remarks|statements|language|wording <changed> [<over>]",
        "how <be> compare|compared|differ|differed|stack [up] [to|with|against|versus] [<about>|in] {topic}",
        "how <be> {topic} compare|compared|differ|differed|stack [up] [to|with|against|versus]",
        "{topic} <over>",
        "chart|plot|graph|track {topic} [<over>]",
        "how <be> [the] [tone|language|wording|discussion|commentary|talk] <about>|of {topic} <changed>",
        "<be> {topic} <changed> [<over>]",
        "<compare> [<over>]",
    ),
    *forms("how <be> {party} <say> {topic} <changed>", soft=True),
)


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Give the count of each call with its share of the words, oldest first; the best turn of each call leads."""
    tally = tallied(matter, findings)
    evidence = findings[1]
    what = topic_words(matter, findings)
    if not evidence.matches:
        return page(
            matter, evidence, "nothing found", notes=nothing_notes(matter, what, findings), facts=tally.facts(matter)
        )
    calls = matter.scope[::-1]
    said = {match.call for match in evidence.matches} | set(tally.calls)
    notes = [rule(tally.topic, matter.query.party)]
    if len(matter.scope) == 1:
        notes.append(Note(About.CAUTION, "only one call was searched: there is nothing to compare it with"))
    notes.append(
        Note(About.CAUTION, "a 0 means that the words were not said in that call, not that the matter was absent")
    )
    several = len(matter.query.companies) > 1 or len(calls) > MOST_LINES
    companies = company_lines(matter, tally.calls)[:MOST_LINES] if several and not _one_company(matter) else []
    if len(calls) > MOST_LINES:
        shown = f"of {len(calls):,} calls the newest {MOST_LINES} have a line; name a company or a time for others"
        notes.append(Note(About.CAUTION, shown))
    counted = sum(1 for number in tally.calls.values() if number)
    result = f"{what} in {count(counted or len(said), 'call')}: {count(tally.total, 'time')}"
    ranked = spread(evidence.matches)
    return page(
        matter,
        evidence,
        result,
        notes=notes,
        facts=tally.facts(matter),
        matches=ranked,
        body=[*run_lines(tally), *companies, *lines(matter, calls, tally.calls)],
    )


def spread(matches: Sequence[Match]) -> list[Match]:
    """Put the best turn of each call first, in rank order, and the others behind."""
    seen: set[str] = set()
    first: list[Match] = []
    rest: list[Match] = []
    for match in matches:
        (rest if match.call in seen else first).append(match)
        seen.add(match.call)
    return first + rest


def _one_company(matter: Matter) -> bool:
    return len({company_of(matter, call) for call in matter.scope}) == 1


def lines(matter: Matter, calls: Sequence[Call], counts: dict[str, int]) -> list[str]:
    """Return a line a call, oldest first: its figure and its share per 1,000 words."""
    return [
        f"{matter.named(call)}: {counts[call.id]:,} ({per_thousand(matter, counts[call.id], [call])})"
        for call in calls[-MOST_LINES:]
    ]


def company_lines(matter: Matter, counts: Mapping[str, int]) -> list[str]:
    """Return a line a company, the one that said it most often first."""
    held: dict[str, list[Call]] = {}
    for call in matter.scope:
        held.setdefault(company_of(matter, call), []).append(call)
    ranked = sorted(held.items(), key=lambda one: -sum(counts[call.id] for call in one[1]))
    return [company_line(matter, name, calls, counts) for name, calls in ranked]


def company_line(matter: Matter, name: str, calls: Sequence[Call], counts: Mapping[str, int]) -> str:
    """Return a company's figure over its calls, with its share where that can be counted at once."""
    number = sum(counts[call.id] for call in calls)
    share = f" ({per_thousand(matter, number, calls)})" if len(matter.scope) <= FEW else ""
    return f"{name}: {count(number, 'time')} in {count(len(calls), 'call')}{share}"


def per_thousand(matter: Matter, number: int, calls: Sequence[Call]) -> str:
    """Return a figure per 1,000 words of calls."""
    words = sum(matter.directory.words_of(call) for call in calls)
    return f"{number / words * 1000 if words else 0:.2f} per 1,000 words"


intent = Intent(
    name="compare",
    lead="compare",
    usage="compare TOPIC [from call to call]",
    example="compare freight",
    summary="How much was said of something in each call, with a turn of each.",
    forms=FORMS,
    searches=counted_and_shown,
    compose=compose,
    needs_topic="always",
    again=again,
    names=("compare", "trend", "change"),
    then=("first", "asked", "quoted"),
)
