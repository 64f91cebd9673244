"""Scored texts as data frames of pandas or polars, one row a sentence."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

import numpy as np

from hedge.document import Document
from hedge.errors import HedgeError
from hedge.levels import LEVELS

_LIBRARIES: Final = ("pandas", "polars")


def to_frame(document: Document, library: str = "pandas") -> Any:
    """One row a sentence.

    Columns: `sentence` (from 1), `start`, `end`, `text`, `level` (its name, an ordered category), `certainty`,
    `p_hedged`, `p_uncommitted`, `p_possible`, `p_probable`, `p_certain`, `cues` (lists of words), `cue_types` (lists
    of names), `holder` and `holder_kind` (null for none).

    Parameters
    ----------
    document : what `Model.score` gives.
    library : "pandas" or "polars"; the extra `hedge[frames]` brings both.

    Raises
    ------
    HedgeError : it is no document, or the library isn't known or isn't installed.

    >>> from hedge.library import load
    >>> to_frame(load().score("It may rain. It rained."))[["text", "level"]].values.tolist()
    [['It may rain.', 'possible'], ['It rained.', 'certain']]

    """
    if not isinstance(document, Document):
        raise HedgeError(f"data frames are made of a Document, as Model.score gives; found {type(document).__name__}")
    if library not in _LIBRARIES:
        raise HedgeError(f"no data frames of {library!r}; give {' or '.join(_LIBRARIES)}")
    try:
        frames = import_module(library)
    except ImportError as error:
        raise HedgeError(f'{library} isn\'t installed: pip install "hedge[frames]"') from error
    columns = _columns(document)
    names = [level.label for level in LEVELS]
    if library == "pandas":
        frame = frames.DataFrame(columns)
        if not len(frame):  # without a value, pandas takes words for numbers
            frame = frame.astype(dict.fromkeys(("text", "cues", "cue_types", "holder", "holder_kind"), "object"))
        frame["level"] = frames.Categorical(frame["level"], names, ordered=True)
        return frame
    types = dict.fromkeys(("text", "holder", "holder_kind"), frames.String)
    types |= dict.fromkeys(("cues", "cue_types"), frames.List(frames.String))
    return frames.DataFrame(columns, schema_overrides={**types, "level": frames.Enum(names)})


def _columns(document: Document) -> dict[str, Any]:
    columns, sentences = document.columns, document.sentences
    return {
        "sentence": np.arange(1, len(document) + 1),
        "start": columns["start"],
        "end": columns["end"],
        "text": [sentence.text for sentence in sentences],
        "level": [sentence.level.label for sentence in sentences],
        "certainty": columns["certainty"],
        "p_hedged": columns["p_hedged"],
        **{f"p_{level.label}": columns["probabilities"][:, level] for level in LEVELS},
        "cues": [[cue.text for cue in sentence.cues] for sentence in sentences],
        "cue_types": [[cue.type.value for cue in sentence.cues] for sentence in sentences],
        "holder": [sentence.holder.text if sentence.holder else None for sentence in sentences],
        "holder_kind": [sentence.holder.kind.value if sentence.holder else None for sentence in sentences],
    }
