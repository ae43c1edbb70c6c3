"""Help: what can be asked, each with an example; or one kind of question in full."""

from bot.answers.answer import Answer, Choice
from bot.answers.examples import fitting
from bot.answers.intent import Intent, Matter, Search, by_heading
from bot.answers.scope import scope_of
from bot.answers.telling import read_notes
from bot.query.intents import intents
from bot.query.pattern import forms
from bot.search.findings import Findings

FILTERS = (
    "Limit any question to a company (`at Tesla`, `$TSLA`) or a time (`Q3 2012`, `since 2020`, `last 4 quarters`).",
    "Or to a section (`in the prepared remarks`, `Q&A only`) or a speaker (`by NAME`, `firm:NAME`, `title:CFO`).",
    'Words: "exact phrase", -without, this OR that, both AND these, near NEAR/5 far, prefix*.',
)


def searches(matter: Matter) -> tuple[Search, ...]:
    """Nothing to search."""
    del matter
    return ()


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Say what can be asked."""
    del findings
    wanted = matter.query.topic.text.lower()
    family = sorted(intents().values(), key=by_heading)
    chosen = [each for each in family if wanted and wanted in {each.name, *each.names}]
    notes = tuple(read_notes(matter.query.readings))
    examples = {each.name: fitting(each.example, matter.directory) for each in family}
    body = [f"`{each.usage}`: {each.summary} Example: `{examples[each.name]}`" for each in chosen or family]
    if not chosen:
        body.extend(FILTERS)
    return Answer(
        query=matter.query,
        headline=f"How to ask: {chosen[0].usage}" if chosen else "What you can ask",
        scope=scope_of(matter.scope, matter.directory),
        notes=notes,
        body=tuple(body),
        next_questions=tuple(Choice(examples[each.name], examples[each.name]) for each in (chosen or family)[:3]),
    )


intent = Intent(
    name="help",
    lead="help",
    usage="help [KIND]",
    example="help quote",
    summary="What can be asked, and how.",
    forms=(
        *forms("help [<about>|with|me] [with|<about>] {topic}", weight=2.0),
        *forms(
            "<help>",
            "how do i|you|we <ask>|use|search|quote|find [{topic}]",
            "how do|can i|you|we export|share|filter|watch|get|set|turn|change|add|see [{topic}]",
            "[what|which] commands [<be>] [there]",
        ),
    ),
    searches=searches,
    compose=compose,
    names=("help",),
)
