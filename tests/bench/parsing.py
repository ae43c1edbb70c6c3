"""The parser held against real transcripts, one row a layout: `python -m tests.bench.parsing [LAYOUT…]`.

Where the true turns are known, the shared scorer compares word by word: attribution, turn F1, words kept and added. Where
they are not, turn starts are compared with the label lines that an independent pattern here finds, and the words with
the source's own (a PDF's: `pdftotext -raw` less lines that recur on half of the pages). Reads no text into its output.
"""

import json
import os
import re
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
from bot.parsing import parse
from bot.reading import read
from bot.wire import call_json
from tests.bench import rendered

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
    seconds: float = 0.0
    layouts: Counter[str] = field(default_factory=Counter)
    worst: list[tuple[float, str]] = field(default_factory=list)

    def add(self, file: str, **figures: float) -> None:
        self.files += 1
        for key, value in figures.items():
            self.sums[key] += value  # type: ignore[assignment]  # a Counter of floats
        self.worst.append((min(figures.get("attribution", 1), figures.get("turn_f1", 1)), file))

    def mean(self, key: str) -> str:
        return f"{self.sums[key] / self.files:.4f}" if self.files and key in self.sums else "–"


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


def against_gold(row: Row, folder: Path, gold: Path, key: str = "speaker") -> None:
    score = scorer()
    for path in sorted(folder.iterdir()):
        truth = gold / f"{path.stem}.json"
        if not truth.exists():
            continue
        figures = score(gold_turns(truth, key), call_json(parsed(path, row)))
        row.add(path.name, **{name: float(figures[name] or 0) for name in SCORED})


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


def label_lines(text: str, pattern: re.Pattern[str]) -> list[str]:
    """Names on lines that a pattern takes for labels; one alone on its line must have words under it, no other name."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if "Presentation" in lines:  # contents and lists of participants stand before it
        lines = lines[len(lines) - lines[::-1].index("Presentation") :]
    ended = next((at for at, line in enumerate(lines) if at > len(lines) // 2 and line.startswith("Duration")), None)
    found = [pattern.match(line) for line in lines[:ended]]
    return [
        " ".join((each[1] or each[0]).split()).lower()
        for at, each in enumerate(found)
        if each and (pattern not in BY_THEMSELVES or (at + 1 < len(lines) and not found[at + 1]))
    ]


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
            labels = label_lines(raw_text(path, how), own)
        else:
            source = "\n".join(line.text for line in read(path.read_bytes(), path.name).lines)
            labels = label_lines(source, own)
        want = Counter(labels)
        got = Counter((turn.speaker or "").lower() for turn in call.turns if turn.speaker)
        want = Counter({name: count for name, count in want.items() if count > 1 or name in got})
        both = sum((want & got).values())
        said = words(" ".join(turn.text for turn in call.turns))
        there = words(source)
        row.add(
            path.name,
            starts=both / max(1, want.total()),
            foreign=(said - there).total() / max(1, said.total()),
        )


NAME = r"(?:[^\W\d_][\w.'’\"“”&-]*\s+){0,6}?[^\W\d_](?:(?!--)[\w.'’-])*\.?"
COLON = re.compile(rf"({NAME})(?:\s*[,(][^:]{{2,50}}\)?)?\s*:")
DASHED = re.compile(rf"({NAME})\s*--\s*\S[^?!]{{1,140}}\Z|(?P<op>Operator)\Z")
ALONE = re.compile(rf"(?:[QA]\s*[-–]\s*)?({NAME})(?:\s+[-–]\s+\S.{{1,70}})?\Z")
COLUMN = re.compile(rf"({NAME})(?:\s{{3,}}\S|\Z)")
UNDER_RULE = re.compile(rf"({NAME})\Z|(?P<op>Operator)(?=:)")
BY_THEMSELVES = (ALONE, DASHED)
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
LINES = {
    "sa_txt_blank": ALONE,
    "sa_txt_noblank": ALONE,
    "sa_html_table": COLON,
    "fool_txt_blank": DASHED,
    "fool_txt_noblank": DASHED,
    "fool_hdr_txt": COLON,
    "fool_2026_json": COLON,
    "capiq_pdf": ALONE,
    "capiq_txt_anon": re.compile(r"(Executives|Analysts|Operator|Attendees)\b"),
    "bank_ir_pdf": COLON,
    "india_concall_pdf": COLON,
}


def rows(wanted: Iterable[str]) -> Iterator[Row]:
    names = list(wanted) or [*GOLD, NUMBERED, *(f"rev {how}" for how in rendered.RENDERS), *LINES]
    for name in names:
        row = Row(name)
        base = SHARED / "transcripts" / name
        if name in GOLD:
            files, gold, key = GOLD[name]
            against_gold(
                row,
                base / files if ".." not in files else (SHARED / "transcripts" / files[3:]),
                base / gold if ".." not in gold else (SHARED / "transcripts" / gold[3:]),
                key,
            )
        elif name == NUMBERED:
            against_numbers(row)
        elif name.startswith("rev "):
            against_rendered(row, name.removeprefix("rev "))
        else:
            against_lines(row, base / "files", LINES[name])
        yield row


def main() -> None:
    """Print the table in Markdown."""
    print("| layout | files | attribution | turn F1 | kept | added | label lines | foreign words | calls/s |")
    print("|---|---|---|---|---|---|---|---|---|")
    for row in rows(sys.argv[1:]):
        print(
            f"| {row.name} | {row.files} | {row.mean('attribution')} | {row.mean('turn_f1')} | {row.mean('kept')} |"
            f" {row.mean('added')} | {row.mean('starts')} | {row.mean('foreign')} | {row.files / max(row.seconds, 1e-9):.0f} |",
            flush=True,
        )
        if os.environ.get("WORST"):
            print("   ", row.layouts.most_common(3), sorted(row.worst)[:4])


if __name__ == "__main__":
    main()
