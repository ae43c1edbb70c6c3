"""From where somebody looks at the calls: what decides which of them may be seen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A workspace (`tenant` keys all state), the conversation in it ("": none, as in a global shortcut), and who looks.

    `outside` tells that the person is a guest of another organisation, who sees nothing that was given in Slack.
    """

    tenant: str
    channel: str = ""
    outside: bool = False
