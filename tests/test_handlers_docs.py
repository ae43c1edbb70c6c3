"""The page on Slack names every scope with its reason, every button and every sub-command of one word."""

import re
from pathlib import Path

from handlers.call import subcommands
from handlers.manifest import AGENT_SCOPES
from handlers.scopes import OPTIONAL_SCOPES, SCOPES
from handlers.shortcuts import shortcuts

PAGE = (Path(__file__).parent.parent / "docs" / "slack.md").read_text(encoding="utf-8")


def test_every_scope_is_explained() -> None:
    for scope, why in {**SCOPES, **OPTIONAL_SCOPES, **AGENT_SCOPES}.items():
        assert f"`{scope}`" in PAGE, scope
        assert why in PAGE, scope


def test_every_shortcut_and_subcommand_is_named() -> None:
    for shortcut in shortcuts().values():
        assert f"*{shortcut.name}*" in PAGE
    listed = PAGE.partition("Sub-commands: ")[2].partition("lists them all")[0]
    for name in subcommands():
        assert re.search(rf"`(/call )?{name}\b", listed), name
