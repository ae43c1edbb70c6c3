"""What a call says of itself, where that was learnt, and what disagrees."""

import datetime as dt

import pytest

from bot.parsing import file_name, metadata, periods

PERIODS = [
    ("Q3 2012", (2012, 3)),
    ("third quarter 2012", (2012, 3)),
    ("Q3 FY25", (2025, 3)),
    ("Q1FY21", (2021, 1)),
    ("Q3 & 9M FY2025", (2025, 3)),
    ("FQ1 2023", (2023, 1)),
    ("3Q24", (2024, 3)),
    ("2012-q3", (2012, 3)),
    ("fourth-quarter and full-year fiscal 2019", (2019, 4)),
    ("fiscal year 2018 third quarter", (2018, 3)),
    ("first quarter of fiscal 2026", (2026, 1)),
    ("4Q '18", (2018, 4)),
    ("second quarter's 2020", (2020, 2)),
]
DATES = [
    ("October 25, 2016  5:00 PM ET", dt.date(2016, 10, 25)),
    ("Feb. 7, 2019 5:00 p.m. ET", dt.date(2019, 2, 7)),
    ("Wednesday 24th July 2024", dt.date(2024, 7, 24)),
    ("2018-Apr-26-MSFT", dt.date(2018, 4, 26)),
    ("20210127", dt.date(2021, 1, 27)),
    ("Quarterly Earnings CallFeb 13, 2025,8:00 a.m. ET", dt.date(2025, 2, 13)),
    ("31 February 2020", None),
]
NAMES = [
    ("tsla-2012-q3.txt", {"ticker": "TSLA", "year": 2012, "quarter": 3}),
    ("ADM_q3_2020.txt", {"ticker": "ADM", "year": 2020, "quarter": 3}),
    ("2018-Apr-26-MSFT.txt", {"ticker": "MSFT", "date": dt.date(2018, 4, 26)}),
    ("notes.txt", {}),
    (
        "Larchfield Devices (LRC) Q4 2024 Earnings Call Transcript.txt",
        {"year": 2024, "quarter": 4, "company": "Larchfield Devices", "ticker": "LRC"},
    ),
    ("9M_2019_Q3.txt", {"year": 2019, "quarter": 3, "company": "9M"}),
    ("Larchfield_2019_Q3.txt", {"year": 2019, "quarter": 3, "company": "Larchfield"}),
    ("1000046_T.xml", {}),
    ("T_2023_Q4.txt", {"ticker": "T", "year": 2023, "quarter": 4}),
    ("Larch Q3 2024.txt", {"year": 2024, "quarter": 3}),  # as `Draft Q3 2024` is
    ("Transcript Q3 2024.txt", {"year": 2024, "quarter": 3}),
    ("Larch_(US)_Q3_2024.txt", {"year": 2024, "quarter": 3, "company": "Larch"}),
    ("Larch (DRAFT) Q3 2024.txt", {"year": 2024, "quarter": 3, "company": "Larch"}),
    ("Larch (V2) Q3 2024.txt", {"year": 2024, "quarter": 3, "company": "Larch"}),
    ("Larch (LRC) Q3 2024 EN.txt", {"year": 2024, "quarter": 3, "company": "Larch", "ticker": "LRC"}),
    ("Larch (LRC) Q3 2024 IR EDT.txt", {"year": 2024, "quarter": 3, "company": "Larch", "ticker": "LRC"}),
    ("LR Larch (LRC) Q3 2024.txt", {"year": 2024, "quarter": 3, "ticker": "LRC"}),
    ("Larch, Inc. (LRC-US) Q3 2024.txt", {"year": 2024, "quarter": 3, "company": "Larch Inc.", "ticker": "LRC"}),
    ("Larch (LRC UW) Q3 2024.txt", {"year": 2024, "quarter": 3, "company": "Larch", "ticker": "LRC"}),
    ("Larch (NASDAQ_LRC) Q3 2024.txt", {"year": 2024, "quarter": 3, "company": "Larch", "ticker": "LRC"}),
    ("Larch (LRC, LRCA) Q3 2024.txt", {"year": 2024, "quarter": 3, "company": "Larch", "ticker": "LRC"}),
    (
        "CORRECTED TRANSCRIPT_ Larch Inc.(LRC-US), Q3 2024 Earnings Call.txt",
        {"year": 2024, "quarter": 3, "company": "Larch Inc.", "ticker": "LRC"},
    ),
    ("Larch (HEL: LRCH) Q3 2024.txt", {"year": 2024, "quarter": 3, "company": "Larch", "ticker": "LRCH"}),
    ("LRC (USD) Q3 2024.txt", {"year": 2024, "quarter": 3, "ticker": "LRC"}),
    ("LRC Q3 2024 (FS).txt", {"year": 2024, "quarter": 3, "ticker": "LRC"}),
    ("Larch (Class A LRC) Q3 2024.txt", {"year": 2024, "quarter": 3, "company": "Larch", "ticker": "LRC"}),
    ("Clean Larch (CLR) Q3 2024.txt", {"year": 2024, "quarter": 3, "company": "Clean Larch", "ticker": "CLR"}),
    ("Investor Larch Q3 2024.txt", {"year": 2024, "quarter": 3, "company": "Investor Larch"}),
    ("Larch - Q3 2024.txt", {"year": 2024, "quarter": 3}),
    ("Larch Corp - Q3 2024 Earnings Call.txt", {"year": 2024, "quarter": 3, "company": "Larch Corp"}),
    ("Transcript - Larch Corp - Q3 2024.txt", {"year": 2024, "quarter": 3, "company": "Larch Corp"}),
    ("IR_2024_Q3.txt", {"ticker": "IR", "year": 2024, "quarter": 3}),
    ("The Larch Depot Q3 2024.txt", {"year": 2024, "quarter": 3, "company": "The Larch Depot"}),
    ("On Larch (ONLR) Q3 2024.txt", {"year": 2024, "quarter": 3, "company": "On Larch", "ticker": "ONLR"}),
    ("Transcript_Larch_Q3_2024.txt", {"year": 2024, "quarter": 3, "company": "Larch"}),
    ("Draft Q3 2024.txt", {"year": 2024, "quarter": 3}),
    ("Larch UK Q3 2024.txt", {"year": 2024, "quarter": 3, "company": "Larch"}),
    ("Larch (NYSE:LRC) Q3 2024.txt", {"year": 2024, "quarter": 3, "company": "Larch", "ticker": "LRC"}),
    ("Copy of LRC_2023_Q1.txt", {"year": 2023, "quarter": 1, "ticker": "LRC"}),
    ("LRC_2023_Q1 (2).txt", {"year": 2023, "quarter": 1, "ticker": "LRC"}),
]
OPENINGS = [
    ("Welcome to Harbourstone Motors' third quarter 2024 earnings call.", "Harbourstone Motors"),
    (
        "Hello, and welcome to the First Quarter Earnings Conference Call for Brannock Corporation. Please hold.",
        "Brannock Corporation",
    ),
    ("Good day and welcome to the Larch Group Inc. Third Quarter 2021 Conference Call.", "Larch Group Inc."),
    ("Ladies and gentlemen, thank you for standing by for Sigma's Second Quarter 2021 Results Review.", "Sigma"),
    ("Thank you, operator. Good morning, everyone.", None),
    ("Greetings, and welcome to the B.B. Larchfield First Quarter 2024 Earnings Conference Call.", "B.B. Larchfield"),
    ("Good day, and welcome to the Q4 and FY’22 Larchfield Earnings Conference Call.", "Larchfield"),
    ("Thank you for joining us today for our First Quarter Conference Call. I'm joined by Marta Quill.", None),
    ("Welcome to the Quarterly Earnings Conference Call. All lines have been placed on mute.", None),
    ("Welcome to the Brannock Securities Healthcare Conference. Before we begin, a word.", None),
    ("Welcome to the Brannock Conference Call.", "Brannock"),
    ("Good day, and welcome to eLarch's third quarter 2020 call.", "eLarch"),
    ("Thank you. We'll go to Nadia at the Larchfield Post.", None),
    ("Good day and welcome to First Larch's third quarter 2024 earnings call.", "First Larch"),
    ("Good day and welcome to the First Financial third quarter 2024 earnings call.", "First Financial"),
    ("Good day and welcome to the Larch Financial third quarter 2024 earnings call.", "Larch Financial"),
    ("Good day and welcome to Full House third quarter 2024 earnings call.", "Full House"),
    ("Good day and welcome to Larch Financial Results Call.", "Larch"),
    ("Good morning and welcome to Larch Financial Highlights for Q3 2024.", "Larch"),
    ("Good morning and welcome to the Larch Financial Report.", "Larch"),
    ("Welcome to the Larch Financial and Operating Results Call for third quarter 2024.", "Larch"),
    ("Good day and welcome to the call. Ann Roe will begin.", None),
    ("Good day, and welcome, everyone, to the Larch First Quarter 2021 Earnings Results Conference Call.", "Larch"),
    ("Welcome to Larch's third quarter call. At Larch's stores traffic was up.", "Larch"),
    ("Welcome to Larch's third quarter call. Larch's is a place to shop, and so it will be.", "Larch's"),
]
HEADERS = [
    ("Larchfield plc (NYSE:LRC) Q3 2019 Results Earnings Conference Call", "Larchfield plc", "LRC"),
    ("9M Larch Company (NYSE:NML) Q2 2020 Earnings Conference Call", "9M Larch Company", "NML"),
    ("31st Century Larch, Inc. (NASDAQ:LRC) Q4 2015 Earnings Call", "31st Century Larch, Inc.", "LRC"),
    ("First Larchfield Bank (NYSE:FLB) Q4 2019 Earnings Conference Call", "First Larchfield Bank", "FLB"),
    ("Larchfield, Inc. (United States) (NYSE:LRC) Q2 2017 Earnings Call", "Larchfield, Inc.", "LRC"),
    ("Larchfield Companies, Inc. (The) (NYSE:LRC) Q4 2018 Results Call", "Larchfield Companies, Inc.", "LRC"),
    ("Larchfield International Inc. (NYSE:PM) Q2 2020 Results Conference Call", "Larchfield International Inc.", "PM"),
    ("Larchfield Limited's Q2 FY22 Earnings Conference Call", "Larchfield Limited", None),
    ("First Quarter 2024 Earnings Call", None, None),
    ("Company: larchfield foods | Ticker: LRC", "larchfield foods", "LRC"),
    ("Company Name: 3L", "3L", None),
    ("eLarch Inc. (NASDAQ:ELRC) Q3 2019 Earnings Call", "eLarch Inc.", "ELRC"),
    ("larchfield athletics inc. (NASDAQ:LRC) Q3 2019 Earnings Call", "larchfield athletics inc.", "LRC"),
    ("and then there is Larch Inc. (NASDAQ:LRC) Q3 2019 Earnings Call", "Larch Inc.", "LRC"),
    ("3Q 2012 Results (PM)", None, None),
    ("larchfield plc Half-Year Results 2024 (LSE:LRC)", None, "LRC"),
    ("Oakum plc Half-Year Results 2024 (LSE: OAK)", "Oakum plc", "OAK"),
    ("Oakum Financial (NASDAQ:OAK) Q1 2024 Earnings Call", "Oakum Financial", "OAK"),
    ("larch N.V. (NASDAQ:LRC) Q3 2024 Earnings Call", "larch N.V.", "LRC"),
    ("larch (NASDAQ:LRC) Q3 2024 Earnings Call", "larch", "LRC"),
    ("larch.com (NASDAQ:LRC) Q3 2024 Earnings Call", "larch.com", "LRC"),
    ("Larch First (NASDAQ:LRC) Q3 2024 Earnings Call", "Larch First", "LRC"),
    ("Better Half (NYSE:BH) Q3 2024 Earnings Call", "Better Half", "BH"),
    ("Larch First Q3 2024 Earnings Call", "Larch First", None),
    ("Company: Studio 2000", "Studio 2000", None),
    ("Company: Larch Inc. - Q3 2026 Earnings Call", "Larch Inc.", None),
    ("Larch Inc. FY26 Q4 Earnings Call", "Larch Inc.", None),
    ("Larch Mills Fiscal 2026 Third Quarter Earnings Conference Call", "Larch Mills", None),
    ("Larch Corporation Full Year 2026 Q4 Earnings Call", "Larch Corporation", None),
    ("Larch Wholesale Fiscal Third Quarter 2026 Results", "Larch Wholesale", None),
    ("Larch 2026 Q3 Earnings Call", "Larch", None),
    ("Oakum plc - Half Year Results 2024 (LSE: OAK)", "Oakum plc", "OAK"),
    ("Oakum plc Full Year 2024 Results (LSE: OAK)", "Oakum plc", "OAK"),
    ("Oakum plc FY 2024 Results (LSE: OAK)", "Oakum plc", "OAK"),
    ("Oakum plc 9M 2024 Results (LSE: OAK)", "Oakum plc", "OAK"),
    ("Oakum plc Interim Results for 2024 (LSE: OAK)", "Oakum plc", "OAK"),
    ("Oakum plc H1'24 Results (LSE: OAK)", "Oakum plc", "OAK"),
    ("our results (NYSE: LRC)", None, "LRC"),
    ("operator (NYSE: LRC)", None, "LRC"),
    ("safe harbor statement (NYSE: LRC) Q3 2024 Earnings Call", None, "LRC"),
    ("pre-recorded (NYSE: LRC)", None, "LRC"),
    ("welcome to larch inc. (NYSE: LRC)", None, "LRC"),
]


