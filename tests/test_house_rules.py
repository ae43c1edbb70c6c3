"""The house's rules, held for every module: imports point one way, one reader of the environment, nothing at import."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CORE = set((ROOT / "bot").rglob("*.py"))
LISTENERS = set((ROOT / "handlers").rglob("*.py"))
MODULES = sorted(path for folder in ("bot", "handlers", "playground") for path in (ROOT / folder).rglob("*.py"))
FRONT_DOOR = ROOT / "bot" / "__main__.py"
IMPORT = re.compile(r"^[ \t]*(?:import|from)[ \t]+([\w.]+)", re.MULTILINE)
"""One a line, as ruff sees to; in a text, too, it would be found. Parsing every module takes twenty times as long."""
FRONT = re.compile(r"^[ \t]*from[ \t]+(?:bot|\.+)[ \t]+import[ \t]+(?:\([^)]*|.*)\b__main__\b", re.MULTILINE)
"""The front door among what is imported from its package, in brackets over some lines too."""

CLOCKS = {FRONT_DOOR, ROOT / "handlers" / "serve.py"}
CLOCK = re.compile(r"datetime\.now\(|utcnow\(|date\.today\(|time\.time\(")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def broken(path: Path) -> Iterator[str]:
    """Yield the rules that a module breaks."""
    source = path.read_text(encoding="utf-8")
    imported = set(IMPORT.findall(source))
    tops = {module.split(".")[0] for module in imported}
    if not source.startswith('"""'):
        yield "every module says what it is"
    if "bot.__main__" in imported or FRONT.search(source):
        yield "nobody imports the front door"
    if path == FRONT_DOOR:
        return
    if path in CORE and tops & {"slack_bolt", "slack_sdk", "aiohttp", "handlers", "playground"}:
        yield "the core knows nothing of Slack or the web"
    if path in LISTENERS and "playground" in tops:
        yield "what talks to Slack knows nothing of the playground"
    if path != ROOT / "bot" / "config.py" and ("os.environ" in source or "getenv" in source):
        yield "only config reads the environment"
    if path in CORE | LISTENERS and path.parent.name != "terminal" and path not in CLOCKS and CLOCK.search(source):
        yield "time is an argument"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_keeps_the_rules(path: Path) -> None:
    assert list(broken(path)) == []


BREAKING = [
    ("import os\n", "every module says what it is"),
    ('"""."""\nfrom bot.__main__ import main\n', "nobody imports the front door"),
    ('"""."""\nfrom bot import __main__\n', "nobody imports the front door"),
    ('"""."""\nfrom bot import (\n    ask,\n    __main__ as door,\n)\n', "nobody imports the front door"),
    (
        '"""."""\ndef run() -> None:\n    from slack_sdk.web import WebClient\n',
        "the core knows nothing of Slack or the web",
    ),
    ('"""."""\nimport handlers.desk\n', "the core knows nothing of Slack or the web"),
    ('"""."""\nimport os\nHOME = os.environ["HOME"]\n', "only config reads the environment"),
    ('"""."""\nfrom os import getenv\n', "only config reads the environment"),
    ('"""."""\nimport datetime as dt\nNOW = dt.datetime.now(dt.UTC)\n', "time is an argument"),
    ('"""."""\nimport time\nNOW = time.time()\n', "time is an argument"),
]


OF_LISTENERS = [
    ('"""."""\nfrom playground.slack import Slack\n', "what talks to Slack knows nothing of the playground"),
    (
        '"""."""\ndef run() -> None:\n    import playground\n',
        "what talks to Slack knows nothing of the playground",
    ),
]


@pytest.mark.parametrize(
    ("room", "source", "rule"),
    [*(("CORE", *row) for row in BREAKING), *(("LISTENERS", *row) for row in OF_LISTENERS)],
)
def test_a_module_that_breaks_one_is_caught(
    room: str, source: str, rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "made.py"
    path.write_text(source, encoding="utf-8")
    monkeypatch.setattr(f"tests.test_house_rules.{room}", {path})
    assert list(broken(path)) == [rule]


def test_the_modules_are_found() -> None:
    assert len(CORE) > 150
    assert len(LISTENERS) > 50
    assert len(MODULES) > len(CORE) + len(LISTENERS)
