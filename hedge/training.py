"""Examples to weights: logistic regressions of cues and levels on the features of scoring, of the register and sources.

1. The surface forms to look for: the lexicon's, and those that the training corpora mark as cues; and the register
   that words speak of, from the genres of the sentences, whose own register is learned without their fold. Likewise
   which noun phrases are sources, and the holders of the sentences.
2. The cue model, on every candidate whose corpus marks cues.
3. Its out-of-fold logits give the level model the confidence that it will meet in use.
4. The level model: one regression for each of level >= possible, probable, certain; a corpus teaches the decisions
   that it can label. Features that name the corpus take up what is peculiar to its definition and are then dropped.
5. Calibration on out-of-fold logits, in which each corpus of the target's definition counts the same: our guide's
   own sentences are hedged more often than text is. And the threshold of the level certain: one half where the target
   has levels; else from half of the best F1 of hedged on.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from hedge.buffer import Ints, positions
from hedge.columns import set_confidence, set_register
from hedge.corpora.example import Example
from hedge.errors import InputError
from hedge.fitting import (
    calibrate_all,
    corpus_numbers,
    cue_matrix,
    cue_targets,
    find_known,
    forget_learned,
    level_labels,
    level_matrix,
    level_targets,
    level_values,
    of_target,
    quantise,
    to_units,
)
from hedge.gold import Alignment, align_cues, align_holders, assign_folds, find_margins, learn_lexicon
from hedge.holder import (
    SOURCE_BITS,
    SOURCE_TEMPLATES,
    Holders,
    SourceWeights,
    choose_holders,
    find_likeliest,
    find_phrases,
)
from hedge.lexicon import know, trim
from hedge.model import Floats, Weights, read
from hedge.packing import BOUNDS, make_level_table
from hedge.passage import Passage, read_texts, read_tokens
from hedge.register import NO_REGISTER, Register, find_steps
from hedge.regression import (
    PECULIAR,
    WORDS,
    Fit,
    Group,
    fit_all,
    fit_best,
    least_logit,
    make_matrix,
)
from hedge.settings import Settings
from hedge.shipped import shipped_folder
from hedge.sums import LOGIT_SCALE, word_places

Progress = Callable[[str], None]

SOURCES_FROM: Final = "general"
"""The model that comes with the package from which others that can't learn it have what a source is."""

_ENOUGH_HOLDERS: Final = 1000
"""Marked holders from which it can be learned what a source is."""


@dataclass(frozen=True, eq=False, repr=False)
class Trained:
    """A model and what it was made from, by which each example can be judged without its own fold (`hedge.held_out`).

    Attributes
    ----------
    weights : the model.
    examples, settings : what it was trained on, and how.
    fold : int64[s], the fold of each example.
    passage : the examples as they were read, with registers and holders found without their fold.
    cue, level : the regressions, of candidates and of the three decisions.

    """

    weights: Weights
    examples: Sequence[Example]
    settings: Settings
    fold: Ints
    passage: Passage
    cue: Fit
    level: Sequence[Fit]


def train(
    examples: Sequence[Example], settings: Settings | None = None, progress: Progress = lambda step: None
) -> Weights:
    """Train a model.

    Parameters
    ----------
    examples : labelled sentences of one corpus or several.
    settings : how to train.
    progress : called with the name of each step as it begins.

    """
    return learn(examples, settings or Settings(), progress).weights


def learn(examples: Sequence[Example], settings: Settings, progress: Progress) -> Trained:
    """Train a model, as `train` does, and keep what it was made from."""
    examples = list(examples)
    progress("reading sentences")
    lexicon, untaught = learn_lexicon(examples, settings.target)
    fold = assign_folds(examples, settings.folds, settings.seed)
    register, held_out = fit_register(examples, fold, settings)
    lexicon = dataclasses.replace(lexicon, register=register)
    passage = read_texts(lexicon, [example.text for example in examples])
    enter_register(passage, held_out)
    sources, holders = fit_sources(examples, passage, fold, settings)
    lexicon = dataclasses.replace(lexicon, sources=sources)
    passage = dataclasses.replace(passage, holders=holders)
    progress("cue model")
    alignment = align_cues(examples, passage)
    cue = _fit_cues(examples, passage, alignment, fold, settings)
    cue = forget_learned(cue, passage, untaught, fold)
    set_confidence(passage.columns, to_units(cue.shared))
    progress("level model")
    level = _fit_levels(examples, passage, fold, settings)
    progress("calibration")
    cue_calibration, calibration, threshold = calibrate_all(examples, cue, level, settings)
    lexicon = trim(lexicon, find_margins(lexicon, passage, alignment, of_target(examples, settings)))
    weights = Weights(
        quantise(cue.coefficients[:WORDS]),
        quantise(cue.coefficients[WORDS:PECULIAR] * settings.cue_word_value),
        round(cue.intercept * LOGIT_SCALE),
        make_level_table(np.stack([quantise(fit.coefficients[:WORDS] * level_values(settings)) for fit in level])),
        np.array([round(fit.intercept * LOGIT_SCALE) for fit in level], dtype=np.int64),
        cue_calibration,
        calibration,
        0.5,
        threshold,
        know(lexicon, find_known(passage)),
    )
    return Trained(weights, examples, settings, fold, passage, cue, level)


