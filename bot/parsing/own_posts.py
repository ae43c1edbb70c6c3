"""Whoever says in his first words which post of the company's he has: `I'm NAME, Vice President of Investor Relations`.

That is surer than what he does later: one of the company who reads questions out, or calls askers up, is no operator.
Investor relations are always the company's own; any other post only where the company, or no house at all, is named
with it. The patterns are linear: fixed words with bounded repeats.
"""

import re
from collections.abc import Sequence

from bot.kind import Kind
from bot.parsing import editorial, spoken_names
from bot.parsing.introductions import TITLE
from bot.parsing.lowered import holds, lowered
from bot.parsing.people import People, Person, named
from bot.parsing.speech import Speech
from bot.parsing.word_start import Behind

HEAD = 500  # characters in which somebody says who he is
NEAR = 40  # characters behind what was lost in which his post stands
BESIDE = 200  # characters behind his name in which his post stands
MYSELF = Behind("my name is", "i am", "i['’]m", "this is", "it['’]s", "it is", then=r"(?=\s[a-z])")
POSTS = ("relations", "president", "chief", "officer", "vp", "director", "head of", "treasurer", "ceo", "cfo", "coo")
LEAD = re.compile(
    r"(?:,|\s[–—-])?\s(?:(?:and|i['’]m|i am)\s){0,2}(?:(?:the|our|your|[A-Z][\w.&-]{1,30}['’]s?)\s)?", re.IGNORECASE
)
SENTENCE = re.compile(r"[^?!.]{0,160}")
RELATIONS = re.compile(r"\b(?:investor|shareholder|stockholder)s?['’]? relations\b", re.IGNORECASE)
HOUSE = re.compile(r"\s(?:at|with|from|for)\s(?:the\s)?(?=[A-Z])")
GUEST = re.compile(r"\banalyst\b|\bresearch\b|\bcover(?:ing|age)?\b|\bjoin(?:ed|ing)\b.{0,40}?\bby\b", re.IGNORECASE)


def stated(speeches: Sequence[Speech], people: People, company: str | None) -> None:
    """Take those for the company's own who say their post in it as they begin."""
    seen: set[int] = set()
    for speech, person in zip(speeches, people.of, strict=True):
        if person is None or id(person) in seen:
            continue
        seen.add(id(person))
        if person.kind is Kind.UNKNOWN and not person.part and _says_post(speech.text[:HEAD], person, company):
            person.kind, person.basis = Kind.EXECUTIVE, "says which post of the company's he has"


def _says_post(head: str, person: Person, company: str | None) -> bool:
    low = lowered(f" {head}")
    if not holds(low, POSTS):
        return False
    for said in MYSELF.finditer(low):
        name, end = spoken_names.read_name(head, said.end())
        if name is None or not (person.numbered or named(name, person)):
            continue
        lead = LEAD.match(head, end)
        if lead is not None and _is_own(head[lead.end() : end + BESIDE], company):
            return True
    lost = editorial.unheard(head, 0)  # the recording begins in the middle of his words
    return lost is not None and RELATIONS.search(head, lost.end(), lost.end() + NEAR) is not None


def _is_own(words: str, company: str | None) -> bool:
    """Tell whether words begin with a post, and with one of the company's."""
    said = SENTENCE.match(words)
    post = TITLE.match(words)
    sentence = said[0].partition(" joined ")[0] if said else ""
    if GUEST.search(sentence):
        return False
    if RELATIONS.search(sentence[:100]):
        return True
    if post is None:
        return False
    return HOUSE.search(sentence, post.end()) is None or (company is not None and _names(sentence, company))


def _names(sentence: str, company: str) -> bool:
    """Tell whether words hold one of the company's own."""
    words = {word.strip(".,'’").lower() for word in company.split() if len(word) > 3}  # noqa: PLR2004  # no "Inc", "The"
    return any(word.strip(".,'’").lower().removesuffix("'s") in words for word in sentence.split())
