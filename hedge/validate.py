"""Figures on sentences that the model didn't see: cross-validation by document or by genre."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from hedge.buffer import Ints
from hedge.corpora.example import Example
from hedge.document import Sentence
from hedge.evaluate import Judged
from hedge.gold import assign_folds
from hedge.score import score_texts
from hedge.settings import Settings
from hedge.training import Progress, train


def cross_validate(
    examples: Sequence[Example],
    settings: Settings,
    *,
    always: Sequence[Example] = (),
    folds: int = 5,
    fold: Ints | None = None,
    progress: Progress = lambda step: None,
) -> Judged:
    """Judge each example by a model that was trained without its document.

    Parameters
    ----------
    examples : what is tested, and trained on in the other folds.
    settings : of each training; documents are dealt out here by its `seed` + 1.
    always : examples that every training sees.
    folds : into how many folds documents are dealt out here; `settings.folds` are those inside each training.
    fold : int64[examples], the fold of each where documents aren't dealt out (see `fold_by`).
    progress : called with the name of each step as it begins.

    """
    examples = list(examples)
    if fold is None:
        fold = assign_folds(examples, folds, settings.seed + 1)
    order: list[int] = []
    sentences: list[Sentence] = []
    numbers = np.unique(fold).tolist()
    for number in numbers:
        progress(f"fold {number + 1} of {len(numbers)}")
        held_out = np.flatnonzero(fold == number)
        seen = [examples[row] for row in np.flatnonzero(fold != number)]
        weights = train([*seen, *always], settings)
        sentences += score_texts(weights, [examples[row].text for row in held_out])
        order += held_out.tolist()
    return Judged(tuple(examples[row] for row in order), tuple(sentences))


def fold_by(examples: Sequence[Example], key: Callable[[Example], str]) -> Ints:
    """Fold numbers int64[examples] that leave out all examples of one key at a time, for instance a genre.

    >>> fold_by([Example("x", "c", "d", genre=g) for g in ("news", "law", "news")], lambda e: e.genre).tolist()
    [1, 0, 1]
    """
    names = sorted({key(example) for example in examples})
    return np.array([names.index(key(example)) for example in examples], dtype=np.int64)
