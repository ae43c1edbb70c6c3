"""Small rules that check one JSON value each and note every complaint with its place, as Slack words them.

A rule is called with the value, the JSON pointer to it and the Walk that collects complaints; rules are made by the
functions here and put together in `blocks.py`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Walk:
    """One walk over a payload: the surface it is meant for, what was complained about, what was counted."""

    surface: str  # message, modal or home
    complaints: list[str] = field(default_factory=list)
    characters: int = 0  # of all text that counts against Slack's sum
    markdown: int = 0  # of markdown blocks alone
    pieces: int = 0  # blocks a message holds once markdown is expanded
    block_ids: set[str] = field(default_factory=set)
    tables: int = 0
    charts: int = 0
    inside: list[str] = field(default_factory=list)  # types of the blocks around the present value

    def complain(self, reason: str, pointer: str) -> None:
        """Note that the value at `pointer` is refused for `reason`."""
        self.complaints.append(f"{reason} [json-pointer:{pointer}]")


Rule = Callable[[object, str, Walk], None]


def string(most: int | None = None, least: int = 0, starts: tuple[str, ...] = ()) -> Rule:
    """Return the rule for a string of `least` to `most` characters that starts with one of `starts`."""

    def check(value: object, pointer: str, walk: Walk) -> None:
        if not isinstance(value, str):
            walk.complain("must be a string", pointer)
            return
        if len(value) < least:
            walk.complain(f"must be more than {least - 1} characters", pointer)
        if most is not None and len(value) > most:
            walk.complain(f"must be less than {most + 1} characters", pointer)
        if starts and not value.startswith(starts):
            walk.complain("invalid url", pointer)

    return check


def boolean(value: object, pointer: str, walk: Walk) -> None:
    """Complain about anything but true and false."""
    if not isinstance(value, bool):
        walk.complain("must be a boolean", pointer)


def number(least: float | None = None, most: float | None = None, *, whole: bool = True) -> Rule:
    """Return the rule for a number between `least` and `most`, both included."""

    def check(value: object, pointer: str, walk: Walk) -> None:
        if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
            walk.complain("must be an integer" if whole else "must be a number", pointer)
            return
        if least is not None and value < least:
            walk.complain(f"must be at least {least}", pointer)
        if most is not None and value > most:
            walk.complain(f"must be at most {most}", pointer)

    return check


def one_of(*values: str) -> Rule:
    """Return the rule for a string out of `values`."""

    def check(value: object, pointer: str, walk: Walk) -> None:
        if value not in values:
            walk.complain(f"must be one of {', '.join(values)}", pointer)

    return check


def every(rule: Rule, most: int | None = None, least: int = 0, noun: str = "items") -> Rule:
    """Return the rule for a list of `least` to `most` values that each pass `rule`."""

    def check(value: object, pointer: str, walk: Walk) -> None:
        if not isinstance(value, list):
            walk.complain("must be an array", pointer)
            return
        if len(value) < least:
            walk.complain(f"must provide at least {least} {noun}", pointer)
        if most is not None and len(value) > most:
            walk.complain(f"no more than {most} {noun} allowed", pointer)
        for place, item in enumerate(value):
            rule(item, f"{pointer}/{place}", walk)

    return check


def anything(value: object, pointer: str, walk: Walk) -> None:
    """Accept whatever comes: a field whose inside Slack does not check either."""


def mapping(value: object, pointer: str, walk: Walk) -> None:
    """Accept any JSON object."""
    if not isinstance(value, dict):
        walk.complain("must be an object", pointer)


def shape(required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None, *further: Rule) -> Rule:
    """Return the rule for an object with exactly these fields; each of `further` then sees the whole object."""
    allowed = {**required, **(optional or {})}

    def check(value: object, pointer: str, walk: Walk) -> None:
        if not isinstance(value, dict):
            walk.complain("must be an object", pointer)
            return
        for name in required:
            if value.get(name) is None:
                walk.complain(f"missing required field: {name}", pointer)
        for name, inner in value.items():
            rule = allowed.get(name)
            if rule is None:
                walk.complain(f"unknown field: {name}", f"{pointer}/{name}")
            elif inner is not None:
                rule(inner, f"{pointer}/{name}", walk)
        for rule in further:
            rule(value, pointer, walk)

    return check


def by_type(kinds: Mapping[str, Rule], noun: str) -> Rule:
    """Return the rule for an object whose `type` says which of `kinds` it is."""

    def check(value: object, pointer: str, walk: Walk) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        rule = kinds.get(kind) if isinstance(kind, str) else None
        if rule is None:
            walk.complain(f"unsupported {noun} type: {kind}", pointer)
        else:
            rule(value, pointer, walk)

    return check


def pick(kinds: Mapping[str, Rule], names: Iterable[str]) -> dict[str, Rule]:
    """Return those of `kinds` that `names` lists."""
    return {name: kinds[name] for name in names}
