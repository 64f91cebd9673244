"""A model's judgement beside gold labels: the field's figures, with bootstrap intervals and comparisons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from hedge.buffer import Ints
from hedge.corpora.example import Example
from hedge.document import Sentence
from hedge.levels import LEVELS, LOWERING_NAMES, Level
from hedge.model import Floats

Bools = npt.NDArray[np.bool_]
Metrics = dict[str, float]
Span = tuple[int, int, str]

_BINS: Final = 10
_ERRORS: Final = frozenset(("ece", "brier"))
"""Figures that are the better the smaller they are."""


@dataclass(frozen=True)
class Judged:
    """Examples with what a model said of them.

    Attributes
    ----------
    examples, sentences : gold and judgement, one for one.

    """

    examples: tuple[Example, ...]
    sentences: tuple[Sentence, ...]

    def subset(self, rows: Sequence[int] | Ints) -> Judged:
        """Return some of the rows."""
        return Judged(tuple(self.examples[i] for i in rows), tuple(self.sentences[i] for i in rows))


def join(parts: Sequence[Judged]) -> Judged:
    """Put parts together, in order."""
    return Judged(tuple(e for part in parts for e in part.examples), tuple(s for part in parts for s in part.sentences))


def measure(judged: Judged) -> Metrics:
    """Every figure that the gold labels allow; nan where there is none of what it counts.

    Keys: ``sentences``; where examples say hedged or not: ``precision``, ``recall``, ``f1``, ``auc``, ``ece``,
    ``brier``; where they have levels: ``level_accuracy``, ``level_macro_f1``, ``f1_<level>``; a grade:
    ``certainty_r`` (Pearson), ``certainty_rho`` (Spearman); cues: ``cue_precision``, ``cue_recall``, ``cue_f1``,
    ``cue_span_accuracy`` (of the cues found, those with the very words that are marked), ``cue_type_accuracy``;
    holders: ``holder_f1``, ``holder_kind_accuracy``.
    """
    figures: Metrics = {"sentences": float(len(judged.examples))}
    for part in (_measure_hedged, _measure_levels, _measure_certainty, _measure_cues, _measure_holders):
        figures |= part(judged)
    return figures


def _measure_hedged(judged: Judged) -> Metrics:
    rows = [i for i, e in enumerate(judged.examples) if e.hedged is not None]
    if not rows:
        return {}
    gold = np.array([bool(judged.examples[i].hedged) for i in rows])
    said = np.array([judged.sentences[i].level is not Level.CERTAIN for i in rows])
    p = np.array([judged.sentences[i].p_hedged for i in rows])
    precision, recall, f1 = rates(int((gold & said).sum()), int((~gold & said).sum()), int((gold & ~said).sum()))
    return {
        **{"precision": precision, "recall": recall, "f1": f1, "auc": area(gold, p)},
        **{"ece": calibration_error(gold, p), "brier": float(((p - gold) ** 2).mean())},
    }


def rates(hits: int, extra: int, missed: int) -> tuple[float, float, float]:
    """Precision, recall and F1 of counts; 0 where nothing is there to divide by, nan where there is nothing at all.

    >>> rates(6, 2, 2)
    (0.75, 0.75, 0.75)
    """
    if not hits + extra + missed:
        return (float("nan"),) * 3
    precision = hits / max(hits + extra, 1)
    recall = hits / max(hits + missed, 1)
    return precision, recall, 2 * hits / max(2 * hits + extra + missed, 1)


def share(part: int, whole: int) -> float:
    """Part of a whole; nan of nothing."""
    return part / whole if whole else float("nan")


def area(gold: Bools, score: Floats) -> float:
    """Area under the ROC curve, by ranks (Mann & Whitney 1947); nan when all examples are of one class.

    >>> area(np.array([False, True]), np.array([0.1, 0.9]))
    1.0
    """
    positive = int(gold.sum())
    if positive in (0, len(gold)):
        return float("nan")
    rank = ranks(score)
    return float((rank[gold].sum() - positive * (positive + 1) / 2) / (positive * (len(gold) - positive)))


def ranks(values: Floats) -> Floats:
    """Ranks from 1, ties sharing their mean: float64[n] -> float64[n]."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    shared: Floats = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return shared


def reliability(gold: Bools, p: Floats) -> list[tuple[int, float, float]]:
    """Of each of ten equal bins of probability that isn't empty: its size, mean probability and true share."""
    place = np.minimum((p * _BINS).astype(np.int64), _BINS - 1)
    bins = [place == number for number in range(_BINS)]
    return [(int(b.sum()), float(p[b].mean()), float(gold[b].mean())) for b in bins if b.any()]


def calibration_error(gold: Bools, p: Floats) -> float:
    """Expected calibration error over ten equal bins (Naeini et al. 2015).

    >>> calibration_error(np.array([True, False]), np.array([0.5, 0.5]))
    0.0
    """
    return sum(count * abs(mean - share) for count, mean, share in reliability(gold, p)) / max(len(gold), 1)


def confusion(judged: Judged) -> Ints:
    """Counts int64[4, 4] of gold level (rows) against judged level (columns)."""
    table = np.zeros((len(LEVELS), len(LEVELS)), dtype=np.int64)
    for example, sentence in zip(judged.examples, judged.sentences, strict=True):
        if example.level is not None:
            table[example.level, sentence.level] += 1
    return table


def _measure_levels(judged: Judged) -> Metrics:
    table = confusion(judged)
    if not table.sum():
        return {}
    per = [
        rates(int(table[k, k]), int(table[:, k].sum() - table[k, k]), int(table[k].sum() - table[k, k]))[2]
        for k in LEVELS
    ]
    return {
        "level_accuracy": float(np.trace(table) / table.sum()),
        "level_macro_f1": float(np.mean(np.array(per)[table.sum(axis=0) + table.sum(axis=1) > 0])),
        **{f"f1_{level.label}": per[level] for level in LEVELS},
    }


