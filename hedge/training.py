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
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from hedge.buffer import WORD, Ints, positions
from hedge.columns import CUE_COLUMNS, SENTENCE_COLUMNS, level_cues, sentence_columns, set_confidence, set_register
from hedge.corpora.example import Example
from hedge.features import CUE_TEMPLATES, LAST_QUARTER, LEVEL_CUE_TEMPLATES, SENTENCE_TEMPLATES
from hedge.gate import GATE_BITS, places
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
from hedge.levels import HEDGE_TYPES
from hedge.lexicon import know, trim
from hedge.model import BOUNDS, Floats, Weights, pack, read, sigmoid
from hedge.register import NO_REGISTER, Register, find_steps
from hedge.regression import (
    PECULIAR,
    PECULIAR_BITS,
    WORDS,
    Fit,
    Group,
    best_threshold,
    calibrate,
    fit_all,
    fit_best,
    least_logit,
    make_matrix,
)
from hedge.score import Passage, read_texts, read_tokens
from hedge.settings import Settings
from hedge.shipped import shipped_folder
from hedge.sums import LOGIT_SCALE, WORD_BITS, pair_places, word_places
from hedge.tokens import Bools

Progress = Callable[[str], None]

SOURCES_FROM: Final = "general"
"""The model that comes with the package from which others that can't learn it have what a source is."""

_ENOUGH_HOLDERS: Final = 1000
"""Marked holders from which it can be learned what a source is."""

_NEVER: Final = -10.0
"""Logit of a candidate that would not have been one."""

_PECULIAR_VALUE: Final = 0.5
"""Value of features that name the corpus, so that what corpora agree on goes to the features they share."""


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
    settings = settings or Settings()
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
    cue = _forget_learned(_fit_cues(examples, passage, alignment, fold, settings), passage, untaught, fold)
    set_confidence(passage.columns, np.round(cue.held_out * LOGIT_SCALE).astype(np.int64))
    progress("level model")
    level = _fit_levels(examples, passage, fold, settings)
    progress("calibration")
    cue_calibration = calibrate(cue.held_out, cue.labels, cue.weights)
    level_table, level_bias, calibration, threshold = _assemble_levels(examples, level, settings)
    lexicon = trim(lexicon, find_margins(lexicon, passage, alignment, _of_target(examples, settings)))
    return Weights(
        _quantise(cue.coefficients[:WORDS]),
        _quantise(cue.coefficients[WORDS:PECULIAR] * settings.cue_word_value).astype(np.int32),
        round(cue.intercept * LOGIT_SCALE),
        level_table,
        level_bias,
        cue_calibration,
        calibration,
        0.5,
        threshold,
        know(lexicon, _find_known(passage)),
    )


def fit_register(examples: Sequence[Example], fold: Ints, settings: Settings) -> tuple[Register, Floats]:
    """What words say of the register, from the examples with a genre; and their logits float64[examples], held out.

    The logits are nan for an example without a genre, and for all if none is technical prose, or each, or if no word
    stands twice.
    """
    held_out = np.full(len(examples), np.nan)
    placed = positions(np.array([bool(example.genre) for example in examples]))
    technical = np.array([examples[index].genre in settings.technical for index in placed])
    if technical.all() or not technical.any():
        return NO_REGISTER, held_out
    _, tokens, first, last = read_tokens([examples[index].text for index in placed])
    owners = np.arange(len(first)).repeat(last - first)
    matrix = make_matrix(len(placed), [Group(WORDS + word_places(tokens.hash), owners)])
    if not matrix.nnz:  # no word stands twice
        return NO_REGISTER, held_out
    penalties = (settings.register_penalty,)
    fit = fit_best(matrix, technical, np.ones(len(placed)), fold[placed], penalties, settings.jobs)
    held_out[placed] = fit.held_out
    words = _quantise(fit.coefficients[WORDS:PECULIAR]).astype(np.int32)
    return Register(words, round(fit.intercept * LOGIT_SCALE)), held_out


def enter_register(passage: Passage, held_out: Floats) -> None:
    """Give the sentences that taught the register the steps that they would have had without their own fold.

    `held_out` float64[s] are their logits, nan for a sentence that taught none of it.
    """
    taught = positions(~np.isnan(held_out))
    register = passage.marks.register
    register[taught] = find_steps(np.round(held_out[taught] * LOGIT_SCALE).astype(np.int64))
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
    sources = SourceWeights(_quantise(fit.coefficients[: 1 << SOURCE_BITS]), bias)
    return sources, choose_holders(phrases, fit.held_out - least)


def _find_known(passage: Passage) -> Bools:
    """bool[1 << GATE_BITS]: the places in the gate of words that stand at least twice in the passage."""
    taken = places(passage.tokens.hash[passage.tokens.kind == WORD])
    known: Bools = np.bincount(taken, minlength=1 << GATE_BITS) >= 2
    return known