@pytest.mark.parametrize(("text", "period"), PERIODS)
def test_a_period_is_read(text: str, period: tuple[int, int]) -> None:
    found = periods.period(text)
    assert found is not None
    assert (found.year, found.quarter) == period


@pytest.mark.parametrize("text", ["Second Quarter 202 Earnings", "our second-quarter 10-Q", "quarter 2021"])
def test_what_is_no_period_is_none(text: str) -> None:
    assert periods.period(text) is None


@pytest.mark.parametrize(
    ("opening", "period"),
    [
        ("Welcome to the Larch third quarter 2024 call. Margin was up from the second quarter of 2023.", (2024, 3)),
        ("Margin was up from the second quarter of 2023. This is our third quarter 2024 call.", (2024, 3)),
        ("Net income had bottomed in the third quarter of 2019.", None),
        ("It is expected to close in the first quarter of 2022.", None),
        ("Our results were up compared to the first quarter of 2022.", None),
        (
            "On our last call in the second quarter of 2024 we spoke of it. This is our third quarter 2024 call.",
            (2024, 3),
        ),
        ("As discussed on our second quarter 2024 earnings call, we grew.", None),
        ("As we said on the second quarter 2024 call, we grew. We now discuss Q3 2024 results.", (2024, 3)),
        ("Our next earnings call, for the fourth quarter of 2024, is in May.", None),
        ("We discuss our outlook for the first quarter of 2025 and results for the fourth quarter of 2024.", (2024, 4)),
        ("Our results were better than in the third quarter of 2023.", None),
        ("Our results show growth from the third quarter of 2023.", None),
        ("Growth over the first quarter of 2023 came from our first quarter 2024 earnings release.", (2024, 1)),
        ("Q2 2024 results are out. Good day, and welcome to the Larch Q3 2024 earnings call.", (2024, 3)),
        ("Welcome to the last earnings call of the year, to discuss Q4 2024 results.", (2024, 4)),
        ("Hello and welcome. As previously announced, this is the third quarter 2024 conference call.", (2024, 3)),
        ("Welcome to Ann Roe's last earnings call as our CFO, our third quarter 2024 results call.", (2024, 3)),
        ("As noted in the earnings release, third quarter 2024 revenue was $5 million.", (2024, 3)),
        ("What we announced this afternoon are our results for the third quarter of 2024.", (2024, 3)),
        ("Our last earnings conference call covered Q2 2026. Today we discuss third quarter 2026 results.", (2026, 3)),
        (
            "As announced on our second quarter 2026 earnings call, Ann retires. We discuss our Q3 2026 results.",
            (2026, 3),
        ),
        ("Welcome to the earnings call. As we announced in our second quarter 2026 results call, we grew.", None),
        ("What we said on the second quarter 2026 earnings call has held.", None),
        ("The prior conference call for Q2 2026 is archived. We're discussing third quarter 2026 results.", (2026, 3)),
        ("We will discuss our plans for Q4 2026 and our third quarter 2026 results on this earnings call.", (2026, 3)),
        ("Our plan for the third quarter 2024 results call is to hear Ann first.", (2024, 3)),
        ("Comparing our results in the second quarter of '21, in the second quarter of '21 our earnings rose.", None),
        ("With us to discuss our fourth quarter and fiscal year 2023 results is Ben Marsh.", (2023, 4)),
    ],
)
def test_a_period_is_that_of_the_call_and_no_other(opening: str, period: tuple[int, int] | None) -> None:
    found = metadata.from_opening([opening])
    assert ((found["year"], found["quarter"]) if "year" in found else None) == period


