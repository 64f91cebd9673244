"""What the readers share: files, XML and JSON lines, with errors that name the line, and the `Corpus` they make."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, NoReturn
from xml.parsers import expat

from hedge.corpora.example import Example, GoldCue
from hedge.errors import CorpusError
from hedge.strict_json import read_json

EMPTY = "empty text"
"""Reason in `Corpus.skipped` for records without a visible character."""

BLOCK = 20
"""Consecutive sentences that count as one document where a corpus doesn't tell its documents apart."""


@dataclass(frozen=True)
class Corpus:
    """A corpus that was read.

    Attributes
    ----------
    name : the reader's name, or the stem of a user's own file.
    examples : the labelled sentences, in the order of the files.
    skipped : why records were left out -> how many.
    digest : SHA-256 in hexadecimal of the files' bytes, one file after the other in order of relative path;
        for a single file what `sha256sum` prints.

    """

    name: str
    examples: tuple[Example, ...]
    skipped: Mapping[str, int]
    digest: str


@dataclass(frozen=True)
class SourceFile:
    """A file as it was read: where it is, its path below the corpus folder (with `/`), and its bytes."""

    path: Path
    name: str
    data: bytes

    @property
    def stem(self) -> str:
        """File name without folder and suffix."""
        return self.path.stem

    def fail(self, message: str, line: int | None = None, cause: Exception | None = None) -> NoReturn:
        """Raise a `CorpusError` that names this file."""
        raise CorpusError(message, self.path, line) from cause

    def text(self) -> str:
        """Decode the file as UTF-8, without its byte order mark.

        Raises
        ------
        CorpusError : a byte sequence isn't UTF-8; the line is that of the first one.

        """
        data = self.data.removeprefix(b"\xef\xbb\xbf")
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            self.fail(f"not UTF-8 (byte 0x{data[error.start]:02x})", data.count(b"\n", 0, error.start) + 1, error)


def read_files(path: Path, *patterns: str) -> list[SourceFile]:
    """Read `path` itself, or where it is a folder the files in it that match a glob pattern, by relative path.

    Raises
    ------
    CorpusError : there is no such file or folder, it can't be read, or the folder holds no such file.

    """
    if path.is_dir():
        found = {file for pattern in patterns for file in path.glob(pattern) if not file.is_dir()}
        named = sorted((file.relative_to(path).as_posix(), file) for file in found)
        if not named:
            raise CorpusError(f"folder holds no {' or '.join(patterns)}", path)
    else:
        named = [(path.name, path)]
    return [SourceFile(file, name, _read_bytes(file)) for name, file in named]


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise CorpusError("no such file or folder", path) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise CorpusError(f"can't be read ({getattr(error, 'strerror', None) or error})", path) from error


def make_corpus(
    name: str, path: Path, files: Sequence[SourceFile], examples: Sequence[Example], skipped: Mapping[str, int]
) -> Corpus:
    """Put a corpus together.

    Raises
    ------
    CorpusError : not one example is left; the text says what was skipped.

    """
    counts = {reason: number for reason, number in sorted(skipped.items()) if number}
    if not examples:
        left_out = ", ".join(f"{number} with {reason}" for reason, number in counts.items())
        raise CorpusError(f"no usable record{f' (skipped: {left_out})' if left_out else ''}", path)
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.data)
    return Corpus(name, tuple(examples), counts, digest.hexdigest())


def tidy(text: str) -> str:
    r"""Strip, and make one space of every line break or tab with the white space around it.

    >>> tidy("  It may\n\train.  So?\n")
    'It may rain.  So?'
    """
    return _BREAK.sub(" ", text).strip()


_BREAK = re.compile(r"[^\S\n\r\t]*[\n\r\t]\s*")


def unique_cues(spans: Sequence[tuple[int, int]]) -> tuple[GoldCue, ...]:
    """Cues without a type from half-open code-point spans: in order, each once, empty ones left out.

    >>> unique_cues([(7, 9), (2, 5), (7, 9), (4, 4)])
    (GoldCue(start=2, end=5, type=None), GoldCue(start=7, end=9, type=None))
    """
    return tuple(GoldCue(start, end) for start, end in sorted(set(spans)) if start < end)


