"""Which of the turns that an engine ranks may be shown, and in which order."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np

from bot.call import Call
from bot.search.findings import Match
from bot.search.hits import Hits
from bot.search.marker import Marker
from bot.search.matches import Matches

PART = 0.8
"""What remains of the score of a turn that holds part of the topic."""
OTHER = 0.05
"""What remains of the score of a turn that says the topic in other words only, where it is one thing: it comes last."""
BRIEF = 400
"""Characters below which a turn says too little to be the best answer: its score sinks, to half at no length."""
PAGE = 10
"""Ranks within which a turn that holds only part of the topic may stand: a long tail of them would look like finds."""
CUT = 0.15
"""Share of the best turn's score below which a turn that holds only part of the topic is left out."""
MANY = 500
"""Turns above which they are looked at as columns, which is made for many: a match is made of few sooner."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Which turns (call, index) hold the `whole` topic, which enough of it to be shown beside those (`partly`).

    `whole` is None where all that are ranked hold it. `literal` are those of the whole ones that hold it in the words
    typed (None: all).
    """

    whole: Collection[tuple[str, int]] | None = None
    partly: Collection[tuple[str, int]] = ()
    literal: Collection[tuple[str, int]] | None = None

    def shown(self, hits: Hits, marker: Marker, calls: Mapping[str, Call]) -> Sequence[Match]:
        """Return the turns that may be shown, best first.

        Those that hold the whole topic; and those that hold part of it, on the first ranks, if not far behind.
        """
        if len(hits) > MANY and self.whole is None and self.literal is None and not marker.choosy:
            return _all(hits, marker, calls)
        return self._chosen(hits, marker, calls)

    def _chosen(self, hits: Hits, marker: Marker, calls: Mapping[str, Call]) -> list[Match]:
        # Hundreds of turns pass here a question: nothing is made for one that costs more than its comparison.
        found: list[tuple[float, tuple[str, int], str]] = []
        whole, literal, choosy = self.whole, self.literal, marker.choosy
        for place, score in zip(hits.places(), hits.scores.tolist(), strict=True):
            call_id, number = place
            call = calls.get(call_id)
            if call is None or number >= len(call.turns):  # it left, or changed, since the engine looked
                continue
            text = call.turns[number].text
            if choosy and not marker.holds(text):
                continue
            if whole is not None and place not in whole:
                score *= PART  # noqa: PLW2901 - what is left of it
            elif literal is not None and place not in literal:
                score *= OTHER  # noqa: PLW2901 - as above
            if len(text) < BRIEF:
                score *= (len(text) + BRIEF) / (2 * BRIEF)  # noqa: PLW2901 - as above
            found.append((score, place, text))
        found.sort(key=_first, reverse=True)
        if whole is None:
            return [Match(call, turn, score, None, None, marker, text) for score, (call, turn), text in found]
        best = next((score for score, place, _ in found if place in whole), 0.0)
        shown, matches = 0, list[Match]()
        for score, place, text in found:
            if place in whole or (shown < PAGE and score >= CUT * best and place in self.partly):
                shown += 1
                matches.append(Match(place[0], place[1], score, None, None, marker, text))
        return matches


def _all(hits: Hits, marker: Marker, calls: Mapping[str, Call]) -> Matches:
    """Return all of very many turns as `Standing` does one by one, with what is left of the scores of brief ones."""
    held = [calls.get(name) for name in hits.names]
    turns = np.asarray([0 if call is None else len(call.turns) for call in held], np.uint32)
    hits = hits.only(np.flatnonzero(hits.rows[:, 1] < turns[hits.rows[:, 0]]))
    start, end = hits.rows[:, 2], hits.rows[:, 3]
    short = (start == 0) & (end < BRIEF)  # the first passage of a longer turn is longer
    hits = hits.times(np.where(short, (end + float(BRIEF)) / (2 * BRIEF), 1.0)).by_score()
    return Matches(hits.ids(), hits.rows[:, 1].tolist(), hits.scores.tolist(), marker, calls)


_first = itemgetter(0)
