"""Where a question names companies whose calls are loaded, and not a word or a house that is written the same."""

from collections.abc import Sequence

from bot.directory import Directory
from bot.query.clock import QUARTER
from bot.query.entities import Company, bare_site, brand, house
from bot.query.keywords import classes, keywords, ordinary_words, stop_words
from bot.query.marks import CALL_NOUNS, Mark
from bot.query.small_words import AGAINST, ASKING, COVERS
from bot.query.tables import position_of
from bot.query.tables import words as name_parts
from bot.query.tokens import Token
from bot.search.english import plain

# Lower-case tickers that are too often words of a question.
_NOT_TICKERS = frozenset(
    {
        "ir",
        "md",
        "gc",
        "ms",
        "qa",
        "vp",
        "pm",
        "am",
        "us",
        "uk",
        "eu",
        "fx",
        "ai",
        "ev",
        "evs",
        "it",
        "esg",
        "ceo",
        "cfo",
        "coo",
    }
)


GLUED = 5
"""Letters of a name from which it may be typed as two words."""
NAME = 3
"""Words of a company's name that are looked at beside another's."""
_ASK = frozenset({"ask", "asked", "asks", "asking"})
_ON_CALLS = _ASK | {"at", "for", "in", "on"}
"""Words before a house that is asked, or on whose calls something is."""
_ASKERS = ASKING | {"analyst", "analysts"}
_AT_AN_END = frozenset({"first", "last", "opening", "closing", "final"})
"""Words of a question that stands at one end of a call: `first question jpm`."""
_JOINS = frozenset({"and", "or", "to", "with"})
_COMPARING = frozenset({"compare", "compared", "compares", "comparing", "comparison", "contrast"})
HOUSE = 2
"""Words that another name of a known house has: Citi, Wells Fargo."""


