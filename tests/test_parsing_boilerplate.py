"""Publishers' notices are told by how they begin: what a row's first letters rule out, no pattern would have found."""

import pytest

from bot.parsing import boilerplate

ADS = [
    "Image source: The Example Press.",
    "Need a quote from a Motley Fool analyst? Write to us.",
    "10 stocks we like better than Harbourstone",
    "When investing geniuses David and Tom Gardner have a tip",
    "When our award-winning analyst team has a stock tip",
    "David and Tom just revealed",
    "They just revealed what they believe are the ten best",
    "THE MOTLEY FOOL JUST REVEALED WHAT THEY THINK ARE THE 10 BEST",
    "See the 10 stocks",
    "Click here to learn more",
    "*Stock Advisor returns as of today",
    "Stock Advisor returns as of today",
    "Find out why this is a stock to buy",
    "After all, the newsletter they have run",
    "The newsletter they have run for years",
    "The author has no position",
    "The Motley Fool has no position",
    "Motley Fool Transcribing has no position",
    "This article is a transcript of this conference call",
    "Transcript powered by AlphaStreet",
    "All earnings call transcripts",
    "More HRBM analysis",
    "*Average returns of all recommendations",
    "Average returns of all recommendations",
    "Stocks mentioned",
    "[email protected]",
    "Disclaimer: *New* We are providing this transcript",
    "*NEW* We are providing this transcript",
    "We are providing this transcript",
    "Copyright policy",
    "*This article was produced by us",
    "This transcript is provided by us",
]
ENDS = [
    "V. Bearish",
    "3 authors in the last month",
    "Duration: 44 minutes",
    "Call participants:",
    "This article is a transcript of the conference call",
    "Transcript powered by AlphaStreet",
    "More HRBM analysis",
    "All earnings call transcripts",
    "Copyright 2024",
    "© The Example Press",
    "Stocks mentioned",
    "These materials have been prepared solely for you",
    "Legal disclaimer",
    "DISCLAIMER:",
    "Definitions",
    "Forward-looking statements",
    "Cautionary statement",
    "This transcript may be wrong",
    "Note: this document is a draft",
    "The information contained in event transcripts",
    "(This document was edited",
]


@pytest.mark.parametrize("row", ADS)
def test_an_advertisement_is_known(row: str) -> None:
    assert boilerplate.is_ad(row)


@pytest.mark.parametrize("row", ENDS)
def test_what_stands_after_a_call_is_known(row: str) -> None:
    assert boilerplate.ends(row)


@pytest.mark.parametrize("row", ["The quarter was strong.", "Definitely.", "We are pleased.", "10 of them."])
def test_speech_is_neither(row: str) -> None:
    assert not boilerplate.is_ad(row)
    assert not boilerplate.ends(row)
