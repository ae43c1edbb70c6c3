"""The parser held against real transcripts, one row a layout: `python -m tests.bench.parsing [LAYOUT…]`.

Where the true turns are known, the shared scorer compares word by word: attribution, turn F1, words kept and added. Where
they are not, turn starts are compared with the label lines that an independent pattern here finds, and the words with
the source's own (a PDF's: `pdftotext -raw` less lines that recur on half of the pages). Reads no text into its output.
"""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from bot.call import Call
from bot.errors import UnreadableError
from bot.parsing import matching, namelines, parse
from bot.parsing.layouts.seeking_alpha_table import foreign
from bot.reading import pieces, read
from bot.reading.document import Document
from bot.wire import call_json
from tests.bench import rendered
from tests.bench.truth import mended as mended_truth

ROOT = Path(__file__).parent.parent.parent
SHARED = Path(os.environ.get("EARSHOT_SHARED", ROOT.parent / "shared"))
REV = SHARED / "transcripts" / "rev_earnings21"
SCORED = ("attribution", "turn_f1", "kept", "added")
Turn: TypeAlias = "dict[str, str | None]"
WORD = re.compile(r"[\w$%.,'&-]*\w[\w%']*")


@dataclass
class Row:
    """Figures of one layout."""

    name: str
    files: int = 0
    sums: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    layouts: Counter[str] = field(default_factory=Counter)
    worst: list[tuple[float, str]] = field(default_factory=list)
    pairs: list[bool] = field(default_factory=list)

    def add(self, file: str, **figures: float) -> None:
        self.files += 1
        for key, value in figures.items():
            self.counts[key] += 1
            self.sums[key] += value  # type: ignore[assignment]  # a Counter of floats
        self.worst.append((min(figures.get("attribution", 1), figures.get("turn_f1", 1)), file))

    def mean(self, key: str) -> str:
        return f"{self.sums[key] / self.counts[key]:.4f}" if key in self.sums else "–"


def scorer() -> Callable[[list[Turn], object], Mapping[str, float]]:
    sys.path.insert(0, str(SHARED / "tools"))
    import score_parse  # type: ignore[import-not-found]  # the shared scorer, outside the project

    return score_parse.score  # type: ignore[no-any-return]  # see above


def parsed(path: Path, row: Row) -> Call:
    return parsed_bytes(path.read_bytes(), path.name, row)


def parsed_bytes(data: bytes, name: str, row: Row) -> Call:
    document = read(data, name)
    start = time.process_time()
    call = parse(document, name=name)
    row.seconds += time.process_time() - start
    row.layouts[call.layout] += 1
    return call


def gold_turns(path: Path, key: str) -> list[Turn]:
    gold = json.loads(path.read_text(encoding="utf-8"))
    turns = gold["turns"] if isinstance(gold, dict) else gold
    for turn in turns:
        turn["speaker"] = turn.get(key) or turn.get("speaker")
    return list(turns)


def against_gold(row: Row, mended: Row, folder: Path, gold: Path, key: str = "speaker") -> None:
    """Compare with the truth as it is given, and with its faults mended."""
    score = scorer()
    for path in sorted(folder.iterdir()):
        truth = gold / f"{path.stem}.json"
        if not truth.exists():
            continue
        given = gold_turns(truth, key)
        call = call_json(parsed(path, row))
        for into, turns in ((row, given), (mended, mended_truth(given))):
            figures = score(turns, call)
            into.add(path.name, **{name: float(figures[name] or 0) for name in SCORED})


def against_table(row: Row, folder: Path) -> None:
    """A table of turns is its own truth: speakers, words, and whose question each turn asks or answers."""
    score = scorer()
    for path in sorted(folder.iterdir()):
        table = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
        if not table or "Speaker Role" not in table[0]:
            continue
        for piece in pieces(path.read_bytes(), path.name):
            assert isinstance(piece.document, Document)
            start = time.process_time()
            call = parse(piece.document, name=path.name)
            row.seconds += time.process_time() - start
            row.layouts[call.layout] += 1
            own = [each for each in table if not piece.title or each["Call Title"] == piece.title]
            truth: list[Turn] = [
                {"speaker": each["Speaker Name"], "text": each["Text"].removeprefix("-- ")} for each in own
            ]
            figures = score(truth, call_json(call))
            row.add(f"{path.name} {piece.title}", **{name: float(figures[name] or 0) for name in SCORED})
            row.pairs.extend(right_pairs(call, own))


