"""Ways of printing who speaks that belong to no vendor: captions, meeting tools, house styles, minutes.

Each writes the same invented call; every one must give its turns back under the right names, or say that nobody is named.
"""

import json
from collections.abc import Callable

import pytest

from bot.kind import Kind
from bot.parsing import matching, parse
from bot.parsing.layouts import choose, layouts
from bot.parsing.sheet import Sheet
from bot.reading import read
from bot.reading.document import Document

SAID = [
    ("Operator", None, "Good day and welcome to the Harbor Metals call. I will now turn it over to Marta Quill."),
    ("Marta Quill", "Harbor Metals", "Thank you. Good morning, everyone. I hand over to Jean-Luc, who runs the house."),
    ("Jean-Luc Rémy", "Harbor Metals", "We had a good quarter. Revenue grew 12% and the new plant is on time."),
    ("Operator", None, "Our first question comes from the line of Tobias Brandt with Aldgate. Please go ahead."),
    ("Tobias Brandt", "Aldgate", "Thanks. How is the plant doing? And what about freight?"),
    ("Jean-Luc Rémy", "Harbor Metals", "It is on time. Freight fell 4% in the quarter."),
    ("Operator", None, "Next, we have Maria da Silva with Banco Norte. Please go ahead."),
    ("Maria da Silva", "Banco Norte", "Good morning. Can you comment on pricing in Brazil?"),
    ("Jean-Luc Rémy", "Harbor Metals", "Pricing is stable. We see some pressure in the north."),
    ("Operator", None, "Next, we have Kenji Ōta from Sakura Research."),
    ("Kenji Ōta", "Sakura Research", "Hi. What is your capex plan for next year?"),
    ("Jean-Luc Rémy", "Harbor Metals", "About $120 million, as we said before."),
]


def clock(at: int) -> str:
    return f"{at // 60:02}:{at % 60:02}:{at * 7 % 60:02}"


def european(name: str) -> str:
    given, *rest = name.split()
    return " ".join([given, *(word if word == "da" else word.upper() for word in rest)])


def lines(form: str, *, between: str = "\n\n") -> str:
    return between.join(
        form.format(
            name=name,
            NAME=name.upper(),
            firm=firm or "Tele",
            at=at,
            clock=clock(at * 20),
            text=text,
            eu=european(name),
        )
        for at, (name, firm, text) in enumerate(SAID, 1)
    )


def page(form: str) -> str:
    return f"<html><body><h1>Harbor Metals, Inc.</h1>{lines(form)}</body></html>"


STYLES: dict[str, str | Callable[[], str]] = {
    "[Name] over": "[{name}]\n{text}",
    "[Name] words": "[{name}] {text}",
    "[Name]: words": "[{name}]: {text}",
    "bold markdown": "**{name}:** {text}",
    "markdown heading": "### {name}\n\n{text}",
    ">> NAME: words": ">> {NAME}: {text}",
    "time before a name": "[{clock}] {name}\n{text}",
    "time before Name:": "[{clock}] {name}: {text}",
    "Name (time):": "{name} ({clock}):\n{text}",
    "Name  time": "{name}  {clock}\n{text}",
    "numbered": "{at}. {name}: {text}",
    "Europe's family names": "{eu}\n{text}",
    "Name – words": "{name} – {text}",
    "Name -- words": "{name} -- {text}",
    "tabs": lambda: lines("{name}\t{text}", between="\n"),
    "Name | firm over": "{name} | {firm}\n{text}",
    "<Q - Name - Firm>:": "<Q - {name} - {firm}>: {text}",
    "Name | firm | words": lambda: lines("{name} | {firm} | {text}", between="\n"),
    "Q (Name, Firm): words": "Q ({name}, {firm}): {text}",
    "records": "Speaker: {name}\nFirm: {firm}\nText: {text}",
    "records in bold": "**Name:** {name}\n**Remarks:** {text}",
    "spans by class": lambda: page(
        '<div><span class="speaker">{name}</span><span class="company">{firm}</span><p>{text}</p></div>'
    ),
    "a span before a colon": lambda: page('<p><span class="speaker">{name}</span>: {text}</p>'),
    "a span before words": lambda: page('<p><span class="name">{name}</span> {text}</p>'),
    "Name [Firm]: words": "{name} [{firm}]: {text}",
    "Name (time): words": "{name} ({clock}): {text}",
    "Question from Name": "Question from {name}, {firm}: {text}",
    "A: Name: words": "A: {name}: {text}",
    "captions with dashes": lambda: "WEBVTT\n\n" + lines("{clock}.000 --> {clock}.900\n- {name}: {text}"),
    "running feet": lambda: "\n".join(
        f"{name}\n{text}\n\f\nHarbor Metals Q2 2031, page {at}" for at, (name, _, text) in enumerate(SAID)
    ),
    "bold name, then words": lambda: page("<p><b>{name}</b> {text}</p>"),
    "bold name, then firm": lambda: page("<p><strong>{name}</strong> <em>{firm} Co</em><br>{text}</p>"),
    "JSON of speakers in full": lambda: json.dumps(
        {"segments": [{"speaker": {"name": name}, "sentences": [{"text": text}]} for name, _, text in SAID]}
    ),
    "definition list": lambda: page("<dl><dt>{name}</dt><dd>{text}</dd></dl>"),
    "JSON of who said": lambda: json.dumps({"utterances": [{"who": name, "said": text} for name, _, text in SAID]}),
    "table": lambda: "| Speaker | Text |\n|---|---|\n" + lines("| {name} | {text} |", between="\n"),
    "subtitles": lambda: "WEBVTT\n\n" + lines("{clock}.000 --> {clock}.900\n{name}: {text}"),
    "subtitles with voices": lambda: "WEBVTT\n\n" + lines("{clock}.000 --> {clock}.900\n<v {name}>{text}"),
    "subtitles in brackets": lambda: lines("{at}\n{clock},000 --> {clock},900\n[{name}] {text}"),
}


