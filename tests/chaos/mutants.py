"""Mutants of the ledger: each condition of each of its statements dropped by turns; the ledger's tests must notice.

python -m tests.chaos mutants
"""

import contextlib
import io
import logging
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event, true
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import BinaryExpression, ColumnElement

from bot.state.database import Database
from bot.state.schema import digest_run

TESTS = ["tests/test_state_runs.py", "tests/test_digest_clockwork.py"]
Mutant = tuple[str, int, str]  # the statement, which of its conditions, and that condition

Hook = Callable[[Any], Any]


def conditions(statement: Any) -> list[Any]:
    """Return the comparisons of a statement about the ledger, in the order they are met."""
    if digest_run not in set(visitors.iterate(statement)) and getattr(statement, "table", None) is not digest_run:
        return []
    return [
        element
        for element in visitors.iterate(statement)
        if isinstance(element, BinaryExpression) and element.is_comparison
    ]


def run(hook: Hook, *, stop: bool) -> bool:
    """Run the ledger's tests with every statement passed through `hook`; whether they were green."""
    original = Database.at

    def at(url: str) -> Database:
        database = original(url)

        def before(_connection: object, clause: Any, many: Any, params: Any, _options: object) -> tuple[Any, Any, Any]:
            return hook(clause), many, params

        event.listen(database.engine.sync_engine, "before_execute", before, retval=True)
        return database

    Database.at = at  # type: ignore[method-assign]  # a function in the place of a class method
    try:
        # What chaos itself has imported, pytest can no longer rewrite, and says so.
        calm = ["-W", "ignore::pytest.PytestAssertRewriteWarning", "-p", "no:cacheprovider"]
        arguments = [*TESTS, "-m", "not postgres", *calm, *(["-x"] if stop else [])]
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            return pytest.main(arguments) == pytest.ExitCode.OK
    finally:
        Database.at = original  # type: ignore[method-assign]  # as it was


def every_mutant() -> list[Mutant]:
    """Return all mutants: collected by running the tests once."""
    found: dict[Mutant, None] = {}

    def collect(clause: Any) -> Any:
        for index, element in enumerate(conditions(clause)):
            found[str(clause), index, str(element)] = None
        return clause

    if not run(collect, stop=False):
        raise RuntimeError("the tests must be green before they can judge mutants")
    return sorted(found)


def killed(mutant: Mutant) -> bool:
    """Whether the tests notice that a condition is gone."""
    statement, wanted, _ = mutant

    def mutate(clause: Any) -> Any:
        if str(clause) != statement:
            return clause
        target = conditions(clause)[wanted]

        def drop(element: Any, **_: object) -> ColumnElement[bool] | None:
            return true() if element is target else None

        return visitors.replacement_traverse(clause, {}, drop)

    logging.disable(logging.CRITICAL)
    return not run(mutate, stop=True)
