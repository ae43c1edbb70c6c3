"""What puts a question right, in the words that change one part of it: `no, inventory`, `drop q2`, `add annika`.

Whoever corrects a question says so in many ways, and means one of three things: this instead, without that, or that as
well.
"""

import re

from bot.directory import Directory
from bot.query.clock import When, full_year
from bot.query.errors import NotUnderstoodError
from bot.query.parties import Resolver
from bot.query.periods import times
from bot.query.query import Query, Span
from bot.query.tokens import tokens

# A bare "no" leaves out what stands behind it ("no analysts"); before a comma it takes back what was asked.
_INSTEAD = re.compile(
    r"(?:(?:no|nope)\s*[,:;.!–—-]\s*"
    r"|(?:no|nope|sorry)\s+(?=(?:just|only|not|i\s+(?:mean|meant))\b)"
    r"|(?:sorry|oops|actually)\b[\s,:;.!–—-]+|(?:wait|rather|correction)\s*[,:;.!–—-]\s*"
    r"|(?:i\s+(?:mean|meant)|make\s+(?:it|that)|change\s+(?:it\s+|that\s+)?to|switch\s+to)\s+(?:to\s+)?)+",
    re.IGNORECASE,
)
_NOT_BUT = re.compile(r"not\s+(?P<old>[^,;]{1,80}?)\s*(?:[,;]\s*(?:but\s+)?|\s+but\s+)(?P<new>.+)", re.IGNORECASE)
_LEAVE_OUT = re.compile(
    r"(?:(?:please|can you|now)\s+)?"
    r"(?:exclude|excludes|skip|drop|remove|ignore|omit|forget|leave out|take out|minus)\s+"
    r"(?!(?:in|of|on|off|to|from|by|for|at)\b)(?P<what>.+)",
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
_YEAR = re.compile(r"(?P<year>(?:19|20)\d{2})\s*[?.!]*")  # alone it may be what was said; behind a question it is when
_ANYTHING = re.compile(
    r"(?:and\s+)?(?:any|some)thing\s+(?:on|about|regarding)\s+(?P<topic>(?:(?!\b(?:from|by|at|in|for)\b).)+)",
    re.IGNORECASE,
)
_LAST_FEW = re.compile(
    r"(?:(?:and|only|just|in|for|over|of)\s+){0,2}(?:the\s+)?(?:last|past|latest|newest)\s+"
    r"(?P<few>\d{1,2}|two|three|four|five|six|eight|ten|twelve|few|couple)\s*[?.!]*",
    re.IGNORECASE,
)
_SHORT_YEAR = re.compile(r"(?:(?:and|only|just)\s+){0,2}(?:in|for|during)\s+'?(?P<year>\d{2})\s*[?.!]*", re.IGNORECASE)
_FIRST_FEW = re.compile(r"(?:show\s+)?(?:me\s+)?(?:the\s+)?first\s+(?P<few>\d{1,2})\s*[?.!]*", re.IGNORECASE)
_OWN_ANSWER = re.compile(
    r"(?:and\s+)?(?P<who>[^\W\d_][\w.'’ -]{1,60}?)(?:'s|’s|s'|s’)\s+(?:answers?|response|reply|replies|take)\s*[?.!]*",
    re.IGNORECASE,
)
_PLAINLY = (
    (_COMPARED, "vs {other}"),
    (_ANYTHING, "about {topic}"),
    (_LAST_FEW, "last {few} quarters"),
    (_FIRST_FEW, "top {few}"),
    (_LATEST, "latest call"),
    (_YEAR, "in {year}"),
)
"""What is said in other words, and how it is put plainly."""
_OPENED = re.compile(r"(?:and|what about|how about|what is|what was|what['’]s|whats)\s+", re.IGNORECASE)
_NOTHING_NAMED = frozenset(
    {"me", "this", "that", "it", "them", "these", "those", "thanks", "thank you", "same", "him", "her"}
)
_JOINED = re.compile(r" (?:and|or) |, ?")
_PARTS = {
    "quarter": "any quarter", "year": "any quarter", "time": "any quarter", "date": "any quarter",
    "company": "any company", "companies": "any company", "name": "anyone", "speaker": "anyone", "person": "anyone",
    "filters": "all calls", "filter": "all calls", "limits": "all calls",
}  # fmt: skip
_ADDING = frozenset({"add", "include", "plus"})
_ALSO = (("as", "well"), ("too",), ("also",))


def amended(said: str, before: Query, directory: Directory) -> str:
    """Return what was said after a question as its plainest way to say the same; as it is where it is plain.

    `no, inventory` and `not tariffs, inventory` are `inventory`; `drop q2` is `any quarter`, `drop desmond` is `without
    desmond`; `how does that compare to finch` is `vs finch`.
    """
    text = said.strip()
    if found := _INSTEAD.match(text):
        text = text[found.end() :] or text
    if (found := _NOT_BUT.fullmatch(text)) and _asked_for(found["old"], before, directory):
        text = found["new"]
    if found := _NO_PART.fullmatch(text):
        text = f"without {found['part']}"
    if found := _LEAVE_OUT.fullmatch(text):
        text = _without(found["what"], before, directory)
    if (found := _SHORT_YEAR.fullmatch(text)) and _held_year(found["year"], directory):
        return f"in {full_year(found['year'])}"
    if (found := _OWN_ANSWER.fullmatch(text)) and (answered := _own_answer(found["who"], directory)):
        return answered
    plainly = ((pattern.fullmatch(text), said_plainly) for pattern, said_plainly in _PLAINLY)
    return next((said_plainly.format(**found.groupdict()) for found, said_plainly in plainly if found), text)


def _asked_for(what: str, before: Query, directory: Directory) -> bool:
    """Whether words are the topic that was asked for, or whoever's words were: what is said behind stands for it."""
    if _same(what, before.topic.text):
        return True
    named = Resolver(directory).sure(tokens(what))
    return named is not None and before.party is not None and set(named.names) >= set(before.party.names) != set()


def _own_answer(who: str, directory: Directory) -> str | None:
    """Return the question for somebody's answer, or a company's; None where the words name neither."""
    name = _OPENED.sub("", who)
    cut = tokens(name)
    if directory.company(tuple(token.word for token in cut)):
        return f"what did they answer at {name}"
    return f"what did {name} answer" if Resolver(directory).sure(cut) is not None else None


def _held_year(typed: str, directory: Directory) -> bool:
    """Whether a loaded call is of a year that is typed by its last two digits."""
    return any(call.year == full_year(typed) for call in directory.calls)


def added(said: str) -> str | None:
    """Return what is to be looked for beside what was asked: of `add annika`, `annika too`; None for anything else."""
    typed = said.strip(" ?.!").split()
    words = [word.lower().strip(",") for word in typed]
    behind = next((len(also) for also in _ALSO if tuple(words[-len(also) :]) == also), 0)
    if words[:1] and words[0] in _ADDING:
        what = typed[1 + (words[1:2] == ["in"]) :]
    elif words[:3] == ["as", "well", "as"]:
        what = typed[3:]
    elif behind:
        what = typed[words[0] in {"and", "also"} : -behind]
    else:
        return None
    text = " ".join(what).rstrip(",")
    return text if text and text.lower() not in _NOTHING_NAMED else None


def _without(what: str, before: Query, directory: Directory) -> str:
    """Return the words that leave something out: a time or a company that limits the question limits it no more.

    Raises NotUnderstoodError where nothing would be left to look for.
    """
    bare = re.sub(r"^(?:the|that|those|any)\s+", "", what.strip(" ?.!").lower())
    part = _PARTS.get(bare) or _PARTS.get(bare.removesuffix(" filter"))
    if part is not None:
        return part
    if bare in _NOTHING_NAMED or _same(bare, before.topic.text):
        raise NotUnderstoodError("That leaves nothing to look for: say what to look for instead, as `tariffs`.")
    whens = [when for when in times(tokens(bare)) if when.end == len(tokens(bare))]
    if before.span is not None and whens:
        return _other_times(before.span, whens[0])
    named = directory.company(tuple(token.word for token in tokens(bare)))
    if named and all(company.key in before.companies for company in named):
        left = [key for key in before.companies if key not in {company.key for company in named}]
        names = [company.name for key in left for company in directory.companies if company.key == key]
        return f"at {' and '.join(names)}" if names else "any company"
    parts = _JOINED.split(" ".join(before.topic.text.split()))
    others = [part for part in parts if not _same(part, bare)]
    if len(parts) > 1 and len(others) == len(parts) - 1:
        return f"about {' or '.join(others)}"
    if bare in {"prepared", "prepared remarks", "remarks", "q&a", "qa"}:
        return f"without {'q&a' if bare in {'q&a', 'qa'} else 'prepared remarks'}"
    return f"without {bare}"


def _other_times(span: Span, when: When) -> str:
    """Return the words for what is left of several quarters without one; of one, any."""
    left = [
        period
        for period in span.only
        if when.first is None or period.quarter != when.first.quarter or when.first.year not in {None, period.year}
    ]
    return f"in {' and '.join(map(str, left))}" if left else "any quarter"


def _same(one: str, other: str) -> bool:
    return " ".join(token.word for token in tokens(one)) == " ".join(token.word for token in tokens(other))
