"""`hedge score`."""

from __future__ import annotations

import sys
from contextlib import closing
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from hedge.cli.options import DEFAULT_MODEL, STDIN, ModelOption, OutputOption
from hedge.cli.output import check_output, choose_style, open_output, show_bar
from hedge.errors import HedgeError

_LARGE = 20_000_000
_MANY = 50
"""Bytes, and files, above which a progress bar is shown."""


class Format(str, Enum):
    """How to write scored sentences."""

    text = "text"
    jsonl = "jsonl"
    csv = "csv"


class Unit(str, Enum):
    """What is judged."""

    document = "document"
    line = "line"


def score(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILES ... | -]", help="Texts; - is standard input.")
    ] = None,
    model: ModelOption = DEFAULT_MODEL,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to write the sentences.")] = Format.text,
    output: OutputOption = None,
    unit: Annotated[
        Unit, typer.Option(help="document: find the sentences; line: each line is one, numbered by its line.")
    ] = Unit.document,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes that score at the same time.")] = 1,
    encoding: Annotated[str, typer.Option(help="Encoding of the files.")] = "utf-8",
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No headings and no summary in the text format.")
    ] = False,
) -> None:
    """Say of each sentence how firmly it is stated, and which words hedge it.

    The text format gives the level, the probability that the sentence is hedged, and the sentence with its cues in
    brackets; the others also give offsets, in characters, all probabilities, types of cues and holders.

    Example: hedge score article.txt --format jsonl --output article.jsonl
    """
    paths = files or _standard_input()
    check_output(output, [path for path in paths if path != STDIN])
    from hedge.cli.parts import Job
    from hedge.cli.scoring import check_inputs, score_files
    from hedge.library import load

    check_inputs(paths, encoding)
    loaded = load(model)
    style = choose_style(output) if format is Format.text else None
    job = Job(format.value, unit is Unit.line, encoding, style, len(paths) > 1, quiet)
    with (
        show_bar(_work(paths, output), quiet) as advance,
        open_output(output) as stream,
        closing(score_files(loaded, paths, job, jobs, advance)) as parts,
    ):
        for part in parts:
            stream.write(part)
            if stream is sys.stdout.buffer:
                stream.flush()


def _work(paths: list[Path], output: Path | None) -> int:
    """Bytes to read when that takes a while and the results don't show it; else 0."""
    if output is None and sys.stdout.isatty():
        return 0
    size = sum(path.stat().st_size for path in paths if path.is_file())
    return size if size > _LARGE or len(paths) > _MANY else 0


def _standard_input() -> list[Path]:
    if sys.stdin is None or sys.stdin.isatty():
        raise HedgeError("no file given; name files, or pipe a text in")
    return [STDIN]
