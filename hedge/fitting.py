"""Examples to regressions: the matrices, labels and weights of cues and levels, and what calibrates them.

Features that name the corpus take up what is peculiar to its definition of the labels and are then dropped.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from hedge.buffer import WORD, Ints, positions
from hedge.columns import CUE_COLUMNS, SENTENCE_COLUMNS, level_cues, sentence_columns
from hedge.corpora.example import Example
from hedge.features import CUE_TEMPLATES, LAST_QUARTER, LEVEL_CUE_TEMPLATES, SENTENCE_TEMPLATES
from hedge.gate import GATE_BITS, places
from hedge.gold import Alignment
from hedge.levels import HEDGE_TYPES
from hedge.model import Floats, sigmoid
from hedge.packing import BOUNDS
from hedge.passage import Passage
from hedge.regression import (
    PECULIAR,
    PECULIAR_BITS,
    UNCALIBRATED,
    WORDS,
    Fit,
    Group,
    best_threshold,
    calibrate,
    make_matrix,
)
from hedge.settings import Settings
from hedge.sums import LOGIT_SCALE, WORD_BITS, pair_places, word_places
from hedge.tokens import Bools

_NEVER: Final = -10.0
"""Logit of a candidate that would not have been one."""


def cue_targets(
    examples: Sequence[Example], passage: Passage, alignment: Alignment, settings: Settings
) -> tuple[Bools, Floats]:
    """Which candidates are cues, bool[c], and how much each counts, float64[c]: 0 where its corpus marks no cues."""
    sentence = passage.candidates.sentence
    kinds = passage.columns[CUE_COLUMNS.index("type")].astype(np.int64) - 1
    typed = {e.corpus for e in examples if any(cue.type for cue in e.cues or ())}
    marks = np.array([settings.cue_weight(e.corpus) if e.cues is not None else 0.0 for e in examples])
    hedges_only = np.array([e.corpus not in typed for e in examples])
    return alignment.hit, marks[sentence] * ~(hedges_only[sentence] & (kinds >= HEDGE_TYPES))


def cue_matrix(passage: Passage, corpora: Ints, settings: Settings) -> sparse.csr_matrix:
    """Cue features float32[c, columns] of every candidate; `corpora` int64[s], 0 for the target's definition."""
    sentence = passage.candidates.sentence
    kinds = passage.columns[CUE_COLUMNS.index("type")].astype(np.int64) - 1
    peculiar = _peculiar(corpora[sentence], [passage.columns[CUE_COLUMNS.index("form")], kinds, np.zeros_like(kinds)])
    rows = np.arange(len(sentence))
    words, owners = _words_of_sentences(passage, sentence)
    return make_matrix(
        len(rows),
        [
            Group(CUE_TEMPLATES.indices(passage.columns), rows),
            Group(WORDS + words, owners, settings.cue_word_value),
            Group(peculiar, rows, settings.peculiar_value),
        ],
    )


def _words_of_sentences(passage: Passage, sentence: Ints) -> tuple[Ints, Ints]:
    """All words of each of some sentences int64[k], as places in a table, and which of the k each is of."""
    first, last = passage.marks.first[sentence], passage.marks.last[sentence]
    sizes = last - first
    owners = np.arange(len(sentence)).repeat(sizes)
    words = np.arange(len(owners)) - (sizes.cumsum() - sizes - first).repeat(sizes)
    return word_places(passage.tokens.hash)[words], owners


def forget_learned(cue: Fit, passage: Passage, untaught: int, fold: Ints) -> Fit:
    """Give candidates the logit that they would have had if their phrases hadn't been learned from their own fold.

    A phrase that only one fold taught would not have been a candidate there; it counts as surely no cue. The first
    `untaught` forms were there anyway.
    """
    taught = np.unique(
        np.stack((passage.candidates.form, fold[passage.candidates.sentence]))[:, cue.labels & (cue.weights > 0)],
        axis=1,
    )
    teachers = np.bincount(taught[0], minlength=int(passage.candidates.form.max(initial=0)) + 1)
    alone = (teachers == 1) & (np.arange(len(teachers)) >= untaught)
    unseen = alone[passage.candidates.form]
    held_out, shared = (np.where(unseen, _NEVER, logits) for logits in (cue.held_out, cue.shared))
    return dataclasses.replace(cue, held_out=held_out, shared=shared, weights=np.where(unseen, 0.0, cue.weights))


