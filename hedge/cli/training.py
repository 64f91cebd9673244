"""What `hedge train` does: read, hold out and measure, train on all, compare, write."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import numpy as np

from hedge.adaptation import adapt
from hedge.card import SHOWN, show
from hedge.cli.output import align, note
from hedge.corpora import Corpus, Example, parse_spec
from hedge.errors import HedgeError, ModelError
from hedge.evaluate import Difference, Judged, Metrics, compare, measure
from hedge.fitting import level_labels
from hedge.gold import assign_folds
from hedge.library import Model
from hedge.model import Weights
from hedge.score import score_texts
from hedge.settings import Settings, choose_settings
from hedge.training import SOURCES_FROM, Progress, relabel, teach_sources, train

_FOLDS: Final = 5


@dataclass(frozen=True)
class Plan:
    """What the command line asks for; see `hedge train --help`."""

    name: str
    output: Path
    force: bool
    target: str | None
    seed: int
    jobs: int
    quiet: bool


@dataclass(frozen=True)
class Source:
    """A corpus and where it was read from."""

    reader: str
    path: Path
    corpus: Corpus


def check_folder(folder: Path, force: bool) -> None:
    """Refuse, before hours of training, a folder that the model couldn't be written to.

    Raises
    ------
    ModelError : it is there and `force` is false, or it is no model; or it can't be made.

    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise ModelError(f"{folder} is there and is no folder")
    if folder.exists() and not force:
        raise ModelError(f"{folder} is there already; give --force to replace it")
    if folder.exists() and any(folder.iterdir()) and not (folder / "model.json").is_file():
        raise ModelError(f"{folder} holds something else than a model; it is not replaced, not even with --force")
    try:
        present = next(parent for parent in folder.resolve().parents if parent.exists())
        probe = present / f".{folder.name}-probe"
        probe.mkdir()
        probe.rmdir()
    except OSError as error:
        raise ModelError(f"{folder} can't be written: {error.strerror}") from error


def read_corpora(specs: Sequence[str], read: Callable[[str], Corpus]) -> list[Source]:
    """Read the corpora named."""
    places = [parse_spec(spec) for spec in specs]
    return [Source(reader, path, read(f"{reader}={path}")) for reader, path in places]


def choose_base(model: Model, sources: Sequence[Source], quiet: bool) -> Model | None:
    """The model, to build on, unless it was trained on one of the corpora: what it says of these is too good."""
    known = _find_known(model, sources)
    if known and not quiet:
        note(f"{_name(model)} was trained on {', '.join(known)}: the new model is trained on the corpora named alone")
    return None if known else model


def _find_known(model: Model, sources: Sequence[Source]) -> list[str]:
    """Names of the corpora that the model was trained on, too."""
    digests = {corpus.get("sha256") for corpus in model.metadata.get("corpora", [])}
    return [source.corpus.name for source in sources if source.corpus.digest in digests]


def _name(model: Model) -> str:
    return str(model.metadata.get("name", "the model"))


def run(plan: Plan, sources: Sequence[Source], base: Model | None, old: Model | None, progress: Progress) -> str:
    """Train, on top of `base` if there is one, write the model, and return the report, with `old` beside the new one.

    Raises
    ------
    HedgeError : the corpora don't allow training, or the model can't be written.

    """
    examples = [example for source in sources for example in source.corpus.examples]
    settings = choose_settings(_choose_target(plan.target, examples), seed=plan.seed, jobs=plan.jobs)
    _check_labels(examples)

    def teach(some: Sequence[Example], of_what: str) -> Weights:
        def step_on(step: str) -> None:
            progress(f"{of_what}: {step}")

        return adapt(base.weights, some, settings, step_on) if base else train(some, settings, step_on)

    judged, before = _hold_out(examples, settings, old, teach)
    if not judged and not plan.quiet:
        note("too few documents to hold some out; there are no figures")
    figures = _by_corpus(judged) if judged else {}
    weights = teach(examples, "all sentences")
    metadata = describe(plan.name, sources, base, settings, figures)
    Model(relabel(weights, **metadata)).save(plan.output, force=plan.force)
    report = _summarise(sources, figures)
    if base and np.array_equal(weights.level_table, base.weights.level_table):
        report += f"\nThe levels are those of {_name(base)}: the sentences show nothing that is surely better.\n"
    if judged and before and old:
        progress("comparing")
        report += "\n" + _report_comparison(compare(before, judged, seed=plan.seed), old, sources)
    return f"{report}\nwrote {plan.output}\n"


def _choose_target(target: str | None, examples: Sequence[Example]) -> str:
    names = list(dict.fromkeys(example.corpus for example in examples))
    if target is not None and target not in names:
        raise HedgeError(f"--target {target}: no such corpus here; there are {', '.join(names)}")
    return target or names[0]


def _check_labels(examples: Sequence[Example]) -> None:
    """Each class must be in more than one sentence, or there is nothing to tell apart."""
    certain = [level_labels(example)[-1] for example in examples]
    hedged, firm = certain.count(0.0), certain.count(1.0)
    if min(hedged, firm) < 2:
        raise HedgeError(
            f"training needs hedged and certain sentences; found {hedged} hedged and {firm} certain in {len(examples)}"
        )


