"""Files to scored and rendered text, one file after the other or several at a time."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Final

import numpy as np

from hedge.cli.output import note
from hedge.cli.score import STDIN
from hedge.document import UNFAMILIAR
from hedge.errors import HedgeError
from hedge.library import Model, load
from hedge.model import Weights
from hedge.reading import check_file, decode_stream, read_blocks
from hedge.render import csv, jsonl, text
from hedge.render.rows import Piece
from hedge.score import CHUNK, judge_texts, score_bytes

_ENOUGH_WORDS: Final = 20
"""Words in lower case from which it can be said that a text is unfamiliar."""


@dataclass(frozen=True)
class Job:
    """What to do with each file.

    Attributes
    ----------
    format : name of the format.
    by_line : each line is one sentence.
    encoding : of the files.
    style : of the text format, None for other formats.
    several : there are several files, so that the text format tells them apart by headings.
    quiet : no headings and no summary.

    """

    format: str
    by_line: bool
    encoding: str
    style: text.Style | None
    several: bool
    quiet: bool


def check_inputs(paths: Sequence[Path], encoding: str) -> None:
    """Find files that can't be read before anything is written."""
    for path in paths:
        if path != STDIN:
            check_file(path, encoding)


def score_files(model: Model, paths: Sequence[Path], job: Job, jobs: int) -> Generator[str, None, None]:
    """Rendered parts of the output, in the order of the files."""
    total = text.Tally()
    if job.format == "csv":
        yield csv.HEADER
    summarised = job.style is not None and not job.quiet
    for number, (path, parts) in enumerate(zip(paths, _each_file(model, paths, job, jobs, total), strict=True)):
        if summarised and job.several and job.style:
            yield ("\n" if number else "") + text.heading(_name(path), job.style)
        yield from parts
    if summarised and job.style:
        yield ("\n" if sum(total.levels) else "") + text.summary(total, job.style)


def _each_file(model: Model, paths: Sequence[Path], job: Job, jobs: int, total: text.Tally) -> Iterator[Iterable[str]]:
    """Parts of the output of each file in order; what they hold is added to `total`."""
    if jobs == 1 or len(paths) == 1 or STDIN in paths or model.folder is None:
        for path in paths:
            yield _score_file(model.weights, path, job, total)
        return
    for whole, tally in _in_processes(partial(_score_alone, model.folder, job=job), paths, min(jobs, len(paths))):
        total.merge(tally)
        yield [whole]


def _in_processes(
    action: Callable[[Path], tuple[str, text.Tally]], paths: Sequence[Path], jobs: int
) -> Iterator[tuple[str, text.Tally]]:
    """Results in the order of `paths`; the processes end at once when the results are no longer wanted."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import active_children, get_context

    executor = ProcessPoolExecutor(jobs, get_context("spawn"))
    try:
        # Processes begun while Ctrl-C is ignored ignore it from their first instruction; it is left to this one.
        answer = signal.signal(signal.SIGINT, signal.SIG_IGN)
        results = executor.map(action, paths)
        signal.signal(signal.SIGINT, answer)
        yield from results
    except BrokenProcessPool as error:
        raise HedgeError("a process was killed, perhaps for want of memory; try fewer --jobs") from error
    except BaseException:
        for child in active_children():
            child.terminate()
        raise
    finally:
        executor.shutdown(cancel_futures=True)


def _score_alone(folder: Path, path: Path, job: Job) -> tuple[str, text.Tally]:
    """Score a file in a process of its own."""
    tally = text.Tally()
    return "".join(_score_file(_load_once(folder), path, job, tally)), tally


@lru_cache(maxsize=1)
def _load_once(folder: Path) -> Weights:
    return load(folder).weights


def _score_file(weights: Weights, path: Path, job: Job, tally: text.Tally) -> Iterator[str]:
    render = _renderer(job)
    words = unknown = 0
    for piece in _pieces(weights, path, job):
        if job.style is not None:
            tally.add(piece)
        words += int(piece.columns["words"].sum())
        unknown += int(piece.columns["unknown_words"].sum())
        yield render(piece)
    if words >= _ENOUGH_WORDS and unknown / words > UNFAMILIAR:
        share = unknown / words
        note(f"{_name(path)}: {share:.0%} of its words are unknown to the model; its judgements here are guesses")
        if job.format == "jsonl":
            yield jsonl.warning(_name(path), share)


def _renderer(job: Job) -> Callable[[Piece], str]:
    if job.style is not None:
        style = job.style
        return lambda piece: text.render(piece, style)
    return {"jsonl": jsonl.render, "csv": csv.render}[job.format]


def _name(path: Path) -> str:
    """Name of a file as Unicode, even where its bytes aren't."""
    return os.fsencode(path).decode("utf-8", "replace")


def _pieces(weights: Weights, path: Path, job: Job) -> Iterator[Piece]:
    blocks = decode_stream(sys.stdin.buffer, job.encoding, "-") if path == STDIN else read_blocks(path, job.encoding)
    if job.by_line:
        yield from score_lines(weights, blocks, _name(path))
        return
    begun = sentences = 0
    for part, columns in score_bytes(weights, blocks):
        yield Piece(_name(path), part, columns, begun, sentences)
        begun += len(part)
        sentences += len(columns["start"])


def score_lines(weights: Weights, blocks: Iterable[bytes], name: str) -> Iterator[Piece]:
    """Score a text of which each line is one sentence; lines without a letter or digit are left out."""
    begun, line = 0, 1
    for data in _whole_lines(blocks):
        part = data.decode("utf-8")
        lines = part.split("\n")
        kept = [i for i, sentence in enumerate(lines) if any(map(str.isalnum, sentence))]
        if kept:
            starts = np.cumsum([0, *(len(sentence) + 1 for sentence in lines)])[kept]
            columns = judge_texts(weights, [lines[i] for i in kept])
            columns = {**columns, "start": columns["start"] + starts, "end": columns["end"] + starts}
            yield Piece(name, part, columns, begun, lines=[line + i for i in kept])
        begun += len(part)
        line += len(lines) - 1


def _whole_lines(blocks: Iterable[bytes], size: int = CHUNK) -> Iterator[bytes]:
    """Cut blocks into runs of whole lines, of at least `size` bytes but the last."""
    held: list[bytes] = []
    length = 0
    for block in blocks:
        held.append(block)
        length += len(block)
        if length >= size and b"\n" in block:
            data = b"".join(held)
            end = data.rindex(b"\n") + 1
            yield data[:end]
            held, length = [data[end:]], len(data) - end
    yield b"".join(held)
