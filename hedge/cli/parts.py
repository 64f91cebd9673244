"""A part of a file to rendered bytes; what one process does at a time, and knows nothing of the parts before."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

import numpy as np

from hedge.cli.options import STDIN
from hedge.levels import LEVELS
from hedge.model import Weights
from hedge.reading import decode_stream, read_blocks
from hedge.render import csv, jsonl, markdown, text
from hedge.render.marks import Style
from hedge.render.rows import Piece, to_bytes
from hedge.render.summary import Tally
from hedge.score import CHUNK, judge_texts, score_window
from hedge.windows import Window, cut_windows


@dataclass(frozen=True)
class Job:
    """What to do with each file.

    Attributes
    ----------
    format : name of the format.
    by_line : each line is one sentence.
    encoding : of the files.
    style : of the formats for reading.
    levels : show only sentences at these.
    several : there are several files, so that the formats for reading tell them apart by headings.
    quiet : no headings and no summary.

    """

    format: str
    by_line: bool
    encoding: str
    style: Style
    levels: tuple[int, ...]
    several: bool
    quiet: bool

    @property
    def for_reading(self) -> bool:
        """Whether the format is for people, with headings and a summary."""
        return self.format in ("text", "markdown")


@dataclass(frozen=True)
class Part:
    """Consecutive sentences of a file; `number` is the file's, `begun` and `line` what of it stands before them.

    `begun` counts code points, `line` line ends.
    """

    number: int
    file: str
    window: Window
    begun: int
    line: int


@dataclass(frozen=True)
class Rendered:
    """A scored part: its bytes of the output, perhaps without the numbers of its sentences, and what it counted."""

    number: int
    size: int
    output: bytes
    sentences: int
    words: int
    unknown: int
    tally: Tally = field(default_factory=Tally)


def name_of(path: Path) -> str:
    """Name of a file as Unicode, even where its bytes aren't."""
    return os.fsencode(path).decode("utf-8", "replace")


def cut_file(number: int, path: Path, job: Job) -> Iterator[Part]:
    """Parts of a file, of about `CHUNK` bytes; of standard input also smaller ones while nothing more is there."""
    blocks = _standard_input(job.encoding) if path == STDIN else read_blocks(path, job.encoding)
    begun = line = 0
    for window in _whole_lines(blocks) if job.by_line else cut_windows(blocks, CHUNK):
        yield Part(number, name_of(path), window, begun, line)
        bytes_ = np.frombuffer(window.stretch, dtype=np.int8)
        begun += int(np.count_nonzero(bytes_ >= -64))  # all but the continuation bytes, 0x80 to 0xBF
        line += window.stretch.count(b"\n") if job.by_line else 0


def _standard_input(encoding: str) -> Iterator[bytes]:
    """Blocks as they come, each followed by an empty one when there are no more for now."""
    stream = sys.stdin.buffer
    for block in decode_stream(stream, encoding, "-"):
        yield block
        if not _is_ready(stream):
            yield b""


def _is_ready(stream: BinaryIO) -> bool:
    """Whether there is something to read, or an end; taken for granted where that can't be known."""
    try:
        return bool(select.select([stream], [], [], 0)[0])
    except (OSError, ValueError):
        return True


def _whole_lines(blocks: Iterable[bytes]) -> Iterator[Window]:
    """Cut blocks into runs of whole lines, of at least `CHUNK` bytes but the last and those before an empty block."""
    held: list[bytes] = []
    length = 0
    for block in blocks:
        held.append(block)
        length += len(block)
        if block and length < CHUNK:
            continue
        data = b"".join(held)
        end = data.rfind(b"\n") + 1
        if end:
            yield Window(data[:end], 0, end)
        held, length = [data[end:]], len(data) - end
    data = b"".join(held)
    yield Window(data, 0, len(data))


def score_piece(weights: Weights, job: Job, part: Part) -> Piece:
    """Score a part."""
    content = part.window.stretch.decode("utf-8")
    return (_score_lines if job.by_line else _score_document)(weights, part, content)


def score_part(weights: Weights, job: Job, part: Part, sentences: int | None = None) -> Rendered:
    """Score a part and render it; `sentences` are those of the file before it, if that is known."""
    piece = replace(score_piece(weights, job, part), sentences=sentences)
    columns = piece.columns
    tally = Tally()
    if job.for_reading:
        tally.add(piece)
    if len(job.levels) < len(LEVELS):
        piece = piece.select(job.levels)
    output = _render(piece, job)
    return Rendered(
        part.number,
        len(part.window.stretch),
        to_bytes(output),
        len(columns["start"]),
        int(columns["words"].sum()),
        int(columns["unknown_words"].sum()),
        tally,
    )


def _render(piece: Piece, job: Job) -> str:
    if job.for_reading:
        return {"text": text.render, "markdown": markdown.render}[job.format](piece, job.style)
    return {"jsonl": jsonl.render, "csv": csv.render}[job.format](piece)


def _score_document(weights: Weights, part: Part, content: str) -> Piece:
    return Piece(part.file, content, score_window(weights, part.window)[1], part.begun)


def _score_lines(weights: Weights, part: Part, content: str) -> Piece:
    """Take each line for one sentence; lines without a letter or digit are left out."""
    lines = content.split("\n")
    kept = [i for i, sentence in enumerate(lines) if any(map(str.isalnum, sentence))]
    starts = np.cumsum([0, *(len(sentence) + 1 for sentence in lines)])[kept]
    columns = judge_texts(weights, [lines[i] for i in kept])
    columns = {**columns, "start": columns["start"] + starts, "end": columns["end"] + starts}
    return Piece(part.file, content, columns, part.begun, lines=[part.line + i + 1 for i in kept])
