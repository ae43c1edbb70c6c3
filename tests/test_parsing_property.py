"""Calls made up, written out in every layout, damaged, and parsed back: every word once, in order, under its speaker."""

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st

from bot.call import Call
from bot.parsing import parse
from bot.reading.document import Document
from bot.reading.encoding import decode, split_lines
from bot.reading.line import Line
from tests.sampling import sampled


@dataclass(frozen=True)
class Person:
    name: str
    firm: str
    title: str
    own: bool


OWN = [
    Person("Marta Quill", "Harbourstone Motors", "Chief Executive Officer", own=True),
    Person("Ib Sørensen", "Harbourstone Motors", "Chief Financial Officer", own=True),
    Person("Dana K. O’Leary", "Harbourstone Motors", "Vice President of Investor Relations", own=True),
    Person("Wim van der Zanden", "Harbourstone Motors", "Chief Technology Officer", own=True),
]
GUESTS = [
    Person("Tobias Brandt", "Aldgate & Co.", "Analyst", own=False),
    Person("Priya Raman", "Harbor and Lane", "Analyst", own=False),
    Person("Jean-Luc Picquet", "A. B. Sorel, Inc.", "Analyst", own=False),
    Person("Suki McAllister", "Northmoor Securities", "Analyst", own=False),
]
WORDS = [
    "deliveries",
    "chargers",
    "battery",
    "margin",
    "cells",
    "freight",
    "tariffs",
    "plant",
    "volume",
    "pricing",
    "capex",
    "$40",
    "2.5%",
    "quarter's",
    "cash-flow",
    "suppliers",
    "ramp",
    "(net)",
    "outlook",
    "“mix”",
    "demand",
    "—largely—",
    "Q3",
    "steel",
]


@dataclass(frozen=True)
class Said:
    person: Person
    paragraphs: tuple[str, ...]


sentences = st.lists(st.sampled_from(WORDS), min_size=4, max_size=16).map(
    lambda words: f"The {' '.join(words)} moved as planned{'?' if len(words) % 3 == 0 else '.'}"
)
paragraphs = st.lists(sentences, min_size=1, max_size=3).map(" ".join)


@st.composite
def calls(draw: st.DrawFn) -> list[Said]:
    """Prepared remarks by two, then questions and answers; nobody speaks twice in a row."""
    said = [Said(person, tuple(draw(st.lists(paragraphs, min_size=1, max_size=3)))) for person in OWN[:2]]
    for _ in range(draw(st.integers(3, 6))):
        for pool in (GUESTS, OWN):
            person = draw(st.sampled_from(pool))
            if person != said[-1].person:
                said.append(Said(person, tuple(draw(st.lists(paragraphs, min_size=1, max_size=2)))))
    for person in (*OWN, *GUESTS):  # nobody is seen once only: a name on its own line must come back to be believed
        if sum(each.person == person for each in said) < 2:
            for _ in range(2 if said[-1].person != person else 0):
                said += [
                    Said(person, (draw(paragraphs),)),
                    Said(OWN[0] if person != OWN[0] else OWN[1], (draw(paragraphs),)),
                ]
    return [each for at, each in enumerate(said) if not at or said[at - 1].person != each.person]


def listed() -> str:
    own = "\n".join(f"{p.name} - {p.title}" for p in OWN)
    guests = "\n".join(f"{p.name} - {p.firm}" for p in GUESTS)
    return (
        f"Harbourstone Motors (NYSE:HRBM) Q2 2024 Earnings Call August 6, 2024\nExecutives\n{own}\nAnalysts\n{guests}\n"
    )


def seed_like(said: list[Said]) -> str:
    return "\n\n".join(
        "\n\n".join(
            [each.person.name if each.person.own else f"{each.person.name} - {each.person.firm}", *each.paragraphs]
        )
        for each in said
    )


def seeking_alpha(said: list[Said]) -> str:
    return listed() + "\n".join("\n".join([each.person.name, *each.paragraphs]) for each in said)


def seeking_alpha_blank(said: list[Said]) -> str:
    return seeking_alpha(said).replace("\n", "\n\n")


def motley_fool(said: list[Said]) -> str:
    def label(p: Person) -> str:
        return f"{p.name} -- {p.title}" if p.own else f"{p.name} -- {p.firm} -- {p.title}"

    body = "\n".join("\n".join([label(each.person), *each.paragraphs]) for each in said)
    return f"Image source: The Motley Fool.\n{body}\nDuration: 44 minutes\nCall participants:\n{label(OWN[0])}\n"


def colon(said: list[Said]) -> str:
    return "\n".join("\n ".join([f"{each.person.name}: {each.paragraphs[0]}", *each.paragraphs[1:]]) for each in said)


def capitals_colon(said: list[Said]) -> str:
    def label(p: Person) -> str:
        return p.name.upper() if p.own else f"{p.name.upper()}, {p.firm.upper()}"

    return "\n\n".join(
        "\n".join([f"{label(each.person)}: {each.paragraphs[0]}", *each.paragraphs[1:]]) for each in said
    )


