"""What somebody did, which is no question of who spoke: `who raised guidance`, `which companies cut prices`."""

from collections.abc import Sequence

from bot.query.reading import How, Reading
from bot.query.tokens import Shape, Token

_VERBS = frozenset(
    "raise raised raises raising lift lifted lifts hike hiked hikes increase increased increases cut cuts cutting "  # noqa: SIM905 - one string wraps as prose
    "lower lowered lowers lowering reduce reduced reduces trim trimmed slash slashed withdraw withdrew pull pulled "
    "suspend suspended reaffirm reaffirmed reiterate reiterated maintain maintained narrow narrowed".split()
)
_BETWEEN = frozenset("the a an its their his her our full year fy annual quarterly q1 q2 q3 q4 2h 1h h1 h2 any".split())  # noqa: SIM905 - one string wraps as prose
_THINGS = frozenset(
    "guidance guide outlook forecast forecasts target targets estimates price prices pricing dividend dividends capex "  # noqa: SIM905 - one string wraps as prose
    "capital debt equity money cash funds wages rates rate costs headcount jobs staff spending production output "
    "buyback buybacks".split()
)
_WHO = frozenset(
    "who whos which what companies company firms firm businesses that did does do has have had anyone anybody somebody "  # noqa: SIM905 - one string wraps as prose
    "someone any list all the of show me find is are was were".split()
)


def assumed(rest: Sequence[Token], acted: Sequence[Token]) -> tuple[Reading, ...]:
    """Tell that what was raised is taken for done, not for a subject that was brought up; `acted` is what is left."""
    if len(acted) == len(rest) or not acted[0].word.startswith("rais"):
        return ()
    what = " ".join(token.text for token in acted[1:])
    text = " ".join(token.text for token in rest)
    read_as = "something that was done, not asked about"
    return (Reading(How.ASSUMED, text, read_as, rest[0].start, rest[-1].end, f"who asked about topic:({what})"),)


def without_actor(rest: Sequence[Token]) -> Sequence[Token]:
    """Return the words from the verb on where a question asks who did something that is done, not said.

    What is raised otherwise is a subject: `who raised tariffs`. Whoever is named stays.
    """
    for at, token in enumerate(rest):
        if token.word in _VERBS and token.shape is Shape.WORD:
            behind = next((each.word for each in rest[at + 1 :] if each.word not in _BETWEEN), "")
            before = rest[:at]
            asking = any(each.word in {"question", "questions"} for each in rest[at:])
            done = behind in _THINGS and bool(before) and not asking
            asked = all(each.word in _WHO and each.shape is Shape.WORD and not each.minus for each in before)
            return rest[at:] if done and asked else rest
        if token.word not in _WHO:
            return rest
    return rest
