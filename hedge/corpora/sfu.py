"""SFU Review Corpus: product reviews with speculation cues (Konstantinova et al. 2012)."""

from __future__ import annotations

from collections import Counter
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
from hedge.corpora.tokens import join_tokens

# Windows-1252 punctuation that the corpus has as control characters: 0x92 is the apostrophe.
_WINDOWS = {code: bytes([code]).decode("cp1252", errors="replace") for code in range(0x80, 0xA0)}


def read_sfu(path: Path) -> Corpus:
    """Read the folder of category folders, one category folder, or one XML file.

    A sentence is hedged when it has a cue of type speculation. The text is put together from the words.
    `document` is category and file: `PHONES/no12done`.

    Raises
    ------
    CorpusError : the XML is broken, or has no sentence with words.

    """
    files = read_files(path, "*.xml", "*/*.xml")
    skipped: Counter[str] = Counter()
    examples = [example for file in files for example in _read_file(file, skipped)]
    return make_corpus("sfu", path, files, examples, skipped)


def _read_file(file: SourceFile, skipped: Counter[str]) -> Iterator[Example]:
    events = xml_events(file)
    document = f"{file.path.absolute().parent.name}/{file.stem}"
    seen = 0
    for sentence in xml_elements(events, "SENTENCE"):
        seen += 1
        text, spans = _read_sentence(file, sentence)
        if not text:
            skipped[EMPTY] += 1
            continue
        cues = unique_cues(spans)
        yield Example(text, "sfu", document, hedged=bool(cues), cues=cues, genre="reviews")
    if seen == 0:
        file.fail("no <SENTENCE>; is it XML of the SFU Review Corpus?", events[0].line)
    if seen != (count := count_starts(events, "SENTENCE")):
        file.fail(f"{count - seen} of {count} <SENTENCE> stand inside another")


def _read_sentence(file: SourceFile, sentence: Sequence[XmlEvent]) -> tuple[str, list[tuple[int, int]]]:
    """Text of a sentence, and the code-point spans of its speculation cues in it."""
    tokens, ranges = _read_words(file, sentence)
    text, spans = join_tokens([_clean(token) for token in tokens])
    cues = []
    for first, last in ranges:
        # words of white space only take no room and can't be a cue's edge
        words = [span for span in spans[first:last] if span[0] < span[1]]
        cues += [(words[0][0], words[-1][1])] if words else []
    return text, cues


def _read_words(file: SourceFile, sentence: Sequence[XmlEvent]) -> tuple[list[str], list[tuple[int, int]]]:
    """Words of a sentence, and the half-open word ranges of its speculation cues."""
    tokens: list[str] = []
    ranges: list[tuple[int, int]] = []
    opened: list[tuple[XmlEvent, int]] = []
    in_word = False
    for event in sentence:
        if event.kind == "text":
            _add_text(file, event, tokens, in_word)
        elif event.value == "W":
            in_word = event.kind == "start"
            tokens += [""] if in_word else []
        elif event.value == "cue" and event.kind == "start":
            opened.append((event, len(tokens)))
        elif event.value == "cue":
            cue, first = opened.pop()
            if is_speculation(file, cue):
                ranges.append((first, len(tokens)))
    return tokens, ranges


def _add_text(file: SourceFile, event: XmlEvent, tokens: list[str], in_word: bool) -> None:
    if in_word:
        tokens[-1] += event.value
    elif event.value.strip():
        file.fail(f"text outside <W>: {event.value.strip()[:30]!r}", event.line)


def _clean(token: str) -> str:
    r"""Repair the encoding, drop a tagger's leftover and the white space around a word.

    >>> _clean(" n\x92t "), _clean("*/SYM")
    ('n’t', '*')
    """
    return " ".join(token.translate(_WINDOWS).split()).removesuffix("/SYM")
