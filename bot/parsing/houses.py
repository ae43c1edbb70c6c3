"""Who says of which house he is: "It's NAME with FIRM" before a question, "I'm NAME, the … analyst at FIRM"."""

import re
from collections.abc import Sequence

from bot.kind import Kind
from bot.parsing import handoff, spoken_names
from bot.parsing.asking import asks
from bot.parsing.label import is_title
from bot.parsing.lowered import lowered
from bot.parsing.people import People, Person, named, same_firm
from bot.parsing.speech import Speech
from bot.parsing.word_set import word_set
from bot.parsing.word_start import Behind

INITIALS = 2  # letters that are no house: “the U.S. segment”
HEAD = 300  # characters in which an asker says who he is
TITLED = re.compile(r"\b(?:analysts?|research)\b[^.?!]{0,40}?\s(at|with|for|from|of)\s(?=[A-Z])")
MYSELF = Behind("my name is", "i am", "i['’]m", "this is", "it['’]s", "it is", then=r"(?=\s[a-z])")

# Words of houses' names, and others that stand where a name may: what holds one is no person.
FIRMS = word_set(
    "bank banks banking securities capital partners group research markets stanley sachs lynch suisse"
    " barclays citi citigroup"
    " jefferies ubs jpmorgan evercore cowen stifel wells fargo bofa hsbc rbc bmo advisors advisory"
    " investments management"
    " asset associates company llc inc operator unknown unidentified thank"
)


def introduced(speeches: Sequence[Speech], people: People, company: str | None) -> None:
    """Take those for analysts who say so themselves: "It's NAME with FIRM" before a question, "the analyst at FIRM"."""
    for speech, person in zip(speeches, people.of, strict=True):
        if person is None or person.kind is not Kind.UNKNOWN or person.part or person.numbered or person.title:
            continue
        spoken = [said.end() for said in MYSELF.finditer(lowered(f" {speech.text[:HEAD]}"))]
        firm = _house(speech.text, spoken, person) if spoken else None
        if firm is None or handoff.is_post(firm) or (company and _own(firm, company)):
            continue
        person.kind, person.basis = Kind.ANALYST, "says of which house he is"
        person.firm = person.firm or firm


def _house(whole: str, spoken: Sequence[int], person: Person) -> str | None:
    """Read the firm of which somebody says that he is: `It's NAME with FIRM`, `I'm NAME, the … analyst at FIRM`.

    `spoken`: the offsets at which his name may stand.
    """
    text = whole[:HEAD]
    asking = asks(whole) and "?" in whole
    for at in spoken:
        name, end = spoken_names.read_name(text, at)
        if name is None or not named(name, person):
            continue
        firm = spoken_names.beside(text, end)[0] if asking else None
        titled = TITLED.search(text, end)
        if firm is None or is_title(firm):
            firm = spoken_names.beside(text, titled.start(1) - 1)[0] if titled else None
        if firm is not None and len(firm.replace(".", "")) > INITIALS:
            return firm
    return None


def _own(firm: str, company: str) -> bool:
    """Tell whether a firm is the company itself, a part or a short form of it."""
    words = {word.strip(".,'’").lower() for word in company.split() if len(word) > 2}  # noqa: PLR2004  # no initial
    return same_firm(firm, company) or any(word.strip(".,'’").lower() in words for word in firm.split())
