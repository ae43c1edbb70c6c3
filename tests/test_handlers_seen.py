"""Which calls people see: whatever answers them asks for what may be seen from where they are, and nothing else."""

import ast
from pathlib import Path

import pytest

HANDLERS = Path(__file__).parent.parent / "handlers"
LISTENERS = sorted(HANDLERS.rglob("*.py"))
KEEPERS = {"desk.py", "folders.py", "metrics.py", "server.py", "shelves.py"}
"""Who may touch the shared library itself: who holds it, fills it, and counts it for the operator."""


def shared_library_in(source: str) -> list[int]:
    """Return the lines that read the attribute `library` of a desk, whatever holds the desk."""
    reads = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute) and node.attr == "library")
    return [node.lineno for node in reads if ast.unparse(node.value).rpartition(".")[2].endswith("desk")]


@pytest.mark.parametrize("path", LISTENERS, ids=lambda path: str(path.relative_to(HANDLERS)))
def test_no_listener_reads_the_shared_library(path: Path) -> None:
    if str(path.relative_to(HANDLERS)) in KEEPERS:
        return
    assert shared_library_in(path.read_text(encoding="utf-8")) == []


def test_the_walk_sees_a_reader() -> None:
    assert shared_library_in("async def run(asked, desk):\n    return list(desk.library.calls)\n") == [2]
    assert shared_library_in("class A:\n    def run(self):\n        return self._desk.library\n") == [3]
