"""Passages as tantivy ranks them, as columns."""

from collections.abc import Sequence
from operator import itemgetter
from typing import TypeAlias

import numpy as np
from tantivy import DocAddress, Searcher

from bot.search.hits import Scores
from bot.search.passages import Ids

Found: TypeAlias = Sequence[tuple[float, DocAddress]]
"""Passages as tantivy ranks them."""


def scores_of(hits: Found) -> Scores:
    """Return the scores of passages."""
    return np.fromiter(map(itemgetter(0), hits), np.float64, len(hits))


def ids_of(searcher: Searcher, hits: Found) -> Ids:
    """Return the ids of passages."""
    return searcher.fast_field_values("id", list(map(itemgetter(1), hits))) if hits else ()
