"""What a corpus counts for in training, by whose definition it was labelled."""

import dataclasses

import numpy as np
import pytest

from hedge.corpora.example import Example, GoldCue
from hedge.gold import assign_folds
from hedge.levels import CueType, Level
from hedge.settings import Settings, choose_settings
from hedge.training import train

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


@pytest.mark.parametrize(
    ("target", "corpora"),
    [("records", ("records", "labels")), ("labels", ("records", "labels")), ("bioscope", ("bioscope",))],
)
def test_records_and_labels_follow_one_definition(target, corpora):
    assert choose_settings(target).of_definition == corpora


def test_weights_of_a_corpus():
    settings = Settings(corpus_weights=(("labels", 2.0), ("x", 0.1)), cue_weights=(("labels", 0.5),))
    names = ("records", "labels", "x", "y")
    assert [settings.weight(name) for name in names] == [1.0, 2.0, 0.1, 1.0]
    assert [settings.cue_weight(name) for name in names] == [1.0, 0.5, 0.1, 1.0]
    of_labels = dataclasses.replace(settings, target="labels")
    assert (of_labels.weight("labels"), of_labels.cue_weight("labels")) == (1.0, 1.0)


def test_who_labelled_a_document_does_not_part_it():
    published = [Example("It may.", "uds", f"train/{n}") for n in range(9)]
    labelled = [dataclasses.replace(example, corpus="labels", source="uds") for example in published]
    fold = assign_folds([*published, *labelled], 3, 0)
    assert (fold[:9] == fold[9:]).all()
    assert set(fold.tolist()) == {0, 1, 2}


def test_documents_that_share_a_sentence_stay_together():
    shared = "Seven words are enough to tell here."
    chain = [
        *(Example(f"{shared} {n}", "x", f"{n}") for n in range(6)),
        *(Example(f"{shared} {n}", "y", f"{(n + 1) // 2}") for n in range(6)),
    ]
    short = [Example("Thank you.", "z", f"{n}") for n in range(6)]
    fold = assign_folds([*chain, *short], 2, 0)
    assert all(fold[n] == fold[n + 6] for n in range(6))
    assert fold[1] == fold[2]  # both are in document 1 of y
    assert fold[3] == fold[4]
    assert set(fold[:6].tolist()) == set(fold[12:].tolist()) == {0, 1}


def test_a_formula_joins_no_documents():
    letters = [Example("This message was sent by a machine, do not reply.", "x", f"{n}") for n in range(6)]
    assert set(assign_folds(letters, 3, 0).tolist()) == {0, 1, 2}
