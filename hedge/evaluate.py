"""A model's judgement beside gold labels: the field's figures, with bootstrap intervals and comparisons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
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


@dataclass(frozen=True, eq=False)
class _Tally:
    """What figures are made of, in numbers: a row for each example, so that some rows can be counted again.

    Attributes
    ----------
    hedged : float64[n], gold: 1, 0, or nan where it doesn't say; `said` bool[n] and `p` float64[n] the judgement.
    level, judged : int64[n], gold, or -1 where it has none, and the judgement.
    certainty : float64[n, 2], gold, nan where it has none, and the judgement.
    cues : int64[n, 6], hits, extra, missed, typed, of the right type, with the right words; `marks` bool[n] where
        cues are marked.
    holders : int64[n, 4], hits, extra, missed, of the right kind; `sources` bool[n] where holders are marked.

    """

    hedged: Floats
    said: Bools
    p: Floats
    level: Ints
    judged: Ints
    certainty: Floats
    cues: Ints
    marks: Bools
    holders: Ints
    sources: Bools

    def take(self, rows: Ints) -> _Tally:
        """Return some of the rows."""
        return _Tally(*(getattr(self, field.name)[rows] for field in fields(self)))


def measure(judged: Judged) -> Metrics:
    """Every figure that the gold labels allow; nan where there is none of what it counts.

    Keys: ``sentences``; where examples say hedged or not: ``precision``, ``recall``, ``f1``, ``auc``, ``ece``,
    ``brier``; where they have levels: ``level_accuracy``, ``level_macro_f1``, ``f1_<level>``; a grade:
    ``certainty_r`` (Pearson), ``certainty_rho`` (Spearman); cues: ``cue_precision``, ``cue_recall``, ``cue_f1``,
    ``cue_span_accuracy`` (of the cues found, those with the very words that are marked), ``cue_type_accuracy``;
    holders: ``holder_f1``, ``holder_kind_accuracy``.
    """
    return _measure(_tally(judged))


def _measure(tally: _Tally) -> Metrics:
    figures: Metrics = {"sentences": float(len(tally.p))}
    for part in (_measure_hedged, _measure_levels, _measure_certainty, _measure_cues, _measure_holders):
        figures |= part(tally)
    return figures


def _tally(judged: Judged) -> _Tally:
    examples, sentences = judged.examples, judged.sentences
    nan = float("nan")
    typed = {e.corpus for e in examples if any(cue.type for cue in e.cues or ())}
    pairs = list(zip(examples, sentences, strict=True))
    return _Tally(
        np.array([nan if e.hedged is None else float(e.hedged) for e in examples]),
        np.array([s.level is not Level.CERTAIN for s in sentences], dtype=np.bool_),
        np.array([s.p_hedged for s in sentences]),
        np.array([-1 if e.level is None else int(e.level) for e in examples], dtype=np.int64),
        np.array([int(s.level) for s in sentences], dtype=np.int64),
        np.array([(nan if e.certainty is None else e.certainty, s.certainty) for e, s in pairs]).reshape(-1, 2),
        np.array([_count_cues(e, s, typed=e.corpus in typed) for e, s in pairs], dtype=np.int64).reshape(-1, 6),
        np.array([e.cues is not None for e in examples], dtype=np.bool_),
        np.array([_count_holders(e, s) for e, s in pairs], dtype=np.int64).reshape(-1, 4),
        np.array([e.has_holder for e in examples], dtype=np.bool_),
    )


def _measure_hedged(tally: _Tally) -> Metrics:
    rows = np.flatnonzero(~np.isnan(tally.hedged))
    if not len(rows):
        return {}
    gold, said, p = tally.hedged[rows] == 1, tally.said[rows], tally.p[rows]
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
    pairs = [(e.level, s.level) for e, s in zip(judged.examples, judged.sentences, strict=True) if e.level is not None]
    gold, said = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return _count_levels(gold, said)


def _count_levels(gold: Ints, said: Ints) -> Ints:
    counts: Ints = np.bincount(gold * len(LEVELS) + said, minlength=len(LEVELS) ** 2)
    return counts.reshape(len(LEVELS), len(LEVELS))


def _measure_levels(tally: _Tally) -> Metrics:
    known = tally.level >= 0
    if not known.any():
        return {}
    table = _count_levels(tally.level[known], tally.judged[known])
    per = [
        rates(int(table[k, k]), int(table[:, k].sum() - table[k, k]), int(table[k].sum() - table[k, k]))[2]
        for k in LEVELS
    ]
    return {
        "level_accuracy": float(np.trace(table) / table.sum()),
        "level_macro_f1": float(np.nanmean(per)),
        **{f"f1_{level.label}": per[level] for level in LEVELS},
    }


def _measure_certainty(tally: _Tally) -> Metrics:
    known = tally.certainty[~np.isnan(tally.certainty[:, 0])]
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


def _count_cues(example: Example, sentence: Sentence, *, typed: bool) -> tuple[int, ...]:
    """Hits, extra, missed cues; of the hits those whose gold has a type, of the right type, with the right words.

    Where no cue of the corpus has a type, what is marked is hedges, no weasels, approximators and boosters.
    """
    gold = [(cue.start, cue.end, cue.type.value if cue.type else "") for cue in example.cues or ()]
    found = [(cue.start, cue.end, cue.type.value) for cue in sentence.cues]
    pairs, lost, more = match_spans(gold, found if typed else [span for span in found if span[2] in LOWERING_NAMES])
    return (
        *(len(pairs), more, lost, sum(bool(marked[2]) for marked, _ in pairs)),
        sum(marked[2] == shown[2] for marked, shown in pairs),
        sum(marked[:2] == shown[:2] for marked, shown in pairs),
    )


def _measure_cues(tally: _Tally) -> Metrics:
    if not tally.marks.any():
        return {}
    hits, extra, missed, typed, same, exact = tally.cues[tally.marks].sum(axis=0).tolist()
    precision, recall, f1 = rates(hits, extra, missed)
    figures = {"cue_precision": precision, "cue_recall": recall, "cue_f1": f1}
    figures["cue_span_accuracy"] = share(exact, hits)
    return figures | ({"cue_type_accuracy": same / typed} if typed else {})


def _count_holders(example: Example, sentence: Sentence) -> tuple[int, ...]:
    """Hits, extra, missed holders, and hits of the right kind."""
    gold, found = example.holder, sentence.holder
    pairs, lost, more = match_spans(
        [(gold.start, gold.end, gold.kind.value)] if gold else [],
        [(found.start, found.end, found.kind.value)] if found else [],
    )
    return len(pairs), more, lost, sum(marked[2] == shown[2] for marked, shown in pairs)


def _measure_holders(tally: _Tally) -> Metrics:
    if not tally.sources.any():
        return {}
    hits, extra, missed, same = tally.holders[tally.sources].sum(axis=0).tolist()
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
    tallies = _tally(old), _tally(new)
    before, after = map(_measure, tallies)
    names = [name for name in after if name in before and name != "sentences"]
    draws = [tuple(_measure(tally.take(rows)) for tally in tallies) for rows in _draw(old.examples, samples, seed)]
    found = []
    for name in names:
        gaps = np.array([b[name] - a[name] for a, b in draws if name in a and name in b])
        gaps = gaps[~np.isnan(gaps)]
        low, high = np.quantile(gaps, [0.025, 0.975]) if len(gaps) else (float("nan"),) * 2
        found.append(Difference(name, before[name], after[name], float(low), float(high)))
    return found


def _draw(examples: Sequence[Example], samples: int, seed: int) -> Iterator[Ints]:
    """Rows int64[...] of as many documents as there are, drawn with replacement, `samples` times."""
    documents: dict[str, list[int]] = {}
    for row, example in enumerate(examples):
        documents.setdefault(f"{example.corpus} {example.document}", []).append(row)
    groups = [np.array(rows) for rows in documents.values()]
    random = np.random.default_rng(seed)
    for _ in range(samples):
        yield np.concatenate([groups[k] for k in random.integers(0, len(groups), len(groups))])
