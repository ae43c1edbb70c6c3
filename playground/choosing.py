"""Elements that people use: where they stand in blocks, and what they tell once a choice is made."""

from collections.abc import Iterator, Sequence

from playground.payload import Payload

CHOOSERS = {
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "file_input": "files",
    "rich_text_input": "rich_text_value",
}


def elements(value: object) -> Iterator[Payload]:
    """Yield every element with an action_id in blocks, however deep."""
    if isinstance(value, dict):
        if "action_id" in value:
            yield value
        for inner in value.values():
            yield from elements(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from elements(inner)


def located(blocks: Sequence[Payload], action_id: str, block_id: str | None = None) -> tuple[str, Payload]:
    """Return the block_id and the element with `action_id`. Raises LookupError that lists what there is."""
    for block in blocks:
        inner = block.get("child_blocks")
        if isinstance(inner, list):
            try:
                return located(inner, action_id, block_id)
            except LookupError:
                pass
        for element in elements(block):
            if element["action_id"] == action_id and block_id in (None, block.get("block_id")):
                return str(block.get("block_id", "")), element
    found = ", ".join(element["action_id"] for element in elements(list(blocks)))
    raise LookupError(f"no action {action_id!r}; there are: {found or 'none'}")


def answered(element: Payload, choice: object) -> Payload:
    """Return what an element tells once `choice` is made: an option by its value, several, a date, a person, a text."""
    kind = element["type"]
    if kind in CHOOSERS:
        return {CHOOSERS[kind]: choice}
    options = [*element.get("options", []), *(o for g in element.get("option_groups", []) for o in g["options"])]
    if kind in ("static_select", "external_select", "overflow", "radio_buttons"):
        found = choice if isinstance(choice, dict) else next((o for o in options if o["value"] == choice), None)
        return {"selected_option": found}
    chosen = choice if isinstance(choice, list) else [choice]
    picked = [one if isinstance(one, dict) else next((o for o in options if o["value"] == one), None) for one in chosen]
    return {"selected_options": [one for one in picked if one is not None]}


def initial(element: Payload) -> Payload:
    """Return what an input holds before anyone touches it."""
    kind = element["type"]
    if kind in CHOOSERS:
        name = {"value": "initial_value", "rich_text_value": "initial_value"}.get(
            CHOOSERS[kind], CHOOSERS[kind].replace("selected", "initial")
        )
        return {CHOOSERS[kind]: element.get(name)}
    if kind in ("static_select", "external_select", "radio_buttons"):
        return {"selected_option": element.get("initial_option")}
    return {"selected_options": element.get("initial_options", [])}
