"""The one place that joins buffer, tokens, candidates, features and weights into a judgement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from hedge.buffer import WORD, Buffer, Bytes, Ints, encode, make_buffer, pick, positions
from hedge.candidates import Candidates, find_candidates
from hedge.columns import (
    CUE_COLUMNS,
    SentenceMarks,
    cue_columns,
    level_cues,
    mark_sentences,
    sentence_columns,
    set_confidence,
)
from hedge.document import Columns, Document, Sentence, build_sentences, join_columns
from hedge.errors import InputError
from hedge.features import CUE_TEMPLATES, LEVEL_CUE_TEMPLATES, SENTENCE_TEMPLATES, word_indices
from hedge.gate import KNOWN, look
from hedge.holder import find_holders
from hedge.lexicon import Lexicon
from hedge.model import Floats, Weights, unpack
from hedge.segment import find_sentences, has_word
from hedge.tokens import Halves, Tokens, find_tokens
from hedge.windows import Window, cut_windows

_BEYOND_ASCII: Final = 0x80

CHUNK: Final = 640 * 1024
"""Bytes scored at a time: enough that the cost of calls is small beside the work, and memory stays flat."""


@dataclass(frozen=True, eq=False, repr=False)
class Passage:
    """Text cut into sentences with their cue candidates, ready for features; training and scoring share it.

    Attributes
    ----------
    buffer, tokens : the text.
    flags : uint8[t], what the gate says of each token.
    marks : the sentences, which cover all tokens.
    candidates : cue candidates.
    columns : uint32[len(CUE_COLUMNS), c], their cue columns.

    """

    buffer: Buffer
    tokens: Tokens
    flags: Bytes
    marks: SentenceMarks
    candidates: Candidates
    columns: Halves


def read_passage(lexicon: Lexicon, buffer: Buffer, tokens: Tokens, first: Ints, last: Ints) -> Passage:
    """Mark sentences (token indices int64[s], half-open) and find and describe their cue candidates."""
    flags = look(lexicon.gate, tokens.hash)
    marks = mark_sentences(buffer, tokens, flags, first, last)
    candidates = find_candidates(lexicon, tokens, flags, first)
    columns = cue_columns(buffer, tokens, marks, lexicon, candidates)
    return Passage(buffer, tokens, flags, marks, candidates, columns)


def read_texts(lexicon: Lexicon, texts: list[str]) -> Passage:
    """Read texts that are one sentence each; white space around them and line breaks in them don't matter."""
    data = encode("\n".join(texts))
    buffer = make_buffer(data)
    tokens = find_tokens(buffer)
    sizes = np.array([len(encode(text)) for text in texts], dtype=np.int64)
    ends = np.cumsum(sizes + 1)
    last = np.searchsorted(tokens.start, ends)
    first = np.concatenate(([0], last[:-1]))
    return read_passage(lexicon, buffer, tokens, first, last)


def cue_logits(weights: Weights, columns: Halves) -> Ints:
    """Integer logits int64[c] of candidates, from their cue columns."""
    indices = CUE_TEMPLATES.indices(columns)
    sums: Ints = np.add.reduce(pick(weights.cue_table, indices), axis=0, dtype=np.int32).astype(np.int64)
    sums += weights.cue_bias
    return sums


def level_logits(weights: Weights, passage: Passage) -> Ints:
    """Integer logits int64[3, s] of the sentences; the passage's columns must have their confidence."""
    tokens, marks = passage.tokens, passage.marks
    table = weights.level_table
    columns = sentence_columns(tokens, marks, passage.candidates, passage.columns)
    total = pick(table, SENTENCE_TEMPLATES.indices(columns)).sum(axis=0)
    if len(tokens):
        spoken = pick(table, word_indices(tokens))
        total += _sums(spoken, marks.first, marks.last)
    used = level_cues(passage.columns)
    if len(used):
        cues = LEVEL_CUE_TEMPLATES.indices(passage.columns.take(used, axis=1, mode="clip"))
        np.add.at(total, pick(passage.candidates.sentence, used), pick(table, cues).sum(axis=0))
    logits: Ints = unpack(total) + weights.level_bias[:, None]
    return logits


