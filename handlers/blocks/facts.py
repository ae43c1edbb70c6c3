"""Figures of an answer, a line each."""

from collections import Counter
from collections.abc import Mapping

from bot.answers.answer import About, Answer, Asker
from bot.call import Call
from handlers.blocks.speaker import clip

SHOWN = 8  # entries of one line; the rest are counted
LINE = 400
TIMES = "\N{MULTIPLICATION SIGN}"


def fact_lines(answer: Answer, calls: Mapping[str, Call], names: Mapping[str, str]) -> list[str]:
    """Say who asked; and, where figures were asked for (a note tells their rule), the counts.

    `names` are what to call the calls, by id: one company has one name in all lines. `calls` name the others.
    """
    facts = answer.facts
    askers = {_named(asker): asker.questions for asker in facts.askers}
    told = bool(answer.body)  # a ranking of askers says so in its own lines
    lines = [_line("Asked by", askers, most=1)] if len(askers) > 1 and not told else []
    if any(note.about is About.COUNTED for note in answer.notes):
        counts = Counter[str]()
        for call, count in facts.counts.items():
            if count:  # of a hundred calls few as a rule
                counts[names.get(call) or _name(call, calls)] += count  # two may go by one name
        # Who asked is said above, with the firm, and one word's figure in the headline: once is enough.
        speakers = {} if lines else facts.by_speaker
        words = facts.words if len(facts.words) > 1 else {}
        lines += [_line("By call", counts), _line("By speaker", speakers), _line("By word", words)]
    return [clip(line, LINE) for line in lines if line]


def _named(asker: Asker) -> str:
    behind = [*(["inferred"] if asker.inferred else []), *([asker.firm] if asker.firm else [])]
    return f"{asker.name or 'unlabelled'}" + (f" ({', '.join(behind)})" if behind else "")


def _name(id_: str, calls: Mapping[str, Call]) -> str:
    call = calls.get(id_)
    return call.name if call is not None else id_


def _line(name: str, counts: Mapping[str, int], *, most: int = 0) -> str:
    """Write `Name: a x3 · b x1`; counts up to `most` go without saying."""
    known = [(entry, count) for entry, count in counts.items() if count > 0]
    if not known:
        return ""
    entries = [entry if count <= most else f"{entry} {TIMES}{count:,}" for entry, count in known[:SHOWN]]
    more = len(known) - SHOWN
    return f"{name}: {' · '.join(entries)}{f' · and {more:,} more' if more > 0 else ''}"