def _fit_cues(
    examples: Sequence[Example], passage: Passage, alignment: Alignment, fold: Ints, settings: Settings
) -> Fit:
    sentence = passage.candidates.sentence
    labels = alignment.hit
    kinds = passage.columns[CUE_COLUMNS.index("type")].astype(np.int64) - 1
    typed = {e.corpus for e in examples if any(cue.type for cue in e.cues or ())}
    marks = np.array([settings.cue_weight(e.corpus) if e.cues is not None else 0.0 for e in examples])
    hedges_only = np.array([e.corpus not in typed for e in examples])
    weights = marks[sentence] * ~(hedges_only[sentence] & (kinds >= HEDGE_TYPES))
    corpora = _corpus_numbers(examples, settings.of_definition)[sentence]
    if not weights.any():
        # No corpus marks cues: every candidate of a hedged sentence is taken for one.
        hedged = np.array([bool(e.hedged) for e in examples])
        labels, weights = hedged[sentence], np.array([float(e.hedged is not None) for e in examples])[sentence]
    indices = CUE_TEMPLATES.indices(passage.columns)
    form = CUE_COLUMNS.index("form")
    peculiar = _peculiar(corpora, [passage.columns[form], kinds, np.zeros_like(kinds)])
    rows = np.arange(len(sentence))
    words, owners = _words_of_sentences(passage, sentence)
    groups = [Group(indices, rows), Group(WORDS + words, owners, settings.cue_word_value)]
    matrix = make_matrix(len(rows), [*groups, Group(peculiar, rows, _PECULIAR_VALUE)])
    return fit_best(matrix, labels, weights, fold[sentence], settings.cue_penalties, settings.jobs)


def _words_of_sentences(passage: Passage, sentence: Ints) -> tuple[Ints, Ints]:
    """All words of each of some sentences int64[k], as places in a table, and which of the k each is of."""
    first, last = passage.marks.first[sentence], passage.marks.last[sentence]
    sizes = last - first
    owners = np.arange(len(sentence)).repeat(sizes)
    places = np.arange(len(owners)) - (sizes.cumsum() - sizes - first).repeat(sizes)
    return word_places(passage.tokens.hash)[places], owners


def _forget_learned(cue: Fit, passage: Passage, untaught: int, fold: Ints) -> Fit:
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
    return dataclasses.replace(
        cue, held_out=np.where(unseen, _NEVER, cue.held_out), weights=np.where(unseen, 0.0, cue.weights)
    )


def _corpus_numbers(examples: Sequence[Example], of_definition: Sequence[str]) -> Ints:
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


def _fit_levels(examples: Sequence[Example], passage: Passage, fold: Ints, settings: Settings) -> list[Fit]:
    labels = np.array([level_labels(e) for e in examples]).T
    weights = np.array([settings.weight(e.corpus) * (e.corpus not in settings.lent) for e in examples])
    matrix = level_matrix(passage, _corpus_numbers(examples, settings.of_definition), settings)

    def decide(*bounds: int) -> list[Fit]:
        targets = [(labels[bound] == 1, weights * ~np.isnan(labels[bound])) for bound in bounds]
        return fit_all(matrix, targets, fold, settings.level_penalties, settings.jobs)

    if all(np.isnan(labels[bound][weights > 0]).all() for bound in range(BOUNDS - 1)):
        # Without levels, all that is hedged is called possible.
        (certain,) = decide(BOUNDS - 1)
        always = dataclasses.replace(
            certain, coefficients=certain.coefficients * 0, intercept=4.0, held_out=certain.held_out * 0 + 4.0
        )
        return [always, certain, certain]
    return decide(*range(BOUNDS))


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
            Group(peculiar, every, _PECULIAR_VALUE),
            Group(peculiar_cues, sentence, _PECULIAR_VALUE),
        ],
    )


def _assemble_levels(
    examples: Sequence[Example], fits: list[Fit], settings: Settings
) -> tuple[Ints, Ints, Floats, float]:
    scale = np.ones(WORDS)
    scale[: 1 << WORD_BITS], scale[1 << WORD_BITS : LAST_QUARTER] = settings.word_value, settings.pair_value
    table = pack(np.stack([_quantise(fit.coefficients[:WORDS] * scale) for fit in fits]))
    bias = np.array([round(fit.intercept * LOGIT_SCALE) for fit in fits], dtype=np.int64)
    targets = _of_target(examples, settings)
    _, corpora = np.unique([e.corpus for e in examples], return_inverse=True)

    def held_out(fit: Fit) -> tuple[Floats, Bools, Floats]:
        rows = targets & (fit.weights > 0)
        return fit.held_out[rows], fit.labels[rows], _even(fit.weights[rows], corpora[rows])

    calibration = np.array([calibrate(*held_out(fit)) for fit in fits])
    if any(e.level is not None for e, target in zip(examples, targets, strict=True) if target):
        return table, bias, calibration, 0.5
    logits, certain, _ = held_out(fits[-1])
    slope, intercept = calibration[-1]
    return table, bias, calibration, best_threshold(sigmoid(logits * slope + intercept), certain)


def _even(weights: Floats, corpora: Ints) -> Floats:
    """Weights float64[n] of which each corpus int64[n] has the same part, as many in all as there are rows."""
    totals = np.bincount(corpora, weights).astype(np.float64)
    count = max(int(np.count_nonzero(totals)), 1)
    even: Floats = weights / totals[corpora] * (len(weights) / count)
    return even


def _of_target(examples: Sequence[Example], settings: Settings) -> Bools:
    """Which examples follow the target's definition, bool[examples]; all if none does."""
    targets = np.array([e.corpus in settings.of_definition for e in examples])
    return targets if targets.any() else ~targets


def _quantise(coefficients: Floats) -> npt.NDArray[np.int16]:
    limit = 32767
    rounded: npt.NDArray[np.int16] = np.clip(np.round(coefficients * LOGIT_SCALE), -limit, limit).astype(np.int16)
    return rounded


def relabel(weights: Weights, **metadata: Any) -> Weights:
    """Return the model with more metadata."""
    return dataclasses.replace(weights, metadata={**weights.metadata, **metadata})
