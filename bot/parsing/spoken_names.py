"""Names and firms as they stand in spoken words: where one begins and ends, read token by token."""

import re

from bot.parsing import editorial
from bot.parsing.label import is_title
from bot.parsing.names import GIVEN, HONOURS, ORDINARY, PARTICLES
from bot.parsing.word_set import word_set

BESIDE = re.compile(
    r"\s?(?:,|-|--|–|—|\()?\s?(?:(?:with|from|of|at|representing|on behalf of|calling from|for)\s(?:the\s)?)?",
    re.IGNORECASE,
)
FILLER = re.compile(
    r",?\s(?:again|now|here|once more|is next|is up next|is back|joins us|joining us|has rejoined us"
    r"|is on the line|is with us|who['’]s|who is|he['’]s|she['’]s|calling in)(?=[,\s])"
)
WORD = re.compile(r"\S+")
STOPS = word_set(
    "please your you go thank thanks and-your sir madam ma'am hi hello good over proceed now line may is"
    " are has who on i we let our the one to two three for regarding about asking as"
)
PRONOUNS = word_set("i we you he she it they that let there who what")  # before an apostrophe: “I'll”, “we're”
SAYING = PRONOUNS - {"it", "let", "there", "what", "who", "she", "he"}  # that no firm's name opens with
JOINERS = word_set("and of de the & + y und for")
ABBREVIATED = word_set("co inc corp ltd st bros cos mr mrs ms dr jr sr l.p s.a n.a plc")
MOST_FIRM = 9
MOST_NAME = 5


def read_name(text: str, start: int) -> tuple[str | None, int]:  # noqa: C901, PLR0912  # one branch a shape that is met
    """Read a person's name at an offset; gives where it ends. A name at a sentence's end loses its full stop.

    An editor's mark in its place (`[indiscernible]`) is none, and neither are the words behind it.
    """
    at = start
    names: list[str] = []
    end = start
    for token in WORD.finditer(text, start):
        word = token[0]
        bare = word.strip('.,;:?!()"“”').lower().replace("’", "'")
        if not names and bare in HONOURS:
            continue
        if not names and word[0].islower():
            break
        if word[0] in "[(<" and not names:
            if editorial.unheard(text, token.start()) is not None:
                break
            word = word.lstrip("[(<")
            if not word:
                continue
        plain = word.rstrip('.,;:?!)]’"”')
        if not plain:
            if names:
                break
            continue
        if (
            (bare in ORDINARY or bare.partition("'")[0] in PRONOUNS)
            and not _initialled(word)
            and not (bare in GIVEN and not names and _goes_on_as_name(text, token.start() + len(word)))
            and not (names and plain[0].isupper() and bare in {"an", "so", "do", "he", "you", "no"})
        ):
            break
        if not plain[0].isupper() and not (names and bare in PARTICLES):
            break
        abbreviated = all(len(part) == 1 for part in plain.split(".")) and word.startswith(f"{plain}.")
        names.append(f"{plain}." if abbreviated else plain)
        end = token.start() + len(plain) + (token[0] != word)
        at = token.start()
        if word[-1] in ",;:?!)]" or (word[-1] == "." and not _initial(word)) or len(names) == MOST_NAME:
            break
    while names and names[-1].lower() in PARTICLES:
        names.pop()
    if not names or len("".join(names)) < 2 or is_title(" ".join(names)):  # noqa: PLR2004  # a letter is no name
        return None, at
    if names[0].lower() in {"operator", "indiscernible", "inaudible", "moving"}:
        return None, at
    return " ".join(names), end


def _goes_on_as_name(text: str, at: int) -> bool:
    """Tell whether a capitalised word follows that is no ordinary one: Will Brandt."""
    following = text[at : at + 30].lstrip(" ").split(" ", 1)[0].strip(".,?!")
    return following[:1].isupper() and following.lower() not in ORDINARY


def _initialled(word: str) -> bool:
    return len(word) == 2 and word[0].isupper() and word[1] == "."  # noqa: PLR2004  # "A."


def _initial(word: str) -> bool:
    bare = word.rstrip(".")
    return (
        len(bare) == 1
        or all(len(part) == 1 for part in bare.split("."))
        or bare.lower() in {"jr", "sr", "st", "dr", "mr", "ms", "mrs"}
    )


def beside(text: str, end: int) -> tuple[str | None, int]:
    """Read a firm after a name, small words between them passed over: `NAME again, FIRM`, `NAME, who's with FIRM`."""
    filler = FILLER.match(text, end)
    return read_firm(text, filler.end() if filler else end)


def read_firm(text: str, start: int) -> tuple[str | None, int]:
    """Read a firm after a name: `with FIRM.`, `, FIRM`, `of A. B. Lane & Co.`."""
    beside = BESIDE.match(text, start)
    if beside is None or beside.end() == start or not beside[0].strip(" "):
        return None, start
    words: list[str] = []
    at = beside.end()
    for token in WORD.finditer(text, beside.end()):
        word = token[0]
        plain = word.rstrip(",;:?!)")
        bare = plain.rstrip(".").lower()
        if (
            not plain
            or bare.replace("’", "'").partition("'")[0] in SAYING
            or (bare in STOPS and bare not in {"the", "for", "one"})
            or (not words and bare in {"the", "for", "one"})
        ):
            break
        if not (plain[0].isupper() or plain[0].isdecimal() or plain[0] in "&+" or (words and bare in JOINERS)):
            break
        words.append(plain)
        at = token.start() + len(plain)
        if plain[-1] == "." and "." not in plain[:-1] and len(plain) > 2 and bare not in ABBREVIATED:  # noqa: PLR2004  # no initial
            break
        if word != plain and not (word.endswith(",") and _goes_on(text, token.start() + len(word))):
            break
        if len(words) == MOST_FIRM:
            break
    while words and words[-1].lower() in JOINERS:
        words.pop()
    firm = " ".join(words).strip()
    if words and words[-1].rstrip(".").lower() not in ABBREVIATED:
        firm = firm.rstrip(".").strip()
    return (firm or None), at


def _goes_on(text: str, at: int) -> bool:
    """After a comma a firm only goes on with what it is incorporated as."""
    word = text[at : at + 8].strip().split(" ", 1)[0].strip(".,").lower()
    return word in {"inc", "llc", "ltd", "l.p", "lp", "llp", "co", "corp", "plc"}
