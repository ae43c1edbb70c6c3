"""Property tests whose examples are many: the plain suite takes a sample of them, `make check-all` all."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy

Test = Callable[..., None]


def sampled(
    few: int, many: int, *strategies: SearchStrategy[Any], **named: SearchStrategy[Any]
) -> Callable[[Test], Test]:
    """Make two tests of one body: of `few` examples, and, thorough, of `many` under the same name with `_in_full`.

    Both take the same ones in the same order each time.
    """

    def made(examples: int, body: Test) -> Test:
        bounds = settings(
            max_examples=examples, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
        )
        test: Test = bounds(given(*strategies, **named)(body))
        return test

    def two(body: Test) -> Test:
        name = f"{body.__name__}_in_full"
        body.__globals__[name] = pytest.mark.thorough(made(many, body))  # where pytest looks for it
        return made(few, body)

    return two
