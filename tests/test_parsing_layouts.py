"""Every layout: found by walking, explains itself, and reads real files as their truth or their label lines say.

The folder of real transcripts is not part of the project; where it is absent these skip. They hold figures only. The
whole table is made by `python -m tests.bench.parsing`.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from bot.attribution import Attribution
from bot.kind import Kind
from bot.parsing import inference, matching, parse, people
from bot.parsing.layouts import choose, layouts
from bot.parsing.people import People, Person
from bot.parsing.sheet import Sheet
from bot.parsing.speech import Speech
from bot.reading import read
from bot.reading.document import Document
from bot.reading.line import Line
from tests.bench import parsing as bench

SAMPLE = [1, pytest.param(2, marks=pytest.mark.thorough)]  # files of each layout; the bench reads all
GOLD = {  # layout: least attribution, turn F1 and words kept; most words added
    "streetevents_txt": (0.998, 0.995, 0.999, 0.002),
    "streetevents_old": (0.996, 0.995, 0.996, 0.002),  # its truth keeps the file's entities as they were escaped
    "fmp_colon": (0.998, 0.995, 0.999, 0.002),
    "fool_json_sections": (0.998, 0.995, 0.999, 0.002),
    "fomc_pressconf_pdf": (0.993, 0.97, 0.999, 0.002),  # its truth cuts a double-barrelled name in two
    "rev_names": (0.97, 0.99, 0.999, 0.002),  # some of its speakers have no name in its truth
}
LINES = {
    "sa_txt_blank": 0.98,
    "sa_txt_noblank": 0.98,
    "fool_txt_blank": 0.98,
    "fool_txt_noblank": 0.98,
    "fool_2026_json": 0.98,
    "capiq_txt_anon": 0.98,
    "india_concall_pdf": 0.97,
}


def document(text: str) -> Document:
    return Document("txt", tuple(Line(line, number) for number, line in enumerate(text.split("\n"), 1)))


def test_layouts_are_found_by_walking() -> None:
    names = [layout.name for layout in layouts()]
    assert len(names) == len(set(names)) >= 12


@pytest.mark.parametrize(
    "text", ["", "\n\n", "a", ":", "--", "-" * 80, "Operator", "Q -", "x: " * 700, "A. B. C. " * 300]
)
def test_no_layout_stumbles_over_next_to_nothing(text: str) -> None:
    sheet = Sheet(document(text))
    for layout in layouts():
        assert 0 <= layout.recognise(sheet).score <= layout.most <= 1
        layout.read(sheet) if layout.recognise(sheet).score else None
    call = parse(document(text), name="x.txt")
    assert call.evidence


def test_the_best_layout_says_why() -> None:
    text = "\n".join(f"{name}: The plant is on time and on cost." for name in ("Marta Quill", "Ib Brandt") * 4)
    layout, evidence = choose(Sheet(document(text)))
    assert layout.name == "name before a colon"
    assert "8 lines" in evidence.because


def test_words_without_speakers_are_said_to_be_so() -> None:
    call = parse(document("Good morning and welcome.\nWe did well this quarter.\nThank you."), name="x.txt")
    assert [(turn.speaker, turn.attribution) for turn in call.turns] == [(None, Attribution.UNLABELLED)]
    assert call.turns[0].text == "Good morning and welcome.\nWe did well this quarter.\nThank you."
    assert any("no speakers found" in problem.what for problem in call.problems)


def test_numbered_speakers_get_names_from_words_only() -> None:
    call = parse(
        document(
            "Speaker 0: Welcome to the call, I am your operator. I would now like to turn it over to Marta Quill.\n\n"
            "Speaker 1: Thank you. I'm Marta Quill, and with me is our finance chief. We had a good quarter in all.\n\n"
            "Speaker 0: Our first question comes from Tobias Brandt with Aldgate. Please go ahead.\n\n"
            "Speaker 2: Thanks. How is the plant doing?\n\n"
            "Speaker 1: It is on time.\n\n"
            "Speaker 0: Our next question comes from Priya Raman with Harbor. Please go ahead.\n\n"
            "Speaker 3: Hi, this is Sam on for Priya Raman. What about freight?\n\n"
            "Speaker 1: It fell."
        ),
        name="x.txt",
    )
    known = {turn.speaker: (turn.person, turn.attribution, turn.kind.value) for turn in call.turns}
    assert known["Speaker 1"] == ("Marta Quill", Attribution.INFERRED, "executive")
    assert known["Speaker 2"] == ("Tobias Brandt", Attribution.INFERRED, "analyst")
    assert known["Speaker 3"] == (None, Attribution.LABELLED, "analyst")
    assert known["Speaker 0"][2] == "operator"
    assert call.turns[3].basis == "hand-off at line 5"


@pytest.mark.parametrize("first", ["Well, thank you", "Thank you", "hank you"])  # the last has lost a letter
def test_whoever_is_thanked_twice_has_that_name(first: str) -> None:
    words = (
        "We grew.",
        f"{first} all for that. Thanks, Robert Smith. And freight?",
        "It fell.",
        "Thanks, Robert Smith.",
    )
    reader, asker = Person("Speaker 1", Kind.EXECUTIVE, numbered=True), Person("Speaker 2", Kind.ANALYST)
    persons = People([reader, asker], [reader, asker] * 2, [])
    inference.names([Speech(None, each, None, None, "line 1") for each in words], persons, [None] * 4)
    assert reader.name == "Robert Smith"


def rows(layout: str, shared: Path, sample: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[bench.Row]:
    folder = Path.iterdir

    def few(path: Path) -> Iterator[Path]:
        files = sorted(folder(path))
        return iter(files[:: max(1, len(files) // sample)][:sample])

    monkeypatch.setattr(bench, "SHARED", shared)
    monkeypatch.setattr(Path, "iterdir", few)
    return bench.rows([layout])


@pytest.mark.parametrize("sample", SAMPLE)
@pytest.mark.parametrize("layout", GOLD)
def test_true_turns_come_back(layout: str, sample: int, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    attribution, turn_f1, kept, added = GOLD[layout]
    row, *_mended = rows(layout, shared, sample, monkeypatch)
    assert row.files == sample
    assert row.sums["attribution"] / row.files >= attribution
    assert row.sums["turn_f1"] / row.files >= turn_f1
    assert row.sums["kept"] / row.files >= kept
    assert row.sums["added"] / row.files <= added


@pytest.mark.parametrize("sample", SAMPLE)
@pytest.mark.parametrize("layout", LINES)
def test_label_lines_start_turns(layout: str, sample: int, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if layout.endswith("_pdf") and not bench.has_reader():
        pytest.skip("pdftotext, which reads the PDFs a second time, is not installed (poppler-utils)")
    (row,) = rows(layout, shared, sample, monkeypatch)
    assert row.files == sample
    assert row.sums["starts"] / row.files >= LINES[layout]
    assert row.sums["foreign"] / row.files <= 0.005


def test_names_of_numbered_speakers_are_right(shared: Path) -> None:
    folder = shared / "transcripts" / "rev_earnings21"
    right = wrong = 0
    for path in sorted((folder / "files_rendered_speakerN").iterdir())[:4]:
        gold = bench.gold_turns(folder / "gold_turns" / f"{path.stem}.json", "speaker_name")
        names = {f"Speaker {turn['speaker_id']}": turn["speaker"] or "" for turn in gold}
        call = parse(read(path.read_bytes(), path.name), name=path.name)
        for turn in call.turns:
            true = names.get(turn.speaker or "", "")
            if turn.attribution is Attribution.INFERRED and true and not true.startswith("Speaker"):
                shares = set((turn.person or "").lower().split()) & set(true.lower().split())
                right, wrong = right + bool(shares), wrong + (not shares)
    assert right > 100
    assert right / (right + wrong) >= 0.98


def test_thousands_of_names_are_not_compared_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    best = matching.best

    def counted(name: str, among: Iterable[str]) -> str | None:
        candidates = list(among)
        if len(candidates) > 1:
            asked.append(name)
        return best(name, candidates)

    monkeypatch.setattr(matching, "best", counted)
    letters = "abcdefghij"
    names = [f"Pers{a}{b}{c} Quill{c}{b}{a}" for a in letters for b in letters for c in letters]
    call = parse(document("\n".join(f"{name}: The plant is on time." for name in names)), name="x.txt")
    assert len(call.turns) == len(names)
    assert people.MOST < len(asked) < len(names) / 2  # some of these names are alike, and one person


SAID = "We had a good quarter and the plant is on time, as we said before."
HOUSES = [  # labels in turn, and whether each stands before a colon
    (["ED FORTH, KBX:", "PAM KORR:", "ROB NOVAK, CITX:", "PAM KORR:"], ["KBX", None, "CITX", None]),
    (
        ["Matthew Clerk (Mediobanx):", "Lars Machen:", "Jo Dickers (Exane):", "Lars Machen:"],
        ["Mediobanx", None, "Exane", None],
    ),
    (
        ["Tom Hallot, KBX\n", "Todd Tucknor\n", "Amit Gool, Mediobanx\n", "Todd Tucknor\n"],
        ["KBX", None, "Mediobanx", None],
    ),
    (
        ["Tom Hallot (KBX)\n", "Todd Tucknor\n", "Amit Gool (Mediobanx)\n", "Todd Tucknor\n"],
        ["KBX", None, "Mediobanx", None],
    ),
]


@pytest.mark.parametrize(("labels", "firms"), HOUSES)
def test_a_house_prints_its_guests_firms(labels: list[str], firms: list[str | None]) -> None:
    call = parse(document("\n".join(f"{label} {SAID}" for label in labels * 2)), name="x.txt")
    assert [turn.firm for turn in call.turns] == firms * 2
    assert [turn.kind.value for turn in call.turns] == ["analyst" if firm else "executive" for firm in firms] * 2
    assert {turn.text for turn in call.turns} == {SAID}


def test_a_label_repeated_at_the_top_of_a_page_goes_on() -> None:
    rule = "." * 80
    pages = [
        [rule, "Operator: Our first question comes from Tobias Brandt.", rule, "Tobias Brandt", "Analyst, Aldgate LLC Q",
         "How is the plant doing, and what does that mean for the quarter, which we think is", rule],
        ["Tobias Brandt", "Analyst, Aldgate LLC Q", "a good one? And freight?", rule, "Marta Quill",
         "Chief Executive Officer, Harbor Metals A", "It is on time.", rule, "Tobias Brandt", "Analyst, Aldgate LLC Q",
         "Thank you.", rule, "Marta Quill", "Chief Executive Officer, Harbor Metals A", "Thank you all."],
    ]  # fmt: skip
    pages[0].pop()  # the rule stands under a turn, and this one goes on
    lines = tuple(Line(text, at, page) for page, rows in enumerate(pages, 1) for at, text in enumerate(rows, 1))
    call = parse(Document("pdf", lines), name="x.pdf")
    assert call.layout == "FactSet"
    assert [turn.speaker for turn in call.turns] == [
        "Operator", "Tobias Brandt", "Marta Quill", "Tobias Brandt", "Marta Quill",
    ]  # fmt: skip
    assert call.turns[1].text.endswith("which we think is a good one? And freight?")


ROSTER = """Voltera Motors, Inc. (NYSE:VLT) Q1 2026 Earnings Conference Call May 1, 2026 11:00 AM ET
Company Participants
Marta Quill - Chief Executive Officer
Conference Call Participants
Priya Raman - Harbor & Lane
Ida Vance - Larkspur
Ladies and gentlemen, thank you for standing by and welcome to the Voltera call.
At this time, I will turn the conference over to our host Marta Quill. Please go ahead.
Marta Quill
Thank you, good morning. Margins were strong in the quarter.
Question-and-Answer Session
Operator
Our first question is from Priya Raman with Harbor & Lane.
Priya Raman
How are margins?
Marta Quill
Margins are fine.
Operator
The next question is from Ida Vance with Larkspur.
Ida Vance
And what about cash?
Marta Quill
Cash is fine, thank you.
"""


def test_the_last_entry_of_a_list_is_nobodys_label_though_speech_stands_under_it() -> None:
    call = parse(read(ROSTER.encode(), "made.txt"), name="made.txt")
    told = [(turn.speaker, turn.kind, turn.firm) for turn in call.turns]
    assert told[0] == (None, Kind.OPERATOR, None)
    assert call.turns[0].text.startswith("Ladies and gentlemen")
    assert told[1] == ("Marta Quill", Kind.EXECUTIVE, None)
    assert told[-2] == ("Ida Vance", Kind.ANALYST, "Larkspur")
    assert len(call.exchanges) == 2


UNLISTED = """Voltera Motors, Inc. (NYSE:VLT) Q1 2026 Earnings Conference Call May 1, 2026 11:00 AM ET
Company Participants
Tom Reed - Chief Financial Officer
Conference Call Participants
Priya Raman - Harbor & Lane
Marta Quill - Chief Executive Officer
Thank you, good morning. Margins were strong in the quarter, and we are pleased with how it went in all of our plants.
Tom Reed - Chief Financial Officer
Thank you, Marta. Revenue was up nine percent in the quarter, and costs were down by two percent in the same time.
Question-and-Answer Session
Operator
Our first question is from Priya Raman with Harbor & Lane.
Priya Raman - Harbor & Lane
How are margins?
Marta Quill - Chief Executive Officer
Margins are fine.
"""


def test_an_officer_below_a_list_of_analysts_speaks_though_nobody_lists_her() -> None:
    call = parse(read(UNLISTED.encode(), "made.txt"), name="made.txt")
    assert [(turn.speaker, turn.kind) for turn in call.turns][:2] == [
        ("Marta Quill", Kind.EXECUTIVE),
        ("Tom Reed", Kind.EXECUTIVE),
    ]
    assert call.turns[-1].kind is Kind.EXECUTIVE


@pytest.mark.parametrize("last", ["Ida The Vance", "Ida Vanse:"])
def test_what_is_nearly_a_listed_name_at_the_very_end_is_nobodys_label(last: str) -> None:
    call = parse(read(f"{ROSTER}{last}\n".encode(), "made.txt"), name="made.txt")
    assert call.turns[-1].speaker == "Marta Quill"
    assert call.turns[-1].text.endswith(last)


def test_a_listed_name_of_one_word_is_a_label_though_the_word_is_said_too() -> None:
    listed = ROSTER.replace("Ida Vance - Larkspur", "Summer - Larkspur").replace(
        "\nIda Vance\n", "\nSummer - Larkspur\n"
    )
    call = parse(read(f"{listed}We open in the summer.\n".encode(), "made.txt"), name="made.txt")
    assert [turn.speaker for turn in call.turns][-2:] == ["Summer", "Marta Quill"]


HALVED = [
    "Operator: Good day to all of you, and welcome to the call of Harbor Metals.",
    "Marta Quill: We said that freight would fall in the course of the year, and so it",
    "did in every one of our regions, as we had hoped when we saw the rates",
    "of the spring, and there is more to come from the second plant, which opens",
    "soon, and of which we hear nothing but good.",
    "Operator: The next question is from Tobias Brandt.",
    "Tobias Brandt: What do you see for the winter?",
    "Marta Quill: It is as we said.",
]


@pytest.mark.parametrize(("gap", "told"), [(2, ["a sentence broken over a page is healed"]), (5, []), (None, [])])
def test_a_sentence_that_goes_on_after_a_blank_line_is_healed_and_told(gap: int | None, told: list[str]) -> None:
    rows = [*HALVED[:gap], "", *HALVED[gap:]] if gap else HALVED
    call = parse(Document("pdf", tuple(Line(text, at, 1) for at, text in enumerate(rows, 1))), name="made.pdf")
    assert "and so it did in every one" in call.turns[1].text
    assert [problem.what for problem in call.problems] == told