def right_pairs(call: Call, table: Iterable[Mapping[str, str]]) -> Iterator[bool]:
    """Tell of each turn of the table whether it stands in the exchange of the asker who asked last."""
    asker = ""
    said = [each for each in table if each["Text"].removeprefix("-- ").strip()]
    for turn, each in zip(call.turns, said, strict=False):
        asker = each["Speaker Name"] if each["Speaker Role"] == "analyst" else asker
        if asker:
            found = call.exchanges[turn.exchange].asker if turn.exchange is not None else None
            yield found is not None and matching.best(asker, [found]) is not None


def against_rendered(row: Row, how: str) -> None:
    """Write human truth out in a layout and compare what is read back."""
    score = scorer()
    for path in sorted((REV / "gold_turns").iterdir()):
        calls = rendered.said(json.loads(path.read_text(encoding="utf-8")))
        name, data = rendered.RENDERS[how](calls)
        figures = score(list(rendered.truth(calls)), call_json(parsed_bytes(data, name, row)))
        row.add(path.name, **{each: float(figures[each] or 0) for each in SCORED})


def against_numbers(row: Row) -> None:
    """`Speaker N: words`: the printed labels are the truth here; the names that are inferred are measured apart."""
    score = scorer()
    for path in sorted((REV / "files_rendered_speakerN").iterdir()):
        gold = json.loads((REV / "gold_turns" / f"{path.stem}.json").read_text(encoding="utf-8"))
        truth: list[Turn] = [{"speaker": f"Speaker {turn['speaker_id']}", "text": turn["text"]} for turn in gold]
        figures = score(truth, call_json(parsed(path, row)))
        row.add(path.name, **{each: float(figures[each] or 0) for each in SCORED})


def words(text: str) -> Counter[str]:
    return Counter(WORD.findall(text.lower().replace("’", "'")))


def is_post(line: str) -> bool:
    """Tell whether a line is a post or a firm, as they stand under names, or a sentence's end: nobody's name."""
    return POST.search(line) is not None or (line.endswith(".") and re.search(r"\b(?:[JS]r|[A-Z])\.\Z", line) is None)


