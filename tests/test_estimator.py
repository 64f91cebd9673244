"""The scikit-learn face: labels of every kind, probabilities, grid search, cloning."""

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer

import hedge
from hedge import HedgeClassifier

VERBS = ("rain", "snow", "hail", "thunder", "clear", "freeze", "thaw", "darken")
HEDGED = [f"It may {verb} in the {part}." for verb in VERBS for part in ("north", "south")]
CERTAIN = [f"It did {verb} in the {part}." for verb in VERBS for part in ("north", "south")]
TEXTS = HEDGED + CERTAIN


def labels(hedged, certain):
    return [hedged] * len(HEDGED) + [certain] * len(CERTAIN)


def small():
    return HedgeClassifier(include_shipped=False, folds=2)


@pytest.mark.parametrize(
    ("hedged", "certain", "classes"),
    [
        (1, 0, [0, 1]),
        (True, False, [False, True]),
        ("hedged", "certain", ["certain", "hedged"]),
        ("possible", "certain", ["certain", "possible", "probable", "uncommitted"]),
    ],
)
def test_fit_and_predict(hedged, certain, classes):
    classifier = small().fit(TEXTS, labels(hedged, certain))
    assert classifier.classes_.tolist() == classes
    assert classifier.predict(["It may snow.", "It did snow."]).tolist() == [hedged, certain]
    assert classifier.score(TEXTS, labels(hedged, certain)) > 0.9
    table = classifier.predict_proba(["It may snow.", "It did snow."])
    assert table.shape == (2, len(classes))
    assert table.sum(axis=1) == pytest.approx(1)
    column = classes.index(certain)
    assert table[0, column] < 0.5 < table[1, column]
    sentences = classifier.model_.score_sentences(["It may snow.", "It did snow."])
    assert [1 - s.p_hedged for s in sentences] == pytest.approx(table[:, column].tolist())


def test_no_texts_give_no_labels():
    classifier = small().fit(TEXTS, labels(1, 0))
    assert classifier.predict([]).shape == (0,)
    assert classifier.predict_proba([]).shape == (0, 2)


def test_it_works_in_a_pipeline_and_a_grid_search():
    pipeline = make_pipeline(FunctionTransformer(), small())
    search = GridSearchCV(pipeline, {"hedgeclassifier__folds": [2, 3]}, cv=2, error_score="raise")
    search.fit(np.array(TEXTS, dtype=object), np.array(labels("hedged", "certain")))
    assert search.best_score_ > 0.9


def test_cloning_keeps_the_parameters():
    assert clone(HedgeClassifier(seed=3)).get_params() == {"include_shipped": True, "seed": 3, "folds": 5}


@pytest.mark.parametrize(
    ("texts", "given", "message"),
    [
        ("It may.", [1], "found one string"),
        (["a", "b"], [1], "2 texts and labels of shape"),
        (["a", 3], [1, 0], "text 1 must be a string, found int"),
        (["a", "b"], [1, 1], "two classes at least"),
        ([], [], "two classes at least"),
        (["a", "b"], ["maybe", "certain"], "are not known; give uncommitted"),
        (["a", "b"], [1, 2], "are not known"),
    ],
)
def test_bad_input_is_an_input_error(texts, given, message):
    with pytest.raises(hedge.InputError, match=message):
        small().fit(texts, given)


def test_predicting_before_fitting():
    with pytest.raises(NotFittedError):
        small().predict(["a"])
