"""Logistic regressions on sparse features, with out-of-fold logits, calibration and a threshold; knows no corpora."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from scipy import sparse
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from hedge.buffer import Ints
from hedge.features import TABLE_BITS
from hedge.model import Floats, sigmoid
from hedge.sums import WORD_BITS

WORDS: Final = 1 << TABLE_BITS
PECULIAR: Final = WORDS + (1 << WORD_BITS)
PECULIAR_BITS: Final = 16
COLUMNS: Final = PECULIAR + (1 << PECULIAR_BITS)
"""Columns of a matrix: those of the weight table, then words of the cue model, and features that name the corpus."""

_NO_FOLD: Final = -1

_TOLERANCE: Final = 4e-4
"""How far from flat the loss may be at the end; what is closer judges no better."""

_FLAT: Final = 1e-5
"""The same of what is learned beyond an offset, which is a small matter of few sentences."""

_RARE, _RARE_OF_MANY, _MANY = 2, 4, 50_000
"""A feature seen fewer than `_RARE` times is left out; fewer than `_RARE_OF_MANY` times where `_MANY` rows are."""


UNCALIBRATED: Final = np.array([1.0, 0.0])
"""Slope and intercept that leave logits as they are."""

_ROUNDING: Final = 1e-3
"""How far below 0 a slope may be that is 0 but for rounding."""


@dataclass(frozen=True)
class Fit:
    """One regression on n rows.

    Attributes
    ----------
    coefficients, intercept : float64[columns] and a number, of all rows.
    held_out : float64[n], logits of the rows, of fits without their fold.
    shared : float64[n], the same without the features that name the corpus, as scoring has none.
    labels, weights : bool[n] and float64[n], what was learned.

    """

    coefficients: Floats
    intercept: float
    held_out: Floats
    shared: Floats
    labels: npt.NDArray[np.bool_]
    weights: Floats


@dataclass(frozen=True)
class Group:
    """Features of one kind: their indices int64[k] (-1 for none), the row of each int64[k], and their value."""

    indices: Ints
    rows: Ints
    value: float = 1.0


def make_matrix(count: int, groups: Sequence[Group]) -> sparse.csr_matrix:
    """Sparse float32[count, columns] without rare features.

    Fitting is bound by the speed of memory, so single precision is faster; and indices of four bytes are enough.
    """
    narrow: Any = {"dtype": np.int32, "casting": "unsafe"}
    column = np.concatenate([group.indices.ravel() for group in groups], **narrow)
    row = np.concatenate([np.broadcast_to(group.rows, group.indices.shape).ravel() for group in groups], **narrow)
    value = np.concatenate([np.full(group.indices.size, group.value, np.float32) for group in groups])
    seen = np.bincount(column[column >= 0], minlength=COLUMNS)
    least = _RARE if count < _MANY else _RARE_OF_MANY
    kept = (column >= 0) & (seen[column] >= least)
    return sparse.csr_matrix((value[kept], (row[kept], column[kept])), shape=(count, COLUMNS))


def fit_best(
    matrix: sparse.csr_matrix,
    labels: npt.NDArray[np.bool_],
    weights: Floats,
    fold: Ints,
    penalties: Sequence[float],
    jobs: int,
    offset: Floats | None = None,
) -> Fit:
    """Fit with the penalty whose held-out log loss is least.

    `offset` float64[n] are logits of a model to build on: what is learned is what to add to them.
    """
    return fit_all(matrix, [(labels, weights)], fold, penalties, jobs, offset)[0]


def fit_all(
    matrix: sparse.csr_matrix,
    targets: Sequence[tuple[npt.NDArray[np.bool_], Floats]],
    fold: Ints,
    penalties: Sequence[float],
    jobs: int,
    offset: Floats | None = None,
) -> list[Fit]:
    """Fit the labels bool[n] and weights float64[n] of each target, as `fit_best` does, `jobs` fits at a time.

    The fits of all targets wait in one queue, so that none waits for the last fold of another target.
    """
    planned = [_plan(matrix, labels, weights, fold, penalties, offset) for labels, weights in targets]
    with threadpool_limits(1):  # more threads in a fit would add in another order from one run to the next
        run = Parallel(n_jobs=jobs, prefer="threads")
        solutions = iter(run(fit for fits, _ in planned for fit in fits))
        return [choose([next(solutions) for _ in fits]) for fits, choose in planned]


def _plan(
    matrix: sparse.csr_matrix,
    labels: npt.NDArray[np.bool_],
    weights: Floats,
    fold: Ints,
    penalties: Sequence[float],
    offset: Floats | None,
) -> tuple[list[Any], Callable[[list[Floats]], Fit]]:
    """The fits that one target needs, to be run by joblib, and what makes the best of their solutions a `Fit`."""
    used = np.flatnonzero(weights > 0)
    columns = np.flatnonzero(np.bincount(matrix[used].indices, minlength=matrix.shape[1]))
    narrow = matrix[:, columns]
    common = int(columns.searchsorted(PECULIAR))
    naming = narrow[:, common:]

    def run(penalty: float, number: int) -> Floats:
        rows = used[fold[used] != number]
        if offset is None:
            return _regress(narrow[rows], labels[rows], weights[rows], penalty)
        return _regress_beyond(offset[rows], narrow[rows], labels[rows], weights[rows], penalty)

    # With one penalty there is nothing to choose: the fit of all rows, the longest, needn't wait for the folds.
    tasks = [(penalties[0], _NO_FOLD)] if len(penalties) == 1 else []
    tasks += [(penalty, number) for penalty in penalties for number in np.unique(fold[used]).tolist()]

    def choose(solutions: list[Floats]) -> Fit:
        fitted = dict(zip(tasks, solutions, strict=True))
        logits = {penalty: np.zeros(len(labels)) if offset is None else offset.copy() for penalty in penalties}
        for (penalty, number), solution in fitted.items():
            rows = np.flatnonzero(fold == number)
            logits[penalty][rows] += narrow[rows] @ solution[:-1] + solution[-1]
        loss = {p: _log_loss(logits[p][used], labels[used], weights[used]) for p in penalties}
        best = min(penalties, key=lambda penalty: loss[penalty])
        if offset is not None and loss[best] >= _log_loss(offset[used], labels[used], weights[used]):
            return Fit(np.zeros(matrix.shape[1]), 0.0, offset, offset, labels, weights)  # it is best to add nothing
        whole = fitted.get((best, _NO_FOLD))
        solution = run(best, _NO_FOLD) if whole is None else whole
        coefficients = np.zeros(matrix.shape[1])
        coefficients[columns] = solution[:-1]
        shared = logits[best].copy()
        for number in np.unique(fold[used]).tolist():
            rows = np.flatnonzero(fold == number)
            shared[rows] -= naming[rows] @ fitted[best, number][common:-1]
        return Fit(coefficients, float(solution[-1]), logits[best], shared, labels, weights)

    return [delayed(run)(*task) for task in tasks], choose


def _regress(matrix: sparse.csr_matrix, labels: npt.NDArray[np.bool_], weights: Floats, penalty: float) -> Floats:
    """Coefficients and, last, the intercept."""
    if labels.all() or not labels.any():
        constant = np.zeros(matrix.shape[1] + 1)
        constant[-1] = 4.0 if labels.any() else -4.0
        return constant
    model = LogisticRegression(C=penalty, solver="newton-cg", tol=_TOLERANCE)
    model.fit(matrix, labels, sample_weight=weights.astype(np.float32))
    return np.append(model.coef_[0], model.intercept_).astype(np.float64)


def _regress_beyond(
    offset: Floats, matrix: sparse.csr_matrix, labels: npt.NDArray[np.bool_], weights: Floats, penalty: float
) -> Floats:
    """Coefficients and, last, the intercept of what to add to an offset, which scikit-learn doesn't take.

    The intercept is penalised too: with little to learn from, little is added; and nothing, if all labels are the same.
    """
    start = np.zeros(matrix.shape[1] + 1)
    if labels.all() or not labels.any():
        return start
    features = sparse.hstack([matrix, np.ones((len(labels), 1), np.float32)], format="csr").astype(np.float64)
    sign, total = np.where(labels, 1.0, -1.0), weights.sum()

    def loss(coefficients: Floats) -> tuple[float, Floats]:
        margin = sign * (offset + features @ coefficients)
        slope = features.T @ (-sign * sigmoid(-margin) * weights)
        size = coefficients @ coefficients / (2 * penalty)
        value = np.logaddexp(0.0, -margin) @ weights + size
        return float(value / total), (slope + coefficients / penalty) / total

    solution: Floats = minimize(loss, start, jac=True, method="L-BFGS-B", options={"gtol": _FLAT}).x
    return solution


def _log_loss(logits: Floats, labels: npt.NDArray[np.bool_], weights: Floats) -> float:
    margin = np.where(labels, logits, -logits)
    return float((np.logaddexp(0.0, -margin) * weights).sum() / max(weights.sum(), 1.0))


def calibrate(logits: Floats, labels: npt.NDArray[np.bool_], weights: Floats) -> Floats:
    """Slope and intercept float64[2] that make sigmoid(slope * logit + intercept) a probability (Platt 1999).

    `UNCALIBRATED` where the slope would be below 0: held out from too few documents, the logits say nothing.
    """
    used = weights > 0
    if not used.any() or labels[used].all() or not labels[used].any() or np.ptp(logits[used]) == 0:
        return UNCALIBRATED.copy()
    model = LogisticRegression(C=1e3, solver="lbfgs")
    with threadpool_limits(1):
        model.fit(logits[used, None], labels[used], sample_weight=weights[used])
    slope, intercept = float(model.coef_[0, 0]), float(model.intercept_[0])
    return np.array([slope, intercept]) if slope > -_ROUNDING else UNCALIBRATED.copy()


def best_threshold(probability: Floats, labels: npt.NDArray[np.bool_]) -> float:
    """Probability of the true class from which deciding for it should give the best F1 of the false class.

    The false class is best said from half of the best F1 on, where probabilities are calibrated (Lipton, Elkan and
    Naryanaswamy 2014). The F1 of a sample hardly depends on chance; the place of its peak does.

    >>> best_threshold(np.array([0.2, 0.6, 0.9]), np.array([False, True, False]))
    0.6
    """
    if labels.all() or not labels.any():
        return 0.5
    order = np.argsort(probability, kind="stable")
    ordered, found = probability[order], (~labels[order]).cumsum()
    said = np.append(np.flatnonzero(ordered[1:] > ordered[:-1]), len(ordered) - 1)  # the last of equal ones
    f1 = 2 * found[said] / (said + 1 + found[-1])
    return round(1 - float(f1.max()) / 2, 4)


def least_logit(logits: Floats, right: npt.NDArray[np.bool_], weights: Floats, marked: float) -> float:
    """Logit from which to take phrases float64[k], bool[k] of which are right, where things of weight `marked` are.

    It is that of half of the best F1, where deciding so gives the best F1 if logits are calibrated, for which they are
    taken (see `best_threshold`).

    >>> logits, right = np.array([3.0, 2.0, 1.0, 0.0]), np.array([True, True, False, False])
    >>> round(least_logit(logits, right, np.ones(4), marked=4.0), 4)
    -0.6931
    """
    order = np.argsort(-logits, kind="stable")
    found, said = (weights * right)[order].cumsum(), weights[order].cumsum()
    half = float((found / (said + marked)).max(initial=0.0))
    return float(np.log(half / (1 - half))) if half else 0.0