def label_lines(text: str, pattern: re.Pattern[str]) -> dict[int, str]:
    """Names on lines that a pattern takes for labels, by line; one alone on its line must have words under it."""
    kept = [(at, line.strip()) for at, line in enumerate(text.split("\n")) if line.strip()]
    lines = [line for _, line in kept]
    if "Presentation" in lines:  # contents and lists of participants stand before it
        kept = kept[len(lines) - lines[::-1].index("Presentation") :]
        lines = [line for _, line in kept]
    ended = next((at for at, line in enumerate(lines) if at > len(lines) // 2 and line.startswith("Duration")), None)
    found = [pattern.match(line) for line in lines[:ended]]
    if pattern in BY_THEMSELVES:  # lists stand before the first speech
        prose = next((at for at, line in enumerate(lines) if len(line) > LINE and line[-1] in ".?!"), 1)
        head = max(0, prose - 1)
        found[:head] = [None] * len(found[:head])
    if pattern in BARE:
        found = [None if each and is_post(each[1] or "") else each for each in found]
    return {
        kept[at][0]: " ".join((each[1] or each[0]).split()).lower()
        for at, each in enumerate(found)
        if each
        and (each[1] or "").lower() not in NOTES
        and (pattern not in BY_THEMSELVES or (at + 1 < len(lines) and not found[at + 1]))
    }


def left_column(text: str) -> str:
    """Leave only the lines that begin left of the column of words: most of the long lines begin at its edge."""
    lines = text.split("\n")
    begins = Counter(len(line) - len(line.lstrip()) for line in lines if len(line.strip()) > WIDE)
    edge = begins.most_common(1)[0][0] if begins else 0
    return "\n".join(line if len(line) - len(line.lstrip()) < edge - APART else "" for line in lines)


def body(text: str, labels: Iterable[int], posts: Iterable[str] = ()) -> Counter[str]:
    """Count the words of speech: from the first label or sentence to the last, less labels and what stands under them.

    Under a label that stands alone, a post or firm is no speech; nor are rules, headings and publishers' notices.
    """
    lines = text.split("\n")
    at_labels = set(labels)
    first = min(at_labels, default=0)
    full = next((at for at, line in enumerate(lines) if line.strip() == "Full Conference Call Transcript"), 0)
    at_labels = {at for at in at_labels if at > full}
    first = full + 1 if full else first
    stop = next((at for at in range(max(at_labels, default=0) + 1, len(lines)) if AFTER.match(lines[at].strip())), None)
    said: Counter[str] = Counter()
    under = False
    for at in range(first, stop if stop is not None else len(lines)):
        line = lines[at].strip()
        if at in at_labels:
            label = INLINE.match(line)
            after = line[label.end() :] if label else ""
            post = max((each for each in posts if after.startswith(each)), key=len, default="")
            said += words(after[len(post) :])
            under = not label
        elif not line:
            continue
        else:
            if not HEADING.match(line) and not (under and is_post(line) and len(line) < SHORT and line[-1] not in "?!"):
                said += words(line)
            under = False
    return said


def has_reader() -> bool:
    """Tell whether the other reader of PDFs is installed."""
    return shutil.which("pdftotext") is not None


def raw_text(path: Path, how: str) -> str:
    """A PDF's text by another reader, less the lines that recur on half of its pages."""
    done = subprocess.run(["pdftotext", how, str(path), "-"], capture_output=True, check=True)
    pages = done.stdout.decode("utf-8", "replace").split("\f")
    bare = [[re.sub(r"\d+", "#", line.strip()) for line in page.split("\n")] for page in pages]
    often = Counter(line for page in bare for line in set(page) if line)
    many = {line for line, count in often.items() if count * 2 >= len(pages)}
    return "\n".join(
        line for page in pages for line in page.split("\n") if re.sub(r"\d+", "#", line.strip()) not in many
    )


def against_lines(row: Row, folder: Path, pattern: re.Pattern[str]) -> None:
    """Compare the order of speakers with the label lines that a pattern finds; and words with the source's."""
    for path in sorted(folder.iterdir()):
        try:
            call = parsed(path, row)
        except UnreadableError:
            continue
        own, how = next((those for start, those in HOUSES.items() if path.name.startswith(start)), (pattern, "-raw"))
        own = BY_LAYOUT.get(call.layout, own)
        if path.suffix == ".pdf":
            source = raw_text(path, "-raw")
            labels = label_lines(left_column(raw_text(path, how)) if own is COLUMN else raw_text(path, how), own)
        else:
            source = "\n".join(line.text for line in read(path.read_bytes(), path.name).lines if not foreign(line.text))
            labels = label_lines(source, own)
        posts = {(each.title or "").lower(): each.name.lower() for each in call.participants}
        labels = {
            at: posts.get(name, name) for at, name in labels.items()
        }  # a post in the name's place: the list says whose
        got = Counter((turn.speaker or "").lower() for turn in call.turns if turn.speaker)
        often = Counter(labels.values())
        labels = {at: name for at, name in labels.items() if often[name] > 1 or name in got}
        want = Counter(labels.values())
        both = sum((want & got).values())
        said = words(" ".join(turn.text for turn in call.turns))
        figures = {"foreign": (said - words(source)).total() / max(1, said.total())}
        if want:
            figures["starts"] = both / want.total()
        if own is not COLUMN:  # of two columns the labels are known by another way of printing, not by line
            beside = [role for each in call.participants for role in namelines.roles(each)]
            spoken = body(source, labels, beside)
            figures["spoken"] = (spoken & said).total() / max(1, spoken.total())
        row.add(path.name, **figures)
        row.worst[-1] = (min(figures.get("starts", 1.0), figures.get("spoken", 1.0)), path.name)


CAPITAL = r"(?:[^\W\d_a-zß-öø-ÿ][\w.'’\"“”&-]*|(?:de|der|del|da|di|van|von|la|le|bin|al)(?=\s))"
NAME = rf"(?:{CAPITAL}\s+){{0,6}}?[^\W\d_a-zß-öø-ÿ](?:(?!--)[\w.'’-])*\.?(?:,\s[JS]r\.?)?"
COLON = re.compile(rf"\**({NAME})(?:\s*[,(][^:]{{2,50}}\)?)?\s*:")
DASHED = re.compile(rf"({NAME})\s*--\s*\S[^?!]{{1,140}}\Z|(?P<op>Operator)\Z")
ALONE = re.compile(rf"(?:[QA]\s*[-–]\s*)?({NAME})(?:\s+[-–]\s+\S.{{1,70}})?\Z")
COLUMN = re.compile(rf"({NAME})(?:\s{{3,}}\S|\Z)")
UNDER_RULE = re.compile(rf"({NAME})(?:;\S.{{2,100}})?\Z|(?P<op>Operator)(?=:)")
BY_THEMSELVES = (ALONE, DASHED)
BARE = (ALONE, COLUMN, UNDER_RULE)  # patterns that nothing but capitals distinguishes from posts and firms
NOTES = frozenset(("note", "notes", "source"))
POST = re.compile(
    r"\b(?:chief|officer|president|vice|director|chair(?:man|woman)?|head|treasurer|counsel|actuary|analyst|manager|ceo|cfo|coo"
    r"|evp|svp|research|securities|markets|bank|capital|llc|lp|inc|division|group|partners|corporation|founder|relations)\b",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"(?:Duration:?\s|Call participants|Copyright|©|Disclaimer|Definitions|The information contained in|This article is a transcript|V\. Bearish|More \w+ analysis)",
    re.IGNORECASE,
)
INLINE = re.compile(r"[^:]{2,100}:\s{0,3}(?=\S)|[^:]{2,100}:\Z")
HEADING = re.compile(
    r"(?:[-=_.*·…\s]{8,}|(?:Prepared Remarks|Presentation|Questions?\s?(?:and|&|-and-)\s?Answers?(?: Session)?|Operator Instructions|Presenter Speech|Question and Answer Operator Message|Question|Answer):?)\Z",
    re.IGNORECASE,
)
SHORT, LINE, WIDE, APART = 120, 45, 40, 6
BY_LAYOUT = {"Motley Fool": DASHED, "Motley Fool page": COLON, "S&P Capital IQ": UNDER_RULE}
HOUSES = {  # of banks whose labels are not "Name:"
    "qec_deb": (COLUMN, "-layout"),
    "jpm": (UNDER_RULE, "-raw"),
}
GOLD = {
    "streetevents_txt": ("files", "gold_turns", "speaker"),
    "streetevents_old": ("files", "gold_turns", "speaker"),
    "fmp_colon": ("files", "gold_turns", "speaker"),
    "fool_json_sections": ("files", "gold_turns", "speaker"),
    "timed_csv": ("files", "gold_turns", "speaker"),
    "timed_vtt": ("../timed_csv/derived_vtt", "../timed_csv/gold_turns", "speaker"),
    "fomc_pressconf_pdf": ("files", "gold_turns", "speaker"),
    "rev_names": ("../rev_earnings21/files_rendered_names", "../rev_earnings21/gold_turns", "speaker_name"),
}
NUMBERED = "rev Speaker N"
TABLE = "qna_turns_csv"
LINES = {
    "sa_txt_blank": ALONE,
    "sa_txt_noblank": ALONE,
    "sa_html_table": COLON,
    "fool_txt_blank": DASHED,
    "fool_txt_noblank": DASHED,
    "fool_hdr_txt": COLON,
    "fool_2026_json": COLON,
    "capiq_pdf": ALONE,
    "capiq_txt_anon": re.compile(r"(Executives|Analysts|Operator|Attendees)\b(?!,)"),
    "bank_ir_pdf": COLON,
    "india_concall_pdf": COLON,
}


def rows(wanted: Iterable[str]) -> Iterator[Row]:
    names = list(wanted) or [*GOLD, TABLE, NUMBERED, *(f"rev {how}" for how in rendered.RENDERS), *LINES]
    for name in names:
        row, mended = Row(name), Row(f"{name}, truth mended")
        base = SHARED / "transcripts" / name
        if name in GOLD:
            files, gold, key = GOLD[name]
            against_gold(
                row,
                mended,
                base / files if ".." not in files else (SHARED / "transcripts" / files[3:]),
                base / gold if ".." not in gold else (SHARED / "transcripts" / gold[3:]),
                key,
            )
        elif name == TABLE:
            against_table(row, base / "files")
        elif name == NUMBERED:
            against_numbers(row)
        elif name.startswith("rev "):
            against_rendered(row, name.removeprefix("rev "))
        else:
            against_lines(row, base / "files", LINES[name])
        yield row
        if mended.sums != row.sums and mended.files:
            mended.seconds = row.seconds
            yield mended


def main() -> None:
    """Print the table in Markdown."""
    print(
        "| layout | files | attribution | turn F1 | kept | added | label lines | spoken words kept | foreign words | calls/s |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for row in rows(sys.argv[1:]):
        print(
            f"| {row.name} | {row.files} | {row.mean('attribution')} | {row.mean('turn_f1')} | {row.mean('kept')} |"
            f" {row.mean('added')} | {row.mean('starts')} | {row.mean('spoken')} | {row.mean('foreign')} | {row.files / max(row.seconds, 1e-9):.0f} |",
            flush=True,
        )
        if row.pairs:
            print(
                f"\n{row.name}: {sum(row.pairs) / len(row.pairs):.4f} of the turns stand in the exchange of their asker\n"
            )
        if os.environ.get("WORST"):
            print("   ", row.layouts.most_common(3), sorted(row.worst)[:4])


if __name__ == "__main__":
    main()