def _sums(values: npt.NDArray[Any], first: Ints, last: Ints) -> Ints:
    """Sums int64[s] of the stretches values[first:last], which follow one another; some may be empty."""
    sums = np.zeros(len(first), dtype=np.int64)
    filled = positions(last > first)
    if len(filled):
        sums[filled] = np.add.reduceat(values, first[filled], dtype=np.int64)
    return sums


def judge(weights: Weights, passage: Passage, kept: Ints) -> Columns:
    """Columns, as `Document` has them, of the `kept` sentences int64[k] of a passage; offsets count from its start."""
    logits = cue_logits(weights, passage.columns)
    set_confidence(passage.columns, logits)
    cumulative = weights.level_probabilities(level_logits(weights, passage))[:, kept]
    probabilities = np.diff(cumulative[::-1], axis=0, prepend=0.0, append=1.0)[::-1]
    tokens, marks = passage.tokens, passage.marks
    start_byte = end_byte = np.zeros(len(kept), dtype=np.int64)
    if len(tokens):
        start_byte, end_byte = pick(tokens.start, pick(marks.first, kept)), pick(tokens.end, pick(marks.last, kept) - 1)
    start, end = passage.buffer.code_points(start_byte), passage.buffer.code_points(end_byte)
    return {
        "start": start,
        "end": end,
        "level": weights.levels(probabilities),
        "certainty": cumulative.sum(axis=0) / 3,
        "p_hedged": 1.0 - cumulative[2],
        "probabilities": np.ascontiguousarray(probabilities.T),
        **_cue_part(weights, passage, kept, start, logits),
        **_holder_part(passage, kept, start),
        **_word_part(weights, passage, kept),
    }


def _word_part(weights: Weights, passage: Passage, kept: Ints) -> Columns:
    """Count words, and those that training didn't see; unknown names and numbers are left out of both."""
    tokens, marks = passage.tokens, passage.marks
    word = tokens.kind == WORD
    known = word & ((passage.flags & KNOWN) > 0)
    strange = positions(word & ~known)
    initial = pick(passage.buffer.raw, pick(tokens.start, strange))
    strange = strange[(initial - np.uint8(ord("a")) <= ord("z") - ord("a")) | (initial >= _BEYOND_ASCII)]
    unknown = np.diff(np.searchsorted(strange, np.append(marks.first, len(tokens))))
    words = _sums(known.view(np.uint8), marks.first, marks.last) + unknown
    return {"words": words[kept], "unknown_words": unknown[kept]}


def _cue_part(weights: Weights, passage: Passage, kept: Ints, start: Ints, logits: Ints) -> Columns:
    probability: Floats = weights.cue_probabilities(logits)
    row = np.full(len(passage.marks.first) + 1, -1, dtype=np.int64)
    row[kept] = np.arange(len(kept))
    used = positions((probability >= weights.cue_threshold) & (row[passage.candidates.sentence] >= 0))
    candidates, tokens = passage.candidates, passage.tokens
    sentence = row[candidates.sentence[used]]
    code_points = passage.buffer.code_points
    base = start[sentence]
    kind, negated = (passage.columns[CUE_COLUMNS.index(name), used] for name in ("type", "negated"))
    return {
        "cue_offsets": np.searchsorted(sentence, np.arange(len(kept) + 1)),
        "cue_start": code_points(pick(tokens.start, pick(candidates.first, used))) - base,
        "cue_end": code_points(pick(tokens.end, pick(candidates.last, used) - 1)) - base,
        "cue_type": (kind - np.uint32(1)).astype(np.uint8),
        "cue_probability": probability[used],
        "cue_negated": negated == 2,
    }


