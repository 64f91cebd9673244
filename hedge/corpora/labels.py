"""The project's labels for sentences of published corpora, which are read from where they are."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from hedge.corpora.bioscope import read_bioscope
from hedge.corpora.example import Example
from hedge.corpora.files import Corpus, SourceFile, get_string, json_records, make_corpus, read_files
from hedge.corpora.records import check_keys, read_label
from hedge.corpora.science import read_science
from hedge.corpora.sfu import read_sfu
from hedge.corpora.uds import read_uds
from hedge.corpora.wikiweasel import read_wikiweasel
from hedge.errors import CorpusError
from hedge.shipped import shipped_folder

_READERS: Final[Mapping[str, Callable[[Path], Corpus]]] = {
    "bioscope": read_bioscope,
    "science_certainty": read_science,
    "sfu_review": read_sfu,
    "uds_ih2": read_uds,
    "wikiweasel": read_wikiweasel,
}
"""Reader of each corpus by the name of its folder."""

_DIGITS: Final = 16
"""How many hexadecimal digits of the SHA-256 name a sentence."""


def read_labels(path: Path, labels: Path | None = None) -> Corpus:
    r"""Read sentences of published corpora, each a folder in PATH, with the labels that the project gave them.

    PATH holds the corpora under the names `bioscope`, `science_certainty`, `uds_ih2` and `wikiweasel`. `labels` is the
    folder with a JSON lines file for each, by default the one that comes with the package. A label names its sentence
    by the first digits of the SHA-256 of the text as the corpus's reader gives it (of a text that stands there several
    times only the first is labelled); level, cues and holder are as in `read_records`, except that a holder has no
    `text`:

        {"sha256": "0f1e2d3c4b5a6978", "level": "possible", "cues": [{"start": 3, "end": 6, "type": "epistemic"}],
        "holder": {"start": 0, "end": 2, "kind": "named"}}

    `document` and `genre` are as in the published corpus, whose name is `source`. The digest is of the labels alone.

    Raises
    ------
    CorpusError : a label breaks a rule, or its sentence isn't in the corpus; or a corpus isn't there.

    """
    files = read_files(labels or shipped_folder("corpora") / "labels", "*.jsonl")
    examples = [example for file in files for example in _read_file(file, path / file.stem)]
    return make_corpus("labels", path, files, examples, {})


def _read_file(file: SourceFile, folder: Path) -> Iterator[Example]:
    if file.stem not in _READERS:
        file.fail(f"no corpus is called {file.stem!r}; there are {', '.join(_READERS)}")
    if folder.parent.is_dir() and not folder.exists():
        raise CorpusError(f"folder holds no {folder.name}, of which there are labels", folder.parent)
    sentences: dict[str, Example] = {}
    for example in _READERS[file.stem](folder).examples:
        sentences.setdefault(fingerprint(example.text), example)
    labelled: set[str] = set()
    for line, record in json_records(file):
        check_keys(file, line, "label", record, ("sha256", "level", "cues", "holder"))
        name = get_string(file, line, record, "sha256")
        if name not in sentences:
            file.fail(f"no sentence of {folder} has the SHA-256 {name}...", line)
        if name in labelled:
            file.fail(f"sentence {name} is labelled twice", line)
        labelled.add(name)
        example = sentences[name]
        label = read_label(file, line, record, example.text)
        yield dataclasses.replace(example, corpus="labels", source=example.corpus, certainty=None, **label)


def fingerprint(text: str) -> str:
    """First digits of the SHA-256 of a text, by which a label names it.

    >>> fingerprint("It may rain.")
    'b213e54d6dcf8259'
    """
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
