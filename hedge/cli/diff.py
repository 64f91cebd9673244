"""`hedge diff`."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hedge.cli.options import STDIN, ModelOption, OutputOption, parse_path
from hedge.cli.output import check_output, choose_style, count_words, note_unfamiliar, write_text
from hedge.errors import HedgeError
from hedge.shipped import DEFAULT_MODEL

if TYPE_CHECKING:
    from hedge.document import Document
    from hedge.inputs.extract import Extract
    from hedge.library import Model


class Format(str, Enum):
    """How to write the comparison."""

    text = "text"
    json = "json"
    html = "html"


def diff(
    before: Annotated[
        Path, typer.Argument(parser=parse_path, metavar="BEFORE", help="A text: a draft, a source, a body.")
    ],
    after: Annotated[
        Path,
        typer.Argument(
            parser=parse_path, metavar="AFTER", help="What became of it: a later draft, a summary, a headline."
        ),
    ],
    model: ModelOption = DEFAULT_MODEL,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to write the comparison.")] = Format.text,
    output: OutputOption = None,
    every: Annotated[bool, typer.Option("--all", help="Show every pair, those without a change too.")] = False,
    encoding: Annotated[str, typer.Option(help="Encoding of the texts.")] = "utf-8",
) -> None:
    """Say which claims became firmer or weaker from one text to the other, which hedges and sources went or came.

    Sentences are paired by their words, in whatever order they stand, so that the texts can be two drafts, or a source
    and its summary; the closing lines sum it up. What was put in quite other words finds no pair, and isn't compared.
    One of the texts may be -, standard input. html is a page with the texts side by side; json has offsets too, in
    characters.

    Example: hedge diff paper.txt press-release.txt
    """
    paths = (before, after)
    check_output(output, [path for path in paths if path != STDIN])
    if before == after == STDIN:
        raise HedgeError("only one of the two texts can be - (standard input)")
    from hedge.cli.parts import name_of, read_whole
    from hedge.compare import compare
    from hedge.library import load
    from hedge.render.comparison import Names, render_html, render_json, render_text

    extracts = [read_whole(path, encoding) for path in paths]
    if format is not Format.json:
        extracts = [extract.condense() for extract in extracts]
    loaded = load(model)
    documents = [_score(loaded, extract) for extract in extracts]
    comparison = compare(*documents)
    names = Names(*(name_of(path) for path in paths))
    for path, document in zip(paths, documents, strict=True):
        note_unfamiliar(name_of(path), *count_words(document.columns))
    if format is Format.json:
        write_text(render_json(comparison, names, every=every), output)
    elif format is Format.html:
        write_text(render_html(comparison, names, every=every), output)
    else:
        write_text(render_text(comparison, names, choose_style(output), every=every), output)


def _score(model: Model, extract: Extract) -> Document:
    from hedge.document import Document

    return Document(extract.text, model.score(extract.prose).columns)
