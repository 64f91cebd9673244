"""`hedge score`."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hedge.cli.folders import walk
from hedge.cli.options import STDIN, MaybeFilesArgument, ModelOption, OutputOption
from hedge.cli.output import check_output, choose_style, open_output, show_bar, write_text
from hedge.errors import HedgeError
from hedge.shipped import DEFAULT_MODEL

if TYPE_CHECKING:
    from hedge.cli.parts import Job
    from hedge.library import Model

_LARGE = 20_000_000
_MANY = 50
"""Bytes, and files, above which a progress bar is shown."""


class Format(str, Enum):
    """How to write scored sentences."""

    text = "text"
    jsonl = "jsonl"
    csv = "csv"
    markdown = "markdown"
    html = "html"


class Shown(str, Enum):
    """Which sentences to show."""

    hedged = "hedged"
    certain = "certain"
    probable = "probable"
    possible = "possible"
    uncommitted = "uncommitted"


class Least(str, Enum):
    """Levels, as `hedge.levels.Level` has them."""

    uncommitted = "uncommitted"
    possible = "possible"
    probable = "probable"
    certain = "certain"


class Unit(str, Enum):
    """What is judged."""

    document = "document"
    line = "line"


def score(
    files: MaybeFilesArgument = None,
    model: ModelOption = DEFAULT_MODEL,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to write the sentences.")] = Format.text,
    output: OutputOption = None,
    unit: Annotated[
        Unit, typer.Option(help="document: find the sentences; line: each line is one, numbered by its line.")
    ] = Unit.document,
    only: Annotated[Shown | None, typer.Option(help="Show only hedged sentences, or only those at one level.")] = None,
    min_level: Annotated[Least | None, typer.Option(help="Show only sentences at this level or a firmer one.")] = None,
    show_probabilities: Annotated[
        bool, typer.Option("--show-probabilities", help="Text and Markdown: the probabilities of the four levels too.")
    ] = False,
    text_column: Annotated[
        str | None, typer.Option(help="Files are tables (.csv, .tsv, .jsonl) whose texts are in this column.")
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes that score at the same time.")] = 1,
    encoding: Annotated[str, typer.Option(help="Encoding of the files.")] = "utf-8",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No headings, no summary, no progress.")] = False,
) -> None:
    """Say of each sentence how firmly it is stated, and which words hedge it.

    The text format gives the level, the probability that the sentence is hedged, and the sentence with its cues in
    brackets and its source in braces; markdown is the same for pasting. html is a page to read, to filter and to print.
    jsonl and csv also give offsets, in characters, all probabilities, types of cues and holders.

    Of Markdown (.md) only the prose is scored; offsets count in the file. HTML, Word and PDF files are read for their
    text, in which offsets count. Texts in a table are scored row by row, and the row's other columns are passed on.

    Example: hedge score article.txt --format html --output article.html
    """
    paths = _standard_input() if not files else files if text_column is not None else list(walk(files))
    check_output(output, [path for path in paths if path != STDIN])
    from hedge.cli.parts import Job
    from hedge.cli.scoring import check_inputs
    from hedge.inputs.tables import read_columns
    from hedge.library import load

    check_inputs(paths, encoding, text_column)
    loaded = load(model)
    style = replace(choose_style(output), probabilities=show_probabilities)
    by_line, levels = unit is Unit.line, _shown_levels(only, min_level)
    fields = read_columns(paths[0], text_column, encoding) if text_column is not None and format is Format.csv else ()
    job = Job(format.value, by_line, encoding, style, levels, len(paths) > 1, quiet, text_column, fields)
    if format is Format.html:
        _write_report(loaded, paths, job, output)
    else:
        _write_parts(loaded, paths, job, jobs, output)


def _write_report(model: Model, paths: list[Path], job: Job, output: Path | None) -> None:
    from hedge.cli.report import make_report

    if len(job.levels) < len(Least):
        raise HedgeError("the HTML report shows every sentence and can be filtered; leave out --only and --min-level")
    write_text(make_report(model, paths, job), output)


def _write_parts(model: Model, paths: list[Path], job: Job, jobs: int, output: Path | None) -> None:
    """Write results as they come, with a progress bar where that takes a while."""
    from hedge.cli.scoring import score_files

    with (
        show_bar(_work(paths, output), job.quiet) as advance,
        open_output(output) as stream,
        closing(score_files(model, paths, job, jobs, advance)) as parts,
    ):
        for part in parts:
            stream.write(part)
            if stream is sys.stdout.buffer:
                stream.flush()


def _shown_levels(only: Shown | None, least: Least | None) -> tuple[int, ...]:
    names = [level.value for level in Least]
    lowest = names.index(least.value) if least else 0
    wanted = names[:-1] if only is Shown.hedged else [only.value] if only else names
    shown = tuple(rank for rank, name in enumerate(names) if rank >= lowest and name in wanted)
    if not shown:
        raise HedgeError("no level is left by --only and --min-level together")
    return shown


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
