"""The house's rules, held for every module: imports point one way, one reader of the environment, nothing at import."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CORE = sorted((ROOT / "bot").rglob("*.py"))
MODULES = sorted(path for folder in ("bot", "handlers", "playground") for path in (ROOT / folder).rglob("*.py"))
FRONT_DOOR = ROOT / "bot" / "__main__.py"


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("path", CORE, ids=name)
def test_the_core_knows_nothing_of_slack_or_the_web(path: Path) -> None:
    if path == FRONT_DOOR:
        return
    tops = {module.split(".")[0] for module in imports(path)}
    assert not tops & {"slack_bolt", "slack_sdk", "aiohttp", "handlers", "playground"}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_only_config_reads_the_environment(path: Path) -> None:
    if path in {FRONT_DOOR, ROOT / "bot" / "config.py"}:
        return
    source = path.read_text(encoding="utf-8")
    assert "os.environ" not in source
    assert "getenv" not in source


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_nobody_imports_the_front_door(path: Path) -> None:
    assert "bot.__main__" not in set(imports(path))
