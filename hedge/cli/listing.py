"""`hedge models`, `hedge corpora`, `hedge lexicon`: what is at hand."""

from __future__ import annotations

import json
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hedge.cli.output import align, note, write_text
from hedge.levels import CueType

if TYPE_CHECKING:
    from hedge.lexicon import Entry


class Format(str, Enum):
    """How to write a list."""

    text = "text"
    jsonl = "jsonl"


def models() -> None:
    """List the models at hand, by the name that --model takes.

    Example: hedge models
    """
    from hedge.library import model_folders

    rows = [["model", "sentences", "corpora", "folder"]]
    rows += [[name, *_describe_model(folder), str(folder)] for name, folder in model_folders().items()]
    write_text(align(rows))


def _describe_model(folder: Path) -> list[str]:
    try:
        described: dict[str, Any] = json.loads((folder / "model.json").read_text("utf-8"))
        corpora = described.get("corpora", [])
        total = sum(corpus["sentences"] for corpus in corpora)
        return [str(total), ",".join(corpus["name"] for corpus in corpora) or "-"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ["-", "unreadable"]


def corpora() -> None:
    """List what the model `general` was trained on, and the readers for corpora of your own.

    Example: hedge corpora
    """
    from hedge.corpora import READERS
    from hedge.library import load

    rows = [["corpus", "genre", "sentences", "hedged"]]
    for corpus in load().metadata["corpora"]:
        genres: dict[str, dict[str, int]] = corpus.get("genres", {"": corpus})
        rows += [[corpus["name"], genre, *_count(of_one)] for genre, of_one in genres.items()]
    readers = "".join(f"{name:<11} {_first_line(reader.__doc__)}\n" for name, reader in READERS.items())
    write_text(f"{align(rows)}\nReaders, for --corpus READER=PATH:\n{readers}")


def _count(counts: dict[str, int]) -> list[str]:
    return [str(counts["sentences"]), f"{counts['hedged'] / counts['sentences']:.1%}"]


def _first_line(docstring: str | None) -> str:
    return (docstring or "").strip().split("\n")[0]


def lexicon(
    words: Annotated[
        str, typer.Argument(metavar="[TEXT]", help="Only entries with this text in one of their forms.")
    ] = "",
    kind: Annotated[CueType | None, typer.Option("--type", "-t", help="Only entries of this type.")] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to write the entries.")] = Format.text,
) -> None:
    """List the phrases that models start from: type, strength, probability band in percent, source.

    The strength says how far a phrase weakens a claim, from 0, not at all, to 1.

    Example: hedge lexicon likely --type epistemic
    """
    from hedge.lexicon import read_entries

    wanted = words.lower()
    found = [
        entry
        for entry in read_entries()
        if (kind is None or entry.type.value == kind.value)
        and any(wanted in form for form in (entry.phrase, *entry.forms))
    ]
    if format is Format.jsonl:
        write_text("".join(json.dumps(_to_record(entry), ensure_ascii=False) + "\n" for entry in found))
        return
    if not found:
        note("no entry has it")
    rows = [["phrase", "type", "strength", "band", "source"]]
    rows += [[e.phrase, e.type.value, f"{e.strength:.2f}", _band(e), ", ".join(e.source)] for e in found]
    write_text(align(rows))


def _band(entry: Entry) -> str:
    return f"{entry.band[0]}-{entry.band[1]}%" if entry.band else "-"


def _to_record(entry: Entry) -> dict[str, Any]:
    return {
        "phrase": entry.phrase,
        "forms": entry.forms,
        "type": entry.type.value,
        "strength": entry.strength,
        "band": entry.band,
        "readings": entry.readings,
        "source": entry.source,
    }
