"""Every question the README shows is asked of the sample calls, and finds something."""

import asyncio
import datetime as dt
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from bot.ask import ask
from bot.library import Library
from bot.query import understand
from handlers.call._subcommand import Subcommand
from tests.desk import samples, shelved

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
TODAY = dt.date(2026, 11, 22)
ACTS = (
    "alias",
    "digest",
    "export",
    "forget",
    "mute",
    "stats",
    "status",
    "synonym",
    "unmute",
    "unwatch",
    "use",
    "watch",
)  # sub-commands that act in Slack; their own tests run them


def questions() -> list[str]:
    """The questions in code blocks and code spans, once each, without those that act."""
    found = re.findall(r"^/call (.+)$", README, re.MULTILINE) + re.findall(r"`/call ([^`]+)`", README)
    return sorted({question for question in found if not question.startswith(ACTS) and "`" not in question})


@pytest.fixture(scope="module")
def library() -> Library:
    return asyncio.run(shelved(samples()))


def test_there_are_examples() -> None:
    assert len(questions()) >= 15


@pytest.mark.parametrize("question", questions())
async def test_a_readme_question_finds_something(question: str, library: Library) -> None:
    answer = await ask(library, question, today=TODAY)
    assert answer.hits or answer.body
    assert understand(answer.query.restated, library.directory, today=TODAY).intent == answer.query.intent


@pytest.mark.parametrize("page", ["README.md", *(str(path.relative_to(ROOT)) for path in (ROOT / "docs").glob("*.md"))])
def test_links_and_pictures_are_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        if "://" not in target:
            assert ((ROOT / page).parent / target).exists(), target


def test_every_picture_of_the_page_is_shown() -> None:
    """Each surface that the browser's tests walk leaves a picture; a figure of the benches stands with its numbers."""
    taken = {path.name for path in (ROOT / "docs" / "pictures").glob("*.png")}
    shown = set(re.findall(r"!\[[^\]]+\]\(docs/pictures/([^)]+)\)", README))
    assert taken - shown == {"search-growth.png"}


def test_the_example_of_a_sub_command_is_one_and_keeps_the_house_s_style() -> None:
    code = re.findall(r"```python\n(.*?)```", README, re.DOTALL)[0]
    module = ModuleType("handlers.call.ping")
    exec(compile(code, "ping.py", "exec"), module.__dict__)
    assert isinstance(module.subcommand, Subcommand)
    assert module.subcommand.name == "ping"
    linter = [sys.executable, "-m", "ruff", "check", "--no-cache", "--stdin-filename", "handlers/call/ping.py", "-"]
    checked = subprocess.run(linter, input=code, cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
