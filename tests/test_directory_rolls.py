"""A directory that calls came to and went from is the same as one that is made of what is left."""

from dataclasses import replace
from functools import cached_property

from hypothesis import strategies as st

from bot.call import Call
from bot.directory import Directory
from bot.directory.rolls import FEW
from bot.kind import Kind
from bot.participant import Participant
from bot.query import warm
from tests.invented_calls import CALLS
from tests.sampling import sampled

# Names that may be one person's, or are anothers' of the same surname; houses by several names; one that is nobody.
NAMES = ("Robert Grant", "Bob Grant", "R. Adam Grant", "Grant", "Ann Grant", "Priya Raman", "Priya K. Raman", "Operator", "")  # fmt: skip
FIRMS = (None, "J.P. Morgan", "JPMorgan", "Harbor & Lane", "Harbor and Lane", "Kestrel Point")
TITLES = (None, "CFO", "Chief Financial Officer", "CEO")
PEOPLE = st.builds(
    Participant, st.sampled_from(NAMES), st.sampled_from(Kind), st.sampled_from(FIRMS), st.sampled_from(TITLES)
)
MADE = st.builds(
    lambda call, id_, year, ticker, people: replace(
        call, id=id_, year=year, ticker=ticker, turns=call.turns[:3], participants=tuple(people)
    ),
    st.sampled_from(CALLS),
    st.sampled_from([f"call {number}" for number in range(12)]),
    st.sampled_from([None, 2024, 2025]),
    st.sampled_from([None, "NLF", "GRNT"]),
    st.lists(PEOPLE, max_size=4),
)
LOADED = [replace(call, id=f"{call.id} {number}") for number in range(3) for call in CALLS]
STEPS = st.lists(st.one_of(MADE, st.integers(0, 11)), min_size=1, max_size=6)


def told(directory: Directory) -> dict[str, object]:
    """Give all that a directory makes of its cards, in its order."""
    warm(directory)
    names = [name for name, value in vars(Directory).items() if isinstance(value, cached_property)]
    made = {name: getattr(directory, name) for name in names}
    made |= {
        name: list(value.items()) for name, value in made.items() if name in {"by_company", "call_names", "places"}
    }
    found = vars(made.pop("_persons")), vars(made.pop("_houses"))
    usage, rolls = made.pop("usage"), made.pop("_rolls")
    rolls_told = [rolls.surnames, rolls.calls, rolls.names, rolls.titles, rolls.firms, rolls.newest, list(rolls.cards)]
    return {**made, "found": found, "ways": list(found[0]["_by_name"]), "names": usage.names, "rolls": rolls_told}


def changed(directory: Directory, step: Call | int) -> Directory:
    return directory.without([f"call {step}"]) if isinstance(step, int) else directory.with_calls([step])


@sampled(15, 100, STEPS, st.sets(st.integers(0, 5)))
def test_calls_that_come_and_go_leave_what_a_directory_of_the_rest_says(
    steps: list[Call | int], asked: set[int]
) -> None:
    directory = Directory.of(LOADED)
    warm(directory)
    for at, step in enumerate(steps):
        directory = changed(directory, step)
        if at in asked:  # somebody asks between two changes, or nobody does
            assert told(directory) == told(Directory.of(directory.calls))
    assert told(directory) == told(Directory.of(directory.calls))


def test_what_was_before_is_used_once_and_kept_no_longer() -> None:
    before = Directory.of(LOADED)
    grown = before.with_calls([replace(LOADED[0], id="another")])
    grown = grown.without([LOADED[1].id])
    assert len(LOADED) > 2 * FEW
    warm(before)
    later = before.without([LOADED[1].id])
    shared = [name for name, ids in later.calls_by_name.items() if before.calls_by_name.get(name) is ids]
    assert shared  # sets of calls that no changed call is in are the same objects
    assert not later._before
    warm(grown)
    assert told(grown) == told(Directory.of(grown.calls))
