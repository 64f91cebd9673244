"""Features: indices stay in their part of the table, and a sentence's features depend on that sentence only."""

import hashlib
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from hedge.classes import MARKS, WORD_CLASSES
from hedge.columns import CUE_COLUMNS, SENTENCE_COLUMNS, level_cues, sentence_columns, set_confidence
from hedge.document import Columns
from hedge.features import (
    CUE_TEMPLATES,
    FEATURES_VERSION,
    LAST_QUARTER,
    LEVEL_CUE_TEMPLATES,
    SENTENCE_TEMPLATES,
    TABLE_BITS,
)
from hedge.holder import SOURCE_BITS, SOURCE_COLUMNS, SOURCE_TEMPLATES
from hedge.judgement import cue_logits
from hedge.levels import CueType
from hedge.lexicon import Form, compile_lexicon
from hedge.passage import Passage, read_texts
from hedge.roles import WORDS
from hedge.score import judge_texts
from hedge.senses import PREDICATE_SENSES, SUBJECT_SENSES
from hedge.shapes import PREDICATE_NAMES, SUBJECT_NAMES
from hedge.sums import WORD_BITS, pair_places, word_places
from hedge.traits import _TRAITS

TABLE = 1 << TABLE_BITS
KINDS = [
    pytest.param(CUE_TEMPLATES, CUE_COLUMNS, 0, TABLE, id="cue"),
    pytest.param(LEVEL_CUE_TEMPLATES, CUE_COLUMNS, LAST_QUARTER, TABLE, id="level-cue"),
    pytest.param(SENTENCE_TEMPLATES, SENTENCE_COLUMNS, LAST_QUARTER, TABLE, id="sentence"),
    pytest.param(SOURCE_TEMPLATES, SOURCE_COLUMNS, 0, 1 << SOURCE_BITS, id="source"),
]
PIECES = (
    "may might The port official said it is likely that cannot be ruled out not if some experts say U.S. Dr. No. 3.5 "
    "I he Will suggests possibly no doubt about roughly raises the possibility of according to"
).split()
GLUE = [*("-'’\"“”\t\0\n🙂"), " ", " ", " ", ". ", "? ", ", ", " (", ") ", "\r\n", "\n\n"]
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES + GLUE + GLUE), max_size=30).map("".join),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map(" ".join),
    st.text(max_size=20),
)


@pytest.mark.parametrize(("templates", "columns", "base", "end"), KINDS)
def test_template_indices_stay_within_their_part_of_the_table(templates, columns, base, end):
    values = np.random.default_rng(1).integers(0, 2**32, (len(columns), 2000), dtype=np.uint32)
    values[:, :3] = [[0, 1, 2**32 - 1]] * len(columns)
    found = templates.indices(values)
    assert found.shape == (len(templates.names), 2000)
    assert found.dtype == np.int64
    assert found.min() >= base
    assert found.max() < end


@pytest.mark.parametrize(("templates", "columns", "base", "end"), KINDS)
@given(data=st.data())
def test_any_values_give_indices_of_the_table(templates, columns, base, end, data):
    values = data.draw(arrays.arrays(np.uint32, (len(columns), data.draw(st.integers(0, 3)))))
    found = templates.indices(values)
    assert found.shape == (len(templates.names), values.shape[1])
    assert ((found >= base) & (found < end)).all()


@pytest.mark.parametrize(("templates", "columns", "base", "end"), KINDS)
def test_templates_are_named_by_their_columns(templates, columns, base, end):
    assert templates.base == base
    assert len(set(templates.names)) == len(templates.names)
    assert all(1 <= len(name) <= 3 for name in templates.names)
    for place, (rows, which) in enumerate(templates.places):
        named = [name[place] for name in templates.names if len(name) > place]
        assert [columns[number] for number in rows[which].tolist()] == named
        assert [name[place] for name in templates.names[len(templates.names) - len(named) :]] == named


@pytest.mark.parametrize(("templates", "columns", "base", "end"), KINDS)
def test_a_template_reads_its_own_columns_and_no_others(templates, columns, base, end):
    random = np.random.default_rng(2)
    values = random.integers(0, 2**32, (len(columns), 8), dtype=np.uint32)
    before = templates.indices(values)
    for row, column in enumerate(columns):
        changed = values.copy()
        changed[row] = random.integers(0, 2**32, 8, dtype=np.uint32)
        differs = (templates.indices(changed) != before).any(axis=1)
        assert differs.tolist() == [column in name for name in templates.names], column


def test_cue_templates_do_not_read_the_confidence_that_they_give():
    assert not any("confidence" in name for name in CUE_TEMPLATES.names)


@pytest.mark.parametrize("classes", [WORD_CLASSES, PREDICATE_SENSES, SUBJECT_SENSES, MARKS])
def test_no_word_is_of_two_classes(classes):
    words = [word for listing in classes.values() for word in listing.split()]
    assert sorted(set(words)) == sorted(words)


VERB = CUE_COLUMNS.index("verb")
SUBJECT = CUE_COLUMNS.index("subject")


MAY = compile_lexicon([Form("may", "may", CueType.EPISTEMIC, 0.5)])


