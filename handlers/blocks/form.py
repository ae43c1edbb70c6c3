"""The search form: words, and whom, which company and which quarter, each with type-ahead."""

from collections.abc import Mapping

from handlers.blocks.modal import modal
from handlers.blocks.rich import piece, plain, rich, section
from handlers.blocks.speaker import clip
from handlers.message import Block
from handlers.typed import LONGEST

CALLBACK = "search"
WORDS = "words"
WORDS_ROOM = LONGEST - 200  # the fields take their part of a question
NOTICE = 300
QUESTION = 120  # characters of the question while it is searched
WAITING = "Searching …"

# field of a question -> label and hint of its menu
FIELDS: Mapping[str, tuple[str, str]] = {
    "company": ("Company", "Any company"),
    "speaker": ("Speaker", "Anybody"),
    "firm": ("Firm", "Any firm"),
    "period": ("Quarter", "Any quarter"),
}


def form(words: str = "", *, notice: str | None = None, memory: str = "") -> Block:
    """Return the form, with `words` filled in; `memory` comes back with what is submitted."""
    typed: Block = {
        "type": "plain_text_input",
        "action_id": WORDS,
        "max_length": WORDS_ROOM,
        "placeholder": plain("superchargers, or: who asked about margins"),
    }
    if words:
        typed["initial_value"] = clip(words, WORDS_ROOM)
    blocks: list[Block] = [rich(section(piece(clip(notice, NOTICE), italic=True)))] if notice else []
    blocks.append(
        {"type": "input", "block_id": WORDS, "label": plain("Words or a question"), "element": typed, "optional": True}
    )
    blocks += [_menu(field, label, hint) for field, (label, hint) in FIELDS.items()]
    return modal("Search calls", blocks, callback=CALLBACK, submit="Search", memory=memory)


def searching(question: str, name: str = "", *, memory: str = "") -> Block:
    """Return what stands in the place of an answer until that is there; `name` is its external id, if it has one."""
    shown = clip(question, QUESTION)
    asked = [piece(shown, code=True), piece("  ")] if shown.strip() else []
    made = modal(WAITING, [rich(section(*asked, piece(WAITING, italic=True)))], memory=memory)
    return made | {"external_id": name} if name else made


def question_of(values: Mapping[str, object]) -> str:
    """Return the question that a submitted form asks: the words, then a field for each menu in use; "" for none."""
    parts = [str(_value(values, WORDS).get("value") or "").strip()]
    for field in FIELDS:
        option = _value(values, field).get("selected_option")
        value = option.get("value") if isinstance(option, Mapping) else None
        if isinstance(value, str) and value:
            parts.append(f'{field}:"{value.replace(chr(34), "")}"')
    return " ".join(part for part in parts if part)


def _menu(field: str, label: str, hint: str) -> Block:
    return {
        "type": "input",
        "block_id": field,
        "optional": True,
        "label": plain(label),
        "element": {
            "type": "external_select",
            "action_id": f"pick:{field}",
            "min_query_length": 0,
            "placeholder": plain(hint),
        },
    }


def _value(values: Mapping[str, object], block: str) -> Mapping[str, object]:
    """Return the one element's state of a block."""
    held = values.get(block)
    inner = next(iter(held.values()), None) if isinstance(held, Mapping) else None
    return inner if isinstance(inner, Mapping) else {}
