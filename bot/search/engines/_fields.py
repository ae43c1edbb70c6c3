"""The fields that tantivy holds of a passage."""

from tantivy import Schema, SchemaBuilder


def schema() -> Schema:
    """Return the fields: words by place, compounds, and what a search is limited by."""
    builder = SchemaBuilder()
    builder.add_unsigned_field("id", fast=True)
    for name in ("stems", "exact"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("compounds", tokenizer_name="whitespace", index_option="freq")
    for name in ("call", "kind", "person", "firm", "title", "section", "role", "exchange"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    return builder.build()


def exchange(call: str, index: int) -> str:
    """Return what stands for an exchange of a call."""
    return f"{call}\n{index}"
