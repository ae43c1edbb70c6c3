"""Reading schedules as people type them."""

import pytest

from bot.digest.schedule import EVERY_DAY, WEEKEND, WORKING_DAYS
from bot.digest.spoken import TimeError, Wish, ZoneError, wish
from bot.digest.zone import names, zone_named
from bot.errors import QuestionError


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("9:00 weekdays", Wish(9, 0, WORKING_DAYS, None)),
        ("9", Wish(9, 0, WORKING_DAYS, None)),
        ("at 9am every day", Wish(9, 0, EVERY_DAY, None)),
        ("9.30 pm daily", Wish(21, 30, EVERY_DAY, None)),
        ("12am", Wish(0, 0, WORKING_DAYS, None)),
        ("12 p.m.", Wish(12, 0, WORKING_DAYS, None)),
        ("noon", Wish(12, 0, WORKING_DAYS, None)),
        ("weekends 10:15", Wish(10, 15, WEEKEND, None)),
        ("7:45 mon, wed and fri", Wish(7, 45, (0, 2, 4), None)),
        ("7:45 Thursdays", Wish(7, 45, (3,), None)),
        ("8 fri-mon", Wish(8, 0, (0, 4, 5, 6), None)),
        ("8:30 daily Europe/London", Wish(8, 30, EVERY_DAY, "Europe/London")),
        ("8:30 new york", Wish(8, 30, WORKING_DAYS, "America/New_York")),
        ("berlin 8:30 tue", Wish(8, 30, (1,), "Europe/Berlin")),
        ("16:05 ET", Wish(16, 5, WORKING_DAYS, "America/New_York")),
        ("9:00 weekdays (Asia/Tokyo)", Wish(9, 0, WORKING_DAYS, "Asia/Tokyo")),
        ("6:00 ho chi minh", Wish(6, 0, WORKING_DAYS, "Asia/Ho_Chi_Minh")),
    ],
)
def test_wish(words: str, expected: Wish) -> None:
    assert wish(words) == expected


@pytest.mark.parametrize(
    ("words", "kind", "told"),
    [
        ("", TimeError, "digest 9:00 weekdays"),
        ("weekdays", TimeError, "At what time"),
        ("25:00", TimeError, "There is no 25:00"),
        ("9:75", TimeError, "There is no 9:75"),
        ("13pm", TimeError, "There is no 13pm"),
        ("9:00 10:00", TimeError, "One digest a day"),
        ("9:00 Europe/Berlni", ZoneError, "Europe/Berlin"),
        ("9:00 sharpish", TimeError, "‹sharpish›"),
    ],
)
def test_what_is_no_schedule_points_at_the_word(words: str, kind: type[QuestionError], told: str) -> None:
    with pytest.raises(kind) as error:
        wish(words)
    assert told in error.value.sentence


def test_every_zone_is_known_by_its_own_name() -> None:
    for name in names().values():
        assert zone_named(name.lower()) is not None


def test_a_city_that_two_zones_share_names_neither() -> None:
    assert zone_named("louisville") is None or zone_named("louisville") == zone_named("Louisville")
    assert zone_named("nowhere at all") is None
