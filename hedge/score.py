"""The one place that joins buffer, tokens, candidates, features and weights into a judgement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from hedge.buffer import PAD, WORD, Buffer, Bytes, Ints, encode, is_lower, make_buffer, pick, positions
from hedge.candidates import Candidates, find_candidates
from hedge.columns import (
    CUE_COLUMNS,
    cue_columns,
    level_cues,
    sentence_columns,
    set_confidence,
)
from hedge.document import Columns, Document, Sentence, build_sentences, join_columns, take_sentences
from hedge.errors import InputError
from hedge.features import CUE_TEMPLATES, LEVEL_CUE_TEMPLATES, SENTENCE_TEMPLATES
from hedge.gate import KNOWN, look
from hedge.holder import Holders, find_holders
from hedge.levels import LEVELS
from hedge.lexicon import Lexicon
from hedge.model import Weights, unpack
from hedge.segment import find_sentences, has_word
from hedge.sentence_marks import SentenceMarks, mark_sentences
from hedge.sums import pair_places, sum_sentences, weigh_words, word_places
from hedge.templates import Templates
from hedge.tokens import Halves, Tokens, find_tokens, hash_word
from hedge.windows import Window, cut_windows

_BEYOND_ASCII: Final = 0x80

CHUNK: Final = 640 * 1024
"""Bytes scored at a time: enough that the cost of calls is small beside the work, and memory stays flat."""

_LARGE: Final = 1 << 17
_KEPT: Final = 30 << 20
"""Bytes to free at once so that the C library keeps what is freed later; from 32 MB on glibc doesn't learn from it."""

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


@dataclass(frozen=True, eq=False, repr=False)
class Passage:
    """Text cut into sentences with their cue candidates, ready for features; training and scoring share it.

    Attributes
    ----------
    buffer, tokens : the text.
    flags : uint8[t], what the gate says of each token.
    marks : the sentences, which cover all tokens.
    holders : on whose word the sentences are said.
    candidates : cue candidates.
    columns : uint32[len(CUE_COLUMNS), c], their cue columns.

    """

    buffer: Buffer
    tokens: Tokens
    flags: Bytes
    marks: SentenceMarks
    holders: Holders
    candidates: Candidates
    columns: Halves


def read_passage(lexicon: Lexicon, buffer: Buffer, tokens: Tokens, first: Ints, last: Ints) -> Passage:
    """Mark sentences (token indices int64[s], half-open), find their holders, and find and describe cue candidates."""
    flags = look(lexicon.gate, tokens.hash)
    marks = mark_sentences(buffer, tokens, flags, first, last, lexicon.register.steps(tokens.hash, first, last))
    holders = find_holders(lexicon.sources, buffer, tokens, flags, first, last)
    candidates = find_candidates(lexicon, tokens, flags, marks.owner)
    columns = cue_columns(buffer, tokens, marks, lexicon, candidates)
    return Passage(buffer, tokens, flags, marks, holders, candidates, columns)


def read_texts(lexicon: Lexicon, texts: list[str]) -> Passage:
    """Read texts that are one sentence each; white space around them and line breaks in them don't matter."""
    return read_passage(lexicon, *read_tokens(texts))


def read_tokens(texts: list[str]) -> tuple[Buffer, Tokens, Ints, Ints]:
    """Texts as one buffer, its tokens, and the tokens int64[s] at which each text begins and ends, half-open."""
    encoded = [_encode(number, text) for number, text in enumerate(texts)]
    buffer = make_buffer(b"\n".join(encoded))
    tokens = find_tokens(buffer)
    sizes = np.array([len(data) for data in encoded], dtype=np.int64)
    bounds = np.zeros(len(texts) + 1, dtype=np.int64)
    bounds[1:] = tokens.start.searchsorted((sizes + 1).cumsum())
    return buffer, tokens, bounds[:-1], bounds[1:]


def _encode(number: int, text: str) -> bytes:
    try:
        return encode(text)
    except InputError as error:
        raise InputError(f"text {number}: {error}") from error


def _weigh(table: npt.NDArray[Any], templates: Templates, columns: Halves) -> Ints:
    """Sums int64[k] of the weights that `table` has for all features of the columns uint32[columns, k]."""
    sums = np.empty(columns.shape[1], dtype=np.int64)
    for begin in range(0, len(sums), _BLOCK):
        part = slice(begin, begin + _BLOCK)
        np.add.reduce(pick(table, templates.indices(columns[:, part])), out=sums[part])
    return sums


