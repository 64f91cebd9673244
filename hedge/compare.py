"""Two scored texts side by side: which claims became firmer or weaker, which hedges were lost or added.

Sentences are matched by their words, whatever the order, so that one method serves two drafts of a text and a source
with its summary.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from hedge.classes import WORD_CLASSES
from hedge.document import Cue, Document, Sentence
from hedge.levels import CUE_TYPES, HEDGE_TYPES, CueType, Level

THRESHOLD: Final = 0.3
"""Least similarity, with what order adds to it, of two sentences that make a pair."""

LOOSE: Final = 0.5
"""Similarity below which a pair is in doubt; from it on, a sentence can have been split, or merged with another."""

_ORDER: Final = 0.1
"""Added to the similarity of a sentence that stands where it is to be expected; less, the farther off."""

_CANDIDATES, _CELLS = 16, 1 << 18
"""Sentences that can become one's partner, the best only, and similarities computed at a time; both bound memory."""

_LOWERING: Final = frozenset(CUE_TYPES[:HEDGE_TYPES])
_CLASSES: Final = [words for name, words in WORD_CLASSES.items() if name != "month"]
_FUNCTION_WORDS: Final = frozenset([*" ".join(_CLASSES).split(), "s"])
_WORD: Final = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_SUFFIX: Final = re.compile(
    r"(?<=\w{3})(?:ing|ed|ies|es|(?<!s)s|e|y)$|(?<=\w{4})(?:at)?(?:ions?|ments?|ures?|ings?|ness|ers?|ors?|ed|ly|es?)$"
)

_Link = tuple[int, int, float]
"""Numbers of a sentence of the text after and of its counterpart before, and their similarity."""

_QUOTED, _QUOTED_WORDS, _LONG = 5, 10, 200
"""Pairs that the verdict quotes, words of each, and words that are looked through for what to quote."""


@dataclass(frozen=True)
class Pair:
    """A sentence of each text, or of one alone.

    Attributes
    ----------
    before, after : the sentence in either text; None where the other has no counterpart.
    similarity : 0..1, of their words but for hedges and function words; 1 for the same text, 0 without a counterpart.
    lost, added : cues of a type that lowers the level, of `before` and of `after`, that the other hasn't as often.
    boosters : cues of `after` that put certainty on show and that `before` hasn't as often.

    """

    before: Sentence | None
    after: Sentence | None
    similarity: float
    lost: tuple[Cue, ...]
    added: tuple[Cue, ...]
    boosters: tuple[Cue, ...]

    @property
    def change(self) -> str:
        """One of "firmer", "weaker", "same", "added", "removed"; a move of certainty within a level is "same"."""
        if self.before is None or self.after is None:
            return "added" if self.before is None else "removed"
        if self.before.level == self.after.level:
            return "same"
        return "firmer" if self.before.level < self.after.level else "weaker"

    @property
    def matters(self) -> bool:
        """Whether the level, a hedge or a booster changed, or a hedged sentence has no counterpart."""
        if self.before and self.after:
            return self.change != "same" or bool(self.lost or self.added or self.boosters)
        return self.hedged or bool(self.boosters)

    @property
    def hedged(self) -> bool:
        """Whether a sentence of it is hedged."""
        return any(sentence.level < Level.CERTAIN for sentence in (self.before, self.after) if sentence)


@dataclass(frozen=True)
class Comparison:
    """Pairs in the order of the text after; a sentence that was removed follows what it followed before."""

    pairs: tuple[Pair, ...]

    def select(self, change: str) -> list[Pair]:
        """Pairs of one change."""
        return [pair for pair in self.pairs if pair.change == change]

    def verdict(self, before: str = "A", after: str = "B") -> list[str]:
        """Plain sentences that sum it up; `before` and `after` are the texts' names.

        >>> Comparison(()).verdict()
        ['No sentence of B is like one of A.']
        """
        return list(_sum_up(self, before, after))


def compare(before: Document, after: Document) -> Comparison:
    """Match the sentences of two texts and see what became of their hedges.

    The likest are matched first, one to one. A sentence that finds all those like it taken shares one that is very
    like it, as when a sentence was split, or a hedged one was merged with another; where `after` is the shorter text,
    as a summary is, its sentences also share one that is only somewhat like them.

    >>> from hedge.library import load
    >>> score = load().score
    >>> pair = compare(score("The port may close."), score("The port will close.")).pairs[0]
    >>> pair.change, [cue.text for cue in pair.lost]
    ('firmer', ['may'])

    """
    old, new = before.sentences, after.sentences
    links = _match(old, new)
    places = {i: j for j, i, _ in reversed(links)}
    met = {j for j, _, _ in links}
    placed = [((j, 0, i), _pair(old[i], new[j], likeness)) for j, i, likeness in links]
    placed += [((j, 0, 0), _pair(None, sentence)) for j, sentence in enumerate(new) if j not in met]
    place = -1
    for i, sentence in enumerate(old):
        place = places.get(i, place)
        if i not in places:
            placed.append(((place, 1, i), _pair(sentence, None)))
    return Comparison(tuple(pair for _, pair in sorted(placed, key=lambda entry: entry[0])))


