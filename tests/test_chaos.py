"""Soak, load and fuzz in their short forms (the long ones: `make soak`, `make load`, `make fuzz`), and every pattern."""

import pytest

from tests.chaos import fuzz, load, patterns, soak

pytestmark = pytest.mark.chaos


async def test_a_short_soak_has_no_error_and_leaves_no_file_open() -> None:
    result = await soak.run(seed=1, minutes=0.25, queries=60, uploads=50, deletes=4, calls=8)
    assert (result.queries, result.uploads, result.deletes, result.errors) == (60, 50, 4, 0)
    assert result.files_end <= result.files_warm + soak.FILES


async def test_commands_and_events_while_files_are_parsed_have_no_error() -> None:
    result = await load.run(seed=1, rate=10, events=10, seconds=5, calls=8)
    assert (result.commands, result.events, result.errors) == (50, 50, 0)
    assert result.uploads >= 1


@pytest.mark.parametrize("target", fuzz.TARGETS)
def test_hostile_input_is_answered_or_refused(target: str) -> None:
    result = fuzz.run(target, first=7, minutes=0.1)
    assert result.examples > 10
    assert result.failures == {}


def test_no_pattern_takes_the_square_of_a_text() -> None:
    result = patterns.run()
    assert result.patterns > 150
    assert result.square == {}
