"""Where results and messages go: standard output or a file that appears whole, standard error, terminals."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, TextIO

import typer

from hedge.errors import HedgeError

if TYPE_CHECKING:
    from hedge.document import Columns
    from hedge.render.marks import Style


_ENOUGH_WORDS: Final = 20
"""Words in lower case from which it can be said that a text is unfamiliar."""


def fail(message: str) -> None:
    """Write an error to standard error, in one line."""
    print(f"hedge: {' '.join(message.split())}", file=sys.stderr)


def note(message: str) -> None:
    """Write what isn't an error and isn't a result to standard error."""
    print(f"hedge: note: {' '.join(message.split())}", file=sys.stderr)


def count_words(*pieces: Columns) -> tuple[int, int]:
    """Words, and words unknown to the model, of the scored sentences of all pieces."""
    words, unknown = (sum(int(columns[name].sum()) for columns in pieces) for name in ("words", "unknown_words"))
    return words, unknown


def note_unfamiliar(file: str, words: int, unknown: int) -> float | None:
    """Note that a text is unlike what the model was trained on; return the share of unknown words if it is."""
    from hedge.document import UNFAMILIAR

    share = unknown / max(words, 1)
    if words < _ENOUGH_WORDS or share <= UNFAMILIAR:
        return None
    note(f"{file}: {share:.0%} of its words are unknown to the model; its judgements here are guesses")
    return share


def is_terminal(stream: TextIO) -> bool:
    """Whether a person reads the stream."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def choose_style(output: Path | None) -> Style:
    """Colour and wrapping for a terminal, neither elsewhere; NO_COLOR (https://no-color.org) is honoured."""
    from hedge.render.marks import Style

    if output is not None or not sys.stdout.isatty():
        return Style()
    colour = is_terminal(sys.stdout) and not os.environ.get("NO_COLOR")
    return Style(colour, shutil.get_terminal_size().columns)


def check_output(output: Path | None, inputs: Sequence[Path] = ()) -> None:
    """Refuse, before any work, an output file that couldn't be written or that is an input.

    Raises
    ------
    HedgeError : its folder is missing or can't be written, or it is a folder or one of `inputs`.

    """
    if output is None:
        return
    if output == Path("-"):
        raise HedgeError("--output - is no file; without --output results go to standard output")
    if output.is_dir():
        raise HedgeError(f"--output {output} is a folder; give a file's name")
    if not output.parent.is_dir():
        raise HedgeError(f"--output {output}: there is no folder {output.parent}")
    target = output if output.exists() and not output.is_file() else output.parent
    if not os.access(target, os.W_OK):
        raise HedgeError(f"--output {output}: {target} can't be written")
    if any(output.exists() and path.exists() and output.samefile(path) for path in inputs):
        raise HedgeError(f"--output {output} is one of the inputs")


@contextmanager
def open_output(output: Path | None) -> Iterator[BinaryIO]:
    """Open standard output, or a file beside `output` that takes its name once all is written, and else is deleted."""
    if output is None:
        try:
            if not sys.stdout.writable():
                raise HedgeError("standard output is closed; give --output FILE")
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        except BrokenPipeError as error:
            silence()
            raise typer.Exit from error  # `hedge score x | head` has what it wanted
        return
    try:
        with _open_file(output) as stream:
            yield stream
    except OSError as error:
        if error.filename is None or Path(error.filename).parent == output.parent:  # full, or no place for the new file
            raise HedgeError(f"--output {output}: {error.strerror}") from error
        raise


@contextmanager
def _open_file(output: Path) -> Iterator[BinaryIO]:
    if output.exists() and not output.is_file():  # a device or a named pipe
        with output.open("wb") as stream:
            yield stream
        return
    import tempfile

    target = Path(os.path.realpath(output))  # what a link points to is replaced, not the link
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    aside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
        aside.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)


def silence() -> None:
    """Let what is left of standard output go nowhere, so that the interpreter doesn't complain when it leaves."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def write_text(text: str, output: Path | None = None) -> None:
    """Write a result, as UTF-8 whatever the locale."""
    with open_output(output) as stream:
        stream.write(text.encode("utf-8", "replace"))


def align(rows: Sequence[Sequence[str]]) -> str:
    r"""Lay rows out as a table: the first column to the left, the others to the right.

    >>> align([["corpus", "f1"], ["records", "0.9"]])
    'corpus    f1\nrecords  0.9\n'
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
        cells[0] = row[0].ljust(widths[0])
        lines.append("  ".join(cells).rstrip() + "\n")
    return "".join(lines)


@contextmanager
def show_progress(quiet: bool = False) -> Iterator[Callable[[str], None]]:
    """Give a function that shows the step at hand on standard error, when that is a terminal."""
    if quiet or not is_terminal(sys.stderr):
        yield lambda step: None
        return
    from rich.console import Console

    with Console(stderr=True).status("starting") as status:
        yield status.update


@contextmanager
def show_bar(size: int, quiet: bool = False) -> Iterator[Callable[[int], object]]:
    """Give a function that moves a progress bar on by some bytes, on standard error when that is a terminal."""
    if not size or quiet or not is_terminal(sys.stderr):
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=size)
        yield lambda done: progress.advance(task, done)
