"""A part of a file to scored pieces and rendered bytes; what one process does, knowing nothing of the parts before."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np

from hedge.buffer import holds_word
from hedge.cli.options import STDIN
from hedge.cli.output import count_words
from hedge.document import take_sentences
from hedge.errors import HedgeError, InputError
from hedge.inputs.extract import Extract, is_plain, read_extract
from hedge.inputs.reading import decode_stream, read_blocks
from hedge.inputs.tables import Row, is_table, read_rows
from hedge.levels import LEVELS
from hedge.model import Weights
from hedge.render import csv, jsonl, markdown, text
from hedge.render.marks import Style
from hedge.render.rows import Piece
from hedge.render.summary import Tally
from hedge.score import CHUNK, judge_texts, score_text, score_window
from hedge.windows import Window, cut_windows

_GAP: Final = "\n\n"
"""Between the texts of two rows, so that no sentence goes on from one to the other."""

_ROW: Final = 200
"""Characters that a row without text counts for, so that a part never holds too many."""


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
    text_column : of tables, the column that holds the texts.
    fields : of tables, the other columns, where the format needs to know them beforehand.

    """

    format: str
    by_line: bool
    encoding: str
    style: Style
    levels: tuple[int, ...]
    several: bool
    quiet: bool
    text_column: str | None = None
    fields: tuple[str, ...] = ()

    @property
    def for_reading(self) -> bool:
        """Whether the format is for people, who need no offsets in the file."""
        return self.format in ("text", "markdown", "html")


@dataclass(frozen=True)
class Part:
    """Consecutive sentences of a file.

    Attributes
    ----------
    number, file : the file's number and name.
    window : what is scored.
    begun, line : code points and line ends of the file before it.
    shown : the text itself, where what is scored is its prose only.
    rows : rows of a table, which are scored instead of the window.

    """

    number: int
    file: str
    window: Window
    begun: int
    line: int
    shown: str | None = None
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Rendered:
    """A scored part: its bytes of the output and what it counted."""

    number: int
    size: int
    output: bytes | memoryview
    words: int
    unknown: int
    tally: Tally = field(default_factory=Tally)


def name_of(path: Path) -> str:
    """Name of a file as Unicode, even where its bytes aren't."""
    return os.fsencode(path).decode("utf-8", "replace")


def read_whole(path: Path, encoding: str) -> Extract:
    """Read a file or standard input whole.

    Raises
    ------
    InputError : it can't be read, or is a table.

    """
    if is_table(path):
        raise InputError("is a table, not a text; hedge score --text-column reads a column of it", path)
    if path != STDIN:
        return read_extract(path, encoding)
    text = b"".join(decode_stream(_open_standard_input(), encoding, "-")).decode("utf-8")
    return Extract(text, text)


def _open_standard_input() -> BinaryIO:
    if sys.stdin is None:
        raise HedgeError("standard input is closed; name files, or pipe a text in")
    return sys.stdin.buffer


def cut_file(number: int, path: Path, job: Job) -> Iterator[Part]:
    """Parts of a file, of about `CHUNK` bytes; of standard input also smaller ones while nothing more is there."""
    if job.text_column is not None:
        yield from _cut_table(number, path, job.text_column, job.encoding)
        return
    shown = None
    if path == STDIN:
        blocks = _standard_input(job.encoding)
    elif is_plain(path):
        blocks = read_blocks(path, job.encoding)
    else:
        extract = read_extract(path, job.encoding)
        extract = extract.condense() if job.for_reading else extract
        prose = extract.prose.replace("\u2029", "\n") if job.by_line else extract.prose  # where a list item ends
        blocks, shown = iter([prose.encode("utf-8")]), extract.text
    begun = line = 0
    for window in _whole_lines(blocks) if job.by_line else cut_windows(blocks, CHUNK):
        size = _count_code_points(window.stretch)
        yield Part(number, name_of(path), window, begun, line, shown and shown[begun : begun + size])
        begun += size
        line += window.stretch.count(b"\n") if job.by_line else 0


def _count_code_points(data: bytes) -> int:
    bytes_ = np.frombuffer(data, dtype=np.int8)
    return int(np.count_nonzero(bytes_ >= -64))  # all but the continuation bytes, 0x80 to 0xBF


