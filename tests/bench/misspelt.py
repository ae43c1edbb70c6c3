"""The threshold from which a label is believed to be a name misspelt: `python -m tests.bench.misspelt`.

Over the speakers of the private truths: labels with one and with two slips of the pen, how many are found and how many
are taken for somebody else; and how many true names are taken for another speaker of their own call. Prints figures only.
"""

import json
import random
import string

from bot.parsing import matching
from bot.parsing.names import is_part
from tests.bench.parsing import SHARED

SOURCES = ("fmp_colon", "fool_json_sections", "streetevents_txt", "rev_earnings21")
THRESHOLDS = (80, 82, 84, 86, 88, 90, 92)


def casts() -> list[list[str]]:
    """Give the full names of each call."""
    found: list[list[str]] = []
    for source in SOURCES:
        for path in sorted((SHARED / "transcripts" / source / "gold_turns").iterdir()):
            turns = json.loads(path.read_text(encoding="utf-8"))
            turns = turns["turns"] if isinstance(turns, dict) else turns
            names = {str(turn.get("speaker_name") or turn.get("speaker") or "") for turn in turns}
            found.append(
                sorted(name for name in names if " " in name and len(name) < 40 and not is_part(name))
            )  # no sentence
    return found


def slip(name: str, chance: random.Random) -> str:
    """Leave a letter out, put one in, change one, or swap two."""
    at = chance.randrange(1, len(name) - 1)
    if " " in name[at - 1 : at + 2]:
        at = len(name) - 2
    letter = chance.choice(string.ascii_lowercase)
    return chance.choice(
        (
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[:at] + letter + name[at + 1 :],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        )
    )


def main() -> None:
    """Print the table in Markdown; the threshold of the product is put back."""
    calls, own = casts(), matching.ALIKE
    print("| ratio | one slip found | two slips found | taken for another | true names merged |\n|---|---|---|---|---|")
    for ratio in THRESHOLDS:
        matching.ALIKE = float(ratio)
        chance = random.Random(7)  # no secret: the same slips for every threshold
        found, wrong, merged, total = [0, 0], 0, 0, 0
        for names in calls:
            for at, name in enumerate(names):
                total += 1
                label = name
                for slips in (0, 1):
                    label = slip(label, chance)
                    taken = matching.best(label, names)
                    found[slips] += taken == name
                    wrong += taken not in {None, name}
                other = matching.best(name, names[:at] + names[at + 1 :])
                merged += other is not None and not matching.same(name, other)
        print(
            f"| {ratio} | {found[0] / total:.3f} | {found[1] / total:.3f} | {wrong} of {2 * total} | {merged} of {total} |"
        )
    matching.ALIKE = own


if __name__ == "__main__":
    main()
