"""The shape of JSON as Slack and its apps exchange it."""

from typing import Any

# JSON read from outside: what a field holds is checked where it is used (arguments.py, blocks.py), not by its type.
Payload = dict[str, Any]
