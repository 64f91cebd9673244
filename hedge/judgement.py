"""Features and weights to logits, and logits to the columns of a judgement."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np

from hedge.buffer import PAD, WORD, Ints, is_lower, pick, positions
from hedge.columns import CUE_COLUMNS, level_cues, sentence_columns, set_confidence
from hedge.document import Columns
from hedge.features import CUE_TEMPLATES, LEVEL_CUE_TEMPLATES, SENTENCE_TEMPLATES
from hedge.gate import KNOWN
from hedge.levels import LEVELS
from hedge.model import Weights
from hedge.packing import unpack
from hedge.passage import Passage
from hedge.sums import Look, pair_places, sum_sentences, weigh_words, word_places
from hedge.templates import Templates
from hedge.tokens import Halves, hash_word

_BEYOND_ASCII: Final = 0x80

_BLOCK: Final = 512
"""Candidates and sentences hashed at a time: what they are hashed into stays in the cache."""

_APOSTROPHE: Final = ord("'")
_NOT: Final = hash_word("t")
_WOULD: Final = hash_word("d")
"""What stays of *not* in *can't* and of *would* in *she'd*, tokens of their own."""

_CUE_TYPES: Final = {
    **dict.fromkeys(("cue_start", "cue_end"), np.int64),
    **{"cue_type": np.uint8, "cue_probability": np.float64, "cue_negated": np.bool_},
}


def _weigh(look: Look, templates: Templates, columns: Halves) -> Ints:
    """Sums int64[k] of the weights that `look` finds for all features of the columns uint32[columns, k]."""
    sums = np.empty(columns.shape[1], dtype=np.int64)
    for begin in range(0, len(sums), _BLOCK):
        part = slice(begin, begin + _BLOCK)
        weights = look(templates.indices(columns[:, part]))
        # Weights of two bytes add up within four, which is faster; else they are packed and need all eight.
        np.add.reduce(weights, dtype=np.int32 if weights.dtype == np.int16 else np.int64, out=sums[part])
    return sums


def cue_logits(weights: Weights, passage: Passage) -> Ints:
    """Integer logits int64[c] of the candidates, from their cue columns and all words of their sentences."""
    logits = _weigh(partial(pick, weights.cue_table), CUE_TEMPLATES, passage.columns) + weights.cue_bias
    if len(logits):
        marks = passage.marks
        words = weigh_words(partial(pick, weights.cue_words), passage.tokens.hash, marks.first, marks.last)
        logits += pick(words, passage.candidates.sentence)
    return logits


def level_logits(weights: Weights, passage: Passage) -> Ints:
    """Integer logits int64[3, s] of the sentences; the passage's columns must have their confidence."""
    marks, look = passage.marks, weights.level_table.at
    columns = sentence_columns(passage.tokens, marks, passage.holders, passage.candidates, passage.columns)
    total = _weigh(look, SENTENCE_TEMPLATES, columns)
    used = level_cues(passage.columns)
    cues, owner = total[:0], used
    if len(used):
        cues = _weigh(look, LEVEL_CUE_TEMPLATES, passage.columns.take(used, axis=1, mode="clip"))
        owner = pick(passage.candidates.sentence, used)
    long = positions(marks.last - marks.first > weights.longest)
    apart = [_add_up(weights, passage, at, np.append(cues[owner == at], total[at])) for at in long.tolist()]
    total += weigh_words(look, passage.tokens.hash, marks.first, marks.last, paired=True)
    if len(used):
        np.add.at(total, owner, cues)
    logits = unpack(total)
    if apart:
        logits[:, long] = np.stack(apart, axis=1)
    return logits + weights.level_bias[:, None]


def _add_up(weights: Weights, passage: Passage, sentence: int, others: Ints) -> Ints:
    """Sums int64[3] of packed weights, those of a sentence's words and pairs and others, however many there are."""
    hashes = passage.tokens.hash[passage.marks.first[sentence] : passage.marks.last[sentence]]
    places = np.concatenate((word_places(hashes), pair_places(hashes)[:-1]))
    sums: Ints = unpack(np.append(weights.level_table.at(places), others)).sum(axis=1)
    return sums


def judge(weights: Weights, passage: Passage) -> Columns:
    """Columns, as `Document` has them, of the sentences of a passage; offsets count from its start."""
    cues = cue_logits(weights, passage)
    set_confidence(passage.columns, cues)
    return judge_logits(weights, passage, cues, level_logits(weights, passage))


def judge_logits(weights: Weights, passage: Passage, cues: Ints, levels: Ints) -> Columns:
    """Columns, as `judge` makes them, from the logits int64[c] of the candidates and int64[3, s] of the sentences."""
    cumulative = weights.level_probabilities(levels)
    bounds = np.zeros((len(LEVELS) + 1, cumulative.shape[1]))
    bounds[0] = 1.0
    bounds[1:-1] = cumulative
    probabilities = bounds[:-1] - bounds[1:]
    start, end = _places(passage)
    return {
        "start": start,
        "end": end,
        "level": weights.levels(probabilities),
        "certainty": np.add.reduce(cumulative) / 3,
        "p_hedged": 1.0 - cumulative[2],
        "probabilities": probabilities.T.copy(),
        **_cue_part(weights, passage, start, cues),
        **_holder_part(passage, start),
        **_word_part(passage),
    }


