"""`hedge check`."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hedge.cli.folders import walk
from hedge.cli.options import STDIN, FilesArgument, OutputOption, parse_path
from hedge.cli.output import check_output, count_words, note, note_unfamiliar, write_text
from hedge.errors import HedgeError

if TYPE_CHECKING:
    from hedge.check.report import Checked
    from hedge.check.settings import Settings
    from hedge.library import Model


class Format(str, Enum):
    """How to write the findings."""

    text = "text"
    json = "json"
    sarif = "sarif"
    github = "github"
    junit = "junit"


def check(
    files: FilesArgument,
    select: Annotated[
        str | None, typer.Option(metavar="CODES", help="Only these rules: H003, or several with commas, or H00.")
    ] = None,
    ignore: Annotated[str | None, typer.Option(metavar="CODES", help="Not these rules.")] = None,
    max_hedged: Annotated[
        float | None, typer.Option(metavar="SHARE", help="H006: share of hedged sentences in a file, at most.")
    ] = None,
    min_level: Annotated[
        str | None, typer.Option(metavar="LEVEL", help="H001: level that each sentence must have at least.")
    ] = None,
    skip_quotes: Annotated[
        bool, typer.Option("--skip-quotes", help="Leave alone what stands in quotation marks.")
    ] = False,
    model: Annotated[
        str | None, typer.Option("--model", "-m", help="A model's name (see `hedge models`) or its folder.")
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option(
            parser=parse_path, metavar="FILE", help="Settings, instead of the nearest hedge.toml or pyproject.toml."
        ),
    ] = None,
    show_settings: Annotated[
        bool, typer.Option("--show-settings", help="Show the settings for the first file, and leave.")
    ] = False,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to write the findings.")] = Format.text,
    output: OutputOption = None,
    encoding: Annotated[str, typer.Option(help="Encoding of the files.")] = "utf-8",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No closing line.")] = False,
) -> None:
    """Find what an editor would query: stacked hedges, vague sources, certainty without support.

    Exit status: 0 nothing found, 1 something found, 2 bad usage or bad input.

    Settings (model, select, ignore, max-hedged, min-level, skip-quotes) are read from `[tool.hedge]` in the nearest
    pyproject.toml, or from a hedge.toml, which has no table. `<!-- hedge: off -->` and `<!-- hedge: on -->` in a text
    switch the rules off and on, `<!-- hedge: off H003 -->` one of them.

    Example: hedge check draft.md --max-hedged 0.3
    """
    paths = list(walk(files))
    check_output(output, [path for path in paths if path != STDIN])
    from hedge.check import settings as reading

    given = reading.given_settings(
        [
            *(("model", model), ("select", _split(select)), ("ignore", _split(ignore)), ("max-hedged", max_hedged)),
            *(("min-level", min_level), ("skip-quotes", skip_quotes)),
        ]
    )
    if show_settings:
        first = _find_config(config, paths[0].parent if paths else Path())
        write_text(reading.show_settings(reading.read_settings(first, given)), output)
        return
    _report(list(_check_all(paths, config, given, encoding)), format, output, quiet)


def _report(checked: list[Checked], format: Format, output: Path | None, quiet: bool) -> None:
    """Write what was found, and leave with status 1 if anything was."""
    from hedge.check.report import WRITERS, summarise

    write_text(WRITERS[format.value](checked), output)
    if format is Format.text and not quiet:
        note(summarise(checked))
    if any(file.findings for file in checked):
        raise typer.Exit(1)


def _split(codes: str | None) -> tuple[str, ...]:
    return tuple(code.strip() for code in codes.split(",")) if codes is not None else ()


def _find_config(config: Path | None, folder: Path) -> Path | None:
    from hedge.check.settings import find_config

    if config is not None and not config.is_file():
        raise HedgeError(f"--config {config}: no such file")
    return config or find_config(folder)


def _check_all(paths: list[Path], config: Path | None, given: dict[str, Any], encoding: str) -> Iterator[Checked]:
    """Check each file by the settings that are nearest to it."""
    from hedge.check.settings import read_settings
    from hedge.library import load

    settings: dict[Path, Settings] = {}
    models: dict[str, Model] = {}
    for folder in dict.fromkeys(path.parent for path in paths):
        settings[folder] = read_settings(_find_config(config, folder), given)
    for path in paths:
        own = settings[path.parent]
        if own.model not in models:
            models[own.model] = load(own.model)
        yield _check_file(models[own.model], path, own, encoding)


def _check_file(model: Model, path: Path, settings: Settings, encoding: str) -> Checked:
    from hedge.check.report import locate
    from hedge.check.rules import RULES, STRICTEST, UNUSED, Limits, find_all
    from hedge.check.suppression import (
        blank_comments,
        find_suppressions,
        find_unused,
        leave_quotes,
        leave_silenced,
    )
    from hedge.cli.parts import name_of, read_whole
    from hedge.document import Document
    from hedge.inputs.extract import MARKDOWN
    from hedge.inputs.markup import blank_code
    from hedge.levels import Level

    extract = read_whole(path, encoding)
    text = extract.text
    document = Document(text, model.score(blank_comments(text, extract.prose)).columns)
    name = name_of(path)
    note_unfamiliar(name, *count_words(document.columns))
    codes = settings.codes()
    least = Level.CERTAIN if settings.min_level is None else settings.min_level
    suppressions = find_suppressions(blank_code(text) if path.suffix.lower() in MARKDOWN else text)
    findings = leave_silenced(find_all(document, codes, Limits(least, settings.max_hedged)), suppressions)
    if settings.skip_quotes:
        findings = leave_quotes(findings, text)
    if UNUSED in codes:
        findings += find_unused(find_all(document, [rule.code for rule in RULES], STRICTEST), suppressions)
    return locate(name, text, sorted(findings, key=lambda finding: (finding.start, finding.code)))
