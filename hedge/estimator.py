"""The scikit-learn face: a classifier of sentences, and features of texts for other models."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from hedge.corpora import Example
from hedge.errors import InputError
from hedge.levels import CUE_TYPES, HOLDER_KINDS, LEVEL_OF, LEVELS, Level
from hedge.library import Model, check_texts, load, train
from hedge.score import judge_texts
from hedge.settings import Settings
from hedge.shipped import DEFAULT_MODEL

_CORPUS: Final = "fit"
_BINARY: Final = (["certain", "hedged"], [0, 1])


class HedgeClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Sentences in, labels out.

    Parameters
    ----------
    base : a model to adapt to the sentences, or its name or folder; None to learn from them alone.
    seed : of the folds.
    folds : number of folds for out-of-fold logits, which calibration is learned from.

    Attributes
    ----------
    classes_ : the labels, sorted: all four levels where any but hedged and certain was given, else the two given.
    model_ : the trained `hedge.Model`.

    >>> texts = ["It may rain.", "It rained.", "It might snow.", "It snowed."] * 5
    >>> classifier = HedgeClassifier(base=None).fit(texts, [1, 0, 1, 0] * 5)
    >>> classifier.predict(["It may hail.", "It hailed."]).tolist()
    [1, 0]

    """

    def __init__(self, *, base: Model | str | Path | None = DEFAULT_MODEL, seed: int = 0, folds: int = 3) -> None:
        self.base = base
        self.seed = seed
        self.folds = folds

    def __sklearn_tags__(self) -> Any:
        """Say that texts go in, so that scikit-learn tries no numbers."""
        return _take_strings(super().__sklearn_tags__())

    def fit(self, texts: Sequence[str], labels: Sequence[Any]) -> HedgeClassifier:
        """Train.

        Parameters
        ----------
        texts : one sentence each.
        labels : for each, a level or its name; or hedged or certain; or 1 (hedged) or 0.

        Raises
        ------
        InputError : a text isn't a string, a label isn't known, or all labels are the same.
        ModelError : there is no such base model, or it doesn't tell levels apart.

        """
        listed = check_texts(texts)
        given = np.asarray([label.label if isinstance(label, Level) else label for label in labels])
        if given.shape != (len(listed),):
            raise InputError(f"there are {len(listed)} texts and labels of shape {given.shape}; give one for each")
        self.classes_ = _find_classes(given)
        by_level = len(self.classes_) == len(LEVELS)
        examples = [_to_example(row, text, given[row], by_level) for row, text in enumerate(listed)]
        settings = Settings(target=_CORPUS, seed=self.seed, folds=self.folds, jobs=1)
        self.model_: Model = train(examples, settings, base=self.base)
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
        listed = check_texts(texts)
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


class HedgeVectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Texts of any length in, features for another model out: how a text is hedged, in numbers.

    Parameters
    ----------
    model : name or folder of the model that judges, or itself.

    >>> HedgeVectorizer().fit(["It may rain."]).get_feature_names_out()[:3].tolist()
    ['sentences', 'mean_certainty', 'mean_p_hedged']

    """

    def __init__(self, *, model: Model | str = DEFAULT_MODEL) -> None:
        self.model = model

    def __sklearn_tags__(self) -> Any:
        """Say that texts go in."""
        return _take_strings(super().__sklearn_tags__())

    def fit(self, texts: Sequence[str], labels: Any = None) -> HedgeVectorizer:
        """Load the model; nothing is learned."""
        check_texts(texts)
        self.model_: Model = self.model if isinstance(self.model, Model) else load(self.model)
        return self

    def transform(self, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """Features float64[n, f], named by `get_feature_names_out`.

        They are the number of sentences, the means of certainty and of P(hedged), the shares of sentences at each level
        and with a holder of each kind, and the cues of each type in a sentence; all 0 for a text without sentences.
        """
        check_is_fitted(self)
        return np.array([self._describe(text) for text in check_texts(texts)]).reshape(-1, len(_FEATURES))

    def get_feature_names_out(self, input_features: Any = None) -> npt.NDArray[np.object_]:
        """Names of the features, object[f]."""
        return np.array(_FEATURES, dtype=object)

    def _describe(self, text: str) -> npt.NDArray[np.float64]:
        columns = self.model_.score(text).columns
        count = len(columns["start"])
        kinds = columns["holder_kind"]
        totals = [
            *(columns["certainty"].sum(), columns["p_hedged"].sum()),
            *np.bincount(columns["level"], minlength=len(LEVELS)),
            *np.bincount(kinds[kinds >= 0], minlength=len(HOLDER_KINDS)),
            *np.bincount(columns["cue_type"], minlength=len(CUE_TYPES)),
        ]
        return np.array([count, *(total / max(count, 1) for total in totals)], dtype=np.float64)


_FEATURES: Final = (
    *("sentences", "mean_certainty", "mean_p_hedged"),
    *(f"share_{level.label}" for level in LEVELS),
    *(f"share_{kind.value}_holder" for kind in HOLDER_KINDS),
    *(f"cues_{kind.value}" for kind in CUE_TYPES),
)


def _take_strings(tags: Any) -> Any:
    tags.input_tags.two_d_array = False
    tags.input_tags.string = True
    return tags


def _find_classes(labels: npt.NDArray[Any]) -> npt.NDArray[Any]:
    if any(label is None for label in labels.tolist()):
        raise InputError("a label is missing (None)")
    classes = np.unique(labels)
    known = classes.tolist()
    if len(known) < 2:
        raise InputError(f"labels must be of two classes at least; all are {known[0] if known else 'missing'}")
    if known in _BINARY:
        return classes
    if set(known) <= set(LEVEL_OF):
        return np.array(sorted(LEVEL_OF))
    raise InputError(f"labels {known} are not known; give {', '.join(LEVEL_OF)}; or hedged, certain; or 1, 0")


def _to_example(row: int, text: str, label: Any, by_level: bool) -> Example:
    if by_level:
        level = LEVEL_OF[str(label)]
        return Example(text, _CORPUS, str(row), hedged=level is not Level.CERTAIN, level=level)
    return Example(text, _CORPUS, str(row), hedged=label == "hedged" if isinstance(label, str) else bool(label))