def document(style: str) -> Document:
    form = STYLES[style]
    return read((lines(form) if isinstance(form, str) else form()).encode(), "made.txt")


@pytest.mark.parametrize("style", STYLES)
def test_every_style_gives_its_turns(style: str) -> None:
    call = parse(document(style), name="made.txt")
    names = [turn.speaker for turn in call.turns]
    fold = str.upper if style.startswith((">>", "Europe")) else str
    assert [fold(name or "") for name in names] == [fold(name) for name, _, _ in SAID]
    assert [turn.text for turn in call.turns] == [text for _, _, text in SAID]


@pytest.mark.parametrize("style", STYLES)
def test_no_layout_gives_more_evidence_than_it_can(style: str) -> None:
    sheet = Sheet(document(style))
    assert all(layout.recognise(sheet).score <= layout.most for layout in layouts())
    assert choose(sheet)[1].score == max(layout.recognise(sheet).score for layout in layouts())


def test_times_beside_names_are_told() -> None:
    call = parse(read(lines("{name} ({clock}):\n{text}").encode(), "made.txt"), name="made.txt")
    assert [problem.what for problem in call.problems] == ["times beside 12 names are left out"]


def test_marks_that_name_nobody_give_turns_of_nobodys() -> None:
    call = parse(read(lines(">> {text}", between="\n").encode(), "made.txt"), name="made.txt")
    assert [(turn.speaker, turn.text) for turn in call.turns] == [(None, text) for _, _, text in SAID]
    assert any("no speakers found" in problem.what for problem in call.problems)


def test_q_and_a_in_place_of_names_tell_the_kind_and_name_nobody() -> None:
    text = "\n\n".join(f"{'QA'[at % 2]}: {text}" for at, (_, _, text) in enumerate(SAID))
    call = parse(read(text.encode(), "made.txt"), name="made.txt")
    assert [(turn.kind.value, turn.person) for turn in call.turns] == [("analyst", None), ("executive", None)] * 6


TITLES = {"Marta Quill": "Vice President, Investor Relations", "Jean-Luc Rémy": "Chief Executive Officer"}


@pytest.mark.parametrize(
    ("form", "own"), [("{firm} - {name}: {text}", "Harbor Metals"), ("{firm} - {name}: {text}", None)]
)
@pytest.mark.parametrize("capitals", [False, True])
def test_a_firm_before_the_name_is_no_name(form: str, own: str | None, *, capitals: bool) -> None:
    lines = []
    for name, firm, text in SAID:
        label = f"{firm} - {name}" if firm and (own or firm != "Harbor Metals") else name
        lines.append(f"{label.upper() if capitals else label}: {text}")
    call = parse(read("\n\n".join(lines).encode(), "made.txt"), name="made.txt")
    assert [(turn.speaker or "").casefold() for turn in call.turns] == [name.casefold() for name, _, _ in SAID]
    assert {(turn.firm or "").casefold() for turn in call.turns if turn.kind is Kind.ANALYST} == {
        "aldgate",
        "banco norte",
        "sakura research",
    }