def _holder_part(passage: Passage, kept: Ints, start: Ints) -> Columns:
    holders = find_holders(passage.buffer, passage.tokens, passage.flags, passage.marks.first, passage.marks.last)
    count = len(passage.marks.first)
    begin, stop = np.full(count, -1, dtype=np.int64), np.full(count, -1, dtype=np.int64)
    kind = np.full(count, -1, dtype=np.int8)
    code_points, tokens = passage.buffer.code_points, passage.tokens
    begin[holders.sentence] = code_points(tokens.start[holders.first])
    stop[holders.sentence] = code_points(tokens.end[holders.last - 1])
    kind[holders.sentence] = holders.kind
    found = kind[kept] >= 0
    return {
        "holder_start": np.where(found, begin[kept] - start, -1),
        "holder_end": np.where(found, stop[kept] - start, -1),
        "holder_kind": kind[kept],
    }


def score_text(weights: Weights, text: str, chunk: int = CHUNK) -> Document:
    """Score a text; `chunk` bytes at a time, which changes no result.

    Raises
    ------
    InputError : the text holds a lone surrogate.

    """
    parts, starts, begun = [], [], 0
    for window in cut_windows([encode(text)], chunk):
        characters, columns = score_window(weights, window)
        parts.append(columns)
        starts.append(begun)
        begun += characters
    return Document(text, join_columns(parts, starts))


def score_bytes(weights: Weights, blocks: Iterable[bytes], chunk: int = CHUNK) -> Iterator[tuple[str, Columns]]:
    """Score a stream of UTF-8 bytes piece by piece, in constant memory.

    Parameters
    ----------
    weights : the model.
    blocks : consecutive parts of one text, of any size, cut anywhere, even inside a character. An empty one asks for
        what can be scored so far.
    chunk : least number of bytes to score at a time.

    Yields
    ------
    The consecutive pieces of the text, which end where a sentence ends, and their columns; offsets count from the
    piece's start. At least one piece, which may be empty.

    Raises
    ------
    InputError : the bytes are no UTF-8.

    """
    offset = 0
    for window in cut_windows(blocks, chunk):
        piece = window.stretch
        yield _decode(piece, offset), score_window(weights, window)[1]
        offset += len(piece)


def _decode(data: bytes, offset: int) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"invalid UTF-8 at byte {offset + error.start}") from error


def score_window(weights: Weights, window: Window) -> tuple[int, Columns]:
    """Score a window: the code points of its stretch, and its sentences' columns with offsets from the stretch's start.

    Sentences without a word are left out.
    """
    buffer = make_buffer(window.data)
    tokens = find_tokens(buffer)
    first = find_sentences(buffer, tokens)
    begin, end = np.searchsorted(tokens.start, (window.begin, window.end)).tolist()
    inside = tokens.part(begin, end)
    starts = first[(first >= begin) & (first < end)] - begin
    passage = read_passage(weights.lexicon, buffer, inside, starts, np.append(starts[1:], len(inside)))
    columns = judge(weights, passage, positions(has_word(inside, starts)))
    before, after = buffer.code_points(np.array([window.begin, window.end])).tolist()
    columns["start"] -= before
    columns["end"] -= before
    return after - before, columns


def score_texts(weights: Weights, texts: list[str]) -> tuple[Sentence, ...]:
    """Score texts that are one sentence each; offsets of `Sentence` are into its own text."""
    if not texts:
        return ()
    columns = judge_texts(weights, texts)
    return build_sentences(
        [text[a:b] for text, a, b in zip(texts, columns["start"], columns["end"], strict=True)], columns
    )


def judge_texts(weights: Weights, texts: list[str]) -> Columns:
    """Columns of texts that are one sentence each; `start` and `end` count from each text's own start."""
    passage = read_texts(weights.lexicon, texts)
    columns = judge(weights, passage, np.arange(len(texts)))
    sizes = np.array([len(text) for text in texts], dtype=np.int64)
    base = np.cumsum(sizes + 1) - sizes - 1
    empty = passage.marks.first >= passage.marks.last
    columns["start"] = np.where(empty, 0, columns["start"] - base)
    columns["end"] = np.where(empty, 0, columns["end"] - base)
    return columns