@pytest.mark.parametrize(
    ("opening", "period"),
    [
        ("Welcome to Procter & Sons. First quarter 2024 sales were strong.", (2024, 1)),
        ("Larch's third quarter fiscal 2024 results were released.", (2024, 3)),
        ("Last year's third quarter 2023 results were weak.", (None, None)),
        ("Prior year third quarter 2023 sales were $5 million.", (None, None)),
        ("Note that third quarter 2023 revenue benefited from an extra week.", (None, None)),
        ("Unlike first quarter 2023 results, these are clean.", (None, None)),
        ("Our fourth quarter 2024 results will be released on February 3.", (None, None)),
    ],
)
def test_a_period_that_is_reported_is_believed_where_nothing_else_names_one(
    opening: str, period: tuple[int | None, int | None]
) -> None:
    def learn(name: str) -> metadata.Metadata:
        return metadata.learn(name=name, header=[], facts={}, opening=[opening], sidecar={})

    learnt, named = learn("call.txt"), learn("lrc-2025-q2.txt")
    assert (learnt.number("year"), learnt.number("quarter")) == period
    assert (named.number("year"), named.number("quarter"), named.problems) == (2025, 2, [])


@pytest.mark.parametrize(
    ("name", "year", "told"), [("lrc-2019-q3.txt", 2019, 1), ("call.txt", 2016, 0), ("lrc-2018-q3.txt", 2018, 1)]
)
def test_a_period_years_from_the_date_is_not_believed(name: str, year: int, told: int) -> None:
    header = ["Larchfield Inc. (NYSE:LRC) Q3 2016 Earnings Conference Call November 7, 2019"]
    learnt = metadata.learn(name=name, header=header, facts={}, opening=[], sidecar={})
    assert (learnt.number("year"), learnt.number("quarter")) == (year, 3)
    assert sum("is not believed" in problem.what for problem in learnt.problems) == told


