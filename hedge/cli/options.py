"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from hedge.corpora import Corpus


def parse_path(given: str) -> Path:
    """Path of an argument; an empty one is most often a variable that isn't set, and never the current folder.

    Raises
    ------
    typer.BadParameter : it is empty.

    """
    if not given:
        raise typer.BadParameter("a path is empty")
    return Path(given)


_FILES: Final = "Texts, or folders with .txt and .md files in them; - is standard input."
FilesArgument = Annotated[list[Path], typer.Argument(parser=parse_path, metavar="FILES ... | -", help=_FILES)]
MaybeFilesArgument = Annotated[
    list[Path] | None, typer.Argument(parser=parse_path, metavar="[FILES ... | -]", help=_FILES)
]
ModelOption = Annotated[str, typer.Option("--model", "-m", help="A model's name (see `hedge models`) or its folder.")]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", parser=parse_path, metavar="PATH", help="Write to this file instead of standard output."
    ),
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No notes and no progress.")]
CorpusOption = Annotated[
    list[str], typer.Option("--corpus", "-c", metavar="READER=PATH", help="A corpus; repeat it for more.")
]
TextColumn = Annotated[str, typer.Option(help="Column of a CSV or TSV corpus that holds the sentence.")]
LabelColumn = Annotated[str, typer.Option(help="Column of a CSV or TSV corpus that holds the label.")]


def read_spec(spec: str, text_column: str, label_column: str, quiet: bool) -> Corpus:
    """Read the corpus of `READER=PATH`, and note what was left out of it."""
    from hedge.cli.output import note
    from hedge.corpora import parse_spec, read_corpus

    reader, path = parse_spec(spec)
    corpus = read_corpus(reader, path, text_column=text_column, label_column=label_column)
    if corpus.skipped and not quiet:
        reasons = ", ".join(f"{count} with {reason}" for reason, count in corpus.skipped.items())
        note(f"{spec}: left out {reasons}")
    return corpus


STDIN: Final = Path("-")
"""Name that stands for standard input."""
