"""Why a turn was found, and where its text holds what was looked for."""

from dataclasses import dataclass, field
from itertools import chain

from bot.query.topic import Near
from bot.search.findings import Why
from bot.search.meaning import Meaning
from bot.search.passages import LONG
from bot.search.spans import Span, Spans, merged

KEPT = 32
"""Texts of which it is kept where they hold a topic: those that its answers show."""


@dataclass(frozen=True, slots=True)
class Marker:
    """Says of a turn's text why it was found, and where it holds what was looked for."""

    meaning: Meaning
    spans: Spans
    _marked: dict[str, tuple[Why, tuple[Span, ...]]] = field(default_factory=dict, compare=False, repr=False)

    def mark(self, text: str) -> tuple[Why, tuple[Span, ...]]:
        """Return why the text is a match, and the spans, kept of the last texts: the best turns come again."""
        known = self._marked.get(text)
        if known is None:
            if len(self._marked) >= KEPT:
                self._marked.clear()
            known = self._marked[text] = self._mark(text)
        return known

    def _mark(self, text: str) -> tuple[Why, tuple[Span, ...]]:
        names = [name for part in self.meaning.senses for name in part.names]
        held = [(name.why, found) for name in names if (found := self.spans.of(text, name.node))]
        required = [span for node in self.meaning.must for span in self.spans.of(text, node)]
        whys = {why for why, _ in held} or {Why.MATCHED}
        why = next(why for why in (Why.MATCHED, Why.CORRECTED, Why.SYNONYM) if why in whys)
        return why, tuple(merged(chain(required, (span for _, found in held for span in found))))

    def why(self, text: str) -> Why:
        """Say why the text is a match: what `mark` says, without looking for the names that can't change it."""
        known = self._marked.get(text)
        if known is not None:
            return known[0]
        names = [name for part in self.meaning.senses for name in part.names]
        for why in (Why.MATCHED, Why.CORRECTED, Why.SYNONYM):
            if any(name.why is why and self.spans.of(text, name.node) for name in names):
                return why
        return Why.MATCHED

    @property
    def choosy(self) -> bool:
        """Whether there is anything that `holds` looks at."""
        return bool(self.meaning.never) or any(isinstance(node, Near) for node in self.meaning.must)

    def holds(self, text: str) -> bool:
        """Whether the text passes what an engine may see only in part: distances of phrases, and exclusions.

        An engine compares passages; a word that excludes a turn excludes it wherever in the turn it stands.
        """
        if not self.choosy:
            return True
        near = [node for node in self.meaning.must if isinstance(node, Near)]
        return all(self.spans.of(text, node) for node in near) and not (
            len(text) > LONG and any(self.spans.of(text, node) for node in self.meaning.never)
        )
