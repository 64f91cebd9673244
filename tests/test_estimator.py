"""The scikit-learn face: labels of every kind, probabilities, grid search, cloning."""

import pickle

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.utils import estimator_checks

import hedge
from hedge import HedgeClassifier, HedgeVectorizer

VERBS = ("rain", "snow", "hail", "thunder", "clear", "freeze", "thaw", "darken")
HEDGED = [f"It may {verb} in the {part}." for verb in VERBS for part in ("north", "south")]
CERTAIN = [f"It did {verb} in the {part}." for verb in VERBS for part in ("north", "south")]
TEXTS = HEDGED + CERTAIN


def labels(hedged, certain):
    return [hedged] * len(HEDGED) + [certain] * len(CERTAIN)


def small():
    return HedgeClassifier(base=None, folds=2)


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


def test_levels_are_certain_from_one_half_on_and_two_labels_from_half_of_the_best_f1():
    texts = [*TEXTS, *HEDGED]
    certain = [0] * len(HEDGED) + [1] * (len(CERTAIN) + len(HEDGED))
    levels = ["certain" if is_certain else "possible" for is_certain in certain]
    assert small().fit(texts, levels).model_.weights.certain_threshold == 0.5
    assert small().fit(texts, certain).model_.weights.certain_threshold > 0.5


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
    assert clone(HedgeClassifier(seed=3)).get_params() == {"base": "general", "seed": 3, "folds": 3}


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
        (["a", "b"], [1, None], "a label is missing"),
        ({"text": "a"}, [1], "found a table"),
        (pd.DataFrame({"text": ["a", "b"]}), [1, 0], "found a table, give one column of it"),
    ],
)
def test_bad_input_is_an_input_error(texts, given, message):
    with pytest.raises(hedge.InputError, match=message):
        small().fit(texts, given)


def test_levels_are_labels_too():
    texts = ["It may rain.", "It rained.", "It might snow.", "It snowed."] * 5
    given = [hedge.Level.POSSIBLE, hedge.Level.CERTAIN] * 10
    found = hedge.HedgeClassifier(base=None).fit(texts, given).predict(["It may hail.", "It hailed."])
    assert found.tolist() == ["possible", "certain"]


def test_a_model_is_a_base_and_so_is_its_name():
    texts = ["Peradventure it rained.", "It rained.", "Peradventure it snowed.", "It snowed."] * 5
    labels = [1, 0] * 10
    by_name, by_model = (hedge.HedgeClassifier(base=base).fit(texts, labels) for base in ("general", hedge.load()))
    assert (by_name.predict_proba(texts) == by_model.predict_proba(texts)).all()


def test_predicting_before_fitting():
    with pytest.raises(NotFittedError):
        small().predict(["a"])


@pytest.mark.parametrize("estimator", [HedgeClassifier(), HedgeVectorizer()], ids=repr)
@pytest.mark.filterwarnings("ignore:Can't test estimator:sklearn.exceptions.SkipTestWarning")
def test_scikit_learn_s_own_checks(estimator):
    """scikit-learn runs those that feed no data, since the tags say that texts go in, not numbers."""
    results = estimator_checks.check_estimator(estimator, on_skip=None)
    assert "check_estimator_cloneable" in [result["check_name"] for result in results if result["status"] == "passed"]


@pytest.mark.parametrize("estimator", [HedgeClassifier(), HedgeVectorizer()], ids=repr)
@pytest.mark.parametrize(
    "check",
    [
        "do_not_raise_errors_in_init_or_set_params",
        "get_params_invariance",
        "mixin_order",
        "no_attributes_set_in_init",
        "parameters_default_constructible",
        "set_params",
    ],
)
def test_scikit_learn_s_checks_that_it_leaves_out_with_those_that_feed_numbers(estimator, check):
    getattr(estimator_checks, f"check_{check}")(type(estimator).__name__, estimator)


# What the checks that feed numbers look for, with texts.


def test_fitting_twice_gives_the_same_and_changes_no_parameter():
    classifier = small()
    before = classifier.get_params()
    first = classifier.fit(TEXTS, labels(1, 0)).predict_proba(TEXTS)
    assert np.array_equal(classifier.fit(TEXTS, labels(1, 0)).predict_proba(TEXTS), first)
    assert classifier.get_params() == before
    assert np.array_equal(pickle.loads(pickle.dumps(classifier)).predict_proba(TEXTS), first)


def test_texts_are_judged_one_by_one():
    classifier = small().fit(TEXTS, labels(1, 0))
    whole = classifier.predict_proba(TEXTS)
    assert np.array_equal(classifier.predict_proba(TEXTS[::-1])[::-1], whole)
    assert np.array_equal(np.vstack([classifier.predict_proba([text]) for text in TEXTS]), whole)


def test_cross_validation_and_other_containers_of_texts():
    pandas = pytest.importorskip("pandas")
    assert cross_val_score(small(), np.array(TEXTS), np.array(labels(1, 0)), cv=2).mean() > 0.9
    series = pandas.Series(TEXTS, index=range(100, 100 + len(TEXTS)))
    assert cross_val_score(small(), series, pandas.Series(labels("hedged", "certain")), cv=2).mean() > 0.9


def test_bad_input_is_a_value_error_too():
    with pytest.raises(ValueError, match="found ndarray"):
        small().fit(np.zeros((4, 2)), [0, 1, 0, 1])


def test_features_of_texts():
    vectorizer = HedgeVectorizer().fit(TEXTS)
    text = "A port official said it may rain. It rained."
    table = vectorizer.transform([text, ""])
    found = dict(zip(vectorizer.get_feature_names_out(), table[0], strict=True))
    sentences = hedge.load().score(text).sentences
    assert found["sentences"] == 2
    assert found["share_possible"] == found["share_certain"] == found["cues_epistemic"] == 0.5
    assert found["share_anonymous_holder"] == sum(s.holder is not None for s in sentences) / 2
    assert found["mean_p_hedged"] == pytest.approx(np.mean([s.p_hedged for s in sentences]))
    assert not table[1].any()
    assert table.shape == (2, len(found))
    assert vectorizer.transform([]).shape == (0, len(found))


def test_features_feed_another_model():
    pipeline = make_pipeline(HedgeVectorizer(), LogisticRegression())
    assert cross_val_score(pipeline, TEXTS, labels(1, 0), cv=2).mean() > 0.9
    assert pipeline[:-1].fit(TEXTS).get_feature_names_out()[0] == "sentences"


def test_a_vectorizer_takes_a_model_itself():
    features = HedgeVectorizer(model=hedge.load()).fit_transform(TEXTS)
    assert (features == HedgeVectorizer().fit_transform(TEXTS)).all()