def test_a_firm_that_stands_behind_its_people_stays_there() -> None:
    lines = [f"{name} - {firm}: {text}" if firm else f"{name}: {text}" for name, firm, text in SAID]
    call = parse(read("\n\n".join(lines).encode(), "made.txt"), name="made.txt")
    assert [turn.speaker for turn in call.turns] == [name for name, _, _ in SAID]


@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_names_over_roles_without_the_vendors_rules(between: str) -> None:
    blocks = ["Harbor Metals, Inc. (HRBM)", "Q2 2031 Earnings Call", "CORPORATE PARTICIPANTS"]
    for name, title in TITLES.items():
        blocks += [name, f"{title}, Harbor Metals, Inc."]
    blocks += ["MANAGEMENT DISCUSSION SECTION"]
    asked = False
    for name, firm, text in SAID:
        if "first question" in text:
            blocks.append("QUESTION AND ANSWER SECTION")
            asked = True
        own = f"{TITLES[name]}, Harbor Metals, Inc." if name in TITLES else f"Analyst, {firm}"
        mark = ("  A" if name in TITLES else "  Q") if asked else ""
        blocks += [f"Operator: {text}"] if firm is None else [name, own + mark, text]
    call = parse(read(between.join(blocks).encode(), "made.txt"), name="made.txt")
    assert call.layout == "FactSet"
    assert [(turn.speaker, turn.text) for turn in call.turns] == [(name, text) for name, _, text in SAID]
    assert {turn.firm for turn in call.turns if turn.kind is Kind.ANALYST} == {
        "Aldgate",
        "Banco Norte",
        "Sakura Research",
    }
    assert {turn.title for turn in call.turns if turn.kind is Kind.EXECUTIVE} == set(TITLES.values())


INITIALS = {"Operator": "OP", "Marta Quill": "MQ", "Jean-Luc Rémy": "JR", "Tobias Brandt": "TB"} | {
    "Maria da Silva": "MS",
    "Kenji Ōta": "KŌ",
}


@pytest.mark.parametrize(("entry", "legend"), [("{of}: {name}", True), ("{name} ({of})", True), ("{name}", False)])
def test_initials_stand_for_whom_the_legend_says(entry: str, *, legend: bool) -> None:
    people = [entry.format(of=of, name=name) for name, of in INITIALS.items() if legend]
    said = [f"{INITIALS[name]}: {text}" for name, _, text in SAID]
    call = parse(read("\n\n".join(["Participants", *people, *said]).encode(), "made.txt"), name="made.txt")
    if legend:
        assert [(turn.speaker, turn.person) for turn in call.turns] == [(INITIALS[name], name) for name, _, _ in SAID]
        assert [turn.text for turn in call.turns] == [text for _, _, text in SAID]
        assert {turn.kind for turn in call.turns if turn.speaker == "OP"} == {Kind.OPERATOR}
    else:
        assert not {turn.person for turn in call.turns} & INITIALS.keys()


@pytest.mark.parametrize("houses", [{}, {"Harbor Metals": "Chief Executive Officer", "Aldgate": "Aldgate Securities"}])
@pytest.mark.parametrize("shape", [str, str.upper])
def test_a_house_or_a_title_in_the_row_under_a_name_is_nobody(
    houses: dict[str, str], shape: Callable[[str], str]
) -> None:
    rows = [f"{shape(name)}\n{houses.get(firm, firm) + chr(10) if firm else ''}{text}" for name, firm, text in SAID]
    call = parse(read("\n\n".join(rows).encode(), "made.txt"), name="made.txt")
    assert [(turn.speaker, turn.text) for turn in call.turns] == [(shape(name), text) for name, _, text in SAID]
    asked = {turn.firm for turn in call.turns if turn.kind is Kind.ANALYST}
    assert asked == {houses.get("Aldgate", "Aldgate"), "Banco Norte", "Sakura Research"}