def json_records(file: SourceFile) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield line number (from 1) and object of each line of a JSON lines file; blank lines hold no record.

    Raises
    ------
    CorpusError : a line isn't JSON (which knows no NaN), or not an object.

    """
    for line, content in enumerate(file.text().split("\n"), start=1):
        if not content.strip():
            continue
        try:
            record = read_json(content)
        except ValueError as error:
            file.fail(f"not JSON ({error})", line, error)
        if not isinstance(record, dict):
            file.fail(f"a JSON object is needed, found {type(record).__name__}", line)
        yield line, record


def get_field(file: SourceFile, line: int, record: Mapping[str, Any], key: str) -> Any:
    """Value of a key that must be there; `CorpusError` where it isn't."""
    if key not in record:
        file.fail(f"key {key!r} is missing; found {', '.join(map(repr, record)) or 'none'}", line)
    return record[key]


def get_string(file: SourceFile, line: int, record: Mapping[str, Any], key: str) -> str:
    """String under a key that must be there; `CorpusError` where it isn't one, or holds half a surrogate pair."""
    value = get_field(file, line, record, key)
    if not isinstance(value, str):
        file.fail(f"{key!r} must be a string, found {value!r}", line)
    if not value.isascii() and _SURROGATE.search(value):
        file.fail(f"{key!r} holds a lone surrogate, which is no character", line)
    return value


_SURROGATE = re.compile("[\ud800-\udfff]")


def is_number(value: Any, low: float, high: float) -> bool:
    """Whether a JSON value is a number (no bool) from `low` to `high`."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and low <= value <= high


class XmlEvent(NamedTuple):
    """A step through an XML file: `kind` is "start", "end" or "text", `value` the tag or the text."""

    kind: str
    value: str
    attributes: Mapping[str, str]
    line: int


def xml_events(file: SourceFile) -> list[XmlEvent]:
    """All start tags, end tags and texts of an XML file, in order, each with its line.

    Raises
    ------
    CorpusError : the file isn't well-formed XML.

    """
    events: list[XmlEvent] = []
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def add(kind: str, value: str, attributes: Mapping[str, str]) -> None:
        events.append(XmlEvent(kind, value, attributes, parser.CurrentLineNumber))

    parser.StartElementHandler = lambda tag, attributes: add("start", tag, attributes)
    parser.EndElementHandler = lambda tag: add("end", tag, {})
    parser.CharacterDataHandler = lambda text: add("text", text, {})
    # with a DOCTYPE, expat drops entities that it can't look up, and their text would be lost without a word
    parser.SkippedEntityHandler = lambda name, _: file.fail(f"unknown entity &{name};", parser.CurrentLineNumber)
    try:
        parser.Parse(file.data, True)
    except expat.ExpatError as error:
        file.fail(f"not well-formed XML ({expat.ErrorString(error.code)})", error.lineno, error)
    except (LookupError, ValueError) as error:  # an encoding that Python or expat doesn't know
        file.fail(f"XML can't be read ({error})", 1, error)
    return events


def xml_elements(events: Sequence[XmlEvent], tag: str) -> Iterator[Sequence[XmlEvent]]:
    """Yield the events of each element called `tag`, from its start tag to its end tag; inner ones stay inside."""
    depth = begun = 0
    for position, event in enumerate(events):
        if event.value != tag or event.kind == "text":
            continue
        if event.kind == "start":
            begun = position if depth == 0 else begun
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                yield events[begun : position + 1]


def count_starts(events: Sequence[XmlEvent], tag: str) -> int:
    """Count the start tags called `tag`."""
    return sum(event.kind == "start" and event.value == tag for event in events)


def is_speculation(file: SourceFile, cue: XmlEvent) -> bool:
    """Whether a `<cue>` marks speculation and not negation; `CorpusError` where it marks neither."""
    kind = cue.attributes.get("type")
    if kind not in ("speculation", "negation"):
        file.fail(f"<cue> of type {kind!r}; known are 'negation' and 'speculation'", cue.line)
    return kind == "speculation"
