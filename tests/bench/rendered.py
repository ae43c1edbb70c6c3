"""True turns written out in six layouts, so that reading them back can be compared with the truth word by word.

The turns come from outside (`speaker_name`, `speaker_id`, `text`); firms, titles and the company are made up here. Whoever
has much to say is the company's, the first speaker its operator unless he has, all others are guests of some house; given
names alone and speakers without a name get no firm, as in print.
"""

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.paper import Text, pdf

COMPANY = "Harbourstone Motors"
FIRMS = ("Aldgate & Co.", "Harbor and Lane", "Northmoor Securities", "A. B. Sorel, Inc.", "Tern Bank", "Wyke Research")
TITLES = ("Chief Executive Officer", "Chief Financial Officer", "Vice President of Investor Relations", "Treasurer")
OWN = 0.08  # of all words: so much only the company's own say
SENTENCES = 4  # of a paragraph
PAGE = 60  # words after which a page ends
NOBODY = "Unidentified Participant"
PART = re.compile(r"Operator\Z|Speaker \d+\Z|Unidentified")
SENTENCE = re.compile(r"(?<=[.?!]) (?=[A-Z])")


@dataclass(frozen=True)
class Voice:
    """A speaker as a layout may print him; without firm or title only his name is known."""

    name: str
    own: bool
    firm: str | None
    title: str | None


@dataclass(frozen=True)
class Said:
    """One true turn."""

    voice: Voice
    paragraphs: tuple[str, ...]


def said(turns: Sequence[Mapping[str, str | None]]) -> list[Said]:
    """Make turns of a truth ready to be printed."""
    counts: dict[str, int] = {}
    for turn in turns:
        name = turn["speaker_name"] or NOBODY
        counts[name] = counts.get(name, 0) + len((turn["text"] or "").split())
    voices = {name: _voice(name, at, counts) for at, name in enumerate(counts)}
    return [Said(voices[turn["speaker_name"] or NOBODY], tuple(_paragraphs(turn["text"] or ""))) for turn in turns]


def truth(calls: Iterable[Said]) -> list[dict[str, str | None]]:
    """Give the turns as the scorer takes them."""
    return [{"speaker": each.voice.name, "text": "\n".join(each.paragraphs)} for each in calls]


def _voice(name: str, at: int, counts: Mapping[str, int]) -> Voice:
    own = counts[name] > OWN * sum(counts.values())
    if PART.match(name) or " " not in name:
        return Voice(name, own, None, None)
    if own:
        return Voice(name, own, COMPANY, TITLES[at % len(TITLES)])
    return Voice(name, own, FIRMS[at % len(FIRMS)], "Analyst")


def _paragraphs(text: str) -> Iterator[str]:
    sentences = SENTENCE.split(" ".join(text.split()))
    for at in range(0, len(sentences), SENTENCES):
        yield " ".join(sentences[at : at + SENTENCES])


def _lists(calls: Sequence[Said]) -> str:
    """Give the lists of participants; guests stand with their firm."""
    voices = [voice for voice in dict.fromkeys(each.voice for each in calls) if voice.firm]
    own = [f"{voice.name} - {voice.title}" for voice in voices if voice.own]
    guests = [f"{voice.name} - {voice.firm}" for voice in voices if not voice.own]
    return "\n".join(
        [f"{COMPANY} (NYSE:HRBM) Q2 2024 Earnings Call August 6, 2024", "Executives", *own, "Analysts", *guests]
    )


def _paged(paragraph: str) -> str:
    """Break a paragraph in mid-sentence with a blank line, as a page does, every `PAGE` words or so."""
    out: list[str] = []
    since = 0
    for word in paragraph.split(" "):
        if since >= PAGE and word[:1].islower() and out[-1][-1].isalnum():
            out.append("\n\n")
            since = 0
        out.append(word)
        since += 1
    return " ".join(out).replace(" \n\n ", "\n\n")


def seed_like(calls: Sequence[Said]) -> tuple[str, bytes]:
    """Names, guests with their firm, blank lines around everything; pages break sentences; no head, no lists."""
    blocks: list[str] = []
    for each in calls:
        voice = each.voice
        blocks.append(voice.name if voice.own or not voice.firm else f"{voice.name} - {voice.firm}")
        blocks += map(_paged, each.paragraphs)
    return "made.txt", "\n\n".join(blocks).encode()