def fit_register(examples: Sequence[Example], fold: Ints, settings: Settings) -> tuple[Register, Floats]:
    """What words say of the register, from the examples with a genre; and their logits float64[examples], held out.

    The logits are nan for an example without a genre, and for all if none is technical prose, or each, or if all
    words are rare.
    """
    held_out = np.full(len(examples), np.nan)
    placed = positions(np.array([bool(example.genre) for example in examples]))
    technical = np.array([examples[index].genre in settings.technical for index in placed])
    if technical.all() or not technical.any():
        return NO_REGISTER, held_out
    _, tokens, first, last = read_tokens([examples[index].text for index in placed])
    owners = np.arange(len(first)).repeat(last - first)
    matrix = make_matrix(len(placed), [Group(WORDS + word_places(tokens.hash), owners)])
    if not matrix.nnz:  # all words are rare
        return NO_REGISTER, held_out
    penalties = (settings.register_penalty,)
    fit = fit_best(matrix, technical, np.ones(len(placed)), fold[placed], penalties, settings.jobs)
    held_out[placed] = fit.held_out
    words = quantise(fit.coefficients[WORDS:PECULIAR])
    return Register(words, round(fit.intercept * LOGIT_SCALE)), held_out


def enter_register(passage: Passage, held_out: Floats) -> None:
    """Give the sentences that taught the register the steps that they would have had without their own fold.

    `held_out` float64[s] are their logits, nan for a sentence that taught none of it.
    """
    taught = positions(~np.isnan(held_out))
    register = passage.marks.register
    register[taught] = find_steps(to_units(held_out[taught]))
    set_register(passage.columns, register[passage.candidates.sentence])


def teach_sources(examples: Sequence[Example], settings: Settings) -> bool:
    """Whether enough holders are marked to learn from them what a source is."""
    counting = (settings.weight(example.corpus) > 0 for example in examples if example.holder)
    return sum(counting) >= _ENOUGH_HOLDERS


def fit_sources(
    examples: Sequence[Example], passage: Passage, fold: Ints, settings: Settings
) -> tuple[SourceWeights, Holders]:
    """What makes a noun phrase a source, and the holders of the passage as they are found without their own fold.

    A phrase is taken for a source from half of the best F1 on (see `best_threshold`). Where hardly any holders are
    marked, the weights are those of the model `SOURCES_FROM` that comes with the package.
    """
    marks = passage.marks
    phrases, columns = find_phrases(passage.buffer, passage.tokens, passage.flags, marks.first, marks.last)
    if not teach_sources(examples, settings):
        sources = read(shipped_folder("models") / SOURCES_FROM).lexicon.sources
        return sources, choose_holders(phrases, sources.logits(columns))
    hit = align_holders(examples, passage, phrases)
    weights = np.array([settings.weight(example.corpus) * example.has_holder for example in examples])
    marked = float(weights[[example.holder is not None for example in examples]].sum())
    rows = np.arange(len(hit))
    matrix = make_matrix(len(rows), [Group(SOURCE_TEMPLATES.indices(columns), rows)])
    taught = weights[phrases.sentence]
    fit = fit_best(matrix, hit, taught, fold[phrases.sentence], (settings.source_penalty,), settings.jobs)
    best = find_likeliest(phrases, fit.held_out)
    least = least_logit(fit.held_out[best], hit[best], taught[best], marked)
    bias = round((fit.intercept - least) * LOGIT_SCALE)
    sources = SourceWeights(quantise(fit.coefficients[: 1 << SOURCE_BITS]), bias)
    return sources, choose_holders(phrases, fit.held_out - least)


def _fit_cues(
    examples: Sequence[Example], passage: Passage, alignment: Alignment, fold: Ints, settings: Settings
) -> Fit:
    labels, weights = cue_targets(examples, passage, alignment, settings)
    sentence = passage.candidates.sentence
    if not weights.any():
        # No corpus marks cues: every candidate of a hedged sentence is taken for one.
        labels = np.array([bool(e.hedged) for e in examples])[sentence]
        weights = np.array([float(e.hedged is not None) for e in examples])[sentence]
    matrix = cue_matrix(passage, corpus_numbers(examples, settings.of_definition), settings)
    return fit_best(matrix, labels, weights, fold[sentence], settings.cue_penalties, settings.jobs)


def _fit_levels(examples: Sequence[Example], passage: Passage, fold: Ints, settings: Settings) -> list[Fit]:
    labels, weights = level_targets(examples, settings)
    matrix = level_matrix(passage, corpus_numbers(examples, settings.of_definition), settings)

    def decide(*bounds: int) -> list[Fit]:
        targets = [(labels[bound], weights[bound]) for bound in bounds]
        return fit_all(matrix, targets, fold, settings.level_penalties, settings.jobs)

    if not weights[: BOUNDS - 1].any():
        # Without levels, all that is hedged is called possible.
        (certain,) = decide(BOUNDS - 1)
        fours = np.full(len(examples), 4.0)
        always = dataclasses.replace(
            certain, coefficients=certain.coefficients * 0, intercept=4.0, held_out=fours, shared=fours
        )
        return [always, certain, certain]
    return decide(*range(BOUNDS))


def check_examples(examples: Sequence[Example]) -> None:
    """Refuse examples from which nothing can be told apart, or of which none can be held out.

    Raises
    ------
    InputError : there are less than two hedged or less than two certain ones, or all are of one document.

    """
    certain = [level_labels(example)[-1] for example in examples]
    hedged, firm = certain.count(0.0), certain.count(1.0)
    if min(hedged, firm) < 2:
        raise InputError(
            f"training needs two hedged and two certain sentences at least; found {hedged} hedged and {firm} certain "
            f"in {len(examples)}"
        )
    if len({(example.corpus, example.document) for example in examples}) < 2:
        raise InputError("all sentences are of one document, so that none can be held out; give some of others too")


def relabel(weights: Weights, **metadata: Any) -> Weights:
    """Return the model with more metadata."""
    return dataclasses.replace(weights, metadata={**weights.metadata, **metadata})
