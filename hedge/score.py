"""Texts and streams of bytes to documents and columns, a window at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

import numpy as np

from hedge.buffer import encode, make_buffer, positions
from hedge.document import Columns, Document, Sentence, build_sentences, join_columns, take_sentences
from hedge.errors import InputError
from hedge.judgement import judge
from hedge.model import Weights
from hedge.passage import read_passage, read_texts
from hedge.segment import find_sentences, has_word
from hedge.sentence_marks import SentenceMarks
from hedge.tokens import find_tokens
from hedge.windows import Window, cut_windows

CHUNK: Final = 640 * 1024
"""Bytes scored at a time: enough that the cost of calls is small beside the work, and memory stays flat."""

_LARGE: Final = 1 << 17
_KEPT: Final = 30 << 20
"""Bytes to free at once so that the C library keeps what is freed later; from 32 MB on glibc doesn't learn from it."""


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
        what can be scored so far: up to the last empty line, else all but `segment.CONTEXT` bytes.
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