def corpus_numbers(examples: Sequence[Example], of_definition: Sequence[str]) -> Ints:
    """0 for the corpora of the target's definition (or the only one), 1.. for the others, int64[examples]."""
    names = sorted({e.corpus for e in examples})
    if len(names) == 1:
        return np.zeros(len(examples), dtype=np.int64)
    numbers = {name: number for number, name in enumerate(names, 1)} | dict.fromkeys(of_definition, 0)
    return np.array([numbers[e.corpus] for e in examples], dtype=np.int64)


def _peculiar(corpora: Ints, columns: Sequence[npt.NDArray[Any]]) -> Ints:
    """Indices from PECULIAR on of features that join a column with the corpus; -1 for the target's definition."""
    rows = []
    for number, column in enumerate(columns):
        value = (column.astype(np.uint64) + np.uint64(number + 1)) * np.uint64(0x9E3779B97F4A7C15)
        value = (value + corpora.astype(np.uint64)) * np.uint64(0xD1B54A32D192ED03)
        rows.append(np.where(corpora > 0, PECULIAR + (value >> np.uint64(64 - PECULIAR_BITS)).astype(np.int64), -1))
    return np.stack(rows)


def level_labels(example: Example) -> tuple[float, ...]:
    """Whether the level is at least possible, probable, certain: 1, 0, or nan where the example doesn't say."""
    if example.level is not None:
        return tuple(float(example.level >= bound + 1) for bound in range(BOUNDS))
    if example.hedged is not None:
        return (float("nan"), float("nan"), float(not example.hedged))
    if example.certainty is not None and example.corpus == "science":
        return tuple(float(example.certainty >= bound) for bound in (2.5, 3.5, 4.75))
    return (float("nan"),) * BOUNDS


def count_hedged(examples: Iterable[Example]) -> int:
    """How many examples teach that a sentence is hedged."""
    return sum(level_labels(example)[-1] == 0 for example in examples)


def level_matrix(passage: Passage, corpora: Ints, settings: Settings) -> sparse.csr_matrix:
    """Level features float32[s, columns] of every sentence; `corpora` int64[s], 0 for the target's definition."""
    marks, candidates, hashes = passage.marks, passage.candidates, passage.tokens.hash
    count = len(marks.first)
    own = np.repeat(np.arange(count), marks.last - marks.first)
    paired = positions(own[1:] == own[:-1])
    columns = sentence_columns(passage.tokens, marks, passage.holders, candidates, passage.columns)
    templates = SENTENCE_TEMPLATES.indices(columns)
    used = level_cues(passage.columns)
    cues = LEVEL_CUE_TEMPLATES.indices(passage.columns[:, used])
    sentence = candidates.sentence[used]
    confidence, form, kind = (passage.columns[CUE_COLUMNS.index(n), used] for n in ("confidence", "phrase", "type"))
    peculiar_cues = _peculiar(corpora[sentence], [form * np.uint32(8) + confidence, kind * np.uint32(8) + confidence])
    top, strongest = (columns[SENTENCE_COLUMNS.index(name)] for name in ("top", "strongest"))
    peculiar = _peculiar(corpora, [np.zeros_like(top), top, strongest + np.uint32(100)])
    every = np.arange(count)
    return make_matrix(
        count,
        [
            Group(templates, every),
            Group(word_places(hashes), own, settings.word_value),
            Group(pair_places(hashes)[paired], own[paired], settings.pair_value),
            Group(cues, sentence),
            Group(peculiar, every, settings.peculiar_value),
            Group(peculiar_cues, sentence, settings.peculiar_value),
        ],
    )


