"""Texts as engines index them: the keys and stems of their words, with spaces between.

What a word and its key are is said in `bot.search.words`. All that is indexed passes here, so plain texts take a way
of their own, without a step of Python's a word; a test holds it to the same words.
"""

import re
from collections.abc import Iterator, Sequence

from bot.search.stems import stem
from bot.search.words import PERCENT, WORD, compounds, key

MOST = 300_000
"""Different words whose stems are remembered at once; numbers make their number endless."""

# Signs of print that part words as a space does: without them most texts are plain (ASCII).
SIGNS = ("\u2019", "\u2018", "\u201c", "\u201d", "\u2013", "\u2014", "\u2026", "\u00a0")
# The numbers that are one word with a sign in it (see WORD), in ASCII. Begins with a digit, to which `re` leaps; only
# then does it look at what stands before.
NUMBER = re.compile(r"\d(?<![^\W_]\d)(?:\d{0,2}(?:,\d{3})++(?:\.\d++)?|\d*+\.\d++)(?![^\W_])", re.ASCII)
# A text's digits and the signs of such numbers, all else blank: this tells soon which texts hold one, as few do.
SHAPES = str.maketrans(
    {chr(code): "0" if chr(code).isdigit() else "." if chr(code) in ",." else " " for code in range(128)}
)
SIGNED = "0.0"
POINT = "\0"
"""Stands for a decimal point until all other points are gone."""
IT, US = "\1", "\2"
"""Stand for two names in capitals until all letters are lower case."""
_CAPITALS = re.compile(r"(?<![^\W_])(?:IT|US)(?![^\W_])")
PLAIN = str.maketrans({chr(code): chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}) | {
    0: ".",
    ord("%"): f" {PERCENT} ",
    ord(IT): "IT",
    ord(US): "US",
}


class Writing(dict[str, str]):
    """Writes texts for an index, and remembers what it met. A dict of stems by key."""

    def __init__(self) -> None:
        super().__init__()
        self.joined: set[str] = set()
        """The hyphenated words that were met, written as one: `ecommerce`."""
        self.surfaces: set[str] = set()
        """Lower-case words that were met and differ from their keys: `nestlé`, `2,500`."""

    def __missing__(self, word: str) -> str:
        if len(self) >= MOST:
            self.clear()
        root = stem(word)
        if root == word:
            root = word  # one string, not two alike: half of what a look at a word has to fetch
        self[word] = root
        return root

    def exact(self, text: str) -> str:
        """Return the keys of a text's words, in order, with one space or more between."""
        if not text.isascii():
            for sign in SIGNS:
                text = text.replace(sign, " ")
        if not text.isascii() or POINT in text or IT in text or US in text:
            return self._exact(text)
        if "%" in text:
            self.surfaces.add("%")
        if "IT" in text or "US" in text:
            text = _CAPITALS.sub(_stand_in, text)
        if SIGNED in text.translate(SHAPES):
            text = NUMBER.sub(self._number, text)
        return text.translate(PLAIN)

    def _exact(self, text: str) -> str:
        words = WORD.findall(text)
        self.surfaces.update(low for word in words if (low := word.lower()) != key(word))
        return " ".join(map(key, words))

    def _number(self, match: re.Match[str]) -> str:
        number = match[0]
        if "," in number:
            self.surfaces.add(number)
            number = number.replace(",", "")
        return number.replace(".", POINT)

    def stems(self, words: Sequence[str]) -> list[str]:
        """Return the stems of words that `exact` gave."""
        return list(map(self.__getitem__, words))

    def compounds(self, text: str) -> str:
        """Return the stems of the hyphenated words, each written as one."""
        if "\u2010" in text or "\u2011" in text:
            text = text.replace("\u2010", "-").replace("\u2011", "-")
        if "-" not in text:
            return ""
        found = compounds(" ".join(_hyphenated(text)))
        self.joined.update(found)
        return " ".join(map(self.__getitem__, found))


def _stand_in(match: re.Match[str]) -> str:
    return IT if match[0] == "IT" else US


def _hyphenated(text: str) -> Iterator[str]:
    """Yield what stands between spaces and holds a hyphen."""
    at = text.find("-")
    while at >= 0:
        end = text.find(" ", at)
        yield text[text.rfind(" ", 0, at) + 1 : end if end >= 0 else len(text)]
        at = text.find("-", end) if end >= 0 else -1
