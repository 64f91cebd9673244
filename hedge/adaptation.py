"""A model adapted to labelled sentences: what it says is kept, and what their labels say beyond it is learned.

Each regression is fitted on the features of training, but starts from the calibrated logits of the model at hand and
learns only what to add to them, penalised as held-out documents ask for; nothing, if that is best. So a few hundred
sentences are enough, none are needed of those that the model was trained on, and the sum is again one model of the same
form. A thousand of our sentences are learned from with them, at a small weight: they stand for what the model knows, so
that labels that contradict it in one thing (*aims to*) aren't explained by what plain sentences share (*to, the*).

- Cues are adapted if the sentences mark cues, and then marked phrases are added to the forms that are looked for.
- What a source is and what words say of the register stay as they are, and so does the threshold.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from hedge.buffer import Ints
from hedge.columns import set_confidence
from hedge.corpora.example import Example
from hedge.corpora.records import read_records
from hedge.errors import ModelError
from hedge.fitting import (
    corpus_numbers,
    cue_matrix,
    cue_targets,
    find_known,
    forget_learned,
    level_matrix,
    level_targets,
    level_values,
    of_target,
    quantise,
)
from hedge.gate import KNOWN
from hedge.gold import align_cues, assign_folds, find_margins, new_forms
from hedge.judgement import cue_logits, level_logits
from hedge.levels import Level
from hedge.lexicon import Lexicon, assemble_lexicon, compile_lexicon, know, trim
from hedge.model import Floats, Weights
from hedge.packing import make_level_table, unpack
from hedge.passage import Passage, read_texts
from hedge.regression import PECULIAR, WORDS, fit_best
from hedge.settings import Settings
from hedge.sums import LOGIT_SCALE
from hedge.training import Progress

_REHEARSED: Final = "rehearsed"

_REHEARSAL: Final = Path(__file__).with_name("rehearsal.jsonl")
"""Every 179th of the sentences in `corpora/`."""

_PECULIAR_VALUE: Final = 5.0
"""Value of features that name the corpus: in all that they don't share, other corpora contradict the model at hand."""


def adapt(
    base: Weights,
    examples: Sequence[Example],
    settings: Settings | None = None,
    progress: Progress = lambda step: None,
) -> Weights:
    """Adapt a model.

    Parameters
    ----------
    base : the model at hand, which tells levels apart and wasn't trained on the examples.
    examples : labelled sentences of one corpus or several.
    settings : how to train.
    progress : called with the name of each step as it begins.

    Raises
    ------
    ModelError : the base model doesn't tell levels apart.

    """
    _, probable, certain = unpack(base.level_table.sets)
    if (probable == certain).all():
        raise ModelError("the model to build on tells no levels apart; take another one, such as general")
    settings = _count_rehearsed(settings or Settings())
    lexicon, old_forms = base.lexicon, len(base.lexicon.forms)
    if any(example.cues for example in examples):
        lexicon = _learn_forms(lexicon, examples)
    rehearsed = [dataclasses.replace(e, corpus=_REHEARSED) for e in read_records(_REHEARSAL).examples]
    together = [*examples, *rehearsed]
    fold = assign_folds(together, settings.folds, settings.seed)
    corpora = np.zeros(len(together), dtype=np.int64)  # what is rehearsed has no definition of its own
    corpora[: len(examples)] = corpus_numbers(examples, settings.of_definition)
    passage = read_texts(lexicon, [example.text for example in together])
    base = dataclasses.replace(base, lexicon=_know_more(lexicon, passage), metadata={"base": _describe(base)})
    progress("cue model")
    base, logits = _adapt_cues(base, together, passage, corpora, old_forms, fold, settings)
    set_confidence(passage.columns, logits)
    progress("level model")
    return _adapt_levels(base, together, passage, corpora, fold, settings)


def _count_rehearsed(settings: Settings) -> Settings:
    """Return the settings with a weight for what is rehearsed, and the value that suits features of other corpora."""
    rehearsed = (_REHEARSED, settings.rehearsed)
    return dataclasses.replace(
        settings,
        peculiar_value=_PECULIAR_VALUE,
        corpus_weights=(*settings.corpus_weights, rehearsed),
        cue_weights=(*settings.cue_weights, rehearsed),
    )


def _describe(base: Weights) -> dict[str, Any]:
    """Name of a model, and digests of what it, and what it was made from, was trained on."""
    return {"name": base.metadata.get("name", "a model"), "sha256": list(base.trained_on)}


