"""`hedge explain`."""

from __future__ import annotations

import json
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from hedge.cli.options import STDIN, ModelOption, OutputOption
from hedge.cli.output import check_output, choose_style, note, write_text
from hedge.errors import HedgeError
from hedge.shipped import DEFAULT_MODEL


class Format(str, Enum):
    """How to write the explanation."""

    text = "text"
    json = "json"


def explain(
    sentence: Annotated[str, typer.Argument(metavar="TEXT | -", help="A sentence or more; - is standard input.")],
    model: ModelOption = DEFAULT_MODEL,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to write the explanation.")] = Format.text,
    output: OutputOption = None,
    every: Annotated[bool, typer.Option("--all", help="List every feature, small ones too.")] = False,
) -> None:
    """Say why sentences have their level.

    What each cue, word, pair of words and trait of the sentence adds to the logit of being hedged; the phrases that
    could be cues, with their probability, and what those that are none likely are; and the level that the sentence
    would have without each cue, or with it negated. JSON has every feature, for each of the three decisions between
    levels.

    Example: hedge explain "The terminal may reopen in May."
    """
    check_output(output)
    from hedge.buffer import holds_word
    from hedge.cli.parts import read_whole

    text = read_whole(STDIN, "utf-8").text if sentence == "-" else sentence

    if not holds_word(text):
        raise HedgeError("no sentence to explain; give one in quotes")
    if sentence != "-" and _is_file(sentence):
        note(f"{sentence} is a file's name, explained here as a sentence; for what is in it: hedge explain - < FILE")
    from hedge.library import load
    from hedge.render.explanation import render

    explanation = load(model).explain(text)
    if format is Format.json:
        write_text(json.dumps(explanation.to_dict(), indent=1, ensure_ascii=False) + "\n", output)
    else:
        write_text(render(explanation, choose_style(output), every=every), output)


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):  # too long for a file's name, or with a NUL in it
        return False
