"""What `hedge train` does: read, hold out and measure, train on all, compare, write."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final

import numpy as np

from hedge.adaptation import adapt
from hedge.card import SHOWN, show
from hedge.cli.output import align, note
from hedge.corpora import Corpus, Example, parse_spec
from hedge.errors import HedgeError, InputError, ModelError
from hedge.evaluate import Difference, Judged, Metrics, compare, join, measure
from hedge.fitting import count_hedged
from hedge.gold import assign_folds
from hedge.held_out import judge_held_out
from hedge.library import Model
from hedge.model import Weights, check_place
from hedge.score import score_texts
from hedge.settings import Settings, choose_settings
from hedge.training import SOURCES_FROM, Progress, Trained, check_examples, learn, relabel, teach_sources

_FOLDS: Final = 5

_ENOUGH_ALONE: Final = 1000
"""Sentences from which a model that builds on none is worth having."""

_FEW: Final = 5000
"""Sentences up to which each fifth is held out in turn when a model is adapted, which takes seconds."""


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
    check_place(folder, force)
    try:
        present = next(parent for parent in folder.resolve().parents if parent.exists())
        Path(mkdtemp(prefix=f".{folder.name}-", dir=present)).rmdir()
    except OSError as error:
        raise ModelError(f"{folder} can't be written: {error.strerror}") from error


def read_corpora(specs: Sequence[str], read: Callable[[str], Corpus]) -> list[Source]:
    """Read the corpora named, once all names are found to be right."""
    places = [parse_spec(spec) for spec in specs]
    return [Source(*place, read(spec)) for place, spec in zip(places, specs, strict=True)]


def choose_base(model: Model, sources: Sequence[Source], quiet: bool) -> tuple[Model | None, Sequence[Source]]:
    """The model, to build on, and the corpora that it wasn't trained on; but all of them and no base if it knows all.

    What a model says of corpora that it was trained on is too good to build on.
    """
    known = _find_known(model, sources)
    if len(known) == len(sources):
        say, base, taken = "the new model is trained on these alone", None, sources
    else:
        say, base, taken = "left out", model, [source for source in sources if source not in known]
    if known and not quiet:
        note(f"{_name(model)} was trained on {', '.join(source.corpus.name for source in known)}: {say}")
    return base, taken


def _find_known(model: Model, sources: Sequence[Source]) -> list[Source]:
    """The corpora that the model, or the one that it was adapted from, was trained on."""
    return [source for source in sources if source.corpus.digest in model.weights.trained_on]


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
    check_examples(examples)
    if base:
        judged, before = _hold_out(examples, settings, base, old, progress)
        weights = adapt(base.weights, examples, settings, lambda step: progress(f"all sentences: {step}"))
    else:
        if len(examples) < _ENOUGH_ALONE and not plan.quiet:
            note(f"{len(examples)} sentences teach little by themselves; a model that builds on none needs thousands")
        trained = learn(examples, settings, progress)
        progress("measuring")
        judged, before = _judge_folds(trained, old)
        weights = trained.weights
    if not judged and not plan.quiet:
        note("too few documents to hold some out; there are no figures")
    figures = _by_corpus(judged) if judged else {}
    metadata = describe(plan.name, sources, base, settings, figures)
    Model(relabel(weights, **metadata)).save(plan.output, force=plan.force)
    report = _summarise(sources, figures)
    if base and np.array_equal(weights.level_table.weights(), base.weights.level_table.weights()):
        report += f"\nThe levels are those of {_name(base)}: what the sentences teach was no better when held out.\n"
    if judged and before and old:
        progress("comparing")
        report += "\n" + _report_comparison(compare(before, judged, seed=plan.seed), old, sources)
    return f"{report}\nwrote {plan.output}\n"


def _choose_target(target: str | None, examples: Sequence[Example]) -> str:
    names = list(dict.fromkeys(example.corpus for example in examples))
    if target is not None and target not in names:
        raise HedgeError(f"--target {target}: no such corpus here; there are {', '.join(names)}")
    return target or names[0]


def _judge_folds(trained: Trained, old: Model | None) -> tuple[Judged | None, Judged | None]:
    """Judge all sentences, each without its own fold; and by the old model.

    None of it, if the sentences without a fold allow no training.
    """
    try:
        for number in range(trained.settings.folds):
            check_examples([trained.examples[row] for row in np.flatnonzero(trained.fold != number).tolist()])
    except InputError:
        return None, None
    return _set_beside(join(list(judge_held_out(trained))), old)


def _hold_out(
    examples: Sequence[Example], settings: Settings, base: Model, old: Model | None, progress: Progress
) -> tuple[Judged | None, Judged | None]:
    """Judge fifths of the documents, each by a base that was adapted to the others; and by the old model.

    One fifth alone where there are many sentences. None of it, if a fifth is empty or the others allow no training.
    """
    fold = assign_folds(examples, _FOLDS, settings.seed)
    parts = []
    for number in range(_FOLDS) if len(examples) <= _FEW else [_FOLDS - 1]:
        held_out = [examples[row] for row in np.flatnonzero(fold == number).tolist()]
        others = [examples[row] for row in np.flatnonzero(fold != number).tolist()]
        try:
            if not held_out:
                return None, None
            check_examples(others)
            weights = adapt(base.weights, others, settings, lambda step: progress(f"four fifths: {step}"))
        except HedgeError:
            return None, None
        parts.append(_judge(weights, held_out))
    return _set_beside(join(parts), old)


def _set_beside(judged: Judged, old: Model | None) -> tuple[Judged, Judged | None]:
    """What was judged, and the same examples judged by the old model, if there is one."""
    return judged, _judge(old.weights, judged.examples) if old else None


def _judge(weights: Weights, examples: Sequence[Example]) -> Judged:
    return Judged(tuple(examples), score_texts(weights, [example.text for example in examples]))


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
                "hedged": count_hedged(source.corpus.examples),
                **_describe_genres(source.corpus),
            }
            for source in sources
        ],
        **({} if base or own else {"sources_from": SOURCES_FROM}),
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
    counts = {genre: {"sentences": len(of), "hedged": count_hedged(of)} for genre, of in sorted(genres.items())}
    return {"genres": counts} if counts else {}


def _summarise(sources: Sequence[Source], figures: dict[str, Metrics]) -> str:
    """Table of the corpora and of what held-out sentences show."""
    names = [name for name in SHOWN if name != "sentences" and any(name in of_one for of_one in figures.values())]
    rows = [["corpus", "sentences", "hedged", "held out", *(name.replace("_", " ") for name in names)]]
    corpora: dict[str, list[Example]] = {}
    for source in sources:
        for example in source.corpus.examples:
            corpora.setdefault(example.corpus, []).append(example)
    for corpus, examples in corpora.items():
        share = f"{count_hedged(examples) / len(examples):.1%}"
        shown = [show(name, figures.get(corpus, {})) for name in ("sentences", *names)]
        rows.append([corpus, str(len(examples)), share, *shown])
    return align(rows)


def _report_comparison(differences: Sequence[Difference], old: Model, sources: Sequence[Source]) -> str:
    """Both models on held-out sentences, and in words what got worse."""
    name = _name(old)
    rows = [["held out", name, "new", "new - old, 95%"]]
    defined = [d for d in differences if not math.isnan(d.new - d.old)]
    rows += [
        [
            d.name.replace("_", " "),
            f"{d.old:.3f}",
            f"{d.new:.3f}",
            f"{d.new - d.old:+.3f} [{d.low:+.3f}, {d.high:+.3f}]",
        ]
        for d in defined
    ]
    if all(d.new == d.old for d in defined):
        lines = [f"The new model judges all of these as {name} does."]
    else:
        lines = [
            f"The new model is {'worse' if d.worse else 'better'} in {d.name.replace('_', ' ')}: "
            f"{d.new:.3f}, was {d.old:.3f}."
            for d in defined
            if d.worse or d.better
        ] or ["No figure is surely better or worse: the intervals hold zero."]
    if shared := ", ".join(source.corpus.name for source in _find_known(old, sources)):
        lines.append(f"{name} was trained on {shared} too, held-out sentences included: it looks better than it is.")
    return align(rows) + "\n".join(lines) + "\n"
