"""BioScope XML: biomedical sentences with speculation cues (Vincze et al. 2008)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from hedge.corpora.example import Example
from hedge.corpora.files import (
    EMPTY,
    Corpus,
    SourceFile,
    XmlEvent,
    count_starts,
    is_speculation,
    make_corpus,
    read_files,
    unique_cues,
    xml_elements,
    xml_events,
)

REACH = 40
"""Parts of one cue (*either ... or*) at most so many characters apart become one span."""

_EDGE = re.compile(r"\A\s+|\s+\Z|[^\S\n\r\t]*[\n\r\t]\s*")


def read_bioscope(path: Path) -> Corpus:
    """Read a BioScope file, or the `*.xml` of a folder.

    A sentence is hedged when it has a cue of type speculation. `document` is the file's stem, a slash and the
    document's id: `abstracts/91079577`.

    Raises
    ------
    CorpusError : the XML is broken, or a sentence stands outside a document with an id.

    """
    files = read_files(path, "*.xml")
    skipped: Counter[str] = Counter()
    examples = [example for file in files for example in _read_file(file, skipped)]
    return make_corpus("bioscope", path, files, examples, skipped)


def _read_file(file: SourceFile, skipped: Counter[str]) -> Iterator[Example]:
    events = xml_events(file)
    seen = 0
    for document in xml_elements(events, "Document"):
        name = f"{file.stem}/{_document_id(file, document)}"
        for sentence in xml_elements(document, "sentence"):
            seen += 1
            text, spans = _read_sentence(file, sentence)
            if not text:
                skipped[EMPTY] += 1
                continue
            cues = unique_cues(spans)
            yield Example(text, "bioscope", name, hedged=bool(cues), cues=cues, genre="biology")
    if seen == 0:
        file.fail("no <sentence> inside a <Document>; is it BioScope XML?", events[0].line)
    if seen != (count := count_starts(events, "sentence")):
        file.fail(f"{count - seen} of {count} <sentence> stand outside a <Document> or inside another <sentence>")


def _document_id(file: SourceFile, document: Sequence[XmlEvent]) -> str:
    element = next(xml_elements(document, "DocID"), ())
    found = "".join(event.value for event in element if event.kind == "text").strip()
    if not found:
        file.fail("<Document> without <DocID>", document[0].line)
    return found


def _read_sentence(file: SourceFile, sentence: Sequence[XmlEvent]) -> tuple[str, list[tuple[int, int]]]:
    """Text of a sentence, and the code-point spans of its speculation cues in it."""
    texts: list[str] = []
    parts: dict[str, list[tuple[int, int]]] = defaultdict(list)
    opened: list[tuple[XmlEvent, int]] = []
    position = 0
    for event in sentence:
        if event.kind == "text":
            texts.append(event.value)
            position += len(event.value)
        elif event.value == "cue" and event.kind == "start":
            opened.append((event, position))
        elif event.value == "cue":
            cue, start = opened.pop()
            if is_speculation(file, cue):
                parts[cue.attributes.get("ref", f"at {start}")].append((start, position))
    return _normalise("".join(texts), [span for group in parts.values() for span in join_parts(group)])


def join_parts(parts: Sequence[tuple[int, int]], reach: int = REACH) -> list[tuple[int, int]]:
    """Join the code-point spans of one cue that lie at most `reach` apart.

    >>> join_parts([(20, 22), (0, 6), (100, 102)])
    [(0, 22), (100, 102)]
    """
    joined: list[tuple[int, int]] = []
    for start, end in sorted(parts):
        if joined and start - joined[-1][1] <= reach:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _normalise(raw: str, spans: Sequence[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    r"""Strip a text and its spans and make one space of every line break or tab; spans move along.

    >>> _normalise("\n It\n\t may ", [(5, 11)])
    ('It may', [(3, 6)])
    """
    trimmed = [_trim(raw, start, end) for start, end in spans]
    cuts = [(m.start(), m.end(), int(m.start() > 0 and m.end() < len(raw))) for m in _EDGE.finditer(raw)]

    def moved(offset: int) -> int:
        # a trimmed span starts and ends at a visible character, so no cut reaches across its edges
        return offset - sum(end - start - kept for start, end, kept in cuts if end <= offset)

    pieces, after = [], 0
    for start, end, kept in cuts:
        pieces.append(raw[after:start] + " " * kept)
        after = end
    return "".join(pieces) + raw[after:], [(moved(start), moved(end)) for start, end in trimmed]


def _trim(raw: str, start: int, end: int) -> tuple[int, int]:
    """Span without the white space at its edges; (0, 0) where nothing is left."""
    inner = raw[start:end]
    if not inner.strip():
        return 0, 0
    return start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())
