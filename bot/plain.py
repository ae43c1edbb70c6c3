"""Answers for the terminal: the proof that an answer is not Slack's."""

from collections.abc import Iterable, Mapping

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from bot.answers.answer import Answer, Choice, Context, Hit, Note, Quote, Relation
from bot.attribution import Attribution
from bot.harmless import Harmless
from bot.kind import Kind
from bot.turn import Turn

RELATIONS = {
    Relation.ANSWER: "answered by",
    Relation.QUESTION: "asked by",
    Relation.BEFORE: "before",
    Relation.AFTER: "after",
    Relation.ALSO_SAID: "also on it:",
}


def render(answer: Answer, names: Mapping[str, str], *, explain: bool = False) -> RenderableType:
    """Lay out an answer for people: headline, notes, hits with their context, and what to ask next.

    `names` are those that calls go by, by id: a company has one, however its transcripts write it.
    """
    parts: list[RenderableType] = [Text(answer.headline, style="bold")]
    parts += [_note(note) for note in answer.notes]
    parts += [Text(line) for line in answer.body]
    for number, hit in enumerate(answer.hits):
        beside = _once(context for context in answer.context if context.of == number)
        parts += ["", *_hit(number, hit, beside, names)]
    if answer.choices:
        parts += ["", *(_choice(choice) for choice in answer.choices)]
    if answer.next_questions:
        parts += ["", Text("Ask next:", style="dim"), *(_further(choice) for choice in answer.next_questions)]
    if explain:
        parts += ["", *(Text(line, style="dim") for line in answer.explain)]
    return Harmless(Group(*parts))


def _once(contexts: Iterable[Context]) -> list[Context]:
    """Keep what stands beside a hit twice (an analyst's words that are the question before it as well) once."""
    turns: dict[tuple[str, int], Context] = {}
    for context in contexts:
        turns.setdefault((context.quote.call.id, context.quote.turn.index), context)
    return list(turns.values())


def speaker(turn: Turn) -> str:
    """Name a turn's speaker for people, with how the name is known where the source does not print it."""
    if turn.attribution is Attribution.UNLABELLED or turn.speaker is None:
        return "unlabelled speaker"
    name = turn.speaker
    if turn.attribution is Attribution.INFERRED:
        name = f"{turn.person or name} (inferred{f' from {turn.basis}' if turn.basis else ''})"
    return name


def _hit(number: int, hit: Hit, beside: list[Context], names: Mapping[str, str]) -> list[RenderableType]:
    quote = hit.quote
    return [
        Text(f"{number + 1}  ", style="dim").append_text(who(quote.turn)).append_text(_where(quote, names)),
        Padding(_words(quote), (0, 0, 0, 3)),
        *(_beside(context, names) for context in beside),
    ]


def _beside(context: Context, names: Mapping[str, str]) -> RenderableType:
    quote = context.quote
    head = Text(f"↳ {RELATIONS[context.relation]} ", style="dim").append_text(who(quote.turn))
    return Padding(Group(head.append_text(_where(quote, names)), Padding(_words(quote), (0, 0, 0, 2))), (0, 0, 0, 3))


def who(turn: Turn) -> Text:
    """Return a turn's speaker, firm, title and kind, in one line."""
    text = Text(speaker(turn), style="bold")
    if turn.firm:
        text.append(f" – {turn.firm}", style="not bold")
    if turn.title:
        text.append(f", {turn.title}", style="not bold")
    if turn.kind is not Kind.UNKNOWN:
        text.append(f"  {turn.kind.value.upper()}", style="not bold cyan")
    return text


def _where(quote: Quote, names: Mapping[str, str]) -> Text:
    section = quote.turn.section.called
    return Text(f"  {names.get(quote.call.id, quote.call.name)} · {section} · {quote.turn.place}", style="dim not bold")


def _words(quote: Quote) -> Text:
    text = Text(quote.text)
    for start, end in quote.spans:
        text.stylize("bold reverse", start, end)
    if not quote.whole:
        text.append("  [part of the turn]", style="dim italic")
    return text


def _note(note: Note) -> Text:
    text = Text(note.text, style="yellow")
    if note.undo:
        text.append(f"  (instead: {note.undo})", style="dim")
    return text


def _choice(choice: Choice) -> Text:
    return Text("  • ").append(choice.text).append(f"   → {choice.question}", style="dim")


def _further(choice: Choice) -> RenderableType:
    """Lay out a likely next question: in words, and under them what to type."""
    typed = [Padding(Text(choice.question, style="dim"), (0, 0, 0, 4))] if choice.question != choice.text else []
    return Group(Text("  • ").append(choice.text), *typed)
