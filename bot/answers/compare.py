"""Compare: how much was said of something from call to call, with turns of each as evidence."""

from collections.abc import Mapping, Sequence

from bot.answers.answer import About, Answer, Note
from bot.answers.count import again, counted_and_shown
from bot.answers.counted import rule
from bot.answers.intent import Heading, Intent, Matter
from bot.answers.page import page
from bot.answers.tally import run_lines, tallied
from bot.answers.telling import FEW, company_of, count, nothing_notes, topic_words
from bot.call import Call
from bot.query.pattern import forms
from bot.search.findings import Findings, Match

MOST_LINES = 12
"""Calls whose figures are shown a line each."""
FEW_LINES = 6
"""Calls, or companies, up to which those that don't say it have a line, too."""

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
        "<be> [the|their] [tone|language|wording|commentary|messaging|stance] <about>|of {topic} <changed> [<over>]",
        "<compare> [<over>]",
        "<howoften> [<be>] {topic} [<be>] [been] <mentioned> <percall>",
        "<howoften> [<be>] {topic} <percall>",
        "<howoften> <percall> [<be>] {topic} [<mentioned>]",
    ),
    *forms(  # of a company, whose name is taken out before
        "[how] <be> <changed> [its|their|his|her|the] tone|language|wording|stance|view <about>|of {topic}",
    ),
    *forms(
        "<be> {party} tone|language|wording|stance|view <about>|of {topic} <changed>",
        "how <be> {party} <say> {topic} <changed>",
        "[how] <be> {party} <changed> [its|their|his|her|the] tone|language|wording|stance|view <about>|of {topic}",
        soft=True,
    ),
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
    notes = [rule(tally.topic, matter.query)]
    if len(matter.scope) == 1:
        notes.append(Note(About.CAUTION, "only one call was searched: there is nothing to compare it with"))
    notes.append(
        Note(About.CAUTION, "a 0 means these words were not said in that call, not that the subject never came up")
    )
    companies = [] if _one_company(matter) else company_lines(matter, tally.calls)[:MOST_LINES]
    silent = [call for call in calls if not tally.calls[call.id]] if len(calls) > FEW_LINES else []
    if silent and not _one_company(matter):  # of one company a quarter without it tells something, too
        calls = tuple(call for call in calls if tally.calls[call.id])
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
        body=[*run_lines(tally), *companies, *lines(matter, calls, tally.calls), *_silent(silent, calls)],
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


def _silent(silent: Sequence[Call], shown: Sequence[Call]) -> list[str]:
    """Say in how many calls the words were not said, where those have no line of their own."""
    left = [call for call in silent if call not in shown]
    return [f"0 times in {count(len(left), 'other call')}"] if left else []


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
    said = {name: sum(counts[call.id] for call in calls) for name, calls in held.items()}
    ranked = sorted(held, key=lambda name: -said[name])
    if len(held) > FEW_LINES:
        ranked = [name for name in ranked if said[name]]
    return [company_line(matter, name, held[name], counts) for name in ranked]


def company_line(matter: Matter, name: str, calls: Sequence[Call], counts: Mapping[str, int]) -> str:
    """Return a company's figure over its calls, with its share where that can be counted at once."""
    number = sum(counts[call.id] for call in calls)
    share = f" ({per_thousand(matter, number, calls)})" if len(matter.scope) <= FEW else ""
    return f"{name}: {count(number, 'time')} in {count(len(calls), 'call')}{share}"


def per_thousand(matter: Matter, number: int, calls: Sequence[Call]) -> str:
    """Return a figure per 1,000 words of calls."""
    section = matter.query.section
    if section is None:
        words = sum(map(matter.directory.words_of, calls))
    else:
        words = sum(len(turn.text.split()) for call in calls for turn in call.turns if turn.section is section)
    return f"{number / words * 1000 if words else 0:.2f} per 1,000 words"


intent = Intent(
    name="compare",
    lead="compare",
    usage="compare TOPIC [from call to call]",
    example="compare freight",
    summary="How much was said of something in each call, with a turn of each.",
    heading=Heading.COUNTS,
    rank=2,
    forms=FORMS,
    searches=counted_and_shown,
    compose=compose,
    needs_topic="always",
    again=again,
    names=("compare", "trend", "change"),
    then=("first", "asked", "quoted"),
)
