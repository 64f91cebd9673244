"""Fits and thresholds: what depends on nothing but the examples."""

import numpy as np
import pytest
from scipy import sparse
from threadpoolctl import threadpool_info

from hedge.regression import Group, best_threshold, fit_all, fit_best, make_matrix


@pytest.mark.parametrize("seed", range(6))
def test_a_threshold_does_not_depend_on_the_order_of_equal_probabilities(seed):
    labels = np.random.default_rng(seed).permutation([True] * 3 + [False] * 3)
    assert best_threshold(np.full(6, 0.5), labels) == round(1 - 2 / 3 / 2, 4)


def test_one_penalty_gives_the_fit_that_it_gives_among_several():
    random = np.random.default_rng(1)
    features = random.integers(0, 2, (200, 12))
    labels = features[:, 0] + random.random(200) > 0.9
    matrix = sparse.csr_matrix(features.astype(np.float32))
    fold, weights = np.arange(200) % 4, np.ones(200)
    several = fit_best(matrix, labels, weights, fold, (1.0, 1e-6), 2)
    one = fit_best(matrix, labels, weights, fold, (1.0,), 2)
    assert np.array_equal(one.coefficients, several.coefficients)
    assert one.coefficients.any()
    assert np.array_equal(one.held_out, several.held_out)


def test_targets_fitted_side_by_side_are_those_fitted_one_by_one():
    random = np.random.default_rng(2)
    features = random.integers(0, 2, (200, 12))
    matrix, fold = sparse.csr_matrix(features.astype(np.float32)), np.arange(200) % 4
    targets = [(features[:, k] + random.random(200) > 0.9, random.integers(0, 3, 200).astype(float)) for k in range(3)]
    threads = [library["num_threads"] for library in threadpool_info()]
    found = fit_all(matrix, targets, fold, (1.0,), 2)
    assert [library["num_threads"] for library in threadpool_info()] == threads
    for fit, (labels, weights) in zip(found, targets, strict=True):
        alone = fit_best(matrix, labels, weights, fold, (1.0,), 1)
        assert np.array_equal(fit.coefficients, alone.coefficients)
        assert np.array_equal(fit.held_out, alone.held_out)
    assert not np.array_equal(found[0].coefficients, found[1].coefficients)


def test_what_is_learned_beyond_an_offset_is_added_to_it():
    """With the logits of one feature given, the other one is learned as it is without them."""
    random = np.random.default_rng(3)
    features = random.integers(0, 2, (4000, 2))
    truth = 3.0 * features[:, 0] - 2.0 * features[:, 1] - 0.5
    labels = random.random(4000) < 1 / (1 + np.exp(-truth))
    offset = 3.0 * features[:, 0] - 0.5
    matrix, weights, fold = sparse.csr_matrix(features.astype(np.float32)), np.ones(4000), np.arange(4000) % 4
    fit = fit_best(matrix, labels, weights, fold, (100.0,), 1, offset)
    assert fit.coefficients == pytest.approx([0.0, -2.0], abs=0.3)
    assert fit.held_out == pytest.approx(truth, abs=0.5)


def test_nothing_is_added_to_an_offset_that_says_it_all():
    random = np.random.default_rng(4)
    offset = random.normal(0, 4, 60)
    labels = random.random(60) < 1 / (1 + np.exp(-offset))
    noise = sparse.csr_matrix(random.integers(0, 2, (60, 30)).astype(np.float32))
    fit = fit_best(noise, labels, np.ones(60), np.arange(60) % 4, (1.0,), 1, offset)
    assert not fit.coefficients.any()
    assert fit.intercept == 0.0
    assert np.array_equal(fit.held_out, offset)


@pytest.mark.parametrize(("count", "kept"), [(100, [2, 3, 4]), (60_000, [4])])
def test_rare_features_are_left_out(count, kept):
    indices = np.concatenate([np.full(times, times) for times in (1, 2, 3, 4)])
    matrix = make_matrix(count, [Group(indices, np.arange(len(indices)), 0.5)])
    assert matrix.shape[0] == count
    assert np.unique(matrix.indices).tolist() == kept
    assert set(matrix.data.tolist()) == {0.5}
