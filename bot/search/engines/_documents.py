"""What tantivy is handed of a call: a document a passage."""

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from tantivy import Document

from bot.call import Call
from bot.search.collocations import JOINT, Collocations, Numbers, as_word
from bot.search.engines._everybody import id_of
from bot.search.engines._fields import Filters
from bot.search.lexicon import BREAK, Lexicon
from bot.search.passages import cut
from bot.search.writing import Writing

TOGETHER = 128
"""Passages whose words are looked at together: enough for columns to be worth it; the columns take about a megabyte."""

OTHERS = f"{JOINT} "
"""Stands for words that are no phrase."""
SHARE = 3
"""Words of a text for one where its phrases are: only how long it is beside the others counts, and each takes time."""


class Documents:
    """Makes the documents of many calls, a whole call at a time.

    `rows` are the passages so far, as `bot.search.passages.Passages` has them; `writing` is what was met on the way.
    """

    def __init__(self, collocations: Collocations) -> None:
        self.writing = Writing()
        self.rows = array("I")
        self._lexicon = Lexicon(collocations)

    def of(self, call: Call, number: int, first: int) -> Iterator[Document]:
        """Yield the documents of a call that has this number; `first` is the number of the first of all passages."""
        first += len(self.rows) // 4
        filters, texts, passed, ids = Filters(call), list[str](), list[str](), list[int]()
        for turn in call.turns:
            given = filters.of(turn)
            for start, end in cut(turn.text):
                texts.append(turn.text[start:end])
                passed.append(given)
                ids.append(id_of(first + len(ids), turn.kind))
                self.rows.extend((number, turn.index, start, end))
        for begin in range(0, len(texts), TOGETHER):
            written = self._written(texts[begin : begin + TOGETHER])
            for at, (exact, stems, joined, phrases) in enumerate(written, begin):
                document = Document()
                # One by one: handed over as keywords, their types are guessed, which takes twice as long.
                document.add_text("exact", exact)
                document.add_text("stems", stems)
                if joined:
                    document.add_text("compounds", joined)
                document.add_text("phrases", phrases)
                document.add_text("filters", passed[at])
                document.add_unsigned("id", ids[at])
                yield document

    def _written(self, texts: Sequence[str]) -> Iterator[tuple[str, str, str, str]]:
        """Yield texts as keys and as stems, their compounds and their phrases."""
        exact = list(map(self.writing.exact, texts))
        numbers = self._lexicon.numbers(exact)
        return zip(
            exact, self._lexicon.stems(numbers), map(self.writing.compounds, texts), self._phrases(numbers), strict=True
        )

    def _phrases(self, numbers: Numbers) -> Iterator[str]:
        """Yield the phrases of each text that are a word each, of keys and of stems, among a share of as many words.

        So a phrase is weighed by the length of its text, beside that of all others, as its words in a row would be.
        """
        ends = np.flatnonzero(numbers == BREAK)
        here = self._lexicon.phrases(numbers)
        found: dict[int, list[str]] = defaultdict(list)
        for place, each in zip(np.searchsorted(ends, [each.start for each in here]).tolist(), here, strict=True):
            held = numbers[each].tolist()
            found[place].append(as_word(map(self._lexicon.words.__getitem__, held)))
            found[place].append(as_word(map(self._lexicon.roots.__getitem__, held), stems=True))
        for place, length in enumerate(np.diff(ends, prepend=-1).tolist()):
            phrases = found.get(place, ())
            yield f"{' '.join(phrases)} {OTHERS * ((length - 1) // SHARE - len(phrases))}"
