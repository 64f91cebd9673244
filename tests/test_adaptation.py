"""A model adapted to labelled sentences: what it keeps, what it learns, and that the result is what was fitted."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

import hedge
from hedge.adaptation import adapt
from hedge.columns import set_confidence
from hedge.corpora import read_corpus
from hedge.corpora.example import Example, GoldCue
from hedge.errors import InputError, ModelError
from hedge.judgement import cue_logits, level_logits
from hedge.levels import CueType, Level
from hedge.passage import read_texts
from hedge.score import judge_texts
from hedge.settings import Settings

CORPORA = Path(__file__).parents[1] / "corpora"
REHEARSAL = Path(hedge.__file__).with_name("rehearsal.jsonl")
SETTINGS = Settings(target="mine", jobs=1)
PEOPLE = ("the mayor", "the pilot", "her sister", "the baker", "our tutor", "the smith", "a nurse", "the cook")
ACTS = ("sold the boat", "left the town", "closed the shop", "wrote the letter", "paid the bill")
TIMES = ("by June", "next year", "on the quay", "in the north", "before the vote")
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


def unrehearsed(genre):
    """A sentence in ten of a genre, none of which is rehearsed."""
    rehearsed = {e.text for e in read_corpus("records", REHEARSAL).examples}
    texts = [e.text for e in read_corpus("records", CORPORA / f"{genre}.jsonl").examples[::10]]
    return [text for text in texts if text not in rehearsed]


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
    count = len(passage.candidates)  # the candidates of what is rehearsed come after them
    np.testing.assert_allclose(cue_logits(adapted, passage) / 256 * slope + intercept, wanted[:count], atol=0.2)
    held_out = (cue.held_out[:count] - intercept) / slope
    set_confidence(passage.columns, np.round(held_out * 256).astype(np.int64))
    slope, intercept = adapted.level_calibration.T[:, :, None]
    found = level_logits(adapted, passage) / 256 * slope + intercept
    np.testing.assert_allclose(found, [wanted[: len(OWN)] for _, wanted in of_levels], atol=0.2)


def test_labels_that_agree_and_a_third_of_them_by_chance_change_no_level(base):
    texts = [f"{begin}{who} {act}." for who, act in PLACES for begin in ("Perhaps ", "Yesterday ")]
    judged = hedge.Model(base).score_sentences(texts)
    same = [
        Example(text, "mine", f"d{i}", sentence.level < Level.CERTAIN, sentence.level)
        for i, (text, sentence) in enumerate(zip(texts, judged, strict=True))
    ]
    others = np.random.default_rng(0).permutation(same)
    noise = [
        one if number % 3 else dataclasses.replace(one, level=other.level, hedged=other.hedged)
        for number, (one, other) in enumerate(zip(same, others, strict=True))
    ]
    fresh = ("Perhaps the ferryman sold the oars.", "The ferryman sold the oars.", "The ferryman may have left.")
    for examples in (same, same[:12], noise):
        assert levels(adapt(base, examples, SETTINGS), *fresh) == levels(base, *fresh)


@pytest.mark.parametrize("base", ["general", None])
def test_sentences_of_one_document_are_refused(base):
    with pytest.raises(InputError, match="all sentences are of one document"):
        hedge.train([dataclasses.replace(own, document="d") for own in OWN], SETTINGS, base=base)


def test_plain_sentences_stay_plain(base):
    """Labels that call hedged what looks plain aren't explained by what plain sentences share."""
    aims = [f"{who.capitalize()} aims to be heard {when}." for who, _ in PLACES for when in TIMES[:2]]
    plain = [f"{who.capitalize()} {act} {when}." for who, act in PLACES[::2] for when in TIMES[:1]]
    told = [Example(text, "mine", f"d{i}", True, Level.POSSIBLE) for i, text in enumerate(aims)]
    told += [Example(text, "mine", f"e{i}", False, Level.CERTAIN) for i, text in enumerate(plain)]
    adapted = adapt(base, told, SETTINGS)
    assert levels(adapted, "The ferryman aims to be heard by June.") == ["possible"]
    texts = unrehearsed("news")
    before, after = (judge_texts(weights, texts)["p_hedged"] for weights in (base, adapted))
    assert ((before < 0.5) & (after >= 0.5)).mean() < 0.02
    assert after.mean() - before.mean() < 0.03


