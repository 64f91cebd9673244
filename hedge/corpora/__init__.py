"""Corpora: one reader a format, path -> `Corpus` of `Example`s.

`files.py` and `tokens.py` hold what the readers share, `example.py` what they yield.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from hedge.corpora.bioscope import read_bioscope
from hedge.corpora.example import Example, GoldCue, GoldHolder
from hedge.corpora.files import Corpus
from hedge.corpora.found import read_found
from hedge.corpora.labels import read_labels
from hedge.corpora.records import read_records
from hedge.corpora.science import read_science
from hedge.corpora.sfu import read_sfu
from hedge.corpora.table import LABEL_COLUMN, TEXT_COLUMN, read_csv, read_tsv
from hedge.corpora.uds import read_uds
from hedge.corpora.wikiweasel import read_wikiweasel
from hedge.errors import HedgeError

__all__ = ["READERS", "Corpus", "Example", "GoldCue", "GoldHolder", "Reader", "parse_spec", "read_corpus"]

Reader = Callable[[Path], Corpus]

_TABLES = {"csv": read_csv, "tsv": read_tsv}

READERS: Mapping[str, Reader] = {
    "bioscope": read_bioscope,
    "wikiweasel": read_wikiweasel,
    "sfu": read_sfu,
    "uds": read_uds,
    "science": read_science,
    "records": read_records,
    "labels": read_labels,
    "found": read_found,
    **_TABLES,
}
"""Readers by name, as `READER=PATH` on the command line gives it."""


def read_corpus(
    reader_name: str, path: str | Path, *, text_column: str = TEXT_COLUMN, label_column: str = LABEL_COLUMN
) -> Corpus:
    """Read a corpus.

    Parameters
    ----------
    reader_name
        a key of `READERS`.
    path
        the file or the folder.
    text_column, label_column
        names of the columns of a CSV or TSV file; other formats have none.

    Raises
    ------
    HedgeError : there is no such reader.
    CorpusError : the files don't follow the format, or can't be read.

    """
    reader = _find_reader(reader_name)
    if reader_name in _TABLES:
        return _TABLES[reader_name](Path(path), text_column, label_column)
    return reader(Path(path))


def parse_spec(spec: str) -> tuple[str, Path]:
    """Split `READER=PATH`.

    Raises
    ------
    HedgeError : it isn't of that form, or there is no such reader.

    >>> reader, path = parse_spec("bioscope=../corpora/bioscope")
    >>> reader, path.as_posix()
    ('bioscope', '../corpora/bioscope')

    """
    name, equals, path = spec.partition("=")
    if not equals or not path:
        raise HedgeError(f"{spec!r} is not READER=PATH; the readers are {', '.join(READERS)}")
    _find_reader(name)
    return name, Path.home() / path[2:] if path.startswith("~/") else Path(path)


def _find_reader(name: str) -> Reader:
    if name not in READERS:
        raise HedgeError(f"no reader {name!r}; the readers are {', '.join(READERS)}")
    return READERS[name]
