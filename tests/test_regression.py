"""Fits and thresholds: what depends on nothing but the examples."""

import numpy as np
import pytest
from scipy import sparse

from hedge.regression import best_threshold, fit_best


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
