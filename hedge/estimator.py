"""The scikit-learn face: a classifier of sentences for pipelines and grid searches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.validation import check_is_fitted

from hedge.corpora import Example, read_corpus
from hedge.errors import InputError
from hedge.levels import LEVELS, Level
from hedge.library import Model, shipped_corpora, train
from hedge.score import judge_texts
from hedge.training import Settings

_CORPUS: Final = "fit"
_LEVELS: Final = {level.label: level for level in LEVELS}
_BINARY: Final = (["certain", "hedged"], [0, 1])


class HedgeClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Sentences in, labels out.

    Parameters
    ----------
    include_shipped : train on the sentences that come with hedge too.
    seed : of the folds.
    folds : number of folds for calibration and for choosing penalties.

    Attributes
    ----------
    classes_ : the labels, sorted: all four levels where any but hedged and certain was given, else the two given.
    model_ : the trained `hedge.Model`.

    >>> texts = ["It may rain.", "It rained.", "It might snow.", "It snowed."] * 5
    >>> classifier = HedgeClassifier(include_shipped=False).fit(texts, [1, 0, 1, 0] * 5)
    >>> classifier.predict(["It may hail.", "It hailed."]).tolist()
    [1, 0]

    """

    def __init__(self, *, include_shipped: bool = True, seed: int = 0, folds: int = 5) -> None:
        self.include_shipped = include_shipped
        self.seed = seed
        self.folds = folds

    def fit(self, texts: Sequence[str], labels: Sequence[Any]) -> HedgeClassifier:
        """Train.

        Parameters
        ----------
        texts : one sentence each.
        labels : for each, a level's name; or hedged or certain; or 1 (hedged) or 0.

        Raises
        ------
        InputError : a text isn't a string, a label isn't known, or all labels are the same.

        """
        listed, given = _check_texts(texts), np.asarray(labels)
        if given.shape != (len(listed),):
            raise InputError(f"there are {len(listed)} texts and labels of shape {given.shape}; give one for each")
        self.classes_ = _find_classes(given)
        by_level = len(self.classes_) == len(LEVELS)
        examples = [_to_example(row, text, given[row], by_level) for row, text in enumerate(listed)]
        if self.include_shipped:
            examples += read_corpus("records", shipped_corpora()).examples
        self.model_: Model = train(examples, Settings(target=_CORPUS, seed=self.seed, folds=self.folds, jobs=1))
        return self

    def predict(self, texts: Sequence[str]) -> npt.NDArray[Any]:
        """Labels [n], by the model's own threshold, which need not be that of the greatest probability."""
        levels, _ = self._judge(texts)
        labels: npt.NDArray[Any] = self.classes_[self._ranks(levels)]
        return labels

    def predict_proba(self, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """Probabilities float64[n, len(classes_)], columns as in `classes_`; rows sum to 1."""
        _, probabilities = self._judge(texts)
        table = np.zeros((len(probabilities), len(self.classes_)))
        for level in LEVELS:
            table[:, int(self._ranks(np.array([level], dtype=np.int8))[0])] += probabilities[:, level]
        return table

    def _judge(self, texts: Sequence[str]) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float64]]:
        """Levels int8[n] and probabilities float64[n, 4]."""
        check_is_fitted(self)
        listed = _check_texts(texts)
        if not listed:
            return np.zeros(0, dtype=np.int8), np.zeros((0, len(LEVELS)))
        columns = judge_texts(self.model_.weights, listed)
        return columns["level"], columns["probabilities"]

    def _ranks(self, levels: npt.NDArray[np.int8]) -> npt.NDArray[np.int64]:
        """Levels int8[n] -> indices into `classes_` int64[n]."""
        if len(self.classes_) == len(LEVELS):
            places = np.searchsorted(self.classes_, [level.label for level in LEVELS])
            return np.asarray(places[levels], dtype=np.int64)
        return np.asarray(levels != Level.CERTAIN, dtype=np.int64)  # "certain" < "hedged", and 0 < 1


def _check_texts(texts: Sequence[str]) -> list[str]:
    if isinstance(texts, str):
        raise InputError("texts must be a sequence of sentences; found one string")
    listed = list(texts)
    for row, text in enumerate(listed):
        if not isinstance(text, str):
            raise InputError(f"text {row} must be a string, found {type(text).__name__}")
    return [str(text) for text in listed]


def _find_classes(labels: npt.NDArray[Any]) -> npt.NDArray[Any]:
    classes = np.unique(labels)
    known = classes.tolist()
    if len(known) < 2:
        raise InputError(f"labels must be of two classes at least; all are {known[0] if known else 'missing'}")
    if known in _BINARY:
        return classes
    if set(known) <= set(_LEVELS):
        return np.array(sorted(_LEVELS))
    raise InputError(f"labels {known} are not known; give {', '.join(_LEVELS)}; or hedged, certain; or 1, 0")


def _to_example(row: int, text: str, label: Any, by_level: bool) -> Example:
    if by_level:
        level = _LEVELS[str(label)]
        return Example(text, _CORPUS, str(row), hedged=level is not Level.CERTAIN, level=level)
    return Example(text, _CORPUS, str(row), hedged=label == "hedged" if isinstance(label, str) else bool(label))
