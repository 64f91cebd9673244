"""WikiWeasel: Wikipedia sentences, hedged or not (Farkas et al. 2010)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from hedge.corpora.example import Example
from hedge.corpora.files import BLOCK, EMPTY, Corpus, SourceFile, make_corpus, read_files
from hedge.corpora.tokens import join_text
from hedge.errors import CorpusError


def read_wikiweasel(path: Path) -> Corpus:
    """Read a folder with `*certain.txt` and `*uncertain.txt`, or one of them; a tokenised sentence a line.

    The articles are not known: 20 consecutive lines of a file count as one document, `train_certain/0` the first.

    Raises
    ------
    CorpusError : one of the two kinds of file is missing from the folder, or the file's name doesn't give the label.

    """
    files = read_files(path, "*certain.txt")
    labels = {_is_uncertain(file) for file in files}
    if path.is_dir() and len(labels) == 1:
        raise CorpusError(f"folder holds no *{'' if True in labels else 'un'}certain.txt beside {files[0].name}", path)
    skipped: Counter[str] = Counter()
    examples = [example for file in files for example in _read_file(file, skipped)]
    return make_corpus("wikiweasel", path, files, examples, skipped)


def _is_uncertain(file: SourceFile) -> bool:
    if not file.path.name.endswith("certain.txt"):
        file.fail("the file's name must end in 'uncertain.txt' (hedged) or 'certain.txt' (not hedged)")
    return file.path.name.endswith("uncertain.txt")


def _read_file(file: SourceFile, skipped: Counter[str]) -> Iterator[Example]:
    hedged = _is_uncertain(file)
    lines = file.text().removesuffix("\n").split("\n")
    for number, line in enumerate(lines):
        if text := join_text(line):
            document = f"{file.stem}/{number // BLOCK}"
            yield Example(text, "wikiweasel", document, hedged=hedged, genre="encyclopedia")
        else:
            skipped[EMPTY] += 1
