"""Given calls that are marked through and through: company, speaker, words. What shows up anywhere tells whose it is."""

from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.transcript import work
from handlers.shelves import Shelves

TENANTS = ("T1", "T2", "T3")
CHANNELS = ("C1", "G1", "D1")  # public, private, direct
PLACES = tuple(product(TENANTS, CHANNELS))
SYLLABLES = ("bri", "cla", "dro", "fle", "gry", "kul", "mor", "nev", "pyx")


def mark(tenant: str, channel: str) -> str:
    """Return a place's own word, which is no word of English and near none of another place's."""
    number = PLACES.index((tenant, channel))
    return f"{SYLLABLES[number]}{SYLLABLES[(number * 4 + 1) % 9]}zor"


def given(tenant: str, channel: str) -> bytes:
    """Return a transcript that belongs to a place."""
    word = mark(tenant, channel)
    name = word.capitalize()
    return f"""{name} Works (NYSE: {word[:4].upper()})
Q2 2026 Earnings Call
Jul 29, 2026, 5:00 p.m. ET

Prepared Remarks:

Operator

Good day, and welcome to the call of {name} Works. I'll hand over to Ada {name}.

Ada {name} -- Chief Executive Officer

Thank you. Our {word} margin rose, and the {word} plant opened in June. We sold every {word} that we could make.

Questions and Answers:

Operator

The first question is from Boris Tal of {name} Capital.

Boris Tal -- {name} Capital -- Analyst

How many {word} will you sell next year?

Ada {name} -- Chief Executive Officer

We think that {word} will double.
""".encode()


class Inline(Shelves):
    """Shelves that parse in this process: these files are our own."""

    async def parse(self, data: bytes, name: str) -> bytes:
        """Parse at once."""
        return parsed(data, name)


class Once(Shelves):
    """Shelves whose child reads a file once for all tests of a process: the same bytes of one name give the same."""

    async def parse(self, data: bytes, name: str) -> bytes:
        """Parse in a child process what none of them has been given yet."""
        if (data, name) not in _GIVEN:
            _GIVEN[data, name] = await super().parse(data, name)
        return _GIVEN[data, name]


_GIVEN: dict[tuple[bytes, str], bytes] = {}


def parsed(data: bytes, name: str) -> bytes:
    """Return what a file holds, packed."""
    with TemporaryDirectory() as folder:
        file = Path(folder, name)
        file.write_bytes(data)
        return work([str(file)])