def name_firm(calls: Sequence[Said]) -> tuple[str, bytes]:
    """Both lists, then `Name - Firm` over each turn, no blank lines."""
    lines = [_lists(calls)]
    for each in calls:
        lines += [f"{each.voice.name} - {each.voice.firm}" if each.voice.firm else each.voice.name, *each.paragraphs]
    return "made.txt", "\n".join(lines).encode()


def _dashed(voice: Voice) -> str:
    if not voice.firm:
        return voice.name
    return f"{voice.name} -- {voice.title}" if voice.own else f"{voice.name} -- {voice.firm} -- {voice.title}"


def name_firm_role(calls: Sequence[Said]) -> tuple[str, bytes]:
    """`Name -- Firm -- Role` over each turn, blank lines between, the list at the end."""
    blocks = ["Prepared Remarks:"]
    for each in calls:
        blocks += [_dashed(each.voice), *each.paragraphs]
    voices = dict.fromkeys(each.voice for each in calls)
    blocks += ["Duration: 44 minutes", "Call participants:", *(_dashed(voice) for voice in voices if voice.firm)]
    return "made.txt", "\n\n".join(blocks).encode()


def capitals(calls: Sequence[Said]) -> tuple[str, bytes]:
    """`NAME: words`, further paragraphs under it."""
    lines: list[str] = []
    for each in calls:
        lines += [f"{each.voice.name.upper()}: {each.paragraphs[0]}", *each.paragraphs[1:]]
    return "made.txt", "\n".join(lines).encode()


def ruled(calls: Sequence[Said]) -> tuple[str, bytes]:
    """Lists and labels between rules, labels numbered."""
    double, single = "=" * 80, "-" * 80
    lines = [f"Q2 2024 {COMPANY} Earnings Call"]
    voices = [voice for voice in dict.fromkeys(each.voice for each in calls) if voice.firm]
    for head, own in (("Corporate Participants", True), ("Conference Call Participants", False)):
        lines += [double, head, double]
        for voice in voices:
            lines += [f" * {voice.name}", f"   {voice.firm} - {voice.title}"] if voice.own is own else []
    lines += [double, "Presentation", single]
    for number, each in enumerate(calls, 1):
        voice = each.voice
        label = f"{voice.name},  {voice.firm} - {voice.title}" if voice.firm else voice.name
        lines += [f"{label}    [{number}]", single, *(f"   {paragraph}" for paragraph in each.paragraphs), "", single]
    return "made.txt", "\n".join(lines).encode()


LEFT, RIGHT, TOP, FOOT, STEP, WIDE, NARROW = 72.0, 200.0, 720.0, 70.0, 14.0, 66, 24


def two_columns(calls: Sequence[Said]) -> tuple[str, bytes]:
    """A PDF: names (guests with the firm in brackets under them) at the left of the words; running head and foot."""
    pages: list[list[Text]] = []
    y = 0.0
    for each in calls:
        firm = [] if each.voice.own or not each.voice.firm else [f"({each.voice.firm})"]
        left = [each.voice.name, *firm]
        right = [
            line for paragraph in each.paragraphs for line in textwrap.wrap(paragraph, WIDE, break_on_hyphens=False)
        ]
        for at in range(max(len(left), len(right))):
            if y < FOOT + STEP or not pages:
                pages.append(
                    [(LEFT, 760.0, f"{COMPANY} | Q2 2024 Earnings Call"), (300.0, 40.0, f"Page {len(pages) + 1}")]
                )
                y = TOP
            if at < len(left):
                pages[-1].append((LEFT, y, left[at]))
            if at < len(right):
                pages[-1].append((RIGHT, y, right[at]))
            y -= STEP
        y -= STEP
    return "made.pdf", pdf(pages)


RENDERS: Mapping[str, Callable[[Sequence[Said]], tuple[str, bytes]]] = {
    "seed-like": seed_like,
    "Name - Firm": name_firm,
    "Name -- Firm -- Role": name_firm_role,
    "NAME:": capitals,
    "two columns": two_columns,
    "ruled": ruled,
}