def _measure_certainty(judged: Judged) -> Metrics:
    pairs = [(e.certainty, s.certainty) for e, s in zip(judged.examples, judged.sentences, strict=True)]
    known = np.array([(gold, said) for gold, said in pairs if gold is not None], dtype=np.float64)
    if len(known) < 3 or known.std(axis=0).min() == 0:
        return {}
    gold, said = known.T
    return {
        "certainty_r": float(np.corrcoef(gold, said)[0, 1]),
        "certainty_rho": float(np.corrcoef(ranks(gold), ranks(said))[0, 1]),
    }


def match_spans(gold: Sequence[Span], found: Sequence[Span]) -> tuple[list[tuple[Span, Span]], int, int]:
    """Pair spans (start, end, tag) one to one by overlap -> pairs, number of gold missed, number of found extra.

    >>> match_spans([(0, 3, "a")], [(2, 5, "b"), (7, 9, "a")])
    ([((0, 3, 'a'), (2, 5, 'b'))], 0, 1)
    """
    left, pairs = list(found), []
    for span in gold:
        hit = next((other for other in left if span[0] < other[1] and other[0] < span[1]), None)
        if hit is not None:
            left.remove(hit)
            pairs.append((span, hit))
    return pairs, len(gold) - len(pairs), len(left)


def _measure_cues(judged: Judged) -> Metrics:
    hits = extra = missed = typed = same = exact = 0
    seen = False
    typed_corpora = {e.corpus for e in judged.examples if any(cue.type for cue in e.cues or ())}
    for example, sentence in zip(judged.examples, judged.sentences, strict=True):
        if example.cues is None:
            continue
        seen = True
        gold = [(cue.start, cue.end, cue.type.value if cue.type else "") for cue in example.cues]
        found = [(cue.start, cue.end, cue.type.value) for cue in sentence.cues]
        if example.corpus not in typed_corpora:  # what is marked is hedges, no weasels, approximators and boosters
            found = [span for span in found if span[2] in LOWERING_NAMES]
        pairs, lost, more = match_spans(gold, found)
        hits, missed, extra = hits + len(pairs), missed + lost, extra + more
        typed += sum(bool(pair[0][2]) for pair in pairs)
        same += sum(pair[0][2] == pair[1][2] for pair in pairs)
        exact += sum(pair[0][:2] == pair[1][:2] for pair in pairs)
    if not seen:
        return {}
    precision, recall, f1 = rates(hits, extra, missed)
    figures = {"cue_precision": precision, "cue_recall": recall, "cue_f1": f1}
    figures["cue_span_accuracy"] = share(exact, hits)
    return figures | ({"cue_type_accuracy": same / typed} if typed else {})


def _measure_holders(judged: Judged) -> Metrics:
    rows = [i for i, example in enumerate(judged.examples) if example.has_holder]
    if not rows:
        return {}
    hits = extra = missed = same = 0
    for i in rows:
        gold, found = judged.examples[i].holder, judged.sentences[i].holder
        pairs, lost, more = match_spans(
            [(gold.start, gold.end, gold.kind.value)] if gold else [],
            [(found.start, found.end, found.kind.value)] if found else [],
        )
        hits, missed, extra = hits + len(pairs), missed + lost, extra + more
        same += sum(pair[0][2] == pair[1][2] for pair in pairs)
    return {"holder_f1": rates(hits, extra, missed)[2], "holder_kind_accuracy": share(same, hits)}


@dataclass(frozen=True)
class Difference:
    """A figure of two models on the same examples.

    Attributes
    ----------
    name, old, new : the figure.
    low, high : 95% interval of new - old, by bootstrap over documents.

    """

    name: str
    old: float
    new: float
    low: float
    high: float

    @property
    def worse(self) -> bool:
        """The interval lies on the wrong side of zero."""
        return (self.low > 0) if self.name in _ERRORS else (self.high < 0)

    @property
    def better(self) -> bool:
        """The interval lies on the right side of zero."""
        return (self.high < 0) if self.name in _ERRORS else (self.low > 0)


def compare(old: Judged, new: Judged, *, samples: int = 500, seed: int = 0) -> list[Difference]:
    """Set two models' figures on the same examples side by side.

    Documents are resampled, not sentences, as sentences of one document are alike (Efron & Tibshirani 1993).
    """
    before, after = measure(old), measure(new)
    names = [name for name in after if name in before and name != "sentences"]
    draws = _bootstrap(old.examples, samples, seed, lambda rows: (measure(old.subset(rows)), measure(new.subset(rows))))
    found = []
    for name in names:
        gaps = np.array([b[name] - a[name] for a, b in draws if name in a and name in b])
        gaps = gaps[~np.isnan(gaps)]
        low, high = np.quantile(gaps, [0.025, 0.975]) if len(gaps) else (float("nan"),) * 2
        found.append(Difference(name, before[name], after[name], float(low), float(high)))
    return found


def _bootstrap(
    examples: Sequence[Example], samples: int, seed: int, action: Callable[[Ints], tuple[Metrics, Metrics]]
) -> list[tuple[Metrics, Metrics]]:
    documents: dict[str, list[int]] = {}
    for row, example in enumerate(examples):
        documents.setdefault(f"{example.corpus} {example.document}", []).append(row)
    groups = [np.array(rows) for rows in documents.values()]
    random = np.random.default_rng(seed)
    return [
        action(np.concatenate([groups[k] for k in random.integers(0, len(groups), len(groups))]))
        for _ in range(samples)
    ]