def test_a_family_name_before_the_given_name_is_turned_where_the_call_says_the_whole_name() -> None:
    def label(name: str) -> str:
        given, *rest = name.split()
        return f"{rest[0]}, {given}" if len(rest) == 1 else name

    rows = [f"{label(name)}: {text}" for name, _, text in SAID]
    call = parse(read("\n\n".join(rows).encode(), "made.txt"), name="made.txt")
    assert [turn.text for turn in call.turns] == [text for _, _, text in SAID]
    assert [turn.person for turn in call.turns] == [name for name, _, _ in SAID]
    assert {turn.speaker for turn in call.turns} >= {"Brandt, Tobias", "Quill, Marta"}


@pytest.mark.parametrize(
    ("head", "name", "firm", "title"),
    [
        ("Chief Executive Officer Jean-Luc Rémy", "Jean-Luc Rémy", None, "Chief Executive Officer"),
        ("Investor Relations Director Marta Quill", "Marta Quill", None, "Investor Relations Director"),
        ("Aldgate Securities Tobias Brandt", "Tobias Brandt", "Aldgate Securities", None),
        ("Maria da Silva", "Maria da Silva", None, None),
        ("Juan Carlos de la Cruz", "Juan Carlos de la Cruz", None, None),
        ("Chief Executive Officer", None, None, None),
        ("Senior Vice President Investor Relations", None, None, None),
    ],
)
def test_what_somebody_is_before_the_name_is_told_apart(
    head: str, name: str | None, firm: str | None, title: str | None
) -> None:
    said = f"{head}: We had a good quarter, and I say so.\nThank you, {name}, and good night to you all."
    found = Sheet(read(said.encode(), "made.txt")).colons
    label = found[0][0] if found else None
    assert (label and label.name, label and label.firm, label and label.title) == (name, firm, title)


def test_posts_in_the_place_of_names_are_told_as_printed() -> None:
    posts = {"Jean-Luc Rémy": "Chief Executive Officer", "Marta Quill": "Chief Financial Officer"}
    rows = [f"{posts.get(name, name)}: {text}" for name, _, text in SAID]
    call = parse(read("\n\n".join(rows).encode(), "made.txt"), name="made.txt")
    assert [(turn.speaker, turn.text) for turn in call.turns] == [
        (posts.get(name, name), text) for name, _, text in SAID
    ]
    assert all(turn.kind is Kind.EXECUTIVE for turn in call.turns if turn.speaker in posts.values())


def test_running_feet_that_are_left_out_are_told_and_labels_at_a_page_s_head_stay() -> None:
    pages = [
        f"Operator\nPlease go ahead, caller number {at}.\nTobias Brandt\nThank you, and good morning.\n\fPage {at} of 9"
        for at in range(9)
    ]
    call = parse(read("\n".join(pages).encode(), "made.txt"), name="made.txt")
    assert [turn.speaker for turn in call.turns] == ["Operator", "Tobias Brandt"] * 9
    assert not any("Page" in turn.text for turn in call.turns)
    assert any("9 running heads and feet beside page breaks are left out" in each.what for each in call.problems)


@pytest.mark.parametrize("label", ["{name} (00:{at:02}:33)", "Speaker {at}", "{name}"])
def test_labels_beside_page_breaks_are_no_running_heads(label: str) -> None:
    text = "\n".join(
        f"\f{label.format(name=name, at=at % 4 + 1)}\n{text}" for at, (name, _, text) in enumerate(SAID, 1)
    )
    call = parse(read(text.encode(), "made.txt"), name="made.txt")
    assert [turn.text for turn in call.turns] == [text for _, _, text in SAID]
    assert len({turn.speaker for turn in call.turns}) > 3
    assert not any("running heads" in each.what for each in call.problems)


def test_a_bold_phrase_in_a_speech_is_nobody() -> None:
    phrases = (
        "<p><b>North America</b> grew by ten percent in the year.</p><p><b>Free Cash Flow</b> was strong this year.</p>"
    )
    rows = "".join(f"<p><b>{name}</b></p><p>{text}</p>{phrases if 'Revenue' in text else ''}" for name, _, text in SAID)
    call = parse(read(f"<html><body>{rows}</body></html>".encode(), "made.html"), name="made.html")
    assert [turn.speaker for turn in call.turns] == [name for name, _, _ in SAID]
    assert "North America grew by ten percent in the year." in call.turns[2].text


