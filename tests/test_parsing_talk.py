"""What has labels and yet is no call is refused; a call is taken, however short."""

import difflib
import os
from pathlib import Path

import pytest

from bot.errors import UnreadableError
from bot.transcript import load_each, load_file

STDLIB = Path(difflib.__file__).parent
SHARED = Path(os.environ.get("EARSHOT_SHARED", "../shared"))

MANUAL = """\
# Widgets

## Decorators

Each decorator takes a function and returns a function. It is applied when the module is loaded, and it keeps the name.

**Work Items**: a work item is a record that is shown in a channel. It has a title and a status, thank you for reading.

## Listeners

Listeners are found by name. A listener answers within three seconds, or the request is sent again by the server.

**Work Items**: an item that is closed is shown without its status. It may be opened again by whoever has closed it.

## Decorators

Each decorator is a plain function. It takes the listener's arguments, and whatever is added to them is passed on to it.
"""

SOURCE = '''\
"""Compare rows.

Class RowDiffer: it takes two rows and yields what differs. Thanks to those who found faults in earlier versions of it.

Class RowTable: it shows the rows side by side, with the words that differ marked by a sign in front of each of them.
"""

Example Rows: what is shown here is the table of two rows that differ in a word, and a second table of what is alike.

Class RowDiffer: the rows are compared word by word, and then letter by letter where the words differ in a few letters.

Class RowTable: the table is as wide as the widest row, and what does not fit is put below it in a row of its own.
'''

HELP = """\
ROWS    *rows.txt*   for version 9

OPENING ROWS                                    *rows-open*
To open a row, type its number and press Enter. The row is shown in a window of its own, and is closed by its number.

CLOSING ROWS                                    *rows-close*
To close a row, type its number again. What was changed in it is kept if the option 'keep' is set, thanks to which it is
found again at the next start. What was not changed is left as it is, and is read from the disk the next time it is used.

OPENING ROWS                                    *rows-open-again*
A row that is open is opened again by typing its number twice. It is then shown in both of the windows, one of which may
be closed. The window that is left shows the row as it is, with what was changed in the other one of them.
"""

PAGE = "<html><head><title>Phones</title></head><body><p>Operator: hello</p></body></html>"

SHORT = """\
Operator: Welcome to the Harbor Metals call. Our first question is from Tobias Brandt with Aldgate.
Tobias Brandt: Thank you. How is freight?
Marta Quill: It is cheap, and we like it.
"""

GIVEN_NAMES = """\
Ida: How do you see freight?
Ben: We see it falling, and I like that.
Ida: And the plant?
Ben: On time.
"""

DRY = """\
Operator: The next question is from Tobias Brandt of Aldgate.
Tobias Brandt: How is freight doing?
Marta Quill: Freight is cheap in the north, dear in the south, and about as it was in the east. The north has most of the
ships. The south has a strike at the largest port, which began in May and is to end in June. The east has had no change.
Tobias Brandt: And the plant, is it on time? The last report had it late by a week.
Marta Quill: It is on time. The last week of April was lost to rain, and the first two weeks of May made up for that. The
roof is on, the doors are in, and the first line is to be tested in June. The second line is to follow in July, and the
third in August. The cost is what it was. The people are hired, half of them from the old plant, half from the town.
Operator: The next question is from Priya Raman of Larch Bank. Please go ahead, your line is open.
Priya Raman: What of prices?
Marta Quill: Prices rise by two per cent in the north, and stay in the south. I expect no change in the east.
"""

SPOKEN = """\
Good morning and welcome to the Harbor Metals call. Thank you for joining us. We had a good quarter, our revenue grew,
and I would like to thank our people for it.
"""


@pytest.mark.parametrize(
    ("name", "text"),
    [("manual.md", MANUAL), ("rows.py", SOURCE), ("rows.txt", HELP), ("page.html", PAGE)],
)
def test_what_has_labels_and_no_talk_is_no_call(tmp_path: Path, name: str, text: str) -> None:
    given = tmp_path / name
    given.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableError, match="not a transcript: "):
        load_file(given)


@pytest.mark.parametrize(
    "text", [SHORT, SPOKEN, GIVEN_NAMES, DRY], ids=["labelled", "without labels", "given names", "little said of us"]
)
def test_a_short_call_is_one(tmp_path: Path, text: str) -> None:
    given = tmp_path / "short.txt"
    given.write_text(text, encoding="utf-8")
    assert load_file(given).turns


@pytest.mark.parametrize("name", ["difflib.py", "colorsys.py", "cgi.py", "argparse.py", "pydoc_data/topics.py"])
def test_source_code_is_no_call(name: str) -> None:
    if not (STDLIB / name).exists():
        pytest.skip(f"this Python has no {name}")
    assert load_each(STDLIB / name).entries == ()


def test_the_projects_own_documents_are_no_calls() -> None:
    root = Path(__file__).parent.parent
    taken = [
        path.name
        for path in (*root.glob("*.md"), *root.glob("docs/*.md"), *root.glob("bot/**/*.py"))
        if load_each(path).entries
    ]
    assert taken == []


def test_documents_about_software_are_no_calls() -> None:
    folder = SHARED / "reference"
    if not folder.is_dir():
        pytest.skip("no shared documents here: name their folder in EARSHOT_SHARED")
    assert [path.name for path in sorted(folder.glob("*.md")) if load_each(path).entries] == []
