"""How to train: what each corpus counts, how strongly features are penalised, and what suits a target corpus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from hedge.errors import InputError

_OUR_GUIDE: Final = ("records", "labels")
"""Corpora labelled by the project's guide."""


@dataclass(frozen=True)
class Settings:
    """How to train.

    Attributes
    ----------
    target : the corpus whose definition of the labels the model is to follow; others help.
    seed : of the folds.
    folds : number of folds for out-of-fold logits and for choosing penalties.
    cue_penalties, level_penalties : inverse regularisation strengths C to choose from.
    base_penalties : the same for what is learned beyond a model to build on, of cues and of levels.
    corpus_weights : weight of the examples of a corpus that isn't the target, 1 where it isn't named. Published
        corpora define hedging otherwise, so a sentence of most counts less; our labels of their sentences count more,
        since these are text as it is found.
    cue_weights : weights in the cue model where they differ; less for our labels, whose cues are marked less evenly.
    word_value : value of word features of the level model; below 1, they are penalised more than templates of cues.
    pair_value : that of pairs of words.
    cue_word_value : value of word features of the cue model.
    peculiar_value : value of features that name the corpus, so that what corpora agree on goes to those they share.
    rehearsed : weight of each of the sentences of ours that stand for what a model to build on knows.
    technical : genres of technical prose, which the register is to tell from all others.
    register_penalty : inverse regularisation strength C of the register.
    source_penalty : inverse regularisation strength C of the model of sources.
    lent : corpora that aren't the target and teach cues only, no levels.
    jobs : regressions to fit at the same time.

    """

    target: str = "records"
    seed: int = 0
    folds: int = 3
    cue_penalties: tuple[float, ...] = (0.3,)
    level_penalties: tuple[float, ...] = (0.03,)
    base_penalties: tuple[float, ...] = (0.001, 0.01, 0.1, 0.3, 1.0, 3.0)
    corpus_weights: tuple[tuple[str, float], ...] = (
        *(("labels", 3.0), ("bioscope", 0.3), ("science", 1.0), ("science-aspects", 0.5), ("uds", 3.0)),
        ("wikiweasel", 0.02),
    )
    cue_weights: tuple[tuple[str, float], ...] = (("labels", 1.0),)
    word_value: float = 0.4
    pair_value: float = 0.7
    cue_word_value: float = 0.5
    peculiar_value: float = 0.5
    rehearsed: float = 0.05
    technical: tuple[str, ...] = ("techdocs", "manuals")
    register_penalty: float = 0.15
    source_penalty: float = 0.3
    lent: tuple[str, ...] = ()
    jobs: int = 2

    def __post_init__(self) -> None:
        """Refuse what no training can be done with.

        Raises
        ------
        InputError : there are less than two folds, or the seed is negative.

        """
        if self.folds < 2:
            raise InputError(f"folds must be 2 or more, found {self.folds}")
        if self.seed < 0:
            raise InputError(f"the seed must be 0 or more, found {self.seed}")

    def weight(self, corpus: str) -> float:
        """Weight of an example of `corpus` in the level model."""
        return 1.0 if corpus == self.target else dict(self.corpus_weights).get(corpus, 1.0)

    def cue_weight(self, corpus: str) -> float:
        """Weight of an example of `corpus` in the cue model."""
        return 1.0 if corpus == self.target else dict(self.cue_weights).get(corpus, self.weight(corpus))

    @property
    def of_definition(self) -> tuple[str, ...]:
        """The corpora that follow the target's definition.

        They have no features of their own, and calibration, threshold and the margins of cues are learned from them.
        """
        return _OUR_GUIDE if self.target in _OUR_GUIDE else (self.target,)


def choose_settings(target: str, **changes: Any) -> Settings:
    """Settings that suit a target corpus, with changes.

    BioScope and WikiWeasel are large, and their sentences are alike enough that words and pairs of them count for more
    there and that their register says nothing. BioScope's cues depend less on the words around them. WikiWeasel marks
    no cues: other corpora say what a cue is, and no more.
    """
    if target in ("bioscope", "wikiweasel"):
        suited = {"word_value": 2.0, "pair_value": 2.5, "level_penalties": (0.003, 0.01, 0.03)}
        changes = {**suited, "technical": (), "lent": ("records",), **changes}
    if target == "bioscope":
        changes = {"cue_word_value": 0.3, "cue_penalties": (0.1, 0.15), **changes}
    return Settings(target=target, **changes)
