"""What the regressions are taught: labels, weights, what is held out and what calibrates them, by sums done by hand."""

import numpy as np
import pytest

from hedge.corpora.example import Example, GoldCue
from hedge.fitting import (
    calibrate_levels,
    choose_threshold,
    corpus_numbers,
    cue_targets,
    find_known,
    forget_learned,
    level_labels,
    level_targets,
    level_values,
    of_target,
    quantise,
)
from hedge.gate import places
from hedge.gold import align_cues
from hedge.levels import CueType, Level
from hedge.lexicon import Form, compile_lexicon
from hedge.passage import read_texts
from hedge.regression import UNCALIBRATED, Fit
from hedge.settings import Settings, choose_settings
from hedge.sums import WORD_BITS
from hedge.tokens import hash_words

NAN = float("nan")
LEXICON = compile_lexicon(
    [Form("may", "may", CueType.EPISTEMIC, 0.5), Form("about", "about", CueType.APPROXIMATOR, 0.5)]
)


def example(text="It may.", corpus="records", level=None, **facts):
    return Example(text, corpus, "d", level=level, **facts)


def fit(held_out, labels, weights=None, coefficients=()):
    held_out = np.array(held_out, dtype=np.float64)
    weights = np.ones(len(held_out)) if weights is None else np.array(weights, dtype=np.float64)
    return Fit(np.array(coefficients, dtype=np.float64), 0.0, held_out, held_out, np.array(labels), weights)


@pytest.mark.parametrize(
    ("facts", "labels"),
    [
        ({"level": Level.UNCOMMITTED}, (0, 0, 0)),
        ({"level": Level.PROBABLE}, (1, 1, 0)),
        ({"level": Level.CERTAIN}, (1, 1, 1)),
        ({"hedged": True}, (NAN, NAN, 0)),
        ({"hedged": False}, (NAN, NAN, 1)),
        ({"certainty": 3.5, "corpus": "science"}, (1, 1, 0)),
        ({"certainty": 3.5, "corpus": "uds"}, (NAN, NAN, NAN)),
        ({}, (NAN, NAN, NAN)),
    ],
)
def test_an_example_teaches_the_decisions_that_it_labels(facts, labels):
    np.testing.assert_array_equal(level_labels(example(**facts)), labels)


def test_what_is_lent_and_what_says_nothing_teaches_no_level():
    examples = [example(level=Level.POSSIBLE), example(corpus="bioscope", hedged=True), example(corpus="uds")]
    _, weights = level_targets(examples, Settings())
    assert weights.tolist() == [[1, 0, 0], [1, 0, 0], [1, 0.3, 0]]
    _, weights = level_targets(examples, choose_settings("bioscope"))
    assert weights.tolist() == [[0, 0, 0], [0, 0, 0], [0, 1, 0]]


def test_a_corpus_that_marks_hedges_alone_says_nothing_of_other_cues():
    cue = GoldCue(3, 6)
    examples = [
        example("It may be about ten.", "bioscope", cues=(cue,)),
        example("It may be about ten.", cues=(GoldCue(3, 6, CueType.EPISTEMIC),)),
        example("It may be about ten.", "uds"),
    ]
    passage = read_texts(LEXICON, [e.text for e in examples])
    labels, weights = cue_targets(examples, passage, align_cues(examples, passage), Settings())
    assert labels.tolist() == [True, False] * 2 + [False] * 2
    assert weights.tolist() == [0.3, 0, 1, 1, 0, 0]


def test_a_phrase_that_one_fold_alone_taught_is_forgotten_there():
    passage = read_texts(LEXICON, ["It may.", "It may, about.", "About."])
    assert passage.candidates.form.tolist() == [0, 0, 1, 1]
    fold = np.array([0, 1, 2])
    cue = fit([3, 3, 3, 3], [True, True, True, False])
    forgotten = forget_learned(cue, passage, 0, fold)
    assert forgotten.held_out.tolist() == [3, 3, -10, -10]  # two folds taught "may", the second alone "about"
    assert forgotten.weights.tolist() == [1, 1, 0, 0]
    assert forget_learned(cue, passage, 2, fold).held_out.tolist() == [3, 3, 3, 3]  # both were shipped