def _cut_table(number: int, path: Path, text_column: str, encoding: str) -> Iterator[Part]:
    """Rows in parts of about `CHUNK` characters."""
    rows: list[Row] = []
    length = 0
    for row in read_rows(path, text_column, encoding):
        rows.append(row)
        length += len(row.text) + _ROW
        if length >= CHUNK:
            yield Part(number, name_of(path), Window(b"", 0, 0), 0, 0, rows=tuple(rows))
            rows, length = [], 0
    if rows:
        yield Part(number, name_of(path), Window(b"", 0, 0), 0, 0, rows=tuple(rows))


def _standard_input(encoding: str) -> Iterator[bytes]:
    """Blocks as they come, each followed by an empty one when there are no more for now."""
    stream = _open_standard_input()
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


def score_pieces(weights: Weights, job: Job, part: Part) -> list[Piece]:
    """Score a part: one piece, or of a table one for each row."""
    if part.rows:
        return _score_rows(weights, job, part)
    content = part.window.stretch.decode("utf-8")
    piece = (_score_lines if job.by_line else _score_document)(weights, part, content)
    return [piece if part.shown is None else replace(piece, text=part.shown)]


def score_part(weights: Weights, job: Job, part: Part, before: Callable[[int], int]) -> Rendered:
    """Score a part and render it; `before` is told its number of sentences and says that of its file before it."""
    pieces = score_pieces(weights, job, part)
    tally = Tally()
    if job.for_reading:
        for piece in pieces:
            tally.add(piece)
    words, unknown = count_words(*(piece.columns for piece in pieces))
    sentences = before(sum(len(piece.columns["start"]) for piece in pieces))
    output = "".join(_render(piece, job, sentences) for piece in pieces).encode("utf-8")
    return Rendered(part.number, len(part.window.stretch), output, words, unknown, tally)


def _render(piece: Piece, job: Job, sentences: int) -> str:
    if piece.row is None:
        piece = replace(piece, sentences=sentences)
    if len(job.levels) < len(LEVELS):
        piece = piece.select(job.levels)
        if piece.row is not None and not len(piece.columns["start"]):
            return ""  # only some levels are wanted, and this row of a table has none of them
    if job.for_reading:
        return {"text": text.render, "markdown": markdown.render}[job.format](piece, job.style)
    return jsonl.render(piece) if job.format == "jsonl" else csv.render(piece, job.fields)


def _score_document(weights: Weights, part: Part, content: str) -> Piece:
    return Piece(part.file, content, score_window(weights, part.window)[1], part.begun)


def _score_lines(weights: Weights, part: Part, content: str) -> Piece:
    """Take each line for one sentence; lines without a word are left out."""
    lines = content.split("\n")
    kept = [i for i, sentence in enumerate(lines) if holds_word(sentence)]
    starts = np.cumsum([0, *(len(sentence) + 1 for sentence in lines)])[kept]
    columns = judge_texts(weights, [lines[i] for i in kept])
    columns = {**columns, "start": columns["start"] + starts, "end": columns["end"] + starts}
    return Piece(part.file, content, columns, part.begun, lines=[part.line + i + 1 for i in kept])


def _score_rows(weights: Weights, job: Job, part: Part) -> list[Piece]:
    """Score the texts of rows, all at once; offsets and sentence numbers count from each row's text."""
    texts = [row.text for row in part.rows]
    if job.by_line:
        owner = np.array([i for i, text in enumerate(texts) if holds_word(text)], dtype=np.int64)
        columns = judge_texts(weights, [texts[i] for i in owner.tolist()])
    else:
        begins = np.cumsum([0, *(len(text) + len(_GAP) for text in texts)])
        columns = dict(score_text(weights, _GAP.join(texts)).columns)
        owner = np.searchsorted(begins, columns["start"], side="right") - 1
        columns |= {name: columns[name] - begins[owner] for name in ("start", "end")}
    bounds = np.searchsorted(owner, np.arange(len(texts) + 1)).tolist()
    return [
        Piece(
            *(part.file, row.text, take_sentences(columns, np.arange(first, last))),
            row=row.number,
            fields=row.fields,
        )
        for row, first, last in zip(part.rows, bounds, bounds[1:], strict=False)
    ]