@pytest.mark.parametrize(
    "form",
    ["Role: {firm}\nSpeaker: {name}\nText: {text}", "Speaker: {name}\nFirm: {firm}\nText: {text}\nTimestamp: 00:01:05"],
)
def test_what_else_a_record_holds_is_none_of_its_words(form: str) -> None:
    call = parse(read(lines(form).encode(), "made.txt"), name="made.txt")
    assert [(turn.speaker, turn.text) for turn in call.turns] == [(name, text) for name, _, text in SAID]
    assert {turn.firm for turn in call.turns if turn.kind is Kind.ANALYST} == {
        "Aldgate",
        "Banco Norte",
        "Sakura Research",
    }


def test_a_list_of_posts_is_no_speech() -> None:
    posts = "Chief Executive Officer: Jean-Luc Rémy\nChief Financial Officer: Marta Quill\nChief Operating Officer: Ib Holt\n\n"
    call = parse(read((posts + lines("{name}: {text}")).encode(), "made.txt"), name="made.txt")
    assert [turn.speaker for turn in call.turns] == [name for name, _, _ in SAID]


def test_spans_in_the_middle_of_a_sentence_stay_in_it() -> None:
    said = 'Today we at <span class="company">Velmere</span> <span class="company">Finch</span> are pleased to be here.'
    rows = "".join(f"<p>{name}: {said if at == 2 else text}</p>" for at, (name, _, text) in enumerate(SAID))
    call = parse(read(f"<html><body>{rows}</body></html>".encode(), "made.html"), name="made.html")
    assert call.turns[2].text == "Today we at Velmere Finch are pleased to be here."


def test_a_q_before_two_words_and_a_colon_is_no_name() -> None:
    rows = [
        f"{'Q' if at % 2 else 'A'}: {'Two Things: first, ' if at == 4 else ''}{text}"
        for at, (_, _, text) in enumerate(SAID)
    ]
    call = parse(read("\n\n".join(rows).encode(), "made.txt"), name="made.txt")
    assert {turn.speaker for turn in call.turns} == {"Q", "A"}
    assert call.turns[4].text.startswith("Two Things: first, ")


def test_a_firm_within_a_records_title_is_a_firm() -> None:
    rows = [
        "Company,Call Title,Speaker Name,Speaker Title,Speaker Role,Text",
        'Brightwater,Brightwater Q3 2031,Ada Quill,Larch Research -- Analyst,company,"Thank you. What about chargers?"',
        'Brightwater,Brightwater Q3 2031,Bo Tan,CFO,company,"Good morning, and we welcome you."',
    ]
    call = parse(read("\n".join(rows).encode(), "made.csv"), name="made.csv")
    ada = next(person for person in call.participants if person.name == "Ada Quill")
    assert (ada.kind, ada.firm, ada.title) == (Kind.ANALYST, "Larch Research", None)


def test_an_initial_stands_for_no_surname() -> None:
    assert matching.best("Marsal", ["M. Brandt"]) is None
    assert matching.best("Bob", ["Robert Brandt"]) == "Robert Brandt"


def test_people_of_one_firm_are_no_firms_of_one_person() -> None:
    """One of them is printed with two spellings of it, as if she were a firm with two people."""
    labels = [f"{name} - {firm}" for name, firm in (
        ("Ada Stone", "Stroud Pell"), ("Bo Marsh", "Stroud Pell"), ("Ada Stone", "Stroud Pel"), ("Bo Marsh", "Stroud Pell"),
    )]  # fmt: skip
    said = "\n\n".join(f"{label}: {text}" for label, (_, _, text) in zip(labels * 3, SAID, strict=True))
    call = parse(read(said.encode(), "made.txt"), name="made.txt")
    assert [turn.speaker for turn in call.turns] == ["Ada Stone", "Bo Marsh"] * 6


@pytest.mark.parametrize("mark", [" – ", "\t", " | "])
def test_a_heading_whose_first_word_is_said_is_nobody(mark: str) -> None:
    rows = [f"{name}{mark}{text}" for name, _, text in SAID]
    rows.insert(4, f"Pricing Power{mark}we see it hold in the north, and in the south.")
    call = parse(read("\n\n".join(rows).encode(), "made.txt"), name="made.txt")
    assert call.layout == "name before a mark"
    assert [turn.speaker for turn in call.turns] == [name for name, _, _ in SAID]
