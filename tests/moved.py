"""A clock that is moved, and the days on which the tests of digests and watches begin."""

import datetime as dt

MONDAY = dt.datetime(2027, 3, 1, 12, 0, tzinfo=dt.UTC)
"""7:00 in New York, where Ada is."""
MINUTE = dt.timedelta(minutes=1)


class Clock:
    """A clock that stands until it is moved; Slack's and the bot's alike."""

    def __init__(self) -> None:
        self.time = MONDAY

    def __call__(self) -> dt.datetime:
        return self.time

    def seconds(self) -> float:
        return self.time.timestamp()
