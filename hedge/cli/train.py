"""`hedge train`."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Annotated

import typer

from hedge.cli.options import CorpusOption, LabelColumn, QuietOption, TextColumn, parse_path, read_spec
from hedge.cli.output import show_progress, write_text


def train(
    corpus: CorpusOption,
    output: Annotated[
        Path, typer.Option("--output", "-o", parser=parse_path, metavar="PATH", help="Folder of the new model.")
    ],
    force: Annotated[bool, typer.Option("--force", help="Replace the output folder when it is a model.")] = False,
    only: Annotated[
        bool, typer.Option("--only", help="Learn from these corpora alone, not on top of the model `general`.")
    ] = False,
    compare: Annotated[str | None, typer.Option(help="A model to set the new one beside.")] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of the folds; the same seed gives the same model.")] = 0,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Regressions to fit at the same time.")] = 2,
    text_column: TextColumn = "text",
    label_column: LabelColumn = "label",
    target: Annotated[
        str | None, typer.Option(help="Corpus whose labels the model is to follow [default: the first --corpus].")
    ] = None,
    name: Annotated[str | None, typer.Option(help="Name of the model [default: the folder's].")] = None,
    quiet: QuietOption = False,
) -> None:
    """Train a model on labelled sentences: the model `general`, adapted to them, unless you say `--only`.

    The figures are of held-out documents, judged by what the others teach; the model that is written learns from all.
    `hedge corpora` lists the readers.

    Example: hedge train --corpus csv=mine.csv --output mymodel --compare general
    """
    from hedge.cli.training import Plan, check_folder, choose_base, read_corpora, run
    from hedge.library import load

    check_folder(output, force)
    gc.disable()  # it would look through a million examples again and again, for a fifth of the time
    old = load(compare) if compare is not None else None
    sources = read_corpora(corpus, lambda spec: read_spec(spec, text_column, label_column, quiet))
    base, taken = (None, sources) if only else choose_base(load(), sources, quiet)
    plan = Plan(name or output.resolve().name, output, force, target, seed, jobs, quiet)
    with show_progress(quiet) as progress:
        report = run(plan, taken, base, old, progress)
    write_text(report)
