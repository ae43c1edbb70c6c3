"""The id of a call within a question: written so that it reads back, whatever the call's file was called."""

import re
from collections.abc import Mapping
from urllib.parse import unquote

# Quotation marks end a phrase, marks and entities of Slack's fall away, and blanks are read as one.
_UNSAFE = re.compile(r"[^\w\-.,'()/\\ ]|^ | $|(?<= ) ")


def call_field(id_: str) -> str:
    """Return the field that limits a question to a call: `call:"vlmr-2026-q2"`."""
    shown = written(id_)
    return f"call:{shown}" if shown.isalnum() and shown.isascii() else f'call:"{shown}"'


def written(id_: str) -> str:
    """Return an id as a field holds it: what a question can't hold is written as in an address (`a%22b`)."""
    if not any(map(str.isalnum, id_)):
        return "".join(map(_escaped, id_))
    return _UNSAFE.sub(lambda found: _escaped(found[0]), id_)


def id_named(name: str, ids: Mapping[str, str]) -> str | None:
    """Return the id that a field's value names, None where it is none. `ids` are the loaded ones by their lower case.

    It is as `written`, or as somebody typed it, who may have typed several blanks as one.
    """
    found = ids.get(unquote(name, errors="surrogatepass").lower()) or ids.get(name.lower())
    if found is None and " " in name:
        found = next((id_ for typed, id_ in ids.items() if " ".join(typed.split()) == name.lower()), None)
    return found


def _escaped(letter: str) -> str:
    return "".join(f"%{byte:02X}" for byte in letter.encode("utf-8", "surrogatepass"))
