"""Whether text is a call's transcript or other prose, code or data: told by the signs that speech leaves."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.reading import stamps
from bot.reading.errors import NotATranscriptError

LONGEST = 2_000  # characters of a line that are looked at
UPPER = r"[^\W\d_a-zß-öø-ÿ]"
NAME = rf"{UPPER}[\w.'’-]*(?: (?:{UPPER}[\w.'’-]*|de|van|von|der|la|le|bin|al)){{0,4}}"
LABEL = re.compile(
    rf"(?:>> ?|\d{{1,4}}[.)] |[\[<])?(?:[QA] - )?\**({NAME})(?: ?[-–,(][^:]{{1,60}})?"
    r"(?:[\]>]?:\**|[\]>]|\t)(?: |$|(?<=\t))"
)
NAME_LINE = re.compile(rf"\**({NAME})(?: ?(?:-|--|–|—|,|\() ?\S.{{0,100}})?\**")
SOLE = re.compile(
    r"(?:Operator|Moderator|Unidentified (?:Analyst|Participant|Company Representative)|Speaker \d+|Host)\b"
)
FORMAL = re.compile(r"[A-Z][A-Z.'’ -]{2,40}\. ")  # CHAIR NAME. run in, as the Federal Reserve prints it
# Words as they are counted: lower case, marks at their ends taken off.
MARKS = '.,;:?!"()[]“”…-–—*'
WE = frozenset(("we", "our", "ours", "us", "we're", "we've", "we'll", "we’re", "we’ve", "we’ll"))
I = frozenset(("i", "my", "i'm", "i'd", "i'll", "i've", "i’m", "i’d", "i’ll", "i’ve"))  # noqa: E741  # the word
COURTEOUS = frozenset(("thank", "thanks", "welcome", "morning", "afternoon", "evening", "congrats", "congratulations"))
ABOUT = frozenset(
    """
    conference earnings quarter quarterly fiscal question questions analyst analysts guidance revenue revenues margin
    margins shareholders investors webcast inflation committee outlook cash sales growth remarks forward-looking results
    """.split()  # noqa: SIM905  # words in lines are read, quoted ones are not
)
CODE_ENDS = ("{", "}", ";", "):", "(", "=>", "/>")
CODE_BEGINS = (
    "import ",
    "from __",
    "def ",
    "class ",
    "return ",
    "#include",
    "<",
    ">>>",
    "//",
    "$ ",
    "@",
    "{",
    "}",
    "..",
)
# What opens lines of other prose the way names open lines of a transcript.
NOT_NAMES = frozenset(
    """
    Note Notes Usage Example Examples Warning Todo Date Source Url URL Company Ticker Quarter Characters Name Title
    Installation Author License Licence Version Description Requirements Features Summary Contents Output Input
    Returns Args Raises Parameters Tip Important Subject To From Cc Bug Fixed Added Changed Removed Error Info Debug
    Http Https Default Type Options See Time Location Ingredients Step Method
    """.split()  # noqa: SIM905  # words in lines are read, sixty quoted ones are not
)
CHARACTERS = 20_000  # that are looked at first …
MOST = 400_000  # … and at most, where those did not tell
CODE_SHARE = 0.2
SPEECH_WORDS = 120  # in fewer, one sign of speech is enough
SPOKEN_SHARE = 0.01  # of all words: we and I, in text whose labels are first names or stand once
WE_SHARE, I_SHARE, COURTESIES, SUBJECTS = 0.01, 0.002, 2, 3  # in text without labels; see _unlabelled
LONGEST_NAME = 120  # characters of a name with its title on a line of its own


def require_speech(lines: Sequence[str]) -> None:
    """Raise NotATranscriptError, saying what it looks like, unless the lines bear the signs of a call."""
    texts = list(_sample(lines, CHARACTERS))
    if not texts:
        raise NotATranscriptError("it holds no text")
    if sum(_is_code(text) for text in texts) > CODE_SHARE * len(texts):
        raise NotATranscriptError("it reads like code or data, not like speech")
    if _labelled(texts) or _unlabelled(texts):  # to count the words takes longer than to look at labels
        return
    whole = list(_sample(lines, MOST))
    if not (_labelled(whole) or _unlabelled(whole)):
        raise NotATranscriptError("nobody speaks in it; it reads like other prose or data")


def _is_code(text: str) -> bool:
    return text.endswith(CODE_ENDS) or (text.startswith(CODE_BEGINS) and LABEL.match(text) is None)


def _sample(lines: Sequence[str], room: int) -> Iterator[str]:
    """Yield lines from the beginning until so many characters are reached."""
    for line in lines:
        text = stamps.bare(line[:LONGEST].strip())
        if text:
            yield text
            room -= len(text)
        if room < 0:
            return


def _labelled(texts: Sequence[str]) -> bool:
    """Names that open lines, or stand on lines of their own, again and again, with words after them."""
    labels: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for text, following in itertools.pairwise((*texts, "")):
        label = LABEL.match(text)
        sole = SOLE.match(text)
        if sole:
            alone[sole.group()] += 1
        elif label and NOT_NAMES.isdisjoint(label.group(1).split()):
            labels[label.group(1)] += 1
        elif FORMAL.match(text):
            alone[text.split(".")[0]] += 1
        elif (
            len(text) < LONGEST_NAME
            and not text.endswith((".", "?", "!", ";", ",", ":"))
            and len(following) > len(text)
        ):
            name = NAME_LINE.fullmatch(text)
            if name and " " in name.group(1):
                alone[name.group(1)] += 1
    named = Counter({name: times for name, times in labels.items() if " " in name})
    again = [name for name, times in (named + alone).items() if times > 1]
    someone = any(SOLE.match(name) for name in alone)
    if someone or len(named) > 1:
        return bool(again) or named.total() + alone.total() > 1 or _spoken("\n".join(texts))
    if len(again) > 1:
        return True
    first_names = sum(times > 1 for times in labels.values())
    return (first_names > 1 or bool(again)) and _spoken("\n".join(texts))


def counted(whole: str) -> Counter[str]:
    """Count the words of a text, in lower case and without the marks at their ends."""
    return Counter(word.strip(MARKS) for word in whole.lower().split())


def _spoken(whole: str) -> bool:
    """Whether somebody speaks for us or thanks somebody; other prose hardly does."""
    words = counted(whole)
    ours = sum(words[each] for each in WE | I)
    return ours > SPOKEN_SHARE * words.total() or any(words[each] for each in COURTEOUS)


def _unlabelled(texts: Sequence[str]) -> bool:
    """Speech by its words alone: courtesies, we and I, and what calls are about.

    Of 630 real transcripts the least has .014 we, .0034 I, 5 courtesies and 5 of the words of a call.
    """
    words = counted("\n".join(texts))
    total = words.total()
    courtesies = sum(words[each] for each in COURTEOUS)
    we = sum(words[each] for each in WE)
    if total < SPEECH_WORDS:
        return bool(courtesies or we or any(SOLE.match(text) for text in texts))
    return (
        we >= WE_SHARE * total
        and sum(words[each] for each in I) >= I_SHARE * total
        and courtesies >= COURTESIES
        and sum(each in words for each in ABOUT) >= SUBJECTS
    )