def of_target(examples: Sequence[Example], settings: Settings) -> Bools:
    """Which examples follow the target's definition, bool[examples]; all if none does."""
    targets = np.array([e.corpus in settings.of_definition for e in examples])
    return targets if targets.any() else ~targets


def find_known(passage: Passage) -> Bools:
    """bool[1 << GATE_BITS]: the places in the gate of words that stand at least twice in the passage."""
    taken = places(passage.tokens.hash[passage.tokens.kind == WORD])
    known: Bools = np.bincount(taken, minlength=1 << GATE_BITS) >= 2
    return known


def quantise(coefficients: Floats) -> npt.NDArray[np.int16]:
    """Coefficients as the integers of a table, in units of 1 / LOGIT_SCALE."""
    limit = 32767
    rounded: npt.NDArray[np.int16] = np.clip(np.round(coefficients * LOGIT_SCALE), -limit, limit).astype(np.int16)
    return rounded


def to_units(logits: Floats) -> Ints:
    """Logits of any shape as whole numbers int64, in units of 1 / LOGIT_SCALE."""
    units: Ints = np.round(logits * LOGIT_SCALE).astype(np.int64)
    return units


def level_targets(examples: Sequence[Example], settings: Settings) -> tuple[Bools, Floats]:
    """What the examples say of each decision: whether it is to be taken, bool[3, s], and how much it counts.

    The weights float64[3, s] are 0 where an example doesn't say.
    """
    labels = np.array([level_labels(example) for example in examples]).T
    weights = np.array([settings.weight(e.corpus) * (e.corpus not in settings.lent) for e in examples])
    return labels == 1, weights * ~np.isnan(labels)


def level_values(settings: Settings) -> Floats:
    """Values float64[WORDS] of the features of the level model: less than 1 for those that are penalised more."""
    values = np.ones(WORDS)
    values[: 1 << WORD_BITS], values[1 << WORD_BITS : LAST_QUARTER] = settings.word_value, settings.pair_value
    return values


def calibrate_all(
    examples: Sequence[Example], cue: Fit, level: Sequence[Fit], settings: Settings
) -> tuple[Floats, Floats, float]:
    """Calibration of the cues and of the levels, and the threshold of the level certain, as `Weights` has them."""
    calibration = calibrate_levels(examples, level, settings)
    threshold = choose_threshold(examples, level[-1], calibration[-1], settings)
    return calibrate(cue.held_out, cue.labels, cue.weights), calibration, threshold


def calibrate_levels(examples: Sequence[Example], fits: Sequence[Fit], settings: Settings) -> Floats:
    """Slope and intercept float64[fits, 2] of the logits of each decision."""
    targets = of_target(examples, settings)
    _, corpora = np.unique([e.corpus for e in examples], return_inverse=True)

    def held_out(fit: Fit) -> tuple[Floats, Bools, Floats]:
        rows = targets & (fit.weights > 0)
        return fit.held_out[rows], fit.labels[rows], _even(fit.weights[rows], corpora[rows])

    return np.array([calibrate(*held_out(fit)) for fit in fits])


def choose_threshold(examples: Sequence[Example], certain: Fit, line: Floats, settings: Settings) -> float:
    """Probability of *certain* from which a sentence is: one half if the target has levels, else by `best_threshold`.

    One half too where the logits couldn't be calibrated, since they then say nothing of probabilities.

    `line` float64[2] are slope and intercept of the logits.
    """
    targets = of_target(examples, settings)
    if any(e.level is not None for e, target in zip(examples, targets, strict=True) if target):
        return 0.5
    if np.array_equal(line, UNCALIBRATED):
        return 0.5
    rows = targets & (certain.weights > 0)
    return best_threshold(sigmoid(certain.held_out[rows] * line[0] + line[1]), certain.labels[rows])


def _even(weights: Floats, corpora: Ints) -> Floats:
    """Weights float64[n] of which each corpus int64[n] has the same part, as many in all as there are rows."""
    totals = np.bincount(corpora, weights).astype(np.float64)
    count = max(int(np.count_nonzero(totals)), 1)
    even: Floats = weights / totals[corpora] * (len(weights) / count)
    return even
