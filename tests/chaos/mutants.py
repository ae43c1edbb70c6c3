"""Mutants of the ledger: each condition of each of its statements dropped by turns; the ledger's tests must notice.

A mutant is judged in a process of its own, by the tests that run its statement: one that makes the bot go on for ever
ends with its process, and counts as noticed.

    python -m tests.chaos mutants
"""

import contextlib
import io
import logging
import multiprocessing
import os
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from sqlalchemy import event, true
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import BinaryExpression, ColumnElement

from bot.state.database import Database
from bot.state.schema import digest_run

TESTS = ["tests/test_state_runs.py", "tests/test_digest_clockwork.py"]
PATIENCE = 120  # seconds: the tests take ten
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


def run(hook: Hook, tests: Iterable[str], *, stop: bool) -> int:
    """Run tests with every statement passed through `hook`; give pytest's exit code."""
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
        arguments = [*tests, "-m", "not postgres", *calm, *(["-x"] if stop else [])]
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            return int(pytest.main(arguments))
    finally:
        Database.at = original  # type: ignore[method-assign]  # as it was


def every_mutant() -> dict[Mutant, tuple[str, ...]]:
    """Return all mutants and the tests that run into them: collected by running all tests once."""
    found: dict[Mutant, dict[str, None]] = {}

    def collect(clause: Any) -> Any:
        test = os.environ["PYTEST_CURRENT_TEST"].rpartition(" ")[0]  # pytest's own word of what runs
        for index, element in enumerate(conditions(clause)):
            found.setdefault((str(clause), index, str(element)), {})[test] = None
        return clause

    if run(collect, TESTS, stop=False) != pytest.ExitCode.OK:
        raise RuntimeError("the tests must be green before they can judge mutants")
    return {mutant: tuple(found[mutant]) for mutant in sorted(found)}


def killed(mutant: Mutant, tests: Iterable[str]) -> bool:
    """Whether the tests notice that a condition is gone: one of them fails, or none comes to its end."""
    judging = multiprocessing.get_context("fork").Process(target=_judge, args=(mutant, tests))
    judging.start()
    judging.join(PATIENCE)
    if judging.is_alive():
        judging.kill()
        judging.join()
        return True
    if judging.exitcode not in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}:
        raise RuntimeError(f"pytest ended with {judging.exitcode}, which judges nobody")
    return judging.exitcode == pytest.ExitCode.TESTS_FAILED


def _judge(mutant: Mutant, tests: Iterable[str]) -> None:
    """End this process as the tests end without the condition."""
    statement, wanted, _ = mutant

    def mutate(clause: Any) -> Any:
        if str(clause) != statement:
            return clause
        target = conditions(clause)[wanted]

        def drop(element: Any, **_: object) -> ColumnElement[bool] | None:
            return true() if element is target else None

        return visitors.replacement_traverse(clause, {}, drop)

    logging.disable(logging.CRITICAL)
    os._exit(run(mutate, tests, stop=True))
