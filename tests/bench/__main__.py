"""Run the benchmarks: `python -m tests.bench` lists them, `python -m tests.bench NAME…` runs some, `all` every one.

Those that need the private transcripts say so and end where they are absent.

A benchmark is a module of this folder with `main() -> None` that prints its figures and what they were measured beside.
"""

import importlib
import sys
from pathlib import Path


def names() -> list[str]:
    """Give the benchmarks by name, without importing them: some need packages of the bench extra."""
    folder = Path(__file__).parent
    return sorted(path.stem for path in folder.glob("[a-z]*.py") if "\ndef main(" in path.read_text(encoding="utf-8"))


def main(wanted: list[str]) -> int:
    """Run what is wanted, or list what there is."""
    known = names()
    chosen = known if wanted == ["all"] else wanted
    unknown = sorted(set(chosen) - set(known))
    if unknown or not chosen:
        print(f"benchmarks: {', '.join(known)}")
        return 2 if unknown else 0
    for name in chosen:
        print(f"== {name}", flush=True)
        sys.argv = [name]  # what was asked for here is no argument of theirs
        importlib.import_module(f"tests.bench.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
