"""What marked cues teach: which words of a form are the cue."""

import numpy as np
import pytest

from hedge.corpora.example import Example, GoldCue
from hedge.gold import align_cues, find_margins, learn_lexicon
from hedge.levels import CueType, Level
from hedge.lexicon import Form, compile_lexicon
from hedge.passage import read_texts


def example(text, *cues):
    spans = [(text.index(cue), text.index(cue) + len(cue)) for cue in cues]
    return Example(
        text, "own", "d", level=Level.PROBABLE, cues=tuple(GoldCue(a, b, CueType.DOXASTIC) for a, b in spans)
    )


def margins(form, *examples, taught=None):
    lexicon = compile_lexicon([Form(form, form, CueType.DOXASTIC, 0.5)])
    passage = read_texts(lexicon, [e.text for e in examples])
    taught = np.array(taught or [True] * len(examples))  # the sentences of the target corpus
    (before,), (after,) = find_margins(lexicon, passage, align_cues(examples, passage), taught)
    return int(before), int(after)


PART = example("It’s thought to have sunk.", "thought")
WHOLE = example("She is thought to have left.", "is thought to have")
NONE = example("They are thought to have paid.")


@pytest.mark.parametrize(
    ("examples", "expected"),
    [
        ([PART], (0, 2)),
        ([WHOLE], (0, 0)),
        ([NONE], (0, 0)),
        ([WHOLE, PART, PART], (0, 2)),
        ([PART, WHOLE, WHOLE, NONE, NONE, NONE], (0, 0)),
        ([example("He was thought to have won.", "thought", "have won")], (0, 0)),
        ([example("We thought to have a rest.", "to")], (1, 1)),
    ],
)
def test_the_commonest_mark_of_a_form_is_its_cue(examples, expected):
    assert margins("thought to have", *examples) == expected


def test_the_target_corpus_counts_and_the_others_where_it_marks_nothing():
    assert margins("thought to have", PART, WHOLE, WHOLE, taught=[True, False, False]) == (0, 2)
    assert margins("thought to have", NONE, PART, taught=[True, False]) == (0, 2)


@pytest.mark.parametrize(
    ("form", "text", "cue", "expected"),
    [
        ("did not expect", "We did not expect it.", "expect", (1, 0)),
        ("didn't expect", "We didn't expect it.", "expect", (0, 0)),
        ("nobody can be sure", "Nobody can be sure.", "sure", (0, 0)),
        ("may not be", "It may not be.", "may", (0, 2)),
    ],
)
def test_negators_belong_to_the_cue(form, text, cue, expected):
    assert margins(form, example(text, cue)) == expected


def test_a_mark_without_a_word_teaches_nothing():
    assert margins("may", example("It may rain.", "m")) == (0, 0)
    assert margins("may be", example("It may be.", " ")) == (0, 0)


def learned(*examples):
    lexicon, untaught = learn_lexicon(examples, "own")
    return [form.text for form in lexicon.forms[untaught:]]


def test_marked_phrases_without_a_candidate_are_learned_when_they_are_marked_often_enough():
    marked = example("It looked iffy to zarbs.", "zarbs")
    assert learned(marked) == ["zarbs"]
    assert learned(marked, *[example("Ten zarbs came.")] * 9) == ["zarbs"]
    assert learned(marked, *[example("Ten zarbs came.")] * 10) == []


def test_a_mark_that_cuts_through_a_word_teaches_no_form():
    assert learned(example("She'zz be the postman.", "'zz")) == []
    assert learned(example("She'zz be the postman.", "She'zz")) == ["she'zz"]