def _pair(before: Sentence | None, after: Sentence | None, similarity: float = 0.0) -> Pair:
    lost, added = _without(before, after, _LOWERING), _without(after, before, _LOWERING)
    return Pair(before, after, similarity, lost, added, _without(after, before, {CueType.BOOSTER}))


def _without(sentence: Sentence | None, other: Sentence | None, types: Collection[CueType]) -> tuple[Cue, ...]:
    """Cues of some types of a sentence, less those of the other with the same words."""
    there = [_words(cue) for cue in other.cues] if other else []
    kept = []
    for cue in sentence.cues if sentence else ():
        if _words(cue) in there:
            there.remove(_words(cue))
        elif cue.type in types:
            kept.append(cue)
    return tuple(kept)


def _words(cue: Cue) -> str:
    return " ".join(cue.text.lower().split())


def _match(old: Sequence[Sentence], new: Sequence[Sentence]) -> list[_Link]:
    """Find counterparts: the same text, then the likest of those that are free, then the likest of all."""
    links = list(_match_identical(old, new))
    ranked = _rank(old, new, links)
    there, here = {i for _, i, _ in links}, {j for j, _, _ in links}
    for sharing in (False, True):
        for j, i, likeness in ranked:
            unmet, free = j not in here, i not in there
            split = unmet and (likeness >= LOOSE or len(new) < len(old))
            merged = free and likeness >= LOOSE and old[i].level < Level.CERTAIN
            if (split or merged) if sharing else (unmet and free):
                links.append((j, i, likeness))
                here.add(j)
                there.add(i)
    return links


def _match_identical(old: Sequence[Sentence], new: Sequence[Sentence]) -> Iterator[_Link]:
    """Match what is the same but for white space, in order; that needs no search, which in drafts saves most."""
    waiting: dict[str, list[int]] = {}
    for i in reversed(range(len(old))):
        waiting.setdefault(" ".join(old[i].text.split()), []).append(i)
    for j, sentence in enumerate(new):
        same = waiting.get(" ".join(sentence.text.split()))
        if same:
            yield j, same.pop(), 1.0


def _rank(old: Sequence[Sentence], new: Sequence[Sentence], links: Sequence[_Link]) -> list[_Link]:
    """Possible counterparts of the sentences of `new` that have none, the best first."""
    known, where, _ = zip((-1, -1, 0), *links, (len(new), len(old), 0), strict=True)
    rest = sorted(set(range(len(new))) - set(known))
    expected = np.interp(rest, known, where)
    there, here = [_content(sentence) for sentence in old], [_content(new[j]) for j in rest]
    found = []
    for first, block in _similarities(there, here):
        off = np.abs(expected[first : first + len(block), None] - np.arange(len(old)))
        scores = block + _ORDER / (1 + off)
        most = min(_CANDIDATES, len(old))
        least = np.maximum(np.partition(scores, -most, axis=1)[:, -most, None], THRESHOLD)
        for row, i in np.argwhere(scores >= least).tolist():
            likeness = min(float(block[row, i]), 1.0)
            if likeness >= LOOSE or len(there[i] & here[first + row]) > 1:  # a single word can be the same by chance
                found.append((-scores[row, i], rest[first + row], i, likeness))
    return [(j, i, likeness) for _, j, i, likeness in sorted(found)]


def _content(sentence: Sentence) -> set[str]:
    """Stems of the words that a sentence is about; hedges don't count, so that a claim is like itself hedged."""
    text = list(sentence.text)
    for cue in (cue for cue in sentence.cues if cue.type in (*_LOWERING, CueType.BOOSTER)):
        text[cue.start : cue.end] = " " * (cue.end - cue.start)
    words = _WORD.findall("".join(text).lower())
    return {_SUFFIX.sub("", word) for word in words if word not in _FUNCTION_WORDS} or set(words)


