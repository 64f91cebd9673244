"""What a corpus counts for in training, by whose definition it was labelled."""

import dataclasses

import numpy as np
import pytest

from hedge.corpora.example import Example, GoldCue
from hedge.gold import assign_folds
from hedge.levels import CueType, Level
from hedge.training import Settings, choose_settings, train

CUE = (GoldCue(3, 6, CueType.EPISTEMIC),)
OWN = [
    example
    for n in range(12)
    for example in (
        Example(f"It may fall in week {n}.", "records", f"a{n}", True, Level.POSSIBLE, cues=CUE),
        Example(f"It did fall in week {n}.", "records", f"b{n}", False, Level.CERTAIN, cues=()),
    )
]
OTHERS = [
    dataclasses.replace(example, text=example.text.replace("fall", "rise"), document=f"c{n}")
    for n, example in enumerate(OWN)
]
ALIKE, DIFFERENT = ([dataclasses.replace(e, corpus=name, source="records") for e in OTHERS] for name in ("labels", "x"))
EQUAL = Settings(corpus_weights=(), cue_weights=(), jobs=1)


def tables(examples, settings=EQUAL):
    weights = train([*OWN, *examples], settings)
    return [weights.cue_table, weights.level_table, weights.cue_calibration, weights.level_calibration]


def test_labels_of_our_own_count_as_the_target():
    for ours, alike in zip(tables(OTHERS), tables(ALIKE), strict=True):
        np.testing.assert_array_equal(ours, alike)


def test_another_definition_does_not():
    assert any((ours != other).any() for ours, other in zip(tables(OTHERS), tables(DIFFERENT), strict=True))


@pytest.mark.parametrize(("target", "alike"), [("records", ("labels",)), ("bioscope", ()), ("mine", ())])
def test_only_our_own_definition_has_labels(target, alike):
    assert choose_settings(target).alike == alike


def test_who_labelled_a_document_does_not_part_it():
    published = [Example("It may.", "uds", f"train/{n}") for n in range(9)]
    labelled = [dataclasses.replace(example, corpus="labels", source="uds") for example in published]
    fold = assign_folds([*published, *labelled], 3, 0)
    assert (fold[:9] == fold[9:]).all()
    assert set(fold.tolist()) == {0, 1, 2}
