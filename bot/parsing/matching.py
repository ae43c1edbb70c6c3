"""Which printed names are one person: nicknames, initials, middle names, glued and misspelt names.

A misspelling is believed only above `ALIKE` (rapidfuzz's ratio of the whole folded names) and with one candidate; the
threshold is measured by `tests/bench/misspelt.py`; its table stands in docs/transcripts.md.
"""

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

from bot.parsing.names import HONOURS, SUFFIXES, fold
from bot.parsing.nicknames import may_be

ALIKE = 86.0
LONG_ENOUGH = 8  # letters of a name that a misspelling is believed of


@lru_cache(maxsize=16384)
def parts(name: str) -> tuple[str, ...]:
    """Give a name's words, folded, without honours and suffixes; a nickname in brackets stays as a word."""
    words = [word for word in fold(name).split() if word not in HONOURS and word not in SUFFIXES]
    return tuple(words) or tuple(fold(name).split())


@lru_cache(maxsize=16384)
def _glued(name: str) -> str:
    return "".join(parts(name))


def same(one: str, other: str) -> bool:
    """Tell whether two full names are surely one person's, spelling aside."""
    a, b = parts(one), parts(other)
    if not a or not b:
        return False
    if a == b or _glued(one) == _glued(other):
        return True
    if len(a) == 1 or len(b) == 1:
        return False
    if a[-1] == b[-1]:
        return _given(a, b)
    if a[0] == b[-1] and a[-1] == b[0]:  # noqa: SIM103  # family name first
        return True
    return False


def _share_a_name(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Tell whether the last of some words is the first or last of others: no two full names are one's without."""
    return bool(a and b) and a[-1] in (b[-1], b[0])


def _given(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Given names agree: the first ones, or one's first with the other's middle name."""
    if may_be(a[0], b[0]):
        return True
    return any(len(x) > 1 and may_be(x, b[0]) for x in a[1:-1]) or any(len(x) > 1 and may_be(x, a[0]) for x in b[1:-1])


def alike(one: str, other: str) -> bool:
    """Tell whether one full name is likely the other misspelt."""
    a, b = parts(one), parts(other)
    if len(a) < 2 or len(b) < 2 or a[0][0] != b[0][0]:  # noqa: PLR2004  # given and family name
        return False
    left, right = " ".join(a), " ".join(b)
    if min(len(left), len(right)) < LONG_ENOUGH:
        return False
    if may_be(a[0], b[0]) and fuzz.ratio(a[-1], b[-1]) >= ALIKE:
        return True
    return fuzz.ratio(left, right) >= ALIKE


def best(name: str, among: Iterable[str]) -> str | None:
    """Find the one name that `name` stands for: surely, else the only one alike, else the only one that shares it."""
    candidates = list(among)
    words, glued = parts(name), _glued(name)
    sure = [
        each for each in candidates if (_glued(each) == glued or _share_a_name(words, parts(each))) and same(name, each)
    ]
    if sure:
        return min(sure, key=lambda each: (fold(each) != fold(name), candidates.index(each)))
    if len(words) == 1:
        shared = [each for each in candidates if len(parts(each)) > 1 and words[0] in (parts(each)[0], parts(each)[-1])]
        if not shared:
            shared = [
                each
                for each in candidates
                if len(parts(each)) > 1
                and len(words[0]) > 2  # noqa: PLR2004  # a figure that its name says
                and len(parts(each)[0]) > 1  # an initial is many a name's: M. Balakrishnan is no Marsal
                and may_be(words[0], parts(each)[0])
            ]
        return shared[0] if len(shared) == 1 else None
    begun = [each for each in candidates if parts(each)[: len(words)] == words]  # the family name left off
    close = begun or [each for each in candidates if alike(name, each)]
    return close[0] if len(close) == 1 else None
