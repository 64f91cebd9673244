"""`hedge evaluate`."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import typer

from hedge.cli.options import (
    CorpusOption,
    LabelColumn,
    ModelOption,
    OutputOption,
    QuietOption,
    TextColumn,
    read_spec,
)
from hedge.cli.output import check_output, note, write_text
from hedge.shipped import DEFAULT_MODEL


class Format(str, Enum):
    """How to write the figures."""

    text = "text"
    json = "json"
    html = "html"


def evaluate(
    corpus: CorpusOption,
    model: ModelOption = DEFAULT_MODEL,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to write the figures.")] = Format.text,
    output: OutputOption = None,
    text_column: TextColumn = "text",
    label_column: LabelColumn = "label",
    quiet: QuietOption = False,
) -> None:
    """Measure a model on labelled sentences.

    Figures are those that the labels allow: precision, recall, F1 and AUC of hedged sentences, calibration error (ECE)
    and Brier score, level accuracy, macro F1 and confusion matrix, cue F1. On sentences that the model was trained on
    they are too good. The HTML page also has a reliability diagram: how often sentences are hedged that are said to be
    so with a given probability.

    Example: hedge evaluate --model mymodel --corpus csv=test.csv
    """
    check_output(output)
    from hedge.cli.diagram import to_html
    from hedge.cli.figures import judge_corpus, to_json, to_text
    from hedge.library import load

    loaded = load(model)
    corpora = [read_spec(spec, text_column, label_column, quiet) for spec in corpus]
    for spec, read in zip(corpus, corpora, strict=True):
        if read.digest in loaded.weights.trained_on and not quiet:
            note(f"{spec}: the model was trained on it; its figures are too good")
    results = [judge_corpus(loaded, spec, read) for spec, read in zip(corpus, corpora, strict=True)]
    if format is Format.text:
        write_text(to_text(results), output)
    else:
        write_text((to_json if format is Format.json else to_html)(model, results), output)
