"""What is said of training examples without their own fold."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from hedge.corpora.example import Example, GoldCue
from hedge.evaluate import join, measure
from hedge.held_out import judge_held_out
from hedge.levels import Level
from hedge.settings import Settings
from hedge.training import learn

PLAIN = ("The harbour is open", "Rain fell on the hills", "Four trains left the station", "The mayor opened the bridge")
HEDGED = ("Old mills rust", "Wet roads freeze", "Tall trees lean", "Grey gulls wait")
PLACES = ("here", "in town", "by the sea", "again", "today", "at home")
SETTINGS = Settings(target="mine", folds=2)


def example(text, document, *, hedged):
    """An example of which no word is a candidate, so that words alone speak for its level."""
    return Example(text, "mine", document, hedged, Level.POSSIBLE if hedged else Level.CERTAIN)


EXAMPLES = [
    example(f"{text} {place}.", f"d{number}", hedged=text in HEDGED)
    for number, place in enumerate(PLACES)
    for text in (*PLAIN, *HEDGED)
]


def turn(example):
    """The same with the other label."""
    return replace(example, hedged=not example.hedged, level=Level.CERTAIN if example.hedged else Level.POSSIBLE)


def judge(examples, settings=SETTINGS):
    trained = learn(examples, settings, lambda step: None)
    return trained, join(list(judge_held_out(trained)))


def probabilities(judged):
    said = {}
    for e, s in zip(judged.examples, judged.sentences, strict=True):
        said.setdefault(e.text, []).append(s.p_hedged)
    return said


def test_each_example_is_judged_once():
    _, judged = judge(EXAMPLES)
    assert Counter(judged.examples) == Counter(EXAMPLES)
    assert [s.text for s in judged.sentences] == [e.text for e in judged.examples]
    assert measure(judged)["auc"] == 1.0  # the words of the other documents tell


def test_labels_of_a_fold_don_t_touch_what_other_folds_say_of_it():
    trained, _ = judge(EXAMPLES)
    own = trained.fold == 0
    other, _ = judge([turn(e) if inside else e for e, inside in zip(EXAMPLES, own.tolist(), strict=True)])
    before, after = trained.level[-1].shared, other.level[-1].shared
    assert np.array_equal(before[own], after[own])
    assert np.abs(before - after)[~own].min() > 0.5


def test_what_names_a_corpus_says_nothing():
    own = [replace(e, source="t") for e in EXAMPLES]
    other = [replace(turn(e), corpus="other", source="t", level=None) for e in EXAMPLES]
    _, judged = judge([*own, *other], replace(SETTINGS, corpus_weights=(("other", 1.0),)))
    assert np.ptp(list(probabilities(judged).values()), axis=1).max() < 1e-9


def test_cues_are_found_where_other_folds_teach_them():
    texts = [f"The {name} blorks rise." for name in ("mill", "road", "gull", "tree", "boat", "barn")]
    marked = [
        replace(
            example(text, f"d{number}", hedged=True),
            cues=(GoldCue(text.index("blorks"), text.index(" rise")),),
        )
        for number, text in enumerate(texts)
    ]
    _, judged = judge([*marked, *EXAMPLES])
    assert measure(judged)["cue_recall"] == pytest.approx(1.0)
