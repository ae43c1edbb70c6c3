"""Labels that print the family name first: `Holt, Dana: words`. That it is so, the words of the call must say."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from bot.parsing.names import fold, is_name, is_single
from bot.parsing.speech import Draft, Speech

FEWEST = 2  # people whom somebody calls by the turned name: one may be chance


def turned(draft: Draft) -> None:
    """Turn the labels of a draft round where two of the names, so turned, are spoken or listed."""
    both = [speech for speech in draft.speeches if _is_pair(speech)]
    turned_names = {fold(_whole(speech)) for speech in both}
    if len(turned_names) < FEWEST or _shared(both):
        return
    words = f" {fold(' '.join(speech.text for speech in draft.speeches))} "
    listed = {fold(person.name) for person in draft.people}
    if sum(name in listed or f" {name} " in words for name in turned_names) >= FEWEST:
        for speech in both:
            if speech.label is not None:
                printed = f"{speech.label.name}, {speech.label.firm}"
                speech.label = replace(speech.label, name=printed, person=_whole(speech), firm=None)


def _is_pair(speech: Speech) -> bool:
    """Tell whether a label prints one word and, as if it were a firm, one word."""
    label = speech.label
    if label is None or label.firm is None or label.title is not None or label.is_part:
        return False
    return is_single(label.name) and is_single(label.firm) and is_name(label.firm)


def _whole(speech: Speech) -> str:
    label = speech.label
    return f"{label.firm} {label.name}" if label is not None else ""


def _shared(both: Sequence[Speech]) -> bool:
    """Tell whether several people stand beside one word, as colleagues beside their firm: then it may be a firm."""
    people: dict[str, set[str]] = defaultdict(set)
    for speech in both:
        if speech.label is not None:
            people[fold(speech.label.firm or "")].add(fold(speech.label.name))
    return any(len(each) > 2 for each in people.values())  # noqa: PLR2004  # two may have one given name
