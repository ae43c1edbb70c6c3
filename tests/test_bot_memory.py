"""What comes and goes leaves little behind."""

import gc
import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import _lru_cache_wrapper
from types import ModuleType

import pytest

import bot
from bot.answers import quotes, substance, tally
from bot.ask import ask
from bot.errors import QuestionError
from bot.library import Library
from bot.memory import forget_texts, is_bounded
from bot.query.intents import intents
from bot.quoting import sentences
from bot.search.exchanges import points_back, says_nothing_new
from bot.search.words import key
from tests.invented_calls import CALLS, TODAY

HOLES = """
import ctypes, threading
from bot.memory import share_arenas
if {shared}:
    share_arenas()
kept = []
def churn(number):
    taken = [bytes(3000) for _ in range(2000)]
    gate.wait()
    kept.append(taken[number::50])
gate = threading.Barrier(12)
threads = [threading.Thread(target=churn, args=(number,)) for number in range(12)]
for each in threads:
    each.start()
for each in threads:
    each.join()
libc = ctypes.CDLL(None)
libc.malloc_stats()
"""


def arenas(*, shared: bool) -> int:
    """Return how many arenas glibc tells of after twelve threads held memory at once."""
    told = subprocess.run(
        [sys.executable, "-c", HOLES.format(shared=shared)], capture_output=True, text=True, check=True
    ).stderr
    return told.count("Arena ")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc's arenas are Linux's")
def test_threads_share_arenas() -> None:
    before = arenas(shared=False)
    if not before:
        pytest.skip("another allocator than glibc's: it tells of no arenas")
    assert before > 2
    assert arenas(shared=True) <= 2


# A word that only the call holds, and with an accent, so that it is looked for letter by letter.
SECRET = "zyrqué"
BY_TEXT = (sentences, quotes._excerpt, tally._marked, substance._substantial, substance._parting, points_back)


def modules() -> Iterator[ModuleType]:
    for each in pkgutil.walk_packages(bot.__path__, "bot."):
        if not each.name.endswith("__main__"):
            yield importlib.import_module(each.name)


def remembering(holder: object) -> "Iterator[_lru_cache_wrapper[object]]":
    return (each for each in vars(holder).values() if isinstance(each, _lru_cache_wrapper))


async def ask_about_a_secret() -> None:
    """Ask all there is to ask of a call, and remove it."""
    text = f" Freight costs of {SECRET} rose. That includes the last quarter's? Thank you for that." * 30
    secret = replace(
        CALLS[0],
        id="given",
        turns=tuple(
            replace(turn, text=f"{turn.text}{text if turn.index % 2 else ' Thanks.'}") for turn in CALLS[0].turns
        ),
    )
    library = await Library.of([secret, CALLS[1]])
    for intent in intents().values():
        for question in (f"{intent.lead} {SECRET}", f"{intent.lead} freight", intent.lead):
            with suppress(QuestionError):
                await ask(library, question, today=TODAY)
    says_nothing_new(text, ())  # few questions are so short that they are held against those before them
    await library.remove(["given"])


async def test_what_was_remembered_of_texts_is_forgotten() -> None:
    held = [each for module in modules() for each in remembering(module) if is_bounded(each)]
    assert {*BY_TEXT, key} <= {*held}
    await ask_about_a_secret()
    assert [each.__name__ for each in BY_TEXT if not each.cache_info().currsize] == []
    forget_texts("bot")
    assert [each.__name__ for each in held if each.cache_info().currsize] == []


async def test_what_is_remembered_for_good_is_nobodys_words() -> None:
    await ask_about_a_secret()
    for module in modules():
        for each in remembering(module):
            if not is_bounded(each):
                assert key(SECRET) not in str(gc.get_referents(each)).lower(), each
                assert SECRET not in str(gc.get_referents(each)).lower(), each


def test_only_functions_of_modules_remember() -> None:
    """Nothing else would be found when it is to be forgotten."""
    classes = {each for module in modules() for each in vars(module).values() if isinstance(each, type)}
    assert [each for each in classes if any(remembering(each))] == []


def test_other_packages_keep_what_they_remember() -> None:
    key("freight")
    forget_texts("handlers", "bo", "")
    assert key.cache_info().currsize
