"""Labels that print the firm first: `FIRM - NAME: words`. Which side the names stand on, the document itself says."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from bot.parsing import handoff
from bot.parsing.label import is_firm
from bot.parsing.names import fold, is_name, is_part
from bot.parsing.speech import Draft, Speech

FEWEST = 2  # people whose labels print a firm: one such label is no way of printing


def turned(draft: Draft) -> None:
    """Turn the labels of a draft round where firms stand in the place of names, and nothing speaks against it."""
    both = [speech for speech in draft.speeches if _is_pair(speech)]
    people = {_beside(speech) for speech in both}
    if len(people) >= FEWEST and all(map(is_name, people)) and _for(draft, both) and not _against(draft, both):
        for speech in both:
            label = speech.label
            if label is not None and label.firm is not None:
                speech.label = replace(label, name=label.firm, firm=label.name)


def _is_pair(speech: Speech) -> bool:
    label = speech.label
    return label is not None and label.firm is not None and label.title is None and not label.is_part


def _name(speech: Speech) -> str:
    return speech.label.name if speech.label is not None else ""


def _beside(speech: Speech) -> str:
    return (speech.label.firm or "") if speech.label is not None else ""


def _for(draft: Draft, both: Sequence[Speech]) -> bool:
    """Tell whether anything says that the second part is the name: a list, a hand-off, a firm of several people."""
    return (
        _shared(both, swapped=True)
        or any(is_firm(_name(speech)) for speech in both)
        or _known(draft, {fold(_beside(speech)) for speech in both})
    )


def _against(draft: Draft, both: Sequence[Speech]) -> bool:
    """Tell whether anything says that the first part is the name after all."""
    return (
        _shared(both, swapped=False)
        or any(is_firm(_beside(speech)) or is_part(_beside(speech)) for speech in both)
        or _known(draft, {fold(_name(speech)) for speech in both})
    )


def _shared(both: Sequence[Speech], *, swapped: bool) -> bool:
    """Tell whether several people speak for one firm, which hardly anybody does for several."""
    people: dict[str, set[str]] = defaultdict(set)
    for speech in both:
        name, firm = (_beside(speech), _name(speech)) if swapped else (_name(speech), _beside(speech))
        people[fold(firm)].add(fold(name))
    return any(len(each) > 1 for each in people.values())


def _known(draft: Draft, names: set[str]) -> bool:
    """Tell whether a list holds one of the names, or somebody gives one of them the floor."""
    if any(fold(person.name) in names for person in draft.people):
        return True
    given = (
        handoff.find(speech.text) for speech in draft.speeches if speech.label is not None and speech.label.is_part
    )
    return any(hand is not None and hand.name is not None and fold(hand.name) in names for hand in given)
