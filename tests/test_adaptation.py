"""A model adapted to labelled sentences: what it keeps, what it learns, and that the result is what was fitted."""

import dataclasses

import numpy as np
import pytest

import hedge
from hedge.adaptation import adapt
from hedge.columns import set_confidence
from hedge.corpora.example import Example, GoldCue
from hedge.errors import ModelError
from hedge.levels import CueType, Level
from hedge.score import cue_logits, level_logits, read_texts
from hedge.settings import Settings

SETTINGS = Settings(target="mine", jobs=1)
PEOPLE = ("the mayor", "the pilot", "her sister", "the baker", "our tutor", "the smith", "a nurse", "the cook")
ACTS = ("sold the boat", "left the town", "closed the shop", "wrote the letter", "paid the bill")
PLACES = [(who, act) for who in PEOPLE for act in ACTS]


def example(text, number, level=None, phrase="", **more):
    start = text.find(phrase)
    cues = (GoldCue(start, start + len(phrase), CueType.EPISTEMIC),) if phrase else ()
    hedged = level is not Level.CERTAIN
    return Example(text, "mine", f"d{number}", hedged, level, cues=cues, **more)


# Somebody's labels, by which *glim* makes possible and *must have* doesn't hedge.
OWN = [
    own
    for number, (who, act) in enumerate(PLACES)
    for own in (
        example(f"Glim {who} {act}.", number, Level.POSSIBLE, "Glim"),
        example(f"{who.capitalize()} {act}.", number, Level.CERTAIN),
        example(f"{who.capitalize()} must have slept, and {act}.", number, Level.CERTAIN),
    )
]
HEDGED_ONLY = [dataclasses.replace(own, level=None, cues=None) for own in OWN]


@pytest.fixture(scope="module")
def base():
    return hedge.load().weights


@pytest.fixture(scope="module")
def adapted(base):
    return adapt(base, OWN, SETTINGS)


def levels(weights, *texts):
    return [sentence.level.label for sentence in hedge.Model(weights).score_sentences(texts)]


def test_it_learns_what_the_labels_say(base, adapted):
    texts = ("Glim the ferryman sold the oars.", "The ferryman must have slept, and sold the oars.")
    assert levels(base, *texts) == ["certain", "probable"]
    assert levels(adapted, *texts) == ["possible", "certain"]
    (sentence,) = hedge.Model(adapted).score_sentences(texts[:1])
    assert [cue.text for cue in sentence.cues] == ["Glim"]


def test_it_keeps_what_they_say_nothing_of(base, adapted):
    texts = ("Perhaps it will rain.", "It is unclear whether the vote counts.", "The bridge opened in 1932.")
    assert levels(adapted, *texts) == levels(base, *texts)
    old, new = base.lexicon, adapted.lexicon
    count = len(old.forms)
    assert new.forms[:count] == old.forms
    assert [form.text for form in new.forms[count:]] == ["glim"]
    np.testing.assert_array_equal(new.columns[:, :count], old.columns)
    np.testing.assert_array_equal(new.margins[:, :count], old.margins)
    assert (new.register, new.sources) == (old.register, old.sources)


def test_cues_are_left_alone_where_none_are_marked(base):
    adapted = adapt(base, HEDGED_ONLY, SETTINGS)
    for name in ("cue_table", "cue_words", "cue_bias", "cue_calibration", "cue_threshold"):
        np.testing.assert_array_equal(getattr(adapted, name), getattr(base, name))
    assert adapted.lexicon.listing == base.lexicon.listing
    assert levels(adapted, "The ferryman must have slept, and sold the oars.") == ["certain"]


def test_labels_without_levels_keep_the_base_s_among_hedged_ones(base):
    texts = [f"{word} {who} {act}." for who, act in PLACES for word in ("Probably", "Perhaps")]
    told = [Example(text, "mine", f"d{i // 2}", True) for i, text in enumerate(texts)]
    plain = [Example(f"Glim {who} {act}.", "mine", f"d{i}", True) for i, (who, act) in enumerate(PLACES)]
    sure = [Example(f"{who.capitalize()} {act}.", "mine", f"d{i}", False) for i, (who, act) in enumerate(PLACES)]
    adapted = adapt(base, [*told, *plain, *sure], SETTINGS)
    assert levels(adapted, "Probably the ferryman left.", "Perhaps the ferryman left.") == ["probable", "possible"]
    assert levels(adapted, "Glim the ferryman sold the oars.") == ["possible"]


def test_what_is_written_is_what_was_fitted(base, monkeypatch):
    """The logits of the one model are those of the base and, on top, what was learned."""
    from hedge import adaptation

    fits = []

    def keep(matrix, *rest):
        fit = fit_best(matrix, *rest)
        fits.append((fit, rest[-1] + matrix @ fit.coefficients + fit.intercept))
        return fit

    fit_best = adaptation.fit_best
    monkeypatch.setattr(adaptation, "fit_best", keep)
    adapted = adapt(base, OWN, SETTINGS)
    passage = read_texts(adapted.lexicon, [own.text for own in OWN])
    slope, intercept = adapted.cue_calibration
    (cue, wanted), *of_levels = fits
    np.testing.assert_allclose(cue_logits(adapted, passage) / 256 * slope + intercept, wanted, atol=0.2)
    held_out = (cue.held_out - intercept) / slope
    set_confidence(passage.columns, np.round(held_out * 256).astype(np.int64))
    slope, intercept = adapted.level_calibration.T[:, :, None]
    found = level_logits(adapted, passage) / 256 * slope + intercept
    np.testing.assert_allclose(found, [wanted for _, wanted in of_levels], atol=0.2)


def test_labels_that_agree_and_labels_by_chance_change_no_level(base):
    texts = [f"{begin}{who} {act}." for who, act in PLACES for begin in ("Perhaps ", "Yesterday ")]
    judged = hedge.Model(base).score_sentences(texts)
    same = [
        Example(text, "mine", f"d{i}", sentence.level < Level.CERTAIN, sentence.level)
        for i, (text, sentence) in enumerate(zip(texts, judged, strict=True))
    ]
    others = np.random.default_rng(0).permutation(same)
    noise = [
        dataclasses.replace(one, level=other.level, hedged=other.hedged)
        for one, other in zip(same, others, strict=True)
    ]
    fresh = ("Perhaps the ferryman sold the oars.", "The ferryman sold the oars.", "The ferryman may have left.")
    for examples in (same, same[:12], noise):
        assert levels(adapt(base, examples, SETTINGS), *fresh) == levels(base, *fresh)


def test_sentences_of_one_document_change_nothing(base):
    adapted = adapt(base, [dataclasses.replace(own, document="d") for own in OWN], SETTINGS)
    np.testing.assert_array_equal(adapted.level_table, base.level_table)
    np.testing.assert_array_equal(adapted.cue_table, base.cue_table)


def test_the_same_examples_give_the_same_model(adapted, base):
    again = adapt(base, OWN, dataclasses.replace(SETTINGS, jobs=2))
    np.testing.assert_array_equal(again.level_table, adapted.level_table)
    np.testing.assert_array_equal(again.cue_table, adapted.cue_table)
    assert again.certain_threshold == adapted.certain_threshold


def test_a_model_without_levels_is_refused():
    with pytest.raises(ModelError, match="tells no levels apart"):
        adapt(hedge.load("biomedical").weights, OWN, SETTINGS)


def test_the_library_adapts_a_base():
    model = hedge.train(OWN, SETTINGS, base=hedge.load())
    assert [s.level.label for s in model.score_sentences(["Glim the ferryman sold the oars."])] == ["possible"]
