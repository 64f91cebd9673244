"""Fits and thresholds: what depends on nothing but the examples."""

import numpy as np
import pytest
from scipy import sparse
from threadpoolctl import threadpool_info

from hedge.regression import best_threshold, fit_all, fit_best


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
