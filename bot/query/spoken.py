"""Whether a company or a time of a question is itself what was spoken of, and limits nothing."""

from collections.abc import Sequence

from bot.query.keywords import classes

AUXILIARIES = frozenset("did does do is are was were has have had could would should will can".split())  # noqa: SIM905 - one string wraps as prose
LEADING = frozenset("in at for during on from of by within inside to over across through into with".split())  # noqa: SIM905 - one string wraps as prose
REACHING = frozenset({"since", "before", "until", "till", "after", "prior"})  # other calls are meant
_MENTION = frozenset("mention mentioning name cite reference discuss".split())  # noqa: SIM905 - one string wraps as prose
_MENTIONS = frozenset({"mention", "mentions", "reference", "references", "discussion"})
_MENTIONED = frozenset("mentioned referenced cited named discussed raised addressed".split())  # noqa: SIM905 - one string wraps as prose
_SUBJECTS = frozenset(
    "company companies call calls quarter quarters management analyst analysts speaker executive firm firms "  # noqa: SIM905 - one string wraps as prose
    "ceo cfo coo".split()
)
_BETWEEN = frozenset("been being ever get gets got first last even also actually".split())  # noqa: SIM905 - one string wraps as prose
_HAVING = frozenset({"has", "have", "had"})
_NAMING = frozenset({"what", "topics", "risks", "things", "anything", "something"})  # what is said is named already
_IS = frozenset("is are was were has gets got".split())  # noqa: SIM905 - one string wraps as prose
_DEGREES = frozenset("most least first last often more too together".split())  # noqa: SIM905 - one string wraps as prose


def spoken_of(words: Sequence[str], start: int, end: int, *, time: bool) -> bool:
    """Tell whether words from `start` to `end` are what is said, not where.

    `was q4 mentioned`, `first time finch was mentioned`, `did velmere come up`, `mentions of q4`, `did desmond mention
    q3`, `which company mentioned velmere most`. `words` are a question's, "" where one is no plain word; `time`: it
    is a time, and limits a question that names what is said (`what did desmond mention q3`).
    """

    def word(at: int) -> str:
        return words[at] if 0 <= at < len(words) else ""

    lead = start - (word(start - 1) in {"the", "their"})
    before, after = word(lead - 1), word(end)
    passive = before in AUXILIARIES and (before not in _HAVING or after in {"been", "come"})
    behind = _after_verb(words, end, passive=passive, leads=before in LEADING or before in _HAVING)
    if behind is None and _is_object(words, lead, time=time):
        behind = end
    if behind is None:
        return False
    behind += word(behind) == "the"
    return behind >= len(words) or word(behind) in LEADING | _DEGREES


def _after_verb(words: Sequence[str], end: int, *, passive: bool, leads: bool) -> int | None:
    """Return where a verb ends that says of what stands before it that it was mentioned; None for none."""
    at = end
    trailing = not passive and not leads and at < len(words) and words[at] in _IS
    at += trailing
    while at < len(words) and words[at] in _BETWEEN:
        at += 1
    verb = words[at] if at < len(words) else ""
    came = verb in {"come", "came", "brought"} and words[at + 1 : at + 2] == ("up",)
    if not (passive or trailing or (came and not leads)):
        return None
    return at + 1 + came if came or verb in _MENTIONED else None


def _is_object(words: Sequence[str], lead: int, *, time: bool) -> bool:
    """Tell whether what stands at `lead` is what somebody mentions, or is counted."""
    before, further = (words[at] if at >= 0 else "" for at in (lead - 1, lead - 2))
    subject = (further,) in classes()["they"] or (further,) in classes()["who"] or further in _SUBJECTS
    named = time and not _NAMING.isdisjoint(words[: lead - 1])
    asked = before in _MENTION and not AUXILIARIES.isdisjoint(words[: lead - 1]) and not named
    told = subject and before in (_MENTIONED | {"mention"} if further in _SUBJECTS else _MENTION | _MENTIONED)
    if asked or (told and not named) or (before == "of" and further in _MENTIONS):
        return True
    return before in {"count", "often"} and lead <= 2  # noqa: PLR2004 - `how often`