def test_the_definition_of_the_target_has_number_0_and_others_one_each():
    names = ["labels", "uds", "records", "bioscope"]
    examples = [example(corpus=name) for name in names]
    assert corpus_numbers(examples, ("records", "labels")).tolist() == [0, 4, 0, 1]
    assert corpus_numbers(examples[1:2], ("records",)).tolist() == [0]


def test_the_target_is_all_where_none_follows_its_definition():
    examples = [example(corpus="uds"), example(corpus="labels")]
    assert of_target(examples, Settings()).tolist() == [False, True]
    assert of_target(examples[:1], Settings()).tolist() == [True]


def test_corpora_of_one_definition_count_alike_in_calibration():
    # Records: logit 1 is right in 3 of 4; labels: in 1 of 4. Half and half, that is one half: a logit of 0.
    records = [example(level=Level.CERTAIN)] * 400
    labels = [example(corpus="labels", level=Level.CERTAIN)] * 40
    right = np.array([True, True, True, False] * 100 + [True, False, False, False] * 10)
    logits = np.where(np.arange(440) % 8 < 4, 1.0, -1.0)
    both = fit(logits, np.where(logits > 0, right, ~right), weights=[1] * 400 + [5] * 40)
    ((slope, intercept),) = calibrate_levels([*records, *labels], [both], Settings())
    assert (slope, intercept) == pytest.approx((0, 0), abs=1e-3)
    ((slope, intercept),) = calibrate_levels(records, [fit(logits[:400], both.labels[:400])], Settings())
    assert slope == pytest.approx(np.log(3), abs=1e-2)
    assert intercept == pytest.approx(0, abs=1e-2)


def test_other_definitions_do_not_calibrate():
    examples = [example(level=Level.CERTAIN)] * 8 + [example(corpus="uds", hedged=False)] * 80
    labels = [True, True, True, False, False, False, False, True]
    logits = [1.0] * 4 + [-1.0] * 4
    alone = calibrate_levels(examples[:8], [fit(logits, labels)], Settings())
    beside = calibrate_levels(examples, [fit(logits + [1.0] * 80, labels + [False] * 80)], Settings())
    np.testing.assert_allclose(alone, beside)


def test_the_threshold_is_one_half_where_the_target_has_levels_and_else_that_of_the_best_f1():
    line = np.array([1.0, 0.1])
    certain = fit([-2, -1, 1, 2], [False, False, True, False])
    with_levels = [example(level=Level.CERTAIN)] * 4
    assert choose_threshold(with_levels, certain, line, Settings()) == 0.5
    # Three of the four are hedged; to call all four so is best: F1 = 2 * 3 / (4 + 3).
    without = [example(corpus="bioscope", hedged=False)] * 4
    threshold = choose_threshold(without, certain, line, choose_settings("bioscope"))
    assert threshold == pytest.approx(1 - 6 / 7 / 2, abs=1e-4)
    assert choose_threshold(without, certain, UNCALIBRATED, choose_settings("bioscope")) == 0.5


def test_coefficients_stop_at_what_a_table_holds():
    assert quantise(np.array([1.0, -1.0, 1000.0, -1000.0, 0.001])).tolist() == [256, -256, 32767, -32767, 0]


def test_words_and_pairs_have_the_values_of_the_settings():
    values = level_values(Settings(word_value=0.25, pair_value=0.75))
    assert values[0] == values[(1 << WORD_BITS) - 1] == 0.25
    assert values[1 << WORD_BITS] == 0.75
    assert values[-1] == 1


def test_a_word_is_known_that_stands_twice():
    known = find_known(read_texts(LEXICON, ["Frogs may sing.", "Frogs sleep.", "Owls, owls."]))
    assert [bool(known[place]) for place in places(hash_words(["frogs", "owls", "sing", ","]))] == [
        True,
        True,
        False,
        False,
    ]
