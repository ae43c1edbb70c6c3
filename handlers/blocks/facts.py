"""Figures of an answer, a line each."""

from collections.abc import Mapping

from bot.answers.answer import Answer
from handlers.blocks.speaker import clip

SHOWN = 8  # entries of one line; the rest are counted
LINE = 400


def fact_lines(answer: Answer) -> list[str]:
    """Say who asked, and the counts by call, speaker and word, as far as the answer has them."""
    facts = answer.facts
    names = {hit.quote.call.id: hit.quote.call.name for hit in answer.hits}
    askers = {
        f"{asker.name or 'unlabelled'}{f' ({asker.firm})' if asker.firm else ''}": asker.questions
        for asker in facts.askers
    }
    lines = [
        _line("Asked by", askers, most=1),
        _line("By call", {names.get(call, call): count for call, count in facts.counts.items()}),
        _line("By speaker", facts.by_speaker),
        _line("By word", facts.words),
    ]
    return [clip(line, LINE) for line in lines if line]


def _line(name: str, counts: Mapping[str, int], *, most: int = 0) -> str:
    """Write `Name: a 3 · b 1`; counts up to `most` go without saying."""
    if not counts:
        return ""
    entries = [entry if count <= most else f"{entry} {count:,}" for entry, count in list(counts.items())[:SHOWN]]
    more = len(counts) - SHOWN
    return f"{name}: {' · '.join(entries)}{f' · and {more:,} more' if more > 0 else ''}"