@pytest.mark.parametrize(("text", "day"), DATES)
def test_a_date_is_read(text: str, day: dt.date | None) -> None:
    assert periods.date(text) == day


@pytest.mark.parametrize(("name", "facts"), NAMES)
def test_a_file_name_is_read(name: str, facts: dict[str, object]) -> None:
    assert file_name.read(name) == facts


@pytest.mark.parametrize(("words", "company"), OPENINGS)
def test_the_opening_names_the_company(words: str, company: str | None) -> None:
    assert metadata.from_opening([words]).get("company") == company


@pytest.mark.parametrize(("row", "company", "ticker"), HEADERS)
def test_a_title_line_names_company_and_ticker(row: str, company: str | None, ticker: str | None) -> None:
    found = metadata.from_header([row])
    assert (found.get("company"), found.get("ticker")) == (company, ticker)


def test_the_sidecar_is_believed_and_disagreement_is_told() -> None:
    learnt = metadata.learn(
        name="hrbm-2024-q2.txt",
        header=["Harbourstone Motors (NYSE:HRBM) Q3 2024 Earnings Call November 6, 2024"],
        facts={},
        opening=[],
        sidecar={"quarter": 4, "company": "Harbourstone"},
    )
    assert (learnt.number("quarter"), learnt.text("company"), learnt.text("ticker")) == (4, "Harbourstone", "HRBM")
    assert learnt.learnt_from["quarter"] == "sidecar"
    assert learnt.learnt_from["date"] == "header"
    told = [problem.what for problem in learnt.problems]
    assert sum(what.startswith("quarter:") for what in told) == 2


