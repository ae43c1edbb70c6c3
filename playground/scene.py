"""What people said before you came: a few lines that make the workspace look lived in. All invented."""

from typing import TYPE_CHECKING

from playground.workspace import Message

if TYPE_CHECKING:
    from playground.slack import LocalSlack

EARLIER = 1_500.0  # seconds before now that the first line was said
STEP = 260.0  # seconds between two lines

LINES = (
    ("C0AUTODESK", "U0BENOKAF", "Morning. The transcripts are in. Who was it that asked about the superchargers?"),
    (
        "C0AUTODESK",
        "U0CHIYOTN",
        "No idea. But *exact words* this time, please, not what we remember :sweat_smile:",
    ),
    ("C0AUTODESK", "U0DORAVEL", "Same here, I print what they said or I print nothing."),
    ("C0EARNINGS", "U0DORAVEL", "Deadline is 17:00 in New York. Margins first, then everything else."),
    ("C0DEALROOM", "U0BENOKAF", "Keep this one in here, please."),
    ("C0WATERCOO", "U0CHIYOTN", "The coffee machine on 4 is back. :tada:"),
    ("D1BENOKAF", "U0BENOKAF", "Lunch at one?"),
)


def enact(slack: "LocalSlack") -> None:
    """Put the lines into a fresh workspace; the bot hears of none."""
    workspace = slack.workspace
    for number, (channel, user, text) in enumerate(LINES):
        said = workspace.clock() - EARLIER + number * STEP * 0.5
        workspace.post(Message(f"{said:.6f}", channel, user, text))
