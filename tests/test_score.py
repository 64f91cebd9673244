"""Scoring: array code equals the oracle on any text, chunking changes nothing, offsets fit."""

from dataclasses import replace

import numpy as np
import pytest
import reference
from hypothesis import example, given, settings
from hypothesis import strategies as st

import hedge
from hedge.buffer import encode
from hedge.document import join_columns
from hedge.errors import InputError
from hedge.gate import GATE_BITS, places
from hedge.lexicon import know
from hedge.score import score_bytes, score_text, score_texts
from hedge.tokens import hash_words

WORDS = (
    "may might The the port official said it is likely that cannot be ruled out not n't don't can't whether if "
    "some experts say U.S. Dr. No. e.g. Fig. et al. a.m. Inc. J. 3.5 1,000 12 I he Will suggests to be café naïve É "
    "supercalifragilisticexpialidocious internationalisation possible possibly would have been unclear about roughly "
    "raises the possibility of no doubt according "
    "Plan May Be Delayed LONDON she'd That’d they’D *may* _may_ **well** Mme."
).split()
GLUE = [" ", " ", " ", " ", "\n", "\n\n", ". ", ".", "? ", "! ", "... ", "… ", ", ", "; ", "-", " - ", "—", "'", "’"]
GLUE += [
    '"',
    "“",
    "”",
    " (",
    ") ",
    "[3] ",
    "\r\n",
    "\t",
    "\0",
    "\u00a0",
    "\u2028",
    "🙂",
    "e\u0301",
    ".” ",
    ".[12] ",
    ".12 ",
    ".1-3,5-7 ",
    ".12",
    ".04 ",
    "?5 ",
    "!12",
    ".”7–9 ",
    "*",
    "_",
    " (a) ",
    "\n1. ",
    "\niv) ",
    "\n- ",
    " . . . ",
    "''",
    " " * 1100,
    "\n" + " " * 600,
    "x" * 530,
]
TEXTS = st.one_of(
    st.lists(st.sampled_from(WORDS + GLUE + GLUE), max_size=60).map("".join),
    st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GLUE)), max_size=40).map(
        lambda pairs: "".join(word + glue for word, glue in pairs)
    ),
    st.text(max_size=60),
)


def same(columns, other):
    assert columns.keys() == other.keys()
    for name in columns:
        assert columns[name].tolist() == other[name].tolist(), name


@given(TEXTS)
@example("0\u2010_")
@example("MAY)D")
@example("May be.12 The.1-3,5-7 May.7–9,12–14 Be")
def test_scoring_equals_the_oracle(random_weights, text):
    expected = reference.score(random_weights, text)
    found = score_text(random_weights, text).sentences
    assert [(s.start, s.end, int(s.level)) for s in found] == [(s.start, s.end, s.level) for s in expected]
    for sentence, gold in zip(found, expected, strict=True):
        assert sentence.probabilities == pytest.approx(gold.probabilities, abs=1e-12)
        cues = [(c.start, c.end, c.type, c.negated) for c in sentence.cues]
        assert cues == [(a, b, list(type(sentence.cues[0].type))[k], n) for a, b, k, _, n in gold.cues]
        assert [c.probability for c in sentence.cues] == pytest.approx([p for *_, p, _ in gold.cues])


@given(st.lists(TEXTS, max_size=5))
@example(["May be.12", "The"])
def test_given_sentences_equal_the_oracle(random_weights, texts):
    found = score_texts(random_weights, texts)
    assert len(found) == len(texts)
    for text, sentence in zip(texts, found, strict=True):
        (gold,) = reference.score(random_weights, text, whole=True)
        assert (sentence.start, sentence.end, int(sentence.level)) == (gold.start, gold.end, gold.level)
        assert sentence.probabilities == pytest.approx(gold.probabilities, abs=1e-12)
        assert [(c.start, c.end) for c in sentence.cues] == [(a, b) for a, b, *_ in gold.cues]


@given(TEXTS)
def test_offsets_index_the_callers_text(random_weights, text):
    end = 0
    for sentence in score_text(random_weights, text).sentences:
        assert end <= sentence.start < sentence.end
        end = sentence.end
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip(" \t\r\n\u00a0")
        for cue in sentence.cues:
            assert sentence.text[cue.start : cue.end] == cue.text
        assert sum(sentence.probabilities) == pytest.approx(1)
        assert sentence.p_hedged == pytest.approx(1 - sentence.probabilities[3])
        assert sentence.certainty == pytest.approx(sum(k * p for k, p in enumerate(sentence.probabilities)) / 3)


LONG = st.builds(
    lambda parts, gap: gap.join(parts * 12), st.lists(TEXTS, min_size=20, max_size=60), st.sampled_from((" ", "\n\n"))
)


@settings(max_examples=12)
@given(LONG, st.integers(1, 9000))
def test_chunk_size_changes_nothing(random_weights, text, chunk):
    same(score_text(random_weights, text, 1 << 22).columns, score_text(random_weights, text, chunk).columns)


@settings(max_examples=12)
@given(LONG, st.integers(1, 500), st.integers(1, 5000), st.integers(1, 50))
def test_blocks_may_be_cut_anywhere(random_weights, text, size, chunk, pause):
    data = encode(text)
    blocks = [data[i : i + size] for i in range(0, len(data), size)]
    blocks = [part for i, block in enumerate(blocks) for part in (block, *([] if i % pause else [b""]))]
    parts, starts, pieces = [], [], []
    for piece, columns in score_bytes(random_weights, blocks, chunk):
        starts.append(sum(map(len, pieces)))
        pieces.append(piece)
        parts.append(columns)
    assert "".join(pieces) == text
    same(join_columns(parts, starts), score_text(random_weights, text).columns)


