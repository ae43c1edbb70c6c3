"""An example of a question in words that the loaded calls hold: one that finds nothing teaches nothing."""

from collections.abc import Callable, Mapping

from bot.directory import Directory
from bot.kind import Kind
from bot.turn import Turn

SPOKEN = ("margin", "tariffs", "demand", "pricing", "revenue", "costs", "growth", "guidance")
"""Topics that most calls speak of, tried in this order."""
TOPICS = ("cold storage", "pricing power", "superchargers", "freight", "tariffs", "margin")
"""The topics of the examples as they are written."""


def fitting(example: str, directory: Directory) -> str:
    """Return an example with the names and the topic of loaded calls, where those it is written with are in none."""
    for topic in TOPICS:
        if topic in example and not all(map(directory.says, topic.split())):
            said = next((each for each in SPOKEN if directory.says(each)), topic)
            example = example.replace(topic, said)
    for name, of in _NAMED.items():
        if name in example:
            known = _known(name, of, directory)
            own = f"{known}'" if known.endswith("s") else f"{known}'s"
            example = example.replace(f"{name}'", own).replace(name, known)
    return example


def _known(name: str, of: Callable[[Turn], str | None], directory: Directory) -> str:
    """Return a name where it is somebody's, else that of an analyst of the newest call that has one."""
    words = name.lower().split()
    if any(found.exact and found.entities for found in (directory.firm(words), directory.person(words))):
        return name
    asking = (turn for call in directory.newest for turn in call.turns if turn.kind is Kind.ANALYST)
    known = dict.fromkeys(held for turn in asking if (held := of(turn)))
    return next((held for held in known if _clearly(held, directory)), name)


def _clearly(name: str, directory: Directory) -> bool:
    """Whether a name is one person's or one firm's."""
    words = name.lower().split()
    found = [each.entities for each in (directory.firm(words), directory.person(words)) if each.exact]
    return sum(map(len, found)) == 1


_NAMED: Mapping[str, Callable[[Turn], str | None]] = {
    "Morgan Stanley": lambda turn: turn.firm,
    "Galliers": lambda turn: turn.person,
}