def _learn_forms(lexicon: Lexicon, examples: Sequence[Example]) -> Lexicon:
    """Return the lexicon with the marked phrases in which it finds nothing; the others keep their types and margins."""
    marked = [example for example in examples if example.cues is not None]
    passage = read_texts(lexicon, [example.text for example in marked])
    alignment = align_cues(marked, passage)
    added = compile_lexicon(new_forms(marked, alignment.covered, passage))
    longer = assemble_lexicon(
        lexicon.listing + added.listing,
        np.append(lexicon.words, added.words),
        np.append(lexicon.columns, added.columns, axis=1),
        np.append(lexicon.margins, added.margins, axis=1),
    )
    longer = know(longer, (lexicon.gate & KNOWN) > 0)
    return dataclasses.replace(longer, register=lexicon.register, sources=lexicon.sources)


def _know_more(lexicon: Lexicon, passage: Passage) -> Lexicon:
    """Return the lexicon with the words of a passage among those that training saw."""
    return know(lexicon, (lexicon.gate & KNOWN) > 0 | find_known(passage))


def _adapt_cues(
    base: Weights,
    examples: Sequence[Example],
    passage: Passage,
    corpora: Ints,
    old_forms: int,
    fold: Ints,
    settings: Settings,
) -> tuple[Weights, Ints]:
    """The model with other weights of cues, and the candidates' logits int64[c] as they are without their own fold.

    The first `old_forms` forms of the lexicon are those that the model had before. Weights stay as they are if only
    what is rehearsed marks cues.
    """
    logits, sentence = cue_logits(base, passage), passage.candidates.sentence
    alignment = align_cues(examples, passage)
    labels, weights = cue_targets(examples, passage, alignment, settings)
    rehearsed = np.array([example.corpus == _REHEARSED for example in examples])
    if not weights[~rehearsed[sentence]].any():
        return base, logits
    slope, intercept = base.cue_calibration
    offset = logits * (slope / LOGIT_SCALE) + intercept
    matrix = cue_matrix(passage, corpora, settings)
    fit = fit_best(matrix, labels, weights, fold[sentence], settings.base_penalties, settings.jobs, offset)
    fit = forget_learned(fit, passage, old_forms, fold)
    margins = find_margins(base.lexicon, passage, alignment, of_target(examples, settings))
    margins[:, :old_forms] = base.lexicon.margins[:, :old_forms]
    adapted = dataclasses.replace(
        base,
        cue_table=_add(base.cue_table, fit.coefficients[:WORDS] / slope),
        cue_words=_add(base.cue_words, fit.coefficients[WORDS:PECULIAR] * settings.cue_word_value / slope),
        cue_bias=base.cue_bias + round(fit.intercept / slope * LOGIT_SCALE),
        lexicon=trim(base.lexicon, margins),
    )
    return adapted, np.round((fit.held_out - intercept) * (LOGIT_SCALE / slope)).astype(np.int64)


def _adapt_levels(
    base: Weights, examples: Sequence[Example], passage: Passage, corpora: Ints, fold: Ints, settings: Settings
) -> Weights:
    """The model with other weights of levels."""
    logits = level_logits(base, passage)
    cumulative = base.level_probabilities(logits)
    judged = base.levels(-np.diff(cumulative, axis=0, prepend=1.0, append=0.0))
    labels, weights = level_targets(_complete(examples, judged), settings)
    matrix = level_matrix(passage, corpora, settings)
    tables, bias = base.level_table.weights(), base.level_bias.copy()
    for bound, (slope, intercept) in enumerate(base.level_calibration.tolist()):
        offset = logits[bound] * (slope / LOGIT_SCALE) + intercept
        fit = fit_best(matrix, labels[bound], weights[bound], fold, settings.base_penalties, settings.jobs, offset)
        tables[bound] = _add(tables[bound], fit.coefficients[:WORDS] * level_values(settings) / slope)
        bias[bound] += round(fit.intercept / slope * LOGIT_SCALE)
    return dataclasses.replace(base, level_table=make_level_table(tables), level_bias=bias)


def _add(table: npt.NDArray[Any], coefficients: Floats) -> npt.NDArray[np.int16]:
    """A table of weights and what is to be added to them."""
    return quantise(table / LOGIT_SCALE + coefficients)


def _complete(examples: Sequence[Example], judged: npt.NDArray[np.int8]) -> list[Example]:
    """Give each example that only says whether it is hedged a level: if hedged, that which the model judged, int8[s].

    What the model judged certain is called possible. Without levels, decisions that are adapted and others that aren't
    would contradict each other.
    """
    hedged = np.where(judged < Level.CERTAIN, judged, Level.POSSIBLE).tolist()
    return [
        dataclasses.replace(example, level=Level(level) if example.hedged else Level.CERTAIN)
        if example.level is None and example.hedged is not None
        else example
        for example, level in zip(examples, hedged, strict=True)
    ]