@settings(max_examples=40)
@given(st.lists(TEXTS, min_size=1, max_size=4), st.integers(1, 30))
def test_what_was_asked_for_after_any_byte_is_what_the_whole_text_gives(random_weights, paragraphs, size):
    text = "\n\n".join(paragraphs)
    data = encode(text)
    blocks = [part for i in range(0, len(data), size) for part in (data[i : i + size], b"")]
    parts, starts, begun = [], [], 0
    for piece, columns in score_bytes(random_weights, blocks):
        starts.append(begun)
        parts.append(columns)
        begun += len(piece)
    same(join_columns(parts, starts), score_text(random_weights, text).columns)


def test_a_paragraph_is_given_once_it_is_complete(random_weights):
    given = []

    def feed():
        for part in ("It may rain.\n\n", "", "Perhaps it will. It", "", " may.\n\n", ""):
            given.append(part)
            yield part.encode()

    said = [(len(given), piece) for piece, _ in score_bytes(random_weights, feed()) if piece]
    assert said == [(2, "It may rain.\n\n"), (6, "Perhaps it will. It may.\n\n")]


@example("- The mayor said it rained.", "- The mayor said it rained.")
@example("It was shown.12", "Dr. Ode left.")
@given(TEXTS, TEXTS)
def test_paragraphs_are_judged_as_if_each_stood_alone(random_weights, text, other):
    both = score_text(random_weights, f"{text}\n\n{other}").sentences
    alone, after = (score_text(random_weights, part).sentences for part in (text, other))
    begin = len(text) + 2
    moved = tuple(replace(sentence, start=sentence.start + begin, end=sentence.end + begin) for sentence in after)
    assert both == alone + moved


def test_pieces_that_pass_through_the_cache_change_nothing(random_weights):
    text = "Two officials said it may sail. Internationalisation cannot be ruled out!\n\n"
    one, many = (score_text(random_weights, text * times, 1 << 22).columns for times in (1, 3000))
    assert len(many["start"]) == 6000
    for name in one.keys() - {"start", "end", "cue_offsets"}:
        assert (many[name].reshape(3000, *one[name].shape) == one[name]).all(), name


def test_a_megabyte_without_a_space(random_weights):
    document = score_text(random_weights, "a" * 1_000_000, 4096)
    assert [(s.start, s.end) for s in document.sentences] == [(0, 1_000_000)]


@pytest.mark.parametrize("text", ["", " \n\n ", "*** ---"])
def test_text_without_words_has_no_sentences(random_weights, text):
    document = score_text(random_weights, text)
    assert document.sentences == ()
    assert document.columns["cue_offsets"].tolist() == [0]
    assert document.columns["probabilities"].shape == (0, 4)


def test_a_lone_surrogate_is_refused(random_weights):
    with pytest.raises(InputError, match=r"lone surrogate U\+D800 at character 3"):
        score_text(random_weights, "abc\ud800")


def test_what_is_no_text_is_refused():
    model = hedge.load()
    with pytest.raises(InputError, match="must be a string, found int"):
        model.score(5)
    with pytest.raises(InputError, match="text 1 must be a string, found NoneType"):
        model.score_sentences(["It may rain.", None])
    with pytest.raises(InputError, match="found one string"):
        model.score_sentences("It may rain.")
    with pytest.raises(InputError, match="must be a string, found bytes"):
        list(model.score_stream(["It may ", b"rain."]))
    with pytest.raises(InputError, match="must be a string, found int"):
        model.explain(5)


def test_a_lone_surrogate_is_told_by_its_place():
    model = hedge.load()
    with pytest.raises(InputError, match=r"text 1: lone surrogate U\+D800 at character 2"):
        model.score_sentences(["It may rain.", "ab\ud800"])
    with pytest.raises(InputError, match=r"lone surrogate U\+D800 at character 5"):
        list(model.score_stream(["abc", "de\ud800"]))


def test_documents_are_compared_by_identity():
    document = hedge.load().score("It may rain.")
    assert document == document
    assert document != hedge.load().score("It may rain.")
    assert len({document, document}) == 1


def test_invalid_utf8_is_refused_with_its_place(random_weights):
    with pytest.raises(InputError, match="invalid UTF-8 at byte 6"):
        list(score_bytes(random_weights, [b"abc. D\xff"]))


def test_the_dtypes_are_the_documented_ones(random_weights):
    columns = score_text(random_weights, "It may rain. It rained.").columns
    assert {name: column.dtype for name, column in columns.items()} == {
        **dict.fromkeys(("start", "end", "cue_offsets", "cue_start", "cue_end"), np.dtype(np.int64)),
        **dict.fromkeys(("holder_start", "holder_end", "words", "unknown_words"), np.dtype(np.int64)),
        **dict.fromkeys(("certainty", "p_hedged", "probabilities", "cue_probability"), np.dtype(np.float64)),
        **dict.fromkeys(("level", "holder_kind"), np.dtype(np.int8)),
        "cue_type": np.dtype(np.uint8),
        "cue_negated": np.dtype(np.bool_),
    }


def test_words_are_counted_and_those_that_training_never_saw(random_weights):
    known = np.zeros(1 << GATE_BITS, dtype=np.bool_)
    known[places(hash_words(["it", "may", "sail"]))] = True
    lexicon = know(random_weights.lexicon, known)
    document = score_text(replace(random_weights, lexicon=lexicon), "It may sail, Olga. It foundered at 5 pm.")
    assert document.columns["words"].tolist() == [3, 4]
    assert document.columns["unknown_words"].tolist() == [0, 3]
    assert document.unknown_share == 3 / 7
