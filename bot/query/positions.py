"""Whose words a position means: one of titles.toml (the CFO), or one that the calls print (chief digital officer)."""

from bot.directory import Directory
from bot.query.query import Party
from bot.query.tables import firm_words, position_of

_OF_SEVERAL = frozenset({"both", "either", "all", "every", "each"})
_RANKS = frozenset("chief head vice vp svp evp senior executive general group deputy global".split())  # noqa: SIM905 - one string wraps as prose
_OFFICES = frozenset("officer president director counsel manager secretary executive scientist actuary".split())  # noqa: SIM905 - one string wraps as prose


def held(words: tuple[str, ...], directory: Directory) -> Party | None:
    """Return whoever holds the position that folded words name, be it of several companies (`both CEOs`)."""
    if len(words) > 1 and words[0] in _OF_SEVERAL:
        words = words[1:]
    position = position_of().get(words) or position_of().get((*words[:-1], words[-1].removesuffix("s")))
    return titled(position, directory) if position else _office(words, directory)


def printed(typed: str, directory: Directory) -> Party | None:
    """Return whoever holds a position as `title:` has it: one that is listed, or any part of a printed title."""
    position = position_of().get(tuple(typed.split()))
    if position is not None:
        return titled(position, directory)
    bare = typed.removeprefix("the ")
    titles = tuple(title for title in directory.titles if bare in " ".join(title.lower().split()))
    return Party(typed, titles=titles) if titles else None


def titled(position: str, directory: Directory) -> Party:
    """Return the party of a listed position.

    Where no printed title says it, the position itself stands for them, and finds nobody; the answer says so. A call
    may print no title for somebody who has one on another: whoever holds it is meant there too.
    """
    titles = directory.titled(position)
    said = position if position == "investor relations" else f"the {position}"
    return Party(said, persons=directory.holders.get(position, ()), titles=titles or (position,))


def _office(words: tuple[str, ...], directory: Directory) -> Party | None:
    """Read a position that titles.toml does not know by the titles that are printed."""
    if len(words) < 2 or not (words[0] in _RANKS and (words[-1] in _OFFICES or words[:2] == ("head", "of"))):  # noqa: PLR2004 - a rank and an office
        return None
    text = " ".join(words)
    titles = tuple(title for title in directory.titles if text in " ".join(firm_words(title)))
    return Party(f"the {text}", titles=titles) if titles else None
