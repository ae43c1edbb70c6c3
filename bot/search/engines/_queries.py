"""Plans as tantivy's queries."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from tantivy import Occur, Query, Schema, Searcher

from bot.kind import Kind
from bot.query.topic import AllOf, AnyOf, Near, Node, Phrase, Term
from bot.search.collocations import Collocations, as_word
from bot.search.engine import Clause, Concept, Plan
from bot.search.engines._everybody import Rankings
from bot.search.engines._fields import exchange, filter_of
from bot.search.stems import stem
from bot.search.vocabulary import Vocabulary
from bot.search.wanted import Wanted
from bot.search.words import compounds, keys

APIECE = 60
"""Values of a filter up to which each is looked up by itself: a set costs ten times that, whatever is in it."""
KEPT = 512
"""Clauses and filters kept as made: those of some dozens of questions."""
ASKED = 16_384
"""Spellings of which it is kept whether a turn holds them: more than the thesaurus has."""
PREFIX_SCORE = 3.0
"""What a prefix match earns: tantivy scores all its words alike, so no frequency can tell."""


class Queries:
    """Makes queries for one state of an index: its schema, what finds there (`searcher`), and the words it holds.

    `names` are the ids of its calls by their numbers. An answer asks several times for the same things, so a clause is
    made once; and of the spellings a synonym may have (capital expenditures, capitals expenditure) only those are
    looked for that some turn holds: most have none, and each costs a walk through the places of its words.
    """

    def __init__(
        self,
        schema: Schema,
        searcher: Searcher,
        vocabulary: Vocabulary,
        collocations: Collocations,
        names: Sequence[str],
    ) -> None:
        self.searcher = searcher
        self.names = names
        self._collocations = collocations
        self._schema = schema
        self._vocabulary = vocabulary
        self._made: dict[tuple[int, float, bool], tuple[Node, Query]] = {}
        self._concepts: dict[tuple[int, int], tuple[tuple[Concept, ...], Query | None]] = {}
        self._filters: dict[Wanted, list[tuple[Occur, Query]]] = {}
        self._held: dict[tuple[str, ...], bool] = {}
        self.rankings = Rankings()  # what was found here just now

    def of(self, plan: Plan) -> Query:
        """Return the query of a plan."""
        clauses = [(Occur.Must, self._clause(clause)) for clause in plan.must]
        clauses += [(Occur.MustNot, self._clause(clause)) for clause in plan.never]
        clauses += self._within(plan.wanted)
        about = self._about(plan.concepts, plan.least)
        if not clauses:
            return about or Query.all_query()
        if about is not None:
            clauses.append((Occur.Must, about))
        elif not plan.must:
            clauses.append((Occur.Must, Query.all_query()))
        return Query.boolean_query(clauses)

    def common(self, plan: Plan, most: int) -> bool:
        """Whether more than so many passages hold a plan's topic, as far as a single word of it tells."""
        if plan.least > 1 or plan.must:
            return False
        nodes = (clause.node for concept in plan.concepts for clause in concept.clauses)
        words = (keys(node.word) for node in nodes if isinstance(node, Term) and not node.prefix)
        return any(len(each) == 1 and self.searcher.doc_freq("stems", stem(each[0])) > most for each in words)

    def _about(self, concepts: tuple[Concept, ...], least: int) -> Query | None:
        """Return what finds enough of a plan's concepts, None where it has none."""
        # The same ones are asked for in several people's turns; to compare them takes longer than to make a query.
        asked = id(concepts), least
        known = self._concepts.get(asked)
        if known is None:
            if len(self._concepts) >= KEPT:
                self._concepts.clear()
            known = self._concepts[asked] = concepts, self._enough(concepts, least)  # held, no others are there
        return known[1]

    def _enough(self, concepts: tuple[Concept, ...], least: int) -> Query | None:
        least = min(least, len(concepts))
        if least == 1:  # a choice among choices would be looked through twice
            return self._choice(clause for concept in concepts for clause in concept.clauses)
        found = [self._choice(concept.clauses) for concept in concepts]
        return Query.boolean_query([(Occur.Should, each) for each in found], least) if found else None

    def _choice(self, clauses: Iterable[Clause]) -> Query:
        found = [self._clause(clause) for clause in clauses]
        return found[0] if len(found) == 1 else Query.boolean_query([(Occur.Should, each) for each in found])

    def _clause(self, clause: Clause) -> Query:
        # To compare a synonym's many spellings takes longer than to make a query: nodes are told by being the same.
        asked = id(clause.node), clause.weight, clause.exact
        known = self._made.get(asked)
        if known is None:
            query = self._node(clause.node, exact=clause.exact)
            if len(self._made) >= KEPT:
                self._made.clear()
            made = query if clause.weight == 1.0 else _weighed(query, clause.weight)
            known = self._made[asked] = clause.node, made  # held, no others are there
        return known[1]

    def _node(self, node: Node, *, exact: bool) -> Query:
        match node:
            case Term():
                return self._term(node, exact=exact)
            case Phrase():
                return self._phrase(keys(" ".join(node.words)), exact=True)
            case Near():
                left, right = self._keys(node.left), self._keys(node.right)
                either = [
                    (Occur.Should, self._placed(pair, exact=exact, slop=node.distance - 1))
                    for pair in (left + right, right + left)
                ]
                return Query.boolean_query(either)
            case AllOf():
                every = [(Occur.Must, self._node(part, exact=exact)) for part in node.parts]
                return Query.boolean_query(every)
            case AnyOf():
                parts = [part for part in node.parts if not isinstance(part, Phrase) or self._holds(part)]
                return Query.disjunction_max_query([self._node(part, exact=exact) for part in parts])

    def _holds(self, phrase: Phrase) -> bool:
        """Whether any turn holds a phrase; of one that is a word, a turn that left may, too, which finds nothing."""
        held = self._held.get(phrase.words)
        if held is None:
            words = keys(" ".join(phrase.words))
            if len(words) == 1:
                held = bool(self.searcher.doc_freq("exact", words[0]))
            elif self._collocations.hold([stem(word) for word in words]):
                held = bool(self.searcher.doc_freq("phrases", as_word(words)))
            else:
                held = bool(self.searcher.search(self._placed(words, exact=True), 1, count=False).hits)
            if len(self._held) >= ASKED:
                self._held.clear()
            self._held[phrase.words] = held
        return held

    def _keys(self, node: Term | Phrase) -> list[str]:
        return keys(node.word if isinstance(node, Term) else " ".join(node.words))

    def _term(self, term: Term, *, exact: bool) -> Query:
        words = keys(term.word)
        if term.prefix and len(words) == 1:
            pattern = re.escape(words[0]) + ".*"
            return Query.const_score_query(Query.regex_query(self._schema, "exact", pattern), PREFIX_SCORE)
        plain = self._phrase(words, exact=exact)
        if exact:
            return plain
        # Whether the index holds a word, the vocabulary tells sooner; it may hold one too many, which finds nothing.
        if len(words) == 1:
            joined, field = stem(words[0]), "compounds"  # "ecommerce" was typed: find e-commerce too
            held = self._vocabulary.joined(joined)
        elif compounds(term.word):
            joined, field = stem("".join(words)), "stems"  # "e-commerce" was typed: find ecommerce too
            held = self._vocabulary.holds(joined)
        else:
            held = False
        if not held:
            return plain
        return Query.disjunction_max_query([plain, Query.term_query(self._schema, field, joined, "freq")])

    def _phrase(self, words: list[str], *, exact: bool) -> Query:
        if len(words) > 1 and self._collocations.hold([stem(word) for word in words]):
            return self._collocation(words, exact=exact)
        return self._placed(words, exact=exact)

    def _placed(self, words: list[str], *, exact: bool, slop: int = 0) -> Query:
        """Return what finds words in a row, or `slop` others between them."""
        field = "exact" if exact else "stems"
        wanted = words if exact else [stem(word) for word in words]
        if not wanted:
            return Query.empty_query()
        if len(wanted) == 1:
            return Query.term_query(self._schema, field, wanted[0], "freq")
        return Query.phrase_query(self._schema, field, list(wanted), slop=slop)

    def _collocation(self, words: list[str], *, exact: bool) -> Query:
        """Return what finds a phrase that is held as a word, weighed by how rare its words are, not by how rare it is.

        So weighs a phrase of words in a row, for tantivy as for others.
        """
        field = "exact" if exact else "stems"
        wanted = words if exact else [stem(word) for word in words]
        phrase = as_word(wanted, stems=not exact)
        held = self.searcher.doc_freq("phrases", phrase)
        if not held:
            return Query.empty_query()
        whole = sum(self._rarity(self.searcher.doc_freq(field, word)) for word in wanted)
        return Query.boost_query(Query.term_query(self._schema, "phrases", phrase, "freq"), whole / self._rarity(held))

    def _rarity(self, held: int) -> float:
        """Return BM25's weight of a word that so many passages hold, as tantivy has it."""
        return math.log(1 + (self._passages - held + 0.5) / (held + 0.5))

    @cached_property
    def _passages(self) -> int:
        """How many passages tantivy counts, as it does for a word: those that were removed until their segment goes."""
        return sum(self.searcher.doc_freq("filters", filter_of("kind", kind.value)) for kind in Kind)

    def _within(self, wanted: Wanted) -> list[tuple[Occur, Query]]:
        """Return what a turn must, and must not, be to pass."""
        made = self._filters.get(wanted)
        if made is None:
            if len(self._filters) >= KEPT:
                self._filters.clear()
            made = [(Occur.MustNot, self._any_of("kind", (kind.value,))) for kind in _others(wanted.kinds)]
            made += [(Occur.Must, Query.const_score_query(self._any_of(*each), 0.0)) for each in _given(wanted)]
            self._filters[wanted] = made
        return made

    def _any_of(self, name: str, values: Sequence[str]) -> Query:
        words = [filter_of(name, value) for value in values]
        if len(words) > APIECE:
            return Query.term_set_query(self._schema, "filters", list(words))
        terms = [Query.term_query(self._schema, "filters", word, "basic") for word in words]
        return terms[0] if len(terms) == 1 else Query.boolean_query([(Occur.Should, term) for term in terms])


def _weighed(query: Query, weight: float) -> Query:
    return Query.boost_query(query, weight) if weight else Query.const_score_query(query, 0.0)


def _given(wanted: Wanted) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the filters that a turn must pass, and their values."""
    if wanted.calls is not None:
        yield "call", wanted.calls
    if len(wanted.kinds) == 1:
        yield "kind", (wanted.kinds[0].value,)
    if wanted.sections:
        yield "section", [section.value for section in wanted.sections]
    for field, values in (("person", wanted.persons), ("firm", wanted.firms), ("title", wanted.titles)):
        if values:
            yield field, values
    if wanted.questions is not None:
        yield "role", ("asks" if wanted.questions else "answers",)
    if wanted.exchanges is not None:
        yield "exchange", [exchange(call, index) for call, index in wanted.exchanges]


def _others(kinds: Sequence[Kind]) -> list[Kind]:
    """Return the kinds to leave out where several are wanted: half the time of looking for any of those."""
    return [kind for kind in Kind if kind not in kinds] if len(kinds) > 1 else []
