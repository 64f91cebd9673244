"""The project's own records: JSON lines with level, cues and holder, checked in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from hedge.corpora.example import Example, GoldCue, GoldHolder
from hedge.corpora.files import EMPTY, Corpus, SourceFile, get_field, get_string, json_records, make_corpus, read_files
from hedge.levels import CUE_TYPES, HOLDER_KINDS, LEVEL_OF, Level

READINGS = ("permission", "ability", "duty", "habit", "month", "name", "demand", "quantity", "other")
"""What a word that looks like a cue can be instead."""

_KEYS = ("id", "text", "level", "cues", "non_cues", "holder", "genre", "document")
HOLDER_KEYS = ("start", "end", "kind")
_TYPES = {kind.value: kind for kind in CUE_TYPES}
_KINDS = {kind.value: kind for kind in HOLDER_KINDS}


def read_records(path: Path) -> Corpus:
    r"""Read a JSON lines file, or the `*.jsonl` of a folder, and check every record in full.

    A record has exactly the keys id, text, level, cues, non_cues, holder, genre and document. Offsets are half-open
    code-point offsets into `text` that begin and end on the edge of a word. `hedged` is a level below certain.
    `non_cues` are checked and left out. A record:

        {"id": "news-1", "text": "It may rain.", "level": "possible", "cues": [{"start": 3, "end": 6, "type":
        "epistemic"}], "non_cues": [], "holder": null, "genre": "news", "document": "news-rain"}

    Raises
    ------
    CorpusError : a record breaks a rule; the text says which, and what is allowed.

    """
    files = read_files(path, "*.jsonl")
    skipped: Counter[str] = Counter()
    seen: dict[str, str] = {}
    examples = [example for file in files for example in _read_file(file, seen, skipped)]
    return make_corpus("records", path, files, examples, skipped)


def _read_file(file: SourceFile, seen: dict[str, str], skipped: Counter[str]) -> Iterator[Example]:
    for line, record in json_records(file):
        check_keys(file, line, "record", record, _KEYS)
        name = get_string(file, line, record, "id")
        if name in seen:
            file.fail(f"id {name!r} is taken by {seen[name]}", line)
        seen[name] = f"{file.path.name}:{line}"
        if not get_string(file, line, record, "text").strip():
            skipped[EMPTY] += 1
            continue
        yield _read_example(file, line, record)


def _read_example(file: SourceFile, line: int, record: Mapping[str, Any]) -> Example:
    text = get_string(file, line, record, "text")
    for item in _items(file, line, record, "non_cues", "reading"):
        read_span(file, line, text, item)
        _choice(file, line, item, "reading", READINGS)
    return Example(
        text,
        "records",
        get_string(file, line, record, "document"),
        genre=get_string(file, line, record, "genre"),
        **read_label(file, line, record, text, ("text", *HOLDER_KEYS)),
    )


def read_label(
    file: SourceFile, line: int, record: Mapping[str, Any], text: str, holder_keys: Sequence[str] = HOLDER_KEYS
) -> dict[str, Any]:
    """What an `Example` says of a text by the project's guide, from level, cues and holder of a record.

    Raises
    ------
    CorpusError : one of the three breaks a rule.

    """
    level = LEVEL_OF[_choice(file, line, record, "level", LEVEL_OF)]
    return {
        "hedged": level != Level.CERTAIN,
        "level": level,
        "cues": _read_cues(file, line, record, text),
        "holder": _read_holder(file, line, record, text, holder_keys),
        "has_holder": True,
    }


def _read_cues(file: SourceFile, line: int, record: Mapping[str, Any], text: str) -> tuple[GoldCue, ...]:
    cues = []
    for item in _items(file, line, record, "cues", "type"):
        start, end = read_span(file, line, text, item)
        cues.append(GoldCue(start, end, _TYPES[_choice(file, line, item, "type", _TYPES)]))
    return tuple(cues)


def _read_holder(
    file: SourceFile, line: int, record: Mapping[str, Any], text: str, keys: Sequence[str]
) -> GoldHolder | None:
    holder = record["holder"]
    if holder is None:
        return None
    if not isinstance(holder, dict):
        file.fail(f"'holder' must be an object or null, found {holder!r}", line)
    check_keys(file, line, "holder", holder, keys)
    start, end = read_span(file, line, text, holder)
    if "text" in keys and get_string(file, line, holder, "text") != text[start:end]:
        file.fail(f"holder text {holder['text']!r} is not text[{start}:{end}], {text[start:end]!r}", line)
    return GoldHolder(start, end, _KINDS[_choice(file, line, holder, "kind", _KINDS)])


def check_keys(file: SourceFile, line: int, what: str, found: Mapping[str, Any], allowed: Sequence[str]) -> None:
    """Fail unless an object, which errors call `what`, has exactly the keys that are allowed."""
    if found.keys() == set(allowed):
        return
    if missing := [key for key in allowed if key not in found]:
        file.fail(f"{what} lacks {', '.join(map(repr, missing))}", line)
    if unknown := [key for key in found if key not in allowed]:
        file.fail(f"{what} has unknown {', '.join(map(repr, unknown))}; allowed are {', '.join(allowed)}", line)


def _items(file: SourceFile, line: int, record: Mapping[str, Any], key: str, label: str) -> list[dict[str, Any]]:
    """Objects under "cues" or "non_cues", each with the keys start, end and `label`."""
    items = get_field(file, line, record, key)
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        file.fail(f"{key!r} must be a list of objects", line)
    for item in items:
        check_keys(file, line, f"item of {key}", item, ("start", "end", label))
    return items


def _choice(file: SourceFile, line: int, found: Mapping[str, Any], key: str, allowed: Collection[str]) -> str:
    value = get_string(file, line, found, key)
    if value not in allowed:
        file.fail(f"unknown {key} {value!r}; allowed are {', '.join(allowed)}", line)
    return value


def read_span(file: SourceFile, line: int, text: str, found: Mapping[str, Any]) -> tuple[int, int]:
    """Half-open code-point offsets, checked: whole numbers, in range, not empty, on the edges of words."""
    start, end = found["start"], found["end"]

    def fail(reason: str) -> NoReturn:
        file.fail(f"offsets {start!r}:{end!r} {reason}", line)

    if type(start) is not int or type(end) is not int:
        fail("must be whole numbers")
    if not 0 <= start < end <= len(text):
        fail(f"must rise and lie in a text of {len(text)} characters")
    if text[start:end] != text[start:end].strip() or _splits_word(text, start) or _splits_word(text, end):
        fail(f"are not on the edges of words: {text[start:end]!r}")
    return start, end


def _splits_word(text: str, offset: int) -> bool:
    """Whether an offset lies between two letters or digits."""
    return 0 < offset < len(text) and text[offset - 1].isalnum() and text[offset].isalnum()
