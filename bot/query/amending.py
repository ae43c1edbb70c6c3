"""What puts a question right, in the words that change one part of it: `no, inventory`, `drop q2`, `add annika`.

Whoever corrects a question says so in many ways, and means one of three things: this instead, without that, or that as
well.
"""

import re

from bot.directory import Directory
from bot.query.periods import times
from bot.query.query import Query
from bot.query.tokens import tokens

# A bare "no" leaves out what stands behind it ("no analysts"); before a comma it takes back what was asked.
_INSTEAD = re.compile(
    r"(?:(?:no|nope)\s*[,:;.!–—-]\s*"
    r"|(?:sorry|oops|wait|actually|rather|correction)\b[\s,:;.!–—-]+"
    r"|(?:i\s+(?:mean|meant)|make\s+(?:it|that)|change\s+(?:it\s+|that\s+)?to|switch\s+to|try)\s+(?:to\s+)?)+",
    re.IGNORECASE,
)
_NOT_BUT = re.compile(r"not\s+(?P<old>[^,;]{1,80}?)\s*(?:[,;]\s*(?:but\s+)?|\s+but\s+)(?P<new>.+)", re.IGNORECASE)
_LEAVE_OUT = re.compile(
    r"(?:(?:please|can you|now)\s+)?(?:exclude|excludes|skip|drop|remove|ignore|omit|leave out|take out|minus)\s+"
    r"(?P<what>.+)",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"(?:and\s+)?(?:how\s+(?:does|did|do)\s+(?:that|it|this|they|those)\s+)?compared?\s+(?:that\s+|it\s+)?(?:to|with|against)\s+"
    r"(?P<other>.+)",
    re.IGNORECASE,
)
_NO_PART = re.compile(r"no\s+(?:the\s+)?(?P<part>q\s*&\s*a|q and a|qa|prepared remarks|remarks)", re.IGNORECASE)
_LATEST = re.compile(
    r"(?:and\s+)?(?:(?:only|just)\s+(?:the\s+)?(?:latest|newest|most recent)|(?:the\s+)?(?:latest|newest|most recent)"
    r"\s+(?:only|alone)|(?:only\s+|just\s+)?(?:the\s+)?(?:new|newest|latest)\s+one(?:\s+only)?)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d{2}\s*[?.!]*")  # alone it may be what was said; behind a question it is when
_PARTS = {
    "quarter": "any quarter", "year": "any quarter", "time": "any quarter", "date": "any quarter",
    "company": "any company", "companies": "any company", "name": "anyone", "speaker": "anyone", "person": "anyone",
}  # fmt: skip
_ADDS = re.compile(
    r"(?:(?:add|include|plus|as well as)\s+(?:in\s+)?(?P<what>.+?)"
    r"|(?:and\s+|also\s+)?(?P<also>.+?)\s*,?\s+(?:too|as\s+well|also))\s*[?.!]*",
    re.IGNORECASE,
)


def amended(said: str, before: Query, directory: Directory) -> str:
    """Return what was said after a question as its plainest way to say the same; as it is where it is plain.

    `no, inventory` and `not tariffs, inventory` are `inventory`; `drop q2` is `any quarter`, `drop desmond` is `without
    desmond`; `how does that compare to finch` is `vs finch`.
    """
    text = said.strip()
    if found := _INSTEAD.match(text):
        text = text[found.end() :] or text
    if (found := _NOT_BUT.fullmatch(text)) and _same(found["old"], before.topic.text):
        text = found["new"]
    if found := _NO_PART.fullmatch(text):
        text = f"without {found['part']}"
    if found := _LEAVE_OUT.fullmatch(text):
        text = _without(found["what"], before, directory)
    if found := _COMPARED.fullmatch(text):
        text = f"vs {found['other']}"
    if _LATEST.fullmatch(text):
        text = "latest call"
    if _YEAR.fullmatch(text):
        text = f"in {text.strip(' ?.!')}"
    return text


def added(said: str) -> str | None:
    """Return what is to be looked for beside what was asked: of `add annika`, `annika too`; None for anything else."""
    found = _ADDS.fullmatch(said.strip())
    return (found["what"] or found["also"]) if found else None


def _without(what: str, before: Query, directory: Directory) -> str:
    """Return the words that leave something out: a time or a company that limits the question limits it no more."""
    bare = re.sub(r"^(?:the|that|those|any)\s+", "", what.strip(" ?.!").lower())
    part = _PARTS.get(bare) or _PARTS.get(bare.removesuffix(" filter"))
    if part is not None:
        return part
    if before.span is not None and any(when.end == len(tokens(bare)) for when in times(tokens(bare))):
        return "any quarter"
    named = directory.company(tuple(token.word for token in tokens(bare)))
    if named and all(company.key in before.companies for company in named):
        return "any company"
    return f"without {what}"


def _same(one: str, other: str) -> bool:
    return " ".join(token.word for token in tokens(one)) == " ".join(token.word for token in tokens(other))
