"""Slack: the doors through which questions come in, and how answers go out. All of Slack is known here only."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

    from handlers.desk import Desk


def register(app: "AsyncApp", desk: "Desk") -> None:
    """Name every door to `app`: the command, buttons, mentions, direct messages; each closes over `desk`."""
