"""Files to one HTML page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from hedge.cli.output import count_words, note_unfamiliar
from hedge.cli.parts import Job, cut_file, name_of, score_pieces
from hedge.document import Sentence, build_sentences
from hedge.explain import weigh_subjects
from hedge.levels import Level
from hedge.library import Model
from hedge.model import Weights
from hedge.render.html import render
from hedge.render.report import Source

_ROW_END: Final = "\n\n"
_SHOWN: Final = 3
"""Words and cues that are named as those that weighed most."""

_DOUBTFUL: Final = 0.25
"""Probability of being hedged from which it is said of a certain sentence too what speaks for that."""

_UNFAMILIAR: Final = "{:.0%} of the words are unknown to the model: the levels below are less reliable."


def make_report(model: Model, paths: Sequence[Path], job: Job) -> str:
    """Score files and lay them out as a page."""
    sources = [_read(model.weights, number, path, job) for number, path in enumerate(paths)]
    return render(sources, str(model.metadata.get("name", model.folder)))


def _read(weights: Weights, number: int, path: Path, job: Job) -> Source:
    texts: list[str] = []
    sentences: list[Sentence] = []
    begun = words = unknown = 0
    for part in cut_file(number, path, job):
        for piece in score_pieces(weights, job, part):
            texts.append(piece.text + _ROW_END * (piece.row is not None))
            starts = {name: piece.columns[name] + begun for name in ("start", "end")}
            sentences += build_sentences(piece.texts(), {**piece.columns, **starts})
            begun += len(texts[-1])
            counted = count_words(piece.columns)
            words, unknown = words + counted[0], unknown + counted[1]
    doubtful = {i: s for i, s in enumerate(sentences, 1) if s.level < Level.CERTAIN or s.p_hedged >= _DOUBTFUL}
    weighty = {i: _name_weighty(weights, sentence) for i, sentence in doubtful.items()}
    share = note_unfamiliar(name_of(path), words, unknown)
    warning = "" if share is None else _UNFAMILIAR.format(share)
    return Source(name_of(path), "".join(texts), sentences, weighty, warning)


def _name_weighty(weights: Weights, sentence: Sentence) -> str:
    """Name the cues, words, pairs of words and traits that did most to make a sentence hedged."""
    subjects = [(words, weight) for words, weight in weigh_subjects(weights, sentence.text) if weight > 0]
    return ", ".join(f"{words} {weight:+.1f}" for words, weight in subjects[:_SHOWN])