def _hold_out(
    examples: Sequence[Example],
    settings: Settings,
    old: Model | None,
    teach: Callable[[Sequence[Example], str], Weights],
) -> tuple[Judged | None, Judged | None]:
    """Judge a fifth of the documents by a model of the others, and by the old model."""
    fold = assign_folds(examples, _FOLDS, settings.seed)
    held_out = [examples[row] for row in np.flatnonzero(fold == _FOLDS - 1).tolist()]
    seen = [examples[row] for row in np.flatnonzero(fold != _FOLDS - 1).tolist()]
    try:
        _check_labels(seen)
    except HedgeError:
        held_out = []
    if not held_out:
        return None, None
    weights = teach(seen, "four fifths")
    texts = [example.text for example in held_out]
    new = Judged(tuple(held_out), score_texts(weights, texts))
    return new, Judged(tuple(held_out), score_texts(old.weights, texts)) if old else None


def _by_corpus(judged: Judged) -> dict[str, Metrics]:
    """Figures of each corpus, and of each genre of a corpus that has several."""
    rows: dict[str, list[int]] = {}
    genres: dict[str, list[int]] = {}
    for i, example in enumerate(judged.examples):
        rows.setdefault(example.corpus, []).append(i)
        if example.genre:
            genres.setdefault(f"{example.corpus}: {example.genre}", []).append(i)
    if len(genres) > 1:
        rows |= dict(sorted(genres.items()))
    return {name: measure(judged.subset(members)) for name, members in rows.items()}


def describe(
    name: str, sources: Sequence[Source], base: Model | None, settings: Settings, figures: dict[str, Metrics]
) -> dict[str, Any]:
    """Metadata for `model.json`: what is needed to make the model again, and how well it does."""
    own = teach_sources([example for source in sources for example in source.corpus.examples], settings)
    return {
        "name": name,
        "hedge_version": version("hedge"),
        "seed": settings.seed,
        "corpora": [
            {
                "name": source.corpus.name,
                "reader": source.reader,
                "path": source.path.resolve().name,
                "sha256": source.corpus.digest,
                "sentences": len(source.corpus.examples),
                "hedged": _count_hedged(source.corpus.examples),
                **_describe_genres(source.corpus),
            }
            for source in sources
        ],
        **({"base": _name(base)} if base else {} if own else {"sources_from": SOURCES_FROM}),
        "settings": {key: value for key, value in dataclasses.asdict(settings).items() if key != "jobs"},
        "figures": {
            corpus: {key: round(value, 4) for key, value in of_one.items() if not np.isnan(value)}
            for corpus, of_one in figures.items()
        },
    }


def _describe_genres(corpus: Corpus) -> dict[str, Any]:
    """Sentences and hedged ones of each genre, if the corpus names genres."""
    genres: dict[str, list[Example]] = {}
    for example in corpus.examples:
        if example.genre:
            genres.setdefault(example.genre, []).append(example)
    counts = {genre: {"sentences": len(of), "hedged": _count_hedged(of)} for genre, of in sorted(genres.items())}
    return {"genres": counts} if counts else {}


def _count_hedged(examples: Sequence[Example]) -> int:
    return sum(level_labels(example)[-1] == 0 for example in examples)


def _summarise(sources: Sequence[Source], figures: dict[str, Metrics]) -> str:
    """Table of the corpora and of what the held-out fifth shows."""
    names = [name for name in SHOWN if name != "sentences" and any(name in of_one for of_one in figures.values())]
    rows = [["corpus", "sentences", "hedged", "held out", *(name.replace("_", " ") for name in names)]]
    for source in sources:
        corpus, of_one = source.corpus, figures.get(source.corpus.name, {})
        share = f"{_count_hedged(corpus.examples) / len(corpus.examples):.1%}"
        shown = [show(name, of_one) for name in ("sentences", *names)]
        rows.append([corpus.name, str(len(corpus.examples)), share, *shown])
    return align(rows)


def _report_comparison(differences: Sequence[Difference], old: Model, sources: Sequence[Source]) -> str:
    """Both models on the held-out fifth, and in words what got worse."""
    name = _name(old)
    rows = [["held out", name, "new", "new - old, 95%"]]
    rows += [
        [
            d.name.replace("_", " "),
            f"{d.old:.3f}",
            f"{d.new:.3f}",
            f"{d.new - d.old:+.3f} [{d.low:+.3f}, {d.high:+.3f}]",
        ]
        for d in differences
    ]
    lines = [
        f"The new model is worse in {d.name.replace('_', ' ')}: {d.new:.3f}, was {d.old:.3f}."
        for d in differences
        if d.worse
    ]
    if shared := _find_known(old, sources):
        lines.append(
            f"{name} was trained on {', '.join(shared)} too, held-out sentences included: it looks better than it is."
        )
    return align(rows) + "\n".join(lines or ["The new model is not surely worse in any figure."]) + "\n"
