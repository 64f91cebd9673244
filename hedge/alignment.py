"""Sentences of two texts matched by their words, whatever the order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from hedge.classes import WORD_CLASSES
from hedge.document import Sentence
from hedge.levels import LOWERING, CueType, Level

THRESHOLD: Final = 0.3
"""Least similarity, with what order adds to it, of two sentences that make a pair."""

LOOSE: Final = 0.5
"""Similarity below which a pair is in doubt; from it on, a sentence can have been split, or merged with another."""

_ORDER: Final = 0.1
"""Added to the similarity of a sentence that stands where it is to be expected; less, the farther off."""

_CANDIDATES, _CELLS = 16, 1 << 18
"""Sentences that can become one's partner, the best only, and similarities computed at a time; both bound memory."""

_UNWEIGHED: Final = LOWERING | {CueType.BOOSTER}
_CLASSES: Final = [words for name, words in WORD_CLASSES.items() if name != "month"]
_FUNCTION_WORDS: Final = frozenset([*" ".join(_CLASSES).split(), "s"])
_WORD: Final = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_SUFFIX: Final = re.compile(
    r"(?<=\w{3})(?:ing|ed|ies|es|(?<!s)s|e|y)$|(?<=\w{4})(?:at)?(?:ions?|ments?|ures?|ings?|ness|ers?|ors?|ed|ly|es?)$"
)

Link = tuple[int, int, float]
"""Numbers of a sentence of the text after and of its counterpart before, and their similarity."""


def align(old: Sequence[Sentence], new: Sequence[Sentence]) -> list[Link]:
    """Find counterparts of the sentences of `new` in `old`, in no particular order.

    First the same text, then the likest of those that are free, one to one, then the likest of all for what is left: a
    sentence that was split shares its counterpart, and so does a hedged one that was merged with another.
    """
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


def _match_identical(old: Sequence[Sentence], new: Sequence[Sentence]) -> Iterator[Link]:
    """Match what is the same but for white space, in order; that needs no search, which in drafts saves most."""
    waiting: dict[str, list[int]] = {}
    for i in reversed(range(len(old))):
        waiting.setdefault(" ".join(old[i].text.split()), []).append(i)
    for j, sentence in enumerate(new):
        same = waiting.get(" ".join(sentence.text.split()))
        if same:
            yield j, same.pop(), 1.0


def _rank(old: Sequence[Sentence], new: Sequence[Sentence], links: Sequence[Link]) -> list[Link]:
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
    for cue in (cue for cue in sentence.cues if cue.type in _UNWEIGHED):
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