def look_up(texts, column):
    passage = read_texts(MAY, texts)
    assert passage.candidates.sentence.tolist() == list(range(len(texts)))
    return passage.columns[column].tolist()


def test_every_predicate_is_found_after_a_modal():
    words = [
        (word, PREDICATE_NAMES.index(name)) for name, listed in PREDICATE_SENSES.items() for word in listed.split()
    ]
    senses = [0 if PREDICATE_NAMES[sense] == "passed" else sense for _, sense in words]
    assert look_up([f"it may {word} of" for word, _ in words], VERB) == senses
    both = len(PREDICATE_NAMES)
    found = look_up([f"it may soon be {word}" for word, _ in words], VERB)
    assert found == [both + sense for sense in senses]


def test_every_subject_is_found_before_a_modal():
    words = [(word, SUBJECT_NAMES.index(name)) for name, listed in SUBJECT_SENSES.items() for word in listed.split()]
    assert look_up([f"x {word} may go" for word, _ in words], SUBJECT) == [sense for _, sense in words]


@given(TEXTS)
def test_words_and_pairs_lie_below_the_last_quarter(random_weights, text):
    hashes = read_texts(random_weights.lexicon, [text]).tokens.hash
    words, pairs = word_places(hashes), pair_places(hashes)
    assert len(words) == len(pairs) == len(hashes)
    assert ((words >= 0) & (words < 1 << WORD_BITS)).all()
    assert ((pairs >= 1 << WORD_BITS) & (pairs < LAST_QUARTER)).all()


def features(weights, texts) -> list[dict[str, list]]:
    """All features of each text, by kind."""
    passage: Passage = read_texts(weights.lexicon, texts)
    set_confidence(passage.columns, cue_logits(weights, passage))
    marks, candidates = passage.marks, passage.candidates
    cues, spoken = CUE_TEMPLATES.indices(passage.columns), LEVEL_CUE_TEMPLATES.indices(passage.columns)
    used = level_cues(passage.columns)
    whole = SENTENCE_TEMPLATES.indices(
        sentence_columns(passage.tokens, marks, passage.holders, candidates, passage.columns)
    )
    words, pairs = word_places(passage.tokens.hash), pair_places(passage.tokens.hash)
    return [
        {
            "cues": cues[:, candidates.sentence == i].tolist(),
            "level cues": spoken[:, used[candidates.sentence[used] == i]].tolist(),
            "sentence": whole[:, i].tolist(),
            "words": words[first:last].tolist(),
            "pairs": pairs[first : last - 1].tolist(),
        }
        for i, (first, last) in enumerate(zip(marks.first.tolist(), marks.last.tolist(), strict=True))
    ]


@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_a_feature_depends_on_its_sentence_only(random_weights, texts):
    assert features(random_weights, texts) == [features(random_weights, [text])[0] for text in texts]


def rows(columns: Columns) -> list[dict[str, list]]:
    """Columns of each sentence."""
    offsets = columns["cue_offsets"].tolist()
    return [
        {
            name: values[a:b].tolist() if name.startswith("cue_") else values[i].tolist()
            for name, values in columns.items()
            if name != "cue_offsets"
        }
        for i, (a, b) in enumerate(zip(offsets, offsets[1:], strict=False))
    ]


@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_scoring_sentences_together_equals_scoring_them_alone(random_weights, texts):
    assert rows(judge_texts(random_weights, texts)) == [rows(judge_texts(random_weights, [text]))[0] for text in texts]


@settings(max_examples=30)
@given(st.lists(st.sampled_from([*PIECES, ".", ",", "“", "”", "-", "'"]), max_size=15), st.sampled_from("\n\t\r\u2028"))
def test_the_kind_of_white_space_does_not_matter(random_weights, pieces, space):
    spaced, broken = (features(random_weights, [text])[0] for text in (" ".join(pieces), space.join(pieces)))
    assert spaced == broken


def test_features_of_cues_and_sentences_change_only_with_their_version():
    lists = {name: sorted(words.split()) for name, words in {**WORD_CLASSES, **MARKS}.items()}
    senses = [{name: sorted(words.split()) for name, words in of.items()} for of in (PREDICATE_SENSES, SUBJECT_SENSES)]
    templates = [kind.names for kind in (CUE_TEMPLATES, LEVEL_CUE_TEMPLATES, SENTENCE_TEMPLATES)]
    digest = hashlib.sha256(json.dumps([lists, senses, templates, CUE_COLUMNS]).encode()).hexdigest()[:16]
    assert (FEATURES_VERSION, digest) == (16, "a0fcb3029d580c96"), "raise FEATURES_VERSION, and put the new digest here"


def test_features_of_sources_change_only_with_their_version():
    roles = {role: sorted(words.split()) for role, words in WORDS.items()}
    listed = json.dumps([roles, list(_TRAITS), SOURCE_TEMPLATES.names])
    digest = hashlib.sha256(listed.encode()).hexdigest()[:16]
    assert (FEATURES_VERSION, digest) == (16, "80b8c7f8bd275f3e"), "raise FEATURES_VERSION, and put the new digest here"
