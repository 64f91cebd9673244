"""The library face: find and load a model, score with it, train one."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hedge import model as model_files
from hedge.buffer import encode
from hedge.document import Document, Sentence, build_sentences
from hedge.errors import InputError, ModelError
from hedge.score import score_bytes, score_text, score_texts
from hedge.shipped import DEFAULT_MODEL, shipped_folder

if TYPE_CHECKING:
    from hedge.corpora import Example
    from hedge.explain import Explanation
    from hedge.settings import Settings


@dataclass(frozen=True)
class Model:
    """A loaded model.

    Attributes
    ----------
    weights : the weights and what is known about them.
    folder : where it was loaded from, or None for one that was just trained.

    """

    weights: model_files.Weights
    folder: Path | None = None

    @property
    def metadata(self) -> dict[str, Any]:
        """What `model.json` says of the model: name, corpora, figures."""
        return self.weights.metadata

    def score(self, text: str) -> Document:
        """Cut a text into sentences and judge each.

        Raises
        ------
        InputError : the text is no string, or holds a lone surrogate.

        >>> load().score("It may rain. It rained.").sentences[0].level.label
        'possible'

        """
        return score_text(self.weights, _check_text(text))

    def score_sentences(self, texts: Sequence[str]) -> list[Sentence]:
        """Judge texts that are one sentence each; one `Sentence` for each text, offsets into that text.

        Raises
        ------
        InputError : a text is no string or holds a lone surrogate; or it is one string instead of several.

        >>> [sentence.level.label for sentence in load().score_sentences(["It may rain.", "It rained."])]
        ['possible', 'certain']

        """
        return list(score_texts(self.weights, check_texts(texts)))

    def score_stream(self, chunks: Iterable[str]) -> Iterator[Sentence]:
        r"""Judge a text that comes in parts (lines with their ends, or chunks cut anywhere), in constant memory.

        Some 640 KB are judged at a time; an empty part asks for all up to the last empty line, or but the last 2 KB.

        Yields
        ------
        Sentences in order; `start` and `end` count code points from the beginning of the stream.

        Raises
        ------
        InputError : a part is no string, or holds a lone surrogate.

        >>> [s.start for s in load().score_stream(["It may rain. It ", "rained.\n"])]
        [0, 13]

        """
        begun = 0
        for piece, columns in score_bytes(self.weights, _encode(chunks)):
            bounds = zip(columns["start"].tolist(), columns["end"].tolist(), strict=True)
            texts = [piece[start:end] for start, end in bounds]
            moved = {**columns, "start": columns["start"] + begun, "end": columns["end"] + begun}
            yield from build_sentences(texts, moved)
            begun += len(piece)

    def explain(self, text: str) -> Explanation:
        """Explain the judgement of each sentence of a text: contributions, rejected candidates, what-ifs.

        Raises
        ------
        InputError : the text is no string, or holds a lone surrogate.

        >>> [w.level.label for w in load().explain("It may rain.").sentences[0].what_ifs if w.change == "removed"]
        ['certain']

        """
        from hedge.explain import explain_text

        return explain_text(self.weights, _check_text(text))

    def save(self, path: str | Path, *, force: bool = False) -> None:
        """Write the model to a folder: its weights, phrases, metadata and card; `force` replaces a model that is there.

        Raises
        ------
        ModelError : the folder is there and `force` is false or it holds something else than a model, which is never
            replaced; or it can't be written.

        """
        from hedge.card import write_card

        model_files.save(self.weights, Path(path), force=force, card=write_card(self.metadata))


def model_folders() -> dict[str, Path]:
    """Names of the models that come with the package, and their folders.

    >>> "general" in model_folders()
    True
    """
    place = shipped_folder("models")
    if not place.is_dir():
        return {}
    return {folder.name: folder for folder in sorted(place.iterdir()) if (folder / "model.json").is_file()}


def load(name: str | Path = DEFAULT_MODEL) -> Model:
    """Load a model by name (`hedge models` lists them) or by the path of its folder; a `Path` is never a name.

    Raises
    ------
    ModelError : there is no such model, or it is damaged or made for another version.

    >>> load("general").metadata["name"]
    'general'

    """
    if not isinstance(name, (str, Path)):
        raise ModelError(f"a model's name or folder must be a string or a path, found {type(name).__name__}")
    folders = model_folders()
    folder = folders.get(name, Path(name)) if isinstance(name, str) else name
    try:
        found = bool(str(name)) and folder.is_dir()
    except (OSError, ValueError):  # no name that a folder could have
        found = False
    if not found:
        raise ModelError(f"no model {str(name)!r}; there are {', '.join(folders) or 'none'}, or give a folder's path")
    return Model(model_files.read(folder), folder)


def _check_text(text: str) -> str:
    if not isinstance(text, str):
        raise InputError(f"the text must be a string, found {type(text).__name__}")
    return text


def _encode(chunks: Iterable[str]) -> Iterator[bytes]:
    """Chunks as UTF-8; an error says where in all of them it is."""
    begun = 0
    for chunk in chunks:
        yield encode(_check_text(chunk), begun)
        begun += len(chunk)


def check_texts(texts: Sequence[str]) -> list[str]:
    """Return texts as a list of plain strings.

    Raises
    ------
    InputError : they are one string, or one of them is none.

    """
    if isinstance(texts, (str, bytes)):
        raise InputError("texts must be a sequence of sentences; found one string")
    if isinstance(texts, Mapping) or hasattr(texts, "columns"):
        raise InputError("texts must be a sequence of sentences; found a table, give one column of it")
    listed = list(texts)
    for row, text in enumerate(listed):
        if not isinstance(text, str):
            raise InputError(f"text {row} must be a string, found {type(text).__name__}")
    return [str(text) for text in listed]


def train(
    examples: Iterable[Example],
    settings: Settings | None = None,
    *,
    base: Model | str | Path | None = None,
    progress: Callable[[str], None] = lambda step: None,
) -> Model:
    """Train a model on labelled sentences.

    Parameters
    ----------
    examples : the sentences, as the readers of `hedge.corpora` yield them.
    settings : the choices, see `hedge.settings.Settings`; without any, the one corpus of the examples is the target.
    base : a model to adapt to the sentences, or its name or folder, which wasn't trained on them; else they are all
        that is learned from.
    progress : called with the name of each step as it begins.

    Raises
    ------
    InputError : there are too few examples, or they are all of one class or of one document; one of them isn't as it
        should be; or the target is none of their corpora.
    ModelError : there is no such base model, or it doesn't tell levels apart.

    """
    from importlib.metadata import version  # what only scores needn't wait for it

    from hedge.adaptation import adapt
    from hedge.corpora.example import complete
    from hedge.training import check_examples, relabel
    from hedge.training import train as fit

    listed = [complete(example, number) for number, example in enumerate(examples)]
    check_examples(listed)
    chosen = _choose_target(listed, settings)
    if base is None:
        weights = fit(listed, chosen, progress)
    else:
        model = base if isinstance(base, Model) else load(base)
        weights = adapt(model.weights, listed, chosen, progress)
    return Model(relabel(weights, hedge_version=version("hedge"), seed=chosen.seed, corpora=_count(listed)))


def _count(examples: Sequence[Example]) -> list[dict[str, Any]]:
    """Names of the corpora of examples, with their sentences and hedged ones, for the model's metadata."""
    from hedge.fitting import count_hedged

    by_corpus: dict[str, list[Example]] = {}
    for example in examples:
        by_corpus.setdefault(example.corpus, []).append(example)
    return [{"name": name, "sentences": len(of), "hedged": count_hedged(of)} for name, of in by_corpus.items()]


def _choose_target(examples: Sequence[Example], settings: Settings | None) -> Settings:
    """The settings, which name the target if there is more than one corpus."""
    from hedge.settings import Settings

    names = list(dict.fromkeys(example.corpus for example in examples))
    if settings is None and len(names) == 1:
        return Settings(target=names[0])
    settings = settings or Settings()
    if settings.target == Settings().target and len(names) == 1:  # not chosen
        return dataclasses.replace(settings, target=names[0])
    if settings.target not in names:
        listed = ", ".join(map(repr, names))
        raise InputError(f"Settings(target={settings.target!r}) is none of the corpora of the examples: {listed}")
    return settings
