"""A family is what its package's modules hold; a module without a member is a mistake that is named."""

import sys
from pathlib import Path

import pytest

from bot.family import members


def test_members_come_in_order_and_tools_are_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "kin_for_a_test"
    package.mkdir()
    for name, text in (("__init__", ""), ("b", "it = 2"), ("a", "it = 1"), ("_tool", "")):
        (package / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert members("kin_for_a_test", "it", int) == (1, 2)
    with pytest.raises(TypeError, match=r"kin_for_a_test\.a holds no it: str"):
        members("kin_for_a_test", "it", str)
    for module in [name for name in sys.modules if name.startswith("kin_for_a_test")]:
        monkeypatch.delitem(sys.modules, module)
