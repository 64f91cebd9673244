"""What a model says of the examples that it was trained on, each judged without its own fold."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import numpy as np

from hedge.document import take_sentences
from hedge.evaluate import Judged
from hedge.fitting import calibrate_all, to_units
from hedge.judgement import judge_logits
from hedge.regression import Fit
from hedge.score import build_texts, count_from_texts
from hedge.tokens import Bools
from hedge.training import Trained


def judge_held_out(trained: Trained) -> Iterator[Judged]:
    """Judge the examples fold by fold, by regressions, calibration and threshold that the fold had no part in.

    This costs no second training, but is less strict than one: all folds had a part in which phrases are looked for,
    in their types and edges (a phrase that the fold alone taught isn't found in it, see `forget_learned`), and what was
    learned from other folds, from how sure their cues are and how well calibrated, rests on fits that saw this one. The
    fits saw two thirds of the documents, if there are three folds: figures are a little lower than those of the model.
    """
    texts = [example.text for example in trained.examples]
    cues, levels = to_units(trained.cue.shared), to_units(np.stack([fit.shared for fit in trained.level]))
    sentence = trained.passage.candidates.sentence
    for number in np.unique(trained.fold).tolist():
        others = trained.fold != number
        cue, level = _keep(trained.cue, others[sentence]), [_keep(fit, others) for fit in trained.level]
        of_cues, of_levels, threshold = calibrate_all(trained.examples, cue, level, trained.settings)
        weights = dataclasses.replace(
            trained.weights, cue_calibration=of_cues, level_calibration=of_levels, certain_threshold=threshold
        )
        columns = judge_logits(weights, trained.passage, cues, levels)
        count_from_texts(columns, trained.passage.marks, texts)
        rows = np.flatnonzero(~others)
        sentences = build_texts([texts[row] for row in rows.tolist()], take_sentences(columns, rows))
        yield Judged(tuple(trained.examples[row] for row in rows.tolist()), sentences)


def _keep(fit: Fit, rows: Bools) -> Fit:
    """The regression with what it was fitted to in some rows bool[n] alone, for calibration."""
    return dataclasses.replace(fit, weights=np.where(rows, fit.weights, 0.0))
