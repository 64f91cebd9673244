"""The project's labels for sentences of texts that come with other packages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from hedge.corpora.example import Example
from hedge.corpora.files import Corpus, SourceFile, get_string, json_records, make_corpus, read_files
from hedge.corpora.labels import fingerprint
from hedge.corpora.records import check_keys, read_label, read_span
from hedge.errors import CorpusError
from hedge.shipped import shipped_folder

_KEYS: Final = ("document", "start", "end", "sha256", "level", "cues", "holder")


def read_found(path: Path, labels: Path | None = None) -> Corpus:
    r"""Read sentences of texts that come with other packages, with the labels that the project gave them.

    PATH holds the texts, a JSON lines file for each kind, each line a document; `make texts` fetches and writes them:

        {"document": "12", "text": "It is calm. The ferry may sail."}

    `labels` is the folder with a file of the same name for each kind, by default the one that comes with the package. A
    label names its document, the half-open code-point offsets of its sentence there and the first digits of the SHA-256
    of that sentence; level, cues and holder are as in `read_labels`, with offsets into the sentence:

        {"document": "12", "start": 12, "end": 31, "sha256": "0f1e2d3c4b5a6978", "level": "possible",
        "cues": [{"start": 10, "end": 13, "type": "epistemic"}], "holder": null}

    The examples' corpus is "labels", whose definition they follow, their `source` and `genre` the name of the file. The
    digest is of the labels alone.

    Raises
    ------
    CorpusError : a label breaks a rule, or its sentence isn't in the texts; or texts aren't there.

    """
    files = read_files(labels or shipped_folder("corpora") / "found", "*.jsonl")
    examples = [example for file in files for example in _read_kind(file, path)]
    return make_corpus("found", path, files, examples, {})


def _read_kind(file: SourceFile, folder: Path) -> Iterator[Example]:
    """Examples of one kind of text, from the file of its labels."""
    path = folder / file.path.name
    if folder.is_dir() and not path.is_file():
        raise CorpusError(
            f"folder holds no {file.path.name}, of which there are labels; `make texts` fetches it", folder
        )
    texts = _read_texts(path)
    labelled: set[tuple[str, int]] = set()
    for line, record in json_records(file):
        check_keys(file, line, "label", record, _KEYS)
        name, start = get_string(file, line, record, "document"), record["start"]
        if name not in texts:
            file.fail(f"no text of {path} is called {name!r}", line)
        text = _find_sentence(file, line, record, texts[name])
        if (name, start) in labelled:
            file.fail(f"the sentence at {start} of text {name!r} is labelled twice", line)
        labelled.add((name, start))
        label = read_label(file, line, record, text)
        yield Example(text, "labels", f"{file.stem}/{name}", genre=file.stem, source=file.stem, **label)


def _find_sentence(file: SourceFile, line: int, record: Mapping[str, Any], text: str) -> str:
    """The sentence of a text that a label is of."""
    start, end = read_span(file, line, text, record)
    sentence = text[start:end]
    if fingerprint(sentence) != get_string(file, line, record, "sha256"):
        file.fail(f"{start}:{end} isn't the sentence that was labelled, but {sentence!r}", line)
    return sentence


def _read_texts(path: Path) -> dict[str, str]:
    """Texts by the names of their documents."""
    (file,) = read_files(path)
    texts: dict[str, str] = {}
    for line, record in json_records(file):
        name = get_string(file, line, record, "document")
        if name in texts:
            file.fail(f"document {name!r} stands there twice", line)
        texts[name] = get_string(file, line, record, "text")
    return texts