def test_the_rehearsed_sentences_are_in_the_corpora():
    lines = [line for path in sorted(CORPORA.glob("*.jsonl")) for line in path.read_bytes().splitlines()]
    assert REHEARSAL.read_bytes().splitlines() == lines[89::179]


def test_labels_without_levels_by_chance_change_few_judgements(base):
    texts = unrehearsed("bulletins")
    plain = [text for text, p in zip(texts, judge_texts(base, texts)["p_hedged"], strict=True) if p < 0.1][:60]
    noise = [Example(text, "mine", f"d{i}", hedged=i % 10 == 0) for i, text in enumerate(plain)]
    before, after = (judge_texts(weights, texts)["level"] < Level.CERTAIN for weights in (base, adapt(base, noise)))
    assert (before != after).mean() < 0.02


def test_cues_stay_where_marked_ones_have_no_candidate(base):
    """A corpus that marks cues but none that counts doesn't make cues of the candidates of the others."""
    texts = [f"{who.capitalize()} {act}." for who, act in PLACES]
    other = [
        Example(text, "other", f"o{i}", hedged=False, cues=(GoldCue(0, len(text) - 1),)) for i, text in enumerate(texts)
    ]
    adapted = adapt(base, [*HEDGED_ONLY, *other], SETTINGS)
    np.testing.assert_array_equal(adapted.cue_table, base.cue_table)


def test_another_corpus_does_not_overwrite_the_target(base):
    """Its own definition goes to features that name it."""
    mine = [
        Example(f"{begin} {who} {act}.", "mine", f"d{i}", hedged=begin == "Perhaps")
        for i, (who, act) in enumerate(PLACES[:10])
        for begin in ("Perhaps", "Yesterday")
    ]
    theirs = [f"{who.capitalize()} {act} {when}." for who, act in PLACES for when in TIMES]
    other = [Example(text, "other", f"o{i}", hedged=True) for i, text in enumerate(theirs)]
    adapted = adapt(base, [*mine, *other], SETTINGS)
    assert levels(adapted, "The ferryman left the town by June.", "The ferryman left.") == ["certain", "certain"]


def test_the_model_names_its_base_and_what_that_was_trained_on(adapted):
    digests = [corpus["sha256"] for corpus in hedge.load().metadata["corpora"]]
    assert adapted.metadata == {"base": {"name": "general", "sha256": digests}}


def test_the_same_examples_give_the_same_model(adapted, base):
    again = adapt(base, OWN, dataclasses.replace(SETTINGS, jobs=2))
    np.testing.assert_array_equal(again.level_table.weights(), adapted.level_table.weights())
    np.testing.assert_array_equal(again.cue_table, adapted.cue_table)
    assert again.certain_threshold == adapted.certain_threshold


def test_a_model_without_levels_is_refused():
    with pytest.raises(ModelError, match="tells no levels apart"):
        adapt(hedge.load("biomedical").weights, OWN, SETTINGS)


@pytest.mark.parametrize("examples", [[], OWN[:1], [own for own in OWN if own.hedged]])
def test_the_library_refuses_what_teaches_nothing(examples):
    with pytest.raises(InputError, match="two hedged and two certain sentences at least"):
        hedge.train(examples, SETTINGS, base=hedge.load())


def test_the_library_adapts_a_base():
    model = hedge.train(OWN, SETTINGS, base=hedge.load())
    assert [s.level.label for s in model.score_sentences(["Glim the ferryman sold the oars."])] == ["possible"]