def cue_logits(weights: Weights, passage: Passage) -> Ints:
    """Integer logits int64[c] of the candidates, from their cue columns and all words of their sentences."""
    logits = _weigh(weights.cue_table, CUE_TEMPLATES, passage.columns) + weights.cue_bias
    if len(logits):
        marks = passage.marks
        words = weigh_words(weights.cue_words, passage.tokens.hash, marks.first, marks.last)
        logits += pick(words, passage.candidates.sentence)
    return logits


def level_logits(weights: Weights, passage: Passage) -> Ints:
    """Integer logits int64[3, s] of the sentences; the passage's columns must have their confidence."""
    marks, table = passage.marks, weights.level_table
    columns = sentence_columns(passage.tokens, marks, passage.holders, passage.candidates, passage.columns)
    total = _weigh(table, SENTENCE_TEMPLATES, columns)
    used = level_cues(passage.columns)
    cues, owner = total[:0], used
    if len(used):
        cues = _weigh(table, LEVEL_CUE_TEMPLATES, passage.columns.take(used, axis=1, mode="clip"))
        owner = pick(passage.candidates.sentence, used)
    long = positions(marks.last - marks.first > weights.longest)
    apart = [_add_up(weights, passage, at, np.append(cues[owner == at], total[at])) for at in long.tolist()]
    total += weigh_words(table, passage.tokens.hash, marks.first, marks.last, paired=True)
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
    sums: Ints = unpack(np.append(pick(weights.level_table, places), others)).sum(axis=1)
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


def score_text(weights: Weights, text: str, chunk: int = CHUNK) -> Document:
    """Score a text; `chunk` bytes at a time, which changes no result.

    Raises
    ------
    InputError : the text holds a lone surrogate.

    """
    parts, starts, begun = [], [], 0
    blocks = (encode(text[begin : begin + chunk], begin) for begin in range(0, len(text), chunk))
    for window in cut_windows(blocks, chunk):
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
    chunk : about how many bytes to score at a time.

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


@cache
def _keep_memory() -> None:
    """Let the C library keep the memory of a chunk for the next one, from now on in this process.

    Else glibc gives it back to the system after each chunk and gets it again page by page, which costs a tenth of the
    time. It keeps twice as much as the largest block that was ever freed (see *M_MMAP_THRESHOLD* in mallopt(3)); this
    one is never written to, so it takes no memory itself.
    """
    np.empty(_KEPT, dtype=np.uint8)


def score_window(weights: Weights, window: Window) -> tuple[int, Columns]:
    """Score a window: the code points of its stretch, and its sentences' columns with offsets from the stretch's start.

    Sentences without a word are left out.
    """
    if len(window.data) > _LARGE:
        _keep_memory()
    buffer = make_buffer(window.data)
    tokens = find_tokens(buffer)
    first = find_sentences(buffer, tokens)
    inside = tokens
    if window.begin or window.end < len(window.data):
        begin, end = tokens.start.searchsorted((window.begin, window.end)).tolist()
        inside = tokens.part(begin, end)
        first = first[(first >= begin) & (first < end)] - begin
    last = np.empty_like(first)
    last[:-1] = first[1:]
    last[-1:] = len(inside)
    passage = read_passage(weights.lexicon, buffer, inside, first, last)
    columns = judge(weights, passage)
    wordy = has_word(inside, first)
    if not wordy.all():
        columns = take_sentences(columns, positions(wordy))
    before, after = buffer.code_points(np.array([window.begin, window.end])).tolist()
    if before:
        columns["start"] -= before
        columns["end"] -= before
    return after - before, columns


def score_texts(weights: Weights, texts: list[str]) -> tuple[Sentence, ...]:
    """Score texts that are one sentence each; offsets of `Sentence` are into its own text."""
    if not texts:
        return ()
    return build_texts(texts, judge_texts(weights, texts))


def build_texts(texts: list[str], columns: Columns) -> tuple[Sentence, ...]:
    """Objects from the columns of texts that are one sentence each."""
    spans = zip(texts, columns["start"].tolist(), columns["end"].tolist(), strict=True)
    return build_sentences([text[start:end] for text, start, end in spans], columns)


def judge_texts(weights: Weights, texts: list[str]) -> Columns:
    """Columns of texts that are one sentence each; `start` and `end` count from each text's own start."""
    passage = read_texts(weights.lexicon, texts)
    columns = judge(weights, passage)
    count_from_texts(columns, passage.marks, texts)
    return columns


def count_from_texts(columns: Columns, marks: SentenceMarks, texts: list[str]) -> None:
    """Make `start` and `end` of texts that are one sentence each count from each text's own start."""
    sizes = np.array([len(text) for text in texts], dtype=np.int64)
    base = np.cumsum(sizes + 1) - sizes - 1
    empty = marks.first >= marks.last
    columns["start"] = np.where(empty, 0, columns["start"] - base)
    columns["end"] = np.where(empty, 0, columns["end"] - base)
