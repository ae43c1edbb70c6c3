"""Time zones as people name them: "Europe/Berlin", "berlin", "new york", "ET"."""

import difflib
from functools import cache
from zoneinfo import available_timezones

# What people in markets write. An abbreviation means the city's wall clock, summer time included: who types "EST" in
# July means New York. Source: the abbreviations in the tz database, for the cities with the largest exchanges.
SPOKEN = {
    "et": "America/New_York",
    "est": "America/New_York",
    "edt": "America/New_York",
    "eastern": "America/New_York",
    "ct": "America/Chicago",
    "cst": "America/Chicago",
    "cdt": "America/Chicago",
    "central": "America/Chicago",
    "mt": "America/Denver",
    "mst": "America/Denver",
    "mdt": "America/Denver",
    "mountain": "America/Denver",
    "pt": "America/Los_Angeles",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "pacific": "America/Los_Angeles",
    "uk": "Europe/London",
    "bst": "Europe/London",
    "gmt": "Europe/London",
    "cet": "Europe/Berlin",
    "cest": "Europe/Berlin",
    "jst": "Asia/Tokyo",
    "hkt": "Asia/Hong_Kong",
    "sgt": "Asia/Singapore",
    "ist": "Asia/Kolkata",
    "aest": "Australia/Sydney",
    "aedt": "Australia/Sydney",
    "san francisco": "America/Los_Angeles",
    "boston": "America/New_York",
    "washington": "America/New_York",
    "montreal": "America/Toronto",
    "frankfurt": "Europe/Berlin",
    "munich": "Europe/Berlin",
    "hamburg": "Europe/Berlin",
    "geneva": "Europe/Zurich",
    "milan": "Europe/Rome",
    "barcelona": "Europe/Madrid",
    "edinburgh": "Europe/London",
    "mumbai": "Asia/Kolkata",
    "bangalore": "Asia/Kolkata",
    "delhi": "Asia/Kolkata",
    "beijing": "Asia/Shanghai",
    "shenzhen": "Asia/Shanghai",
    "osaka": "Asia/Tokyo",
    "utc": "UTC",
    "z": "UTC",
}
NOT_PLACES = ("Etc/", "posix/", "right/", "SystemV/", "US/", "Canada/")  # older names of what others name as well


@cache
def names() -> dict[str, str]:
    """Return every zone by each of its names, folded: in full, and by its city where only one zone has that city."""
    zones = sorted(available_timezones())
    found = {_fold(zone): zone for zone in zones}
    cities: dict[str, list[str]] = {}
    for zone in zones:
        if "/" in zone and not zone.startswith(NOT_PLACES):
            cities.setdefault(_fold(zone.rsplit("/", 1)[1]), []).append(zone)
    one_each = {city: places[0] for city, places in cities.items() if len(places) == 1}
    return one_each | found | SPOKEN


def zone_named(words: str) -> str | None:
    """Return the IANA zone that `words` name, None where they name none."""
    return names().get(_fold(words))


def nearest_zones(words: str) -> tuple[str, ...]:
    """Return up to three zones with names like `words`, the likest first."""
    close = difflib.get_close_matches(_fold(words), names(), n=6, cutoff=0.7)
    return tuple(dict.fromkeys(names()[name] for name in close))[:3]


def _fold(words: str) -> str:
    """Fold case, underscores and blanks away: New_York, new york."""
    return " ".join(words.casefold().replace("_", " ").split())
