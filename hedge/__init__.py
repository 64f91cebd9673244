"""Which sentences of a text are stated as fact, which are hedged, how strongly, by which words, and on whose word.

>>> load().score("It may rain. It rained.").sentences[0].level.label
'possible'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hedge.corpora import Corpus, Example, GoldCue, GoldHolder, read_corpus
    from hedge.document import Cue, Document, Holder, Sentence
    from hedge.errors import CorpusError, HedgeError, InputError, ModelError
    from hedge.estimator import HedgeClassifier, HedgeVectorizer
    from hedge.explain import Explanation
    from hedge.frame import to_frame
    from hedge.levels import CueType, HolderKind, Level
    from hedge.library import Model, load, train

    __version__: str

__all__ = [
    "Corpus",
    "CorpusError",
    "Cue",
    "CueType",
    "Document",
    "Example",
    "Explanation",
    "GoldCue",
    "GoldHolder",
    "HedgeClassifier",
    "HedgeError",
    "HedgeVectorizer",
    "Holder",
    "HolderKind",
    "InputError",
    "Level",
    "Model",
    "ModelError",
    "Sentence",
    "__version__",
    "load",
    "read_corpus",
    "to_frame",
    "train",
]

# Names are looked up when first used: `hedge --help` needs no numpy, and only training needs scikit-learn.
_HOMES = {
    **dict.fromkeys(("Corpus", "Example", "GoldCue", "GoldHolder", "read_corpus"), "hedge.corpora"),
    **dict.fromkeys(("Cue", "Document", "Holder", "Sentence"), "hedge.document"),
    **dict.fromkeys(("CorpusError", "HedgeError", "InputError", "ModelError"), "hedge.errors"),
    **dict.fromkeys(("CueType", "HolderKind", "Level"), "hedge.levels"),
    **dict.fromkeys(("Model", "load", "train"), "hedge.library"),
    "Explanation": "hedge.explain",
    **dict.fromkeys(("HedgeClassifier", "HedgeVectorizer"), "hedge.estimator"),
    "to_frame": "hedge.frame",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        value: Any = version("hedge")
    elif name in _HOMES:
        value = getattr(import_module(_HOMES[name]), name)
    else:
        raise AttributeError(f"module 'hedge' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