def ruled(said: list[Said]) -> str:
    rule = "-" * 80
    return "\n".join(
        f"{rule}\n{each.person.name},  {each.person.firm} - {each.person.title}    [{number}]\n{rule}\n"
        + "\n".join(each.paragraphs)
        for number, each in enumerate(said, 1)
    )


def fact_set(said: list[Said]) -> str:
    rule = "." * 100
    return "\n".join(
        f"{rule}\n{each.person.name}\n{each.person.title}, {each.person.firm} {'A' if each.person.own else 'Q'}\n"
        + "\n".join(each.paragraphs)
        for each in said
    )


def run_in(said: list[Said]) -> str:
    return "\n".join(
        "\n".join([f"{each.person.name.upper()}. {each.paragraphs[0]}", *each.paragraphs[1:]]) for each in said
    )


def blocks(said: list[Said]) -> str:
    return "\n\n".join("\n".join([each.person.name, *each.paragraphs]) for each in said)


RENDERS: dict[str, Callable[[list[Said]], str]] = {
    render.__name__: render
    for render in (
        seed_like,
        seeking_alpha,
        seeking_alpha_blank,
        motley_fool,
        colon,
        capitals_colon,
        ruled,
        fact_set,
        run_in,
        blocks,
    )
}
UPPER = {"capitals_colon", "run_in"}


def document(data: bytes) -> Document:
    return Document("txt", tuple(Line(text, number) for number, text in enumerate(split_lines(decode(data).text), 1)))


def heard(call: Call) -> list[tuple[str | None, list[str]]]:
    return [(turn.speaker, turn.text.split()) for turn in call.turns]


def meant(said: list[Said], *, upper: bool) -> list[tuple[str | None, list[str]]]:
    return [
        (each.person.name.upper() if upper else each.person.name, " ".join(each.paragraphs).split()) for each in said
    ]


@sampled(3, 15, said=calls())
def test_every_word_comes_back_under_its_speaker_in_every_layout(said: list[Said]) -> None:
    """One call, which is dearer to invent than to parse, is written in all layouts; so it is below."""
    for name, render in RENDERS.items():
        call = parse(document(render(said).encode()), name="made.txt")
        assert heard(call) == meant(said, upper=name in UPPER), name


def page_break(paragraph: str) -> str:
    """Break a paragraph in mid-sentence, as a page does: a blank line, then it goes on in lower case."""
    words = paragraph.split(" ")
    cut = next((at for at in range(2, len(words)) if words[at][:1].islower() and words[at - 1][-1].isalnum()), None)
    return paragraph if cut is None else f"{' '.join(words[:cut])}\n\n{' '.join(words[cut:])}"


@sampled(3, 15, said=calls())
def test_page_breaks_in_mid_sentence_are_healed_and_told(said: list[Said]) -> None:
    broken = [Said(each.person, tuple(page_break(paragraph) for paragraph in each.paragraphs)) for each in said]
    call = parse(document(seed_like(broken).encode()), name="made.txt")
    assert heard(call) == meant(said, upper=False)
    assert [turn.text for turn in call.turns] == ["\n".join(each.paragraphs) for each in said]
    breaks = sum("\n\n" in paragraph for each in broken for paragraph in each.paragraphs)
    assert sum("healed" in problem.what for problem in call.problems) == breaks


@sampled(3, 15, said=calls(), bom=st.booleans(), end=st.sampled_from(["\r\n", "\r\r\n", "\n"]))
def test_line_ends_and_marks_of_encoding_change_nothing(said: list[Said], bom: bool, end: str) -> None:
    for name in ("seed_like", "seeking_alpha_blank", "colon", "blocks", "ruled", "motley_fool"):
        text = RENDERS[name](said).replace("\n", end)
        call = parse(document(text.encode("utf-8-sig" if bom else "utf-8")), name="made.txt")
        assert heard(call) == meant(said, upper=False), name


@sampled(3, 15, said=calls(), stray=st.sampled_from(["]", "[", " ]", "}", "|"]), every=st.integers(2, 5))
def test_a_stray_bracket_after_a_name_is_taken_off_and_told(said: list[Said], stray: str, every: int) -> None:
    turns = blocks(said).split("\n\n")
    marked = [turn.replace("\n", f"{stray}\n", 1) if at % every == 0 else turn for at, turn in enumerate(turns)]
    call = parse(document("\n\n".join(marked).encode()), name="made.txt")
    assert heard(call) == meant(said, upper=False)
    assert sum("stray" in problem.what for problem in call.problems) == len(range(0, len(turns), every))


@sampled(3, 15, said=calls())
def test_labels_and_lists_tell_who_asks(said: list[Said]) -> None:
    for name in ("ruled", "fact_set", "seeking_alpha", "motley_fool", "seed_like"):
        call = parse(document(RENDERS[name](said).encode()), name="made.txt")
        kinds = {turn.speaker: turn.kind.value for turn in call.turns}
        assert kinds == {each.person.name: "executive" if each.person.own else "analyst" for each in said}, name
        for exchange in call.exchanges:
            assert {call.turns[at].kind.value for at in exchange.question_turns} == {"analyst"}, name
            assert {call.turns[at].kind.value for at in exchange.answer_turns} <= {"executive"}, name
