"""Every pattern of the bot on hostile text: does its time grow with the text, or with its square?

    python -m tests.chaos patterns

Patterns of RE2 are linear by their making. Each of the others is tried, in the ways its module uses it, on runs of the
characters that it speaks of itself, alone and in pairs, at growing lengths. Processor time is measured, never the wall's.
"""

import importlib
import itertools
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import bot
import handlers

SHORT, FULL = 250, 100_000  # characters
LENGTHS = (1_000, 4_000, 16_000)
SQUARE = 8.0  # times as long at four times the length: 4 is linear, 16 the square
LEAST = 0.001  # seconds below which a ratio says nothing
BOUND = 0.05  # seconds that 100,000 characters may take
USES = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")
ALWAYS = ("a", "A", " ", "\n", "1", ":", "-", "(", ",", ".", '"', "<", "\u00e9")
OWN = 8  # characters of a pattern's own that are paired
ROOT = Path(bot.__file__).parent.parent


@dataclass(slots=True)
class Result:
    """What the walk found: how many patterns, and those that are not linear, with the text's repeated part."""

    patterns: int = 0
    slowest: float = 0.0  # seconds on 100,000 characters, of those that are linear
    slowest_where: str = ""
    square: dict[str, str] = field(default_factory=dict)
    over: dict[str, str] = field(default_factory=dict)  # linear, but above the bound


def every_pattern() -> dict[str, tuple["re.Pattern[str]", tuple[str, ...]]]:
    """Return every compiled pattern of text that a module of bot/ and handlers/ holds, and how its module uses it."""
    found: dict[str, tuple[re.Pattern[str], tuple[str, ...]]] = {}
    seen: set[int] = set()
    for module in modules():
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        for name, value in list(vars(module).items()):
            for number, pattern in enumerate(within(value)):
                if id(pattern) in seen or not isinstance(pattern.pattern, str):
                    continue
                seen.add(id(pattern))
                used = tuple(use for use in USES if re.search(rf"\b{re.escape(name)}\.{use}\(", source))
                found[f"{module.__name__}.{name}" + (f"[{number}]" if number else "")] = (pattern, used or ("search",))
    return found


def modules() -> Iterator[ModuleType]:
    """Import every module of bot/ and handlers/ but the front door."""
    for package in (bot, handlers):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.endswith("__main__"):
                yield importlib.import_module(found.name)


def within(value: object) -> Iterator["re.Pattern[Any]"]:
    """Yield the patterns in a value: itself, or the members of what it holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for item in itertools.chain(value, value.values()):
            yield from within(item)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from within(item)


def alphabet(pattern: "re.Pattern[str]") -> list[str]:
    """Return the characters that a pattern speaks of: its literals, and one for each of its classes."""
    found = dict.fromkeys(
        re.findall(r"\\?[^\\\[\](){}?*+|^$]", re.sub(r"\\[AZzbB]|\(\?[a-zP<>:=!]*", "", pattern.pattern))
    )
    classes = {"\\w": "a", "\\d": "1", "\\s": " ", "\\S": "a", "\\W": "-", "\\D": "a", ".": "a"}
    return list(dict.fromkeys(classes.get(one, one[-1]) for one in found))[:OWN]


def texts(pattern: "re.Pattern[str]") -> list[str]:
    """Return the parts that are repeated into hostile text."""
    own = alphabet(pattern)
    pairs = ["".join(pair) for pair in itertools.product(own, repeat=2) if pair[0] != pair[1]]
    return list(dict.fromkeys([*ALWAYS, *own, *pairs, "Aa ", "a a, ", "A. B", "1,1."]))


def run() -> Result:
    """Try every pattern: on short texts of all kinds, then on long ones of the two kinds that took longest."""
    result = Result()
    for name, (pattern, uses) in every_pattern().items():
        result.patterns += 1
        tries = [(took(pattern, use, part, SHORT), use, part) for use in uses for part in texts(pattern)]
        for _, use, part in sorted(tries, reverse=True)[:2]:
            _try(name, pattern, use, part, result)
    return result


def _try(name: str, pattern: "re.Pattern[str]", use: str, part: str, result: Result) -> None:
    """Let a text grow as long as its time grows with it."""
    before = took(pattern, use, part, LENGTHS[0] // 4)
    for length in LENGTHS:
        now = min(took(pattern, use, part, length) for _ in range(2))
        if now > LEAST and now > SQUARE * before:  # once more: a busy machine may have cost the first
            now = min(now, *(took(pattern, use, part, length) for _ in range(4)))
            before = max(before, min(took(pattern, use, part, length // 4) for _ in range(4)))
        if now > LEAST and now > SQUARE * before:
            result.square.setdefault(name, f"{use} {part!r}: {length:,} characters {now * 1000:.1f} ms")
            return
        before = now
    full = took(pattern, use, part, FULL)
    if full > BOUND:
        result.over.setdefault(name, f"{use} {part!r}: {full * 1000:.0f} ms")
    elif full > result.slowest:
        result.slowest, result.slowest_where = round(full, 4), f"{name} {use} {part!r}"


def took(pattern: "re.Pattern[str]", use: str, part: str, length: int) -> float:
    """Return the processor's seconds for one use on `length` characters."""
    text = (part * (length // len(part) + 1))[:length] + "\0"
    act: Callable[[], object] = {
        "sub": lambda: pattern.sub("", text),
        "finditer": lambda: sum(1 for _ in pattern.finditer(text)),
    }.get(use) or (lambda: getattr(pattern, use)(text))
    began = time.process_time()
    act()
    return time.process_time() - began