class Issuers:
    """Finds the companies among a question's tokens; `own` words mean otherwise than a ticker to the team."""

    def __init__(
        self, tokens: tuple[Token, ...], words: tuple[str, ...], directory: Directory, own: frozenset[str]
    ) -> None:
        self.tokens = tokens
        self.words = words  # of the tokens; "" where one is no plain word
        self.directory = directory
        self.own = own

    def marks(self) -> list[Mark]:
        """Return where companies stand."""
        marks: list[Mark] = []
        at = 0
        while at < len(self.tokens):
            mark = self._company(at)
            if mark is not None:
                marks.append(mark)
            at = mark.end if mark is not None else at + 1
        return marks

    def _word(self, at: int) -> str:
        return self.words[at] if 0 <= at < len(self.words) else ""

    def _company(self, at: int) -> Mark | None:
        head = name_parts(self.words[at])[0] if self._joined(at) else self.words[at]
        longest = self.directory.longest_company.get(head, 0)
        if self.tokens[at].possessive:
            longest = max(longest, self.directory.longest_company.get(f"{head}s", 0))
        if self.directory.issuing_houses:
            longest = max(longest, HOUSE)
        for length in range(min(longest, len(self.words) - at), 0, -1):
            words = self.words[at : at + length]
            if not all(words) or (length == 1 and words[0] in self.own and not self.tokens[at].cash):
                continue
            mark = self._named(at, length)
            if mark is not None:
                return mark
        if found := self._in_two(at):
            return Mark(at, at + 2, company=found)
        found = self._otherwise(at)
        if found:
            return Mark(at, at + 1, company=found)
        misspelt = self._misspelt(at)
        return Mark(at, at + 1, company=(misspelt,), misspelt=True) if misspelt else None

    def _named(self, at: int, length: int) -> Mark | None:
        """Return the company that so many tokens name, or whose product they name with the one behind them."""
        words, found = self._found(at, length)
        if not found or (length == 1 and self._somebodys(at, found)):
            return None
        if length == 1 and self._of_a_product(at, found):
            return Mark(at, at + 2, company=found, product=True)
        if length == 1 and self._of_a_product(at, found, before=True):
            return Mark(at - 1, at + 1, company=found, product=True)
        end = self._whole_name(at + length, words, found)
        meant = self._means_company(at, end - at, found) and not self._within_name(at, end - at)
        return Mark(at, end, company=found) if meant else None

    def _joined(self, at: int) -> bool:
        """Whether a token is several words of a name: `at&t`, `bristol-myers`."""
        return "&" in self.words[at] or "-" in self.words[at]

    def _found(self, at: int, length: int) -> tuple[tuple[str, ...], tuple[Company, ...]]:
        """Return the companies that tokens name, and the words of the name; the 's of several words may be its own."""
        words = self._parted(at, length)
        found = self.directory.company(words) or self._of_a_house(words)
        if found or length == 1 or not any(token.possessive for token in self.tokens[at : at + length]):
            return words, found
        run = zip(self.tokens[at : at + length], words, strict=False)
        owned = tuple(f"{word}s" if token.possessive else word for token, word in run)
        return owned, self.directory.company(owned)

    def _of_a_house(self, words: tuple[str, ...]) -> tuple[Company, ...]:
        """Return the company that is a known house by another of its names: Citi, where Citigroup is loaded."""
        known = house(" ".join(words)) if stop_words().isdisjoint((*words[:1], *words[-1:])) else None  # "and citi"
        return self.directory.issuing_houses.get(known, ()) if known is not None else ()

    def _parted(self, at: int, length: int) -> tuple[str, ...]:
        """Return the words of tokens as names have them: `at&t` at and t."""
        words = self.words[at : at + length]
        if not any(map(self._joined, range(at, at + length))):
            return words
        return tuple(part for word in words for part in (name_parts(word) or (word,)))

    def _whole_name(self, end: int, words: tuple[str, ...], found: Sequence[Company]) -> int:
        """Return where a company's name ends that goes on behind what is enough of it: `capital one financial`."""
        furthest = end
        for name in dict.fromkeys(name for company in found for name in company.names):
            full, at = name_parts(name), end
            if full[: len(words)] != words:
                continue
            for part in full[len(words) :]:
                if self._word(at) != part:
                    break
                at += 1
                if part != "and" or self.tokens[at - 1].text == "&":
                    furthest = max(furthest, at)
        return furthest

    def _misspelt(self, at: int) -> Company | None:
        """Return the company that a word misspells, unless it is one of two words of a name, or a word of questions."""
        word = self.words[at]
        if not word or word in self.own or word in keywords():
            return None
        found = self.directory.company_misspelt(word)
        return found if found is not None and not self._within_name(at, 1) else None

    def _in_two(self, at: int) -> tuple[Company, ...]:
        """Return the company whose one word is typed as two: `met life`, `fed ex`."""
        first, second = self.words[at], self._word(at + 1)
        glued = f"{first}{second}"
        found = self.directory.company((glued,)) if first and second and len(glued) >= GLUED else ()
        if not found or not (first.isalpha() and second.isalpha()) or plain(glued):
            return ()
        return found if _leads(glued, found) else ()

    def _otherwise(self, at: int) -> tuple[Company, ...]:
        """Return the company of a word that is none as it stands: `curtiss-wright`, `macy's`, `tesla` for TSLA."""
        word = self._word(at)
        if not word:
            return ()
        joined = self.directory.company((word.replace("-", ""),)) if "-" in word else ()
        owned = self.directory.company((f"{word}s",)) if self.tokens[at].possessive else ()
        unnamed = None if joined or owned else self.directory.abbreviated(word)
        return joined or owned or ((unnamed,) if unnamed else ())

    def _means_company(self, at: int, length: int, found: Sequence[Company]) -> bool:
        token = self.tokens[at]
        if token.cash or (length == 1 and self._against(at)):  # "met vs pru"
            return True
        if self._also_firm(at, length):
            return self._issuer(at, length)
        if length > 1:
            return True
        word, leads = token.word, _leads(token.word, found)
        ticker = any((company.ticker or "").lower() == word for company in found)
        typed_as_ticker = token.text.isupper() and not all(
            each.text.isupper() for each in self.tokens if each.text.isalpha()
        )
        if ticker and not leads:
            unlike = not plain(word) or (len(word) > 2 and word not in ordinary_words() and self.directory.proper(word))  # noqa: PLR2004 - two letters are too often a word
            return typed_as_ticker or (len(word) > 1 and word not in _NOT_TICKERS and unlike)
        proper = leads and word not in ordinary_words() and self.directory.proper(word)
        if not plain(word) or proper or (leads and self._speaks(at)):
            return True
        beside = (
            self._word(at - 1) in {"at", "for", "from"} or self._word(at + length) in CALL_NOUNS or token.possessive
        )
        uncommon = beside and not self.directory.ordinary(word)
        return typed_as_ticker or uncommon or (token.capital and (beside or at > 0))

    def _of_a_product(self, at: int, found: Sequence[Company], *, before: bool = False) -> bool:
        """Whether a company's name is part of a product's, as its calls write it: with the next word, or the last."""
        token, word = self.tokens[at], self._word(at - 1 if before else at + 1)
        if not word.isalpha() or len(found) != 1 or token.cash or token.possessive:
            return False
        if before and (word in keywords() or self.tokens[at - 1].possessive or self._is_name(at - 1, at)):
            return False
        return self.directory.usage.product(found[0], token.word, word, before=before)

    def _against(self, at: int) -> bool:
        """Whether a ticker stands against a company: two that are companies are meant as such."""
        ahead = self._word(at + 1) in AGAINST and self._begins(at + 2)
        return ahead or (self._word(at - 1) in AGAINST and self._ends(at - 1))

    def _within_name(self, at: int, length: int) -> bool:
        """Whether a company's words are part of a longer name: Morgan Stanley, where Kinder Morgan is loaded."""
        for start in range(max(0, at - 2), at + 1):
            for end in range(at + length, min(len(self.words), at + length + 2) + 1):
                words = self.words[start:end]
                if len(words) == length or not all(words):
                    continue
                glued = "".join(self._parted(start, end - start))
                for found in (self.directory.firm(words), self.directory.person(words)):
                    names = (name for each in found.entities if found.exact for name in (each.name, *each.names))
                    if any(glued in "".join(name_parts(name)) for name in names):  # all of them are the name's own
                        return True
        return False

    def _issuer(self, at: int, length: int) -> bool:
        """Whether a house whose own calls are loaded is meant as the company: it speaks, is asked, or has a subject."""
        before, after = self._word(at - 1), self._word(at + length)
        if self._beside_a_house(at, at + length):
            return False
        if (after,) in position_of() or self._beside_another(at, at + length):  # "the jpm cfo", "citi vs jpm"
            return True
        covered = not COVERS.isdisjoint(self.words[:at])  # "which banks cover jpm"
        if covered or before in _ON_CALLS or after in CALL_NOUNS:
            return True
        if before == "of" and (self._word(at - 2),) in position_of():  # "the cfo of citigroup"
            return True
        if before not in {"by", "from"} and after not in _ASK and self._dated(at + length):
            return True
        return self._speaks(at, length) or self._has_subject(at, at + length)

    def _has_subject(self, start: int, end: int) -> bool:
        """Whether a house that nobody asks by name, on nobody else's calls, stands beside what is asked about."""
        if self._on_anothers_calls(start, end):
            return False
        if self._word(start - 1) in {"from", "of"} and not self._subject(start - 2):
            return False
        words = {self._word(index) for index in range(len(self.tokens))}
        asks = {*_ASK, "analyst", "analysts", "by", "who"}
        asks |= set() if words & _AT_AN_END else {"question", "questions"}
        whose = end == len(self.tokens) and self._is_name(0, start)  # "walmart citi": who asks on whose calls
        beside = end - start < len(self.tokens) and not (words & asks or whose)  # "jpm margin", "margin jpm"
        return beside and all(each.field is None for each in self.tokens)

    def _subject(self, at: int) -> bool:
        """Whether a word says what about: `buybacks from citi` is the company's, `josey from citi` the firm's."""
        word = self._word(at)
        if not word or word in keywords() or word in stop_words():
            return False
        return plain(word) or not self.directory.person([word]).entities

    def _on_anothers_calls(self, start: int, end: int) -> bool:
        """Whether a company that asks nobody is named as well: `meta from citi`, `ads from citi at meta`."""
        for at in (*range(start), *range(end, len(self.words))):
            for length in range(1, min(NAME, (start if at < start else len(self.words)) - at) + 1):
                if not self._is_name(at, at + length) or self._also_firm(at, length):
                    continue
                if self._means_company(at, length, self._found(at, length)[1]):
                    return True
        return False

    def _beside_a_house(self, start: int, end: int) -> bool:
        """Whether a house without calls of its own is put beside it: both are firms then (`jefferies vs citi`)."""
        joins = AGAINST | _JOINS
        behind = range(end + 1 + NAME, end + 1, -1) if self._word(end) in joins else ()
        before = range(start - 1 - NAME, start - 1) if self._word(start - 1) in joins else ()
        beside = [((end + 1, stop) for stop in behind), ((begin, start - 1) for begin in before if begin >= 0)]
        longest = [next((span for span in spans if self._is_firm(*span)), None) for spans in beside]
        return any(span is not None and not self._is_name(*span) for span in longest)

    def _is_firm(self, start: int, end: int) -> bool:
        known = house(" ".join(self.words[start:end])) is not None  # though it is on no loaded call
        return all(map(self._word, range(start, end))) and (known or self._also_firm(start, end - start))

    def _beside_another(self, start: int, end: int) -> bool:
        """Whether another company with calls stands beside it: `citi vs jpm`, `compare citi and jpm`.

        Two that ask are houses: `what did citi and jpm ask`.
        """
        if not _ASKERS.isdisjoint(self.words):
            return False
        joins = AGAINST | (_JOINS if self._compares() else frozenset())
        led = self._word(start - 1) in _JOINS and self._ends(start - 1, led=True)
        behind = self._word(end) in joins and self._begins(end + 1)
        return led or behind or (self._word(start - 1) in joins and self._ends(start - 1))

    def _compares(self) -> bool:
        return not _COMPARING.isdisjoint(self.words)

    def _begins(self, at: int) -> bool:
        """Whether a company's name begins at a token."""
        return any(self._is_name(at, at + length) for length in range(1, NAME + 1))

    def _ends(self, at: int, *, led: bool = False) -> bool:
        """Whether a company's name ends before a token; `led`: behind "at", "for" or "in"."""
        starts = range(at - 1, at - 1 - NAME, -1)
        return any(
            self._is_name(start, at) for start in starts if not led or self._word(start - 1) in {"at", "for", "in"}
        )

    def _is_name(self, start: int, end: int) -> bool:
        words = self.words[start:end] if start >= 0 else ()
        if len(words) < end - start or not all(words):
            return False
        return bool(self.directory.company(words) or self._of_a_house(words))

    def _dated(self, at: int) -> bool:
        """Whether a quarter or a year stands right behind a name, as it does of a call: `jpmorgan q3 2019`."""
        word = self._word(at)
        return QUARTER.fullmatch(word) is not None or (len(word) == 4 and word.isdigit() and word[:2] in {"19", "20"})  # noqa: PLR2004 - a year

    def _somebodys(self, at: int, found: Sequence[Company]) -> bool:
        """Whether a word is rather somebody's name: who asks, which companies don't, or one within a company's name.

        `what did cooper ask`; `what did smith say`, where A. O. Smith is loaded.
        """
        token, word = self.tokens[at], self._word(at)
        asked = {member[0] for member in classes()["ask"]}
        by = self._word(at - 1) in {"by", "from"} and self._word(at - 2) in {"question", "questions", "asked"}
        asks = by or self._word(at + 1) in asked
        beside = self._word(at - 1) in {"at", "for"} or self._word(at + 1) in CALL_NOUNS or token.possessive
        within = not (beside or _leads(word, found) or word in {(each.ticker or "").lower() for each in found})
        return not token.cash and (asks or within) and bool(self.directory.person([word]).entities)

    def _speaks(self, at: int, length: int = 1) -> bool:
        """Whether somebody is said to speak there: `did target say`."""
        said = {member[0] for name in ("say", "saybare") for member in classes()[name]}
        return self._word(at - 1) in {"did", "does", "has", "have", "had"} and self._word(at + length) in said

    def _also_firm(self, at: int, length: int) -> bool:
        found = self.directory.firm([self._word(index) for index in range(at, at + length)])
        return found.exact and bool(found.entities)


def _leads(word: str, found: Sequence[Company]) -> bool:
    """Whether a word is how a company's name begins (its brand, or the first word of it)."""
    return any(brand(bare_site(name))[:1] == (word,) for company in found for name in company.names)