def test_a_title_that_is_given_apart_names_period_and_ticker() -> None:
    facts = {"company": "Larchfield Devices", "title": "Larchfield Devices (LRC) Q4 2024 Earnings Call Transcript"}
    learnt = metadata.learn(name="calls.csv", header=[], facts=facts, opening=[], sidecar={})
    assert (learnt.number("year"), learnt.number("quarter"), learnt.text("ticker")) == (2024, 4, "LRC")
    assert learnt.text("company") == "Larchfield Devices"


def test_a_mark_of_where_it_is_traded_is_no_ticker() -> None:
    assert metadata.from_header(["Larchfield Inc. (NYSE:LRC.PK) Q3 2020 Earnings Conference Call"])["ticker"] == "LRC"


@pytest.mark.parametrize(
    ("rows", "day"),
    [
        (
            ("Earnings call for the period ending December 31, 2024.", "Feb 13, 2025, 8:00 a.m. ET"),
            dt.date(2025, 2, 13),
        ),
        (("Earnings call for the quarter ended December 31, 2024.",), None),
        (("https://example.org/2025/12/11/larch-q3/", "Nov. 5, 2025 at 8:00 a.m. ET"), dt.date(2025, 11, 5)),
        (("Scraped: 2026-05-29T22:26:55", "Nov. 5, 2025"), dt.date(2025, 11, 5)),
        (("https://example.org/2025/12/11/larch-q3/",), dt.date(2025, 12, 11)),
    ],
)
def test_the_end_of_a_quarter_and_a_pages_own_date_are_not_the_calls(
    rows: tuple[str, ...], day: dt.date | None
) -> None:
    assert metadata.from_header(rows).get("date") == day


def test_a_date_makes_no_quarter() -> None:
    learnt = metadata.learn(name="call.txt", header=["October 25, 2016"], facts={}, opening=[], sidecar={})
    assert learnt.date == dt.date(2016, 10, 25)
    assert learnt.number("quarter") is None


@pytest.mark.parametrize(
    ("rows", "company"),
    [
        (["NASDAQ:HRBM", "Harbor Metals", "DATE", "Oct. 28, 2026 at 5 p.m. ET"], "Harbor Metals"),
        (["NYSE: HRBM", "", "Harbor Metals", "Image source: a picture."], "Harbor Metals"),
        (["NASDAQ:HRBM", "Oct. 28, 2026"], None),
        (["NASDAQ:HRBM", "thank you all"], None),
        (["Read on about NASDAQ:HRBM", "Harbor Metals"], None),
        (["Harbor Metals"], None),
    ],
)
def test_a_name_under_a_row_of_nothing_but_a_ticker_is_the_companys(rows: list[str], company: str | None) -> None:
    assert metadata.from_header(rows).get("company") == company
