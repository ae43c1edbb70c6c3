"""Reading what a team names, a synonym or an alias: checked before it is kept, with a sentence for what is wrong."""

import re
from dataclasses import dataclass

from bot.directory import Directory
from bot.errors import QuestionError
from bot.query.aliases import alias_words
from bot.query.entities import Company
from bot.query.keywords import keywords, stop_words
from bot.query.tables import words
from bot.search.words import keys
from bot.team import Alias, Sort, Synonym

WORD, WORDS = 40, 4  # characters and words of what is named
MEANT, MEANINGS = 60, 5  # characters of a meaning, and how many a synonym has
SYNONYMS, ALIASES = 100, 50  # of one team
SHOWN = 4  # names that are offered

# What people write in names; no quotes, brackets, colons and operators, which mean something in a question. Linear.
_PLAIN = re.compile(r"[\w&.,'’/%$+ -]+")


class WordError(QuestionError):
    """Something that can't be a team's word, or can't mean what it is said to."""


@dataclass(frozen=True, slots=True)
class Wording:
    """`WORD = MEANING`, taken apart; without a meaning, the word is to be forgotten."""

    word: str
    meaning: str


def wording(typed: str, example: str) -> Wording:
    """Take `gm = gross margin` apart. Raises WordError, with the example, where there is no word or no equals sign."""
    word, sign, meaning = typed.partition("=")
    if not sign or not word.strip():
        raise WordError(f"Write it with an equals sign, such as: {example}")
    return Wording(" ".join(word.split()), " ".join(meaning.split()))


def synonym_key(word: str) -> str:
    """Return a synonym's word as it is compared: "G.M." and "gm" are one where the search finds them alike."""
    return " ".join(keys(word))


def alias_key(name: str) -> str:
    """Return an alias as it is compared: its words, folded, less an article before them."""
    return " ".join(alias_words(name))


def synonym_of(said: Wording) -> Synonym:
    """Return the synonym that was named. Raises WordError."""
    _check(said.word, WORD, WORDS)
    means = tuple(dict.fromkeys(part.strip() for part in said.meaning.split(",") if part.strip()))
    if len(means) > MEANINGS:
        raise WordError(f"{said.word} would mean {len(means)} things; name up to {MEANINGS}, parted by commas.")
    for meaning in means:
        _check(meaning, MEANT, WORDS + 2)
        if synonym_key(meaning) == synonym_key(said.word):
            raise WordError(f"{said.word} means itself; name what else it is called.")
    _no_question_word(alias_words(said.word), said.word)
    return Synonym(said.word, means)


def alias_of(said: Wording, directory: Directory) -> Alias:
    """Return the alias that was named: for one company, person or firm of the loaded calls. Raises WordError."""
    _check(said.word, WORD, WORDS)
    name = alias_words(said.word)
    _no_question_word(name, said.word)
    known = _exactly(name, directory)
    if known is not None:
        raise WordError(f"{said.word} is understood already: {known.target}. Choose another name for it.")
    _check(said.meaning, MEANT, WORDS + 2)
    typed = words(said.meaning.removeprefix("$"))
    found = _exactly(typed, directory)
    if found is None:
        raise WordError(_unknown(said.meaning, typed, directory))
    return Alias(said.word, found.target, found.sort)


def _check(text: str, longest: int, most: int) -> None:
    if not text or not keys(text):
        raise WordError("There is no word in that: name one with letters or figures in it.")
    if len(text) > longest or len(text.split()) > most:
        raise WordError(f"“{text[:longest]}…” is too long: up to {most} words and {longest} characters.")
    if not _PLAIN.fullmatch(text):
        raise WordError(
            f"“{text}” holds signs that mean something else in a question: use letters, figures and blanks."
        )


def _no_question_word(name: tuple[str, ...], text: str) -> None:
    """Refuse words that questions are built of: `who = Desmond Achterberg` would change every question."""
    if all(word in stop_words() | keywords() for word in name):
        raise WordError(f"“{text}” is a word that questions are built of: choose another.")


def _exactly(typed: tuple[str, ...], directory: Directory) -> Alias | None:
    """Return whom words name letter by letter (as an alias without a name), None for nobody or several."""
    if not typed:
        return None
    companies = directory.company(typed)
    if len(companies) == 1:
        return Alias("", _name(companies[0]), Sort.COMPANY)
    for found, sort in ((directory.person(typed), Sort.PERSON), (directory.firm(typed), Sort.FIRM)):
        if found.exact and len(found.entities) == 1:
            return Alias("", found.entities[0].name, sort)
    return None


def _name(company: Company) -> str:
    return company.ticker or company.name


def _unknown(meaning: str, typed: tuple[str, ...], directory: Directory) -> str:
    found = [*directory.company_like(typed), *directory.company(typed)]
    near = [_name(company) for company in found]
    for held in (directory.person(typed), directory.person(typed, near=True), directory.firm(typed, near=True)):
        near += [entity.name for entity in held.entities]
    names = list(dict.fromkeys(near))[:SHOWN]
    if names:
        return f"“{meaning}” is not one company, person or firm of the loaded calls. Do you mean {' or '.join(names)}?"
    return f"“{meaning}” is no company, person or firm of the loaded calls; `calls` lists what is loaded."
