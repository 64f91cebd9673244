"""Files to the output, part by part: here, or in several processes, with the same bytes."""

from __future__ import annotations

import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache, partial
from itertools import groupby
from pathlib import Path
from typing import Final

from hedge.cli.numbering import Numbering, SharedNumbering
from hedge.cli.options import STDIN
from hedge.cli.output import note_unfamiliar
from hedge.cli.parts import Job, Part, Rendered, cut_file, name_of, score_part
from hedge.cli.slots import Slots
from hedge.errors import HedgeError, InputError
from hedge.inputs.extract import check_document, is_plain
from hedge.inputs.reading import check_file
from hedge.inputs.tables import is_table, read_rows
from hedge.library import Model, load
from hedge.model import Weights
from hedge.render import csv, jsonl, markdown, text
from hedge.render.summary import Tally, summary

_AHEAD: Final = 3
"""Parts that a process may be ahead of the output, so that none waits and memory stays flat."""


def check_inputs(paths: Sequence[Path], encoding: str, text_column: str | None = None) -> None:
    """Find files that can't be read before anything is written.

    Raises
    ------
    InputError : the beginning of a file can't be read, or it is a table and no column was named, or the other way.

    """
    for path in paths:
        if text_column is not None:
            if path == STDIN or not is_table(path):
                what = "isn't a table" if path != STDIN else "tables aren't read from standard input"
                raise InputError(f"{what}; --text-column names a column of a .csv, .tsv or .jsonl file", path)
            next(read_rows(path, text_column, encoding), None)
        elif is_table(path):
            raise InputError("is a table; name the column that holds the texts with --text-column", path)
        elif path == STDIN:
            continue
        elif is_plain(path):
            check_file(path, encoding)
        else:
            check_document(path)


def score_files(
    model: Model, paths: Sequence[Path], job: Job, jobs: int, advance: Callable[[int], object]
) -> Generator[bytes | memoryview, None, None]:
    """Parts of the output, in the order of the files; `advance` is told of the bytes of text that each took."""
    total = Tally()
    if job.format == "csv":
        yield csv.header(None if job.text_column is None else job.fields).encode()
    summarised = job.for_reading and not job.quiet
    parts = (part for number, path in enumerate(paths) for part in cut_file(number, path, job))
    for number, results in groupby(_score(model, job, parts, jobs), key=lambda result: result.number):
        if summarised and job.several:
            yield (("\n" if number else "") + _heading(name_of(paths[number]), job)).encode()
        yield from _join(results, name_of(paths[number]), job, total, advance)
    if summarised:
        yield (("\n" if sum(total.levels) else "") + _summary(total, job)).encode()


def _heading(file: str, job: Job) -> str:
    return markdown.heading(file) if job.format == "markdown" else text.heading(file, job.style)


def _summary(total: Tally, job: Job) -> str:
    return markdown.summary(total) if job.format == "markdown" else summary(total, job.style)


def _join(
    results: Iterable[Rendered], file: str, job: Job, total: Tally, advance: Callable[[int], object]
) -> Iterator[bytes | memoryview]:
    """Output of one file; what its parts counted is added to `total`."""
    words = unknown = 0
    for result in results:
        yield result.output
        advance(result.size)
        total.merge(result.tally)
        words += result.words
        unknown += result.unknown
    share = note_unfamiliar(file, words, unknown)
    if share is not None and job.format == "jsonl":
        yield jsonl.warning(file, share).encode()


def _score(model: Model, job: Job, parts: Iterator[Part], jobs: int) -> Iterator[Rendered]:
    if jobs == 1 or model.folder is None:
        return _in_turn(model.weights, job, parts)
    _load_once(model.folder)  # forked processes find it loaded
    return _in_processes(partial(_score_there, model.folder, job), parts, jobs)


def _in_turn(weights: Weights, job: Job, parts: Iterator[Part]) -> Iterator[Rendered]:
    numbering = Numbering()
    for order, part in enumerate(parts):
        yield score_part(weights, job, part, partial(numbering.count, order, part.number))


_shared: list[tuple[Numbering, Slots]] = []  # in a process of `_in_processes`, what it was begun with


def _begin(numbering: Numbering, slots: Slots) -> None:
    _shared.append((numbering, slots))
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})  # see `_interrupts_held`


def _score_there(folder: Path, job: Job, order: int, part: Part) -> tuple[Rendered, int | bytes]:
    """Score a part in a process of its own; its output goes into a slot."""
    ((numbering, slots),) = _shared
    result = score_part(_load_once(folder), job, part, partial(numbering.count, order, part.number))
    return replace(result, output=b""), slots.put(order, bytes(result.output))


@lru_cache(maxsize=1)
def _load_once(folder: Path) -> Weights:
    return load(folder).weights


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Keep Ctrl-C for later; processes begun meanwhile leave it to this one for good."""
    if hasattr(signal, "pthread_sigmask"):
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
    else:  # without signal masks it can only be ignored
        answer = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, answer)


def _until_error(parts: Iterator[Part], errors: list[HedgeError]) -> Iterator[Part]:
    """The parts up to the first that can't be read, whose error is kept: results of those before it are still due."""
    try:
        yield from parts
    except HedgeError as error:
        errors.append(error)


def _in_processes(
    action: Callable[[int, Part], tuple[Rendered, int | bytes]], parts: Iterator[Part], jobs: int
) -> Iterator[Rendered]:
    """Results in the order of `parts`; the processes end at once when the results are no longer wanted."""
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    # Forked processes need not start Python and import all again; elsewhere than on Linux forking isn't safe.
    forked = sys.platform == "linux"
    context = get_context("fork" if forked else "spawn")
    slots = Slots(jobs * _AHEAD + 1 if forked else 0)
    numbering = SharedNumbering(context)
    executor = ProcessPoolExecutor(jobs, context, _begin, (numbering, slots))
    waiting: deque[tuple[int, Future[tuple[Rendered, int | bytes]]]] = deque()

    def take() -> Rendered:
        order, future = waiting.popleft()
        result, kept = future.result()
        return replace(result, output=slots.take(order, kept))

    unread: list[HedgeError] = []
    try:
        for order, part in enumerate(_until_error(parts, unread)):
            with _interrupts_held():
                waiting.append((order, executor.submit(action, order, part)))
            if len(waiting) > jobs * _AHEAD:
                yield take()
        while waiting:
            yield take()
        if unread:
            raise unread[0]
    except BrokenProcessPool as error:
        raise HedgeError("a process was killed, perhaps for want of memory; try fewer --jobs") from error
    except BaseException:
        # The few parts under way come to an end: killed in the middle of an answer, a process would leave the executor
        # waiting for the rest of it.
        numbering.stop()
        raise
    finally:
        executor.shutdown(cancel_futures=True)