def _places(passage: Passage) -> tuple[Ints, Ints]:
    """Code points at which the sentences start and end, int64[s] each; anything for those without tokens."""
    tokens, marks = passage.tokens, passage.marks
    if not len(tokens):
        return np.zeros(len(marks.first), dtype=np.int64), np.zeros(len(marks.first), dtype=np.int64)
    code_points = passage.buffer.code_points
    return code_points(pick(tokens.start, marks.first)), code_points(pick(tokens.end, marks.last - 1))


def _word_part(passage: Passage) -> Columns:
    """Count words, and those that training didn't see; unknown names and numbers are left out of both."""
    tokens, marks = passage.tokens, passage.marks
    word = tokens.kind == WORD
    known = word & ((passage.flags & KNOWN) > 0)
    words = sum_sentences(known.view(np.uint8), marks.first, marks.last)
    unknown = np.zeros(len(words), dtype=np.int64)
    strange = positions(word > known)
    if len(strange):
        initial = pick(passage.buffer.raw, pick(tokens.start, strange))
        strange = strange[is_lower(initial) | (initial >= _BEYOND_ASCII)]
        unknown = np.bincount(pick(marks.owner, strange), minlength=len(words))
        words += unknown
    return {"words": words, "unknown_words": unknown}


def _cue_part(weights: Weights, passage: Passage, start: Ints, logits: Ints) -> Columns:
    """Describe the candidates that are likely enough; `start` int64[s] are the sentences' code points."""
    used = logits  # none, if there are no candidates
    if len(logits):
        probability = weights.cue_probabilities(logits)
        used = positions(probability >= weights.cue_threshold)
    if not len(used):
        none: Columns = {name: np.zeros(0, dtype=kind) for name, kind in _CUE_TYPES.items()}
        return {"cue_offsets": np.zeros(len(start) + 1, dtype=np.int64), **none}
    candidates = passage.candidates
    sentence = pick(candidates.sentence, used)
    code_points = passage.buffer.code_points
    base = pick(start, sentence)
    before, after = weights.lexicon.margins[:, pick(candidates.form, used)]
    begin, end = cue_bytes(
        passage, sentence, pick(candidates.first, used) + before, pick(candidates.last, used) - after
    )
    kind, negated = (pick(passage.columns[CUE_COLUMNS.index(name)], used) for name in ("type", "negated"))
    return {
        "cue_offsets": sentence.searchsorted(np.arange(len(start) + 1)),
        "cue_start": code_points(begin) - base,
        "cue_end": code_points(end) - base,
        "cue_type": (kind - np.uint32(1)).astype(np.uint8),
        "cue_probability": pick(probability, used),
        "cue_negated": negated == 2,
    }


def cue_bytes(passage: Passage, sentence: Ints, first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """Where cues begin and end, byte positions int64[k], with the apostrophes that belong to them.

    The cues hold the tokens from `first` up to `last` of `sentence`, all int64[k]: verbs keep *n't* (*can't*), and the
    *'d* of *she'd* is shown whole.
    """
    tokens, padded, marks = passage.tokens, passage.buffer.padded, passage.marks
    begin, end = pick(tokens.start, first), pick(tokens.end, last - 1)
    rows = positions(pick(tokens.hash, first) == _WOULD)
    if len(rows):
        rows = rows[pick(first, rows) > pick(marks.first, pick(sentence, rows))]
        before = pick(tokens.end, pick(first, rows) - 1)
        clipped = pick(padded, before + PAD) == _APOSTROPHE
        begin[rows[clipped]] = before[clipped]
    rows = positions(pick(tokens.hash, last) == _NOT)
    if len(rows):
        rows = rows[pick(last, rows) < pick(marks.last, pick(sentence, rows))]
        joined = rows[pick(padded, pick(end, rows) + PAD) == _APOSTROPHE]
        end[joined] = pick(tokens.end, pick(last, joined))
    return begin, end


def _holder_part(passage: Passage, start: Ints) -> Columns:
    """On whose word each sentence is said; `start` int64[s] are the sentences' code points."""
    begin, stop = np.full((2, len(start)), -1, dtype=np.int64)
    kind = np.full(len(start), -1, dtype=np.int8)
    holders = passage.holders
    at = holders.sentence
    if len(at):
        code_points, tokens, base = passage.buffer.code_points, passage.tokens, pick(start, at)
        begin[at] = code_points(pick(tokens.start, holders.first)) - base
        stop[at] = code_points(pick(tokens.end, holders.last - 1)) - base
        kind[at] = holders.kind
    return {"holder_start": begin, "holder_end": stop, "holder_kind": kind}