def _similarities(old: list[set[str]], new: list[set[str]]) -> Iterator[tuple[int, npt.NDArray[Any]]]:
    """Cosines of bags of words, a word weighing by how rare it is: blocks float64[rows of new, old], with first rows.

    Only pairs of sentences that share a word are looked at, by way of an index from words to sentences of `old`.
    """
    spread = Counter(word for bag in (*old, *new) for word in bag)
    numbers = {word: number for number, word in enumerate(spread)}
    weights = np.log1p(np.array([(len(old) + len(new)) / count for count in spread.values()]))
    posted, columns, there = _index(old, numbers, weights)
    order = np.argsort(posted, kind="stable")
    columns, there = columns[order], there[order]
    begins = np.searchsorted(posted[order], np.arange(len(numbers) + 1))
    words, rows, here = _index(new, numbers, weights)
    height = max(1, _CELLS // max(len(old), 1))
    for first in range(0, len(new) if old else 0, height):
        kept = slice(*np.searchsorted(rows, (first, first + height)))
        begin, count = begins[words[kept]], begins[words[kept] + 1] - begins[words[kept]]
        at = np.repeat(begin - np.cumsum(count) + count, count) + np.arange(count.sum())
        cells = np.repeat(rows[kept] - first, count) * len(old) + columns[at]
        shape = min(height, len(new) - first), len(old)
        products = np.repeat(here[kept], count) * there[at]
        yield first, np.bincount(cells, weights=products, minlength=shape[0] * shape[1]).reshape(shape)


def _index(
    bags: list[set[str]], numbers: dict[str, int], weights: npt.NDArray[Any]
) -> tuple[npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[Any]]:
    """Words of all bags: number of the word, number of its bag, and its weight in a bag of length 1."""
    words = np.array([numbers[word] for bag in bags for word in sorted(bag)], dtype=np.int64)
    owners = np.repeat(np.arange(len(bags)), [len(bag) for bag in bags])
    lengths = np.sqrt(np.bincount(owners, weights[words] ** 2, len(bags)))
    return words, owners, weights[words] / lengths[owners]


def _sum_up(comparison: Comparison, before: str, after: str) -> Iterator[str]:
    firmer, weaker = comparison.select("firmer"), comparison.select("weaker")
    if not any(pair.before and pair.after for pair in comparison.pairs):
        yield f"No sentence of {after} is like one of {before}."
    elif not firmer and not weaker:
        yield "No claim changed its level."
    for moved, direction in ((firmer, "more"), (weaker, "less")):
        if moved:
            quotes = [_quote(pair) for pair in moved[:_QUOTED]]
            quotes += [f"and {len(moved) - _QUOTED} more"] if len(moved) > _QUOTED else []
            yield f"{_count(moved, 'claim')} became {direction} certain: {'; '.join(quotes)}."
    loose = sum(pair.similarity < LOOSE for pair in (*firmer, *weaker))
    if loose:
        yield f"{loose} of these {'pairs is' if loose == 1 else 'pairs are'} only loosely alike; read both sentences."
    if swapped := [pair for pair in comparison.select("same") if pair.lost or pair.added]:
        yield f"{_count(swapped, 'claim')} kept {'its' if len(swapped) == 1 else 'their'} level with other hedges."
    if boosters := [f"“{_words(cue)}”" for pair in comparison.pairs for cue in pair.boosters]:
        yield f"{after} stresses certainty where {before} doesn't: {', '.join(dict.fromkeys(boosters))}."
    for change, own, other in (("removed", before, after), ("added", after, before)):
        if alone := [pair for pair in comparison.select(change) if pair.hedged]:
            have = "has" if len(alone) == 1 else "have"
            yield f"{_count(alone, 'hedged sentence')} of {own} {have} no counterpart in {other}."


def _count(things: Sequence[object], name: str) -> str:
    return f"{len(things)} {name}{'' if len(things) == 1 else 's'}"


def _quote(pair: Pair) -> str:
    """Quote where two sentences differ in a hedge, with a word on either side; around the hedge if they differ much."""
    assert pair.before and pair.after
    old, new = pair.before.text.split(), pair.after.text.split()
    lost = [len(pair.before.text[: cue.end].split()) - 1 for cue in pair.lost]
    added = [len(pair.after.text[: cue.end].split()) - 1 for cue in pair.added]
    quotes = _excerpt(old, lost), _excerpt(new, added)
    matcher = SequenceMatcher(None, old[:_LONG], new[:_LONG], autojunk=False)
    edits = [edit for edit in matcher.get_opcodes() if edit[0] != "equal"]
    if edits and matcher.ratio() >= LOOSE:
        hedges = [sum(a <= i < b for i in lost) + sum(c <= j < d for j in added) for _, a, b, c, d in edits]
        _, a, b, c, d = edits[hedges.index(max(hedges))]
        if max(b - a, d - c) <= _QUOTED_WORDS:
            quotes = " ".join(old[max(a - 1, 0) : b + 1]), " ".join(new[max(c - 1, 0) : d + 1])
    return f"“{quotes[0]}” → “{quotes[1]}” ({pair.before.level.label} → {pair.after.level.label})"


def _excerpt(words: list[str], positions: list[int]) -> str:
    """A few words around the first of some positions."""
    first = max(0, min(positions[0] - 3 if positions else 0, len(words) - _QUOTED_WORDS))
    last = first + _QUOTED_WORDS
    return ("… " if first else "") + " ".join(words[first:last]) + (" …" if last < len(words) else "")
