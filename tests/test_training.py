"""What a corpus counts for in training, by whose definition it was labelled."""

import dataclasses

import numpy as np
import pytest

import hedge
from hedge.corpora.example import Example, GoldCue, complete
from hedge.errors import InputError
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
    return [weights.cue_table, weights.level_table.weights(), weights.cue_calibration, weights.level_calibration]


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


PLACES = ["the harbour", "the mill", "the ford", "the chapel", "the weir", "the quay"]
LEVELLED = [
    hedge.Example(text, "mine", place, level=level)
    for place in PLACES
    for text, level in (
        (f"Snow may reach {place} tonight.", hedge.Level.POSSIBLE),
        (f"Snow reached {place} last night.", hedge.Level.CERTAIN),
    )
]


def test_a_level_alone_says_what_is_hedged():
    model = hedge.train(LEVELLED)
    found = [sentence.level for sentence in model.score_sentences([example.text for example in LEVELLED])]
    assert found == [example.level for example in LEVELLED]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"cues": (hedge.GoldCue(500, 510),)}, "example 0 marks 500:510 in a text of"),
        ({"cues": (hedge.GoldCue(8, 3),)}, "example 0 marks 8:3"),
        ({"level": "possible"}, "level of example 0 must be Level or None, found 'possible'"),
        ({"hedged": "certain"}, "hedged of example 0 must be bool or None"),
        ({"text": None}, "text of example 0 must be str"),
        ({"document": 7}, "document of example 0 must be str, found 7"),
        ({"certainty": "x"}, "certainty of example 0 must be number or None"),
        ({"cues": ((3, 6),)}, "a cue of example 0 must be a GoldCue, found"),
        ({"cues": (hedge.GoldCue(3.0, 6.0),)}, "start of a mark of example 0 must be int, found 3.0"),
        ({"cues": (hedge.GoldCue(3, 6, "epistemic"),)}, "type of a mark of example 0 must be CueType or None"),
    ],
)
def test_what_is_no_example_is_refused(change, message):
    with pytest.raises(InputError, match=message):
        hedge.train([dataclasses.replace(LEVELLED[0], **change), *LEVELLED[1:]])
    with pytest.raises(InputError, match="example 0 must be an Example, found tuple"):
        hedge.train([("It may rain.", "hedged")])


def test_a_target_is_one_of_the_corpora():
    two = [*LEVELLED, *(dataclasses.replace(example, corpus="theirs") for example in LEVELLED)]
    for settings in (None, Settings(target="nope")):
        with pytest.raises(InputError, match=r"is none of the corpora of the examples: 'mine', 'theirs'"):
            hedge.train(two, settings)


@pytest.mark.parametrize("wrong", [{"folds": 1}, {"seed": -1}])
def test_settings_that_nothing_can_be_trained_with(wrong):
    with pytest.raises(InputError, match="or more, found"):
        Settings(**wrong)


def test_hedged_and_level_must_agree():
    with pytest.raises(InputError, match="example 1 can't be of level possible and hedged=False"):
        hedge.train([*LEVELLED[:1], Example("It may.", "mine", "z", hedged=False, level=Level.POSSIBLE)])


def test_what_a_model_was_made_of_is_kept():
    model = hedge.train(LEVELLED, Settings(seed=7))  # the one corpus is the target, though the settings don't name it
    metadata = model.weights.metadata
    hedged = sum(example.level < Level.CERTAIN for example in LEVELLED)
    assert metadata["corpora"] == [{"name": "mine", "sentences": len(LEVELLED), "hedged": hedged}]
    assert (metadata["seed"], bool(metadata["hedge_version"])) == (7, True)
    assert hedge.train(LEVELLED, base=hedge.load()).weights.metadata["base"]["name"] == "general"


def test_documents_of_one_class_each_teach_no_inverted_model():
    weather = ("rained", "snowed", "cleared", "froze", "hailed", "thawed", "poured all day")
    examples = [hedge.Example(f"Perhaps it {word}.", "mine", "a", hedged=True) for word in weather]
    examples += [hedge.Example(f"It {word}.", "mine", "b", hedged=False) for word in weather]
    hedged, certain = hedge.train(examples).score_sentences(["Perhaps it stormed.", "It stormed."])
    assert (hedged.level < hedge.Level.CERTAIN, certain.level) == (True, hedge.Level.CERTAIN)


def test_an_example_with_a_holder_is_of_a_corpus_that_marks_them():
    holder = hedge.GoldHolder(0, 4, hedge.HolderKind.NAMED)
    example = complete(hedge.Example("Dunn said it may rain.", "mine", "a", hedged=True, holder=holder), 0)
    assert example.has_holder


def test_offsets_may_be_whole_numbers_of_numpy_and_cues_a_list():
    given = hedge.Example("It may rain.", "mine", "a", hedged=True, cues=[GoldCue(np.int64(3), np.int64(6))])
    assert complete(given, 0).cues == (GoldCue(3, 6),)
    with pytest.raises(InputError, match="start of a mark of example 0 must be int, found False"):
        complete(dataclasses.replace(given, cues=(GoldCue(False, True),)), 0)
