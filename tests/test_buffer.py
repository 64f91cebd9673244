"""Bytes, classes and offsets: every position fits the caller's text."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedge.buffer import (
    APOSTROPHE,
    CLAUSE,
    CLOSE,
    HYPHEN,
    NEWLINE,
    OPEN,
    OTHER,
    PAD,
    QUOTE,
    SPACE,
    TERMINAL,
    WIDE,
    WORD,
    encode,
    make_buffer,
)
from hedge.errors import InputError
from hedge.tokens import find_tokens

ODD = [
    "🙂",
    "👩‍🔬",
    "“",
    "”",
    "‘",
    "’",
    "e\u0301",
    "\r\n",
    "\0",
    "\t",
    "\u00a0",
    "\u2028",
    "\ufeff",
    "—",
    "…",
    "«",
    "·",
]
PIECES = [*ODD, "may", "Can", "3.5", "1,000", "U.S", "ß", "É", "'", "-", ".", ",", "?", "(", ")", '"', " ", "\n", "\v"]
TEXTS = st.one_of(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.text(max_size=60))


def classes(text):
    """Class of each character; all bytes of one must agree."""
    found = make_buffer(encode(text)).classes.tolist()
    result, at = [], 0
    for character in text:
        own = set(found[at : at + len(encode(character))])
        assert len(own) == 1, character
        result += own
        at += len(encode(character))
    return result


@pytest.mark.parametrize(
    ("characters", "kind"),
    [
        ("aZ_09éßЖ漢🙂\u0301", WORD),
        (" \t\r\u00a0\u2003\u202f\ufeff", SPACE),
        ("\n\v\f\u2028\u2029", NEWLINE),
        ("'‘’", APOSTROPHE),
        ("-–—‑", HYPHEN),
        (".?!…", TERMINAL),
        (",;:", CLAUSE),
        ('"`“”„«»', QUOTE),
        ("([{", OPEN),
        (")]}", CLOSE),
        ("\0*/%$#•·\x7f", OTHER),
    ],
)
def test_class_of_a_character(characters, kind):
    for character in characters:
        assert classes(character) == [kind], f"U+{ord(character):04X}"
        assert classes(f" {character} ") == [SPACE, kind, SPACE]


@pytest.mark.parametrize(
    ("text", "at", "kind"),
    [
        ("can't", 3, SPACE),
        ("can’t", 3, SPACE),
        ("well-known", 4, SPACE),
        ("war–time", 3, SPACE),
        ("dogs' tails", 4, APOSTROPHE),
        ("'tis", 0, APOSTROPHE),
        ("a--b", 1, HYPHEN),
        ("3.5", 1, WORD),
        ("U.S", 1, WORD),
        ("example.com", 7, WORD),
        ("rain.Bring", 4, TERMINAL),
        ("rain?Bring", 4, TERMINAL),
        ("a..b", 1, TERMINAL),
        ("end.", 3, TERMINAL),
        ("1,000", 1, WORD),
        ("a,b", 1, CLAUSE),
        ("1,b", 1, CLAUSE),
        ("1:2", 1, CLAUSE),
        ("a…b", 1, TERMINAL),
        ("é'é", 1, SPACE),
        ("🙂’🙂", 1, SPACE),
    ],
)
def test_joining_inside_words(text, at, kind):
    assert classes(text)[at] == kind


@given(TEXTS)
def test_all_bytes_of_a_character_share_its_class(text):
    assert len(classes(text)) == len(text)


@given(TEXTS)
def test_lower_bytes_lie_where_the_raw_ones_do(text):
    data = encode(text)
    buffer = make_buffer(data)
    assert buffer.raw.tobytes() == data
    assert buffer.padded[:PAD].tobytes() == buffer.padded[len(data) + PAD :].tobytes() == b"\0" * PAD
    assert len(buffer.padded) == len(data) + 2 * PAD
    at = PAD
    for character in text:
        size = len(encode(character))
        spelt = WIDE[character][1] if character in WIDE else encode(character).lower()
        assert buffer.padded[at : at + size].tobytes() == spelt.ljust(size, b"\0")
        at += size


@given(TEXTS)
def test_code_points_count_characters(text):
    data = encode(text)
    bounds = np.cumsum([0, *(len(encode(character)) for character in text)])
    assert make_buffer(data).code_points(bounds).tolist() == list(range(len(text) + 1))


@given(TEXTS)
def test_newlines_are_the_bytes_of_that_class(text):
    buffer = make_buffer(encode(text))
    assert buffer.newlines.tolist() == [i for i, kind in enumerate(buffer.classes.tolist()) if kind == NEWLINE]


@given(TEXTS)
def test_tokens_and_gaps_rebuild_the_text(text):
    buffer = make_buffer(encode(text))
    tokens = find_tokens(buffer)
    starts, ends = (buffer.code_points(bytes_).tolist() for bytes_ in (tokens.start, tokens.end))
    rebuilt, at = [], 0
    for start, end in zip(starts, ends, strict=True):
        assert at <= start < end
        rebuilt += [text[at:start], text[start:end]]
        at = end
    rebuilt.append(text[at:])
    assert "".join(rebuilt) == text
    for gap in rebuilt[::2]:
        for character in gap:
            assert classes(character)[0] in (SPACE, NEWLINE, APOSTROPHE, HYPHEN), repr(character)


@given(TEXTS)
def test_a_token_is_of_one_class_and_as_long_as_can_be(text):
    buffer = make_buffer(encode(text))
    tokens = find_tokens(buffer)
    for start, end, kind in zip(tokens.start.tolist(), tokens.end.tolist(), tokens.kind.tolist(), strict=True):
        assert kind >= WORD
        assert set(buffer.classes[start:end].tolist()) == {kind}
        assert start == 0 or buffer.classes[start - 1] != kind
        assert end == len(buffer.raw) or buffer.classes[end] != kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("🙂 may 🙂", ["🙂", "may", "🙂"]),
        ("“It’s”", ["“", "It", "s", "”"]),
        ("cafe\u0301 may", ["cafe\u0301", "may"]),
        ("a\r\nb", ["a", "b"]),
        ("a\0b", ["a", "\0", "b"]),
        ("\ufeffmay", ["may"]),
        ("so… it", ["so", "…", "it"]),
    ],
)
def test_surface_forms(text, expected):
    buffer = make_buffer(encode(text))
    tokens = find_tokens(buffer)
    starts, ends = buffer.code_points(tokens.start), buffer.code_points(tokens.end)
    assert [text[a:b] for a, b in zip(starts, ends, strict=True)] == expected


def test_a_curly_quote_has_the_hash_of_a_straight_one():
    straight, curly = (find_tokens(make_buffer(encode(text))) for text in ("\" ' - ...", "“ ’ – …"))
    known = straight.hash[:3].tolist()
    assert curly.kind.tolist() == straight.kind.tolist()
    assert curly.hash[:3].tolist() == known


def test_eights_read_forwards_and_backwards():
    buffer = make_buffer(b"it may rain")
    eights = buffer.eights
    assert len(eights) == len(buffer.raw) + PAD + 1
    assert int(eights[3 + PAD]).to_bytes(8, "little") == b"may rain"
    assert int(eights[6]).to_bytes(8, "little") == b"\0\0it may"
    assert int(eights[0]) == 0
    assert int(eights[-1]) == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\ud800", "lone surrogate U+D800 at character 0: the text isn't valid Unicode"),
        ("🙂é\udfff.", "lone surrogate U+DFFF at character 2: the text isn't valid Unicode"),
        ("a\ude42\ud83d", "lone surrogate U+DE42 at character 1: the text isn't valid Unicode"),
    ],
)
def test_lone_surrogates_are_refused(text, message):
    with pytest.raises(InputError) as caught:
        encode(text)
    assert str(caught.value) == message
    assert caught.value.path is None
    assert isinstance(caught.value.__cause__, UnicodeEncodeError)


@given(st.text())
def test_valid_text_is_encoded_as_it_is(text):
    assert encode(text).decode("utf-8") == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It *may* rain.", "It may rain ."),
        ("It _may_ **well** ***rain***.", "It may well rain ."),
        ("* It may", "* It may"),
        ("2 * 3 a*b snake_case", "2 * 3 a * b snake_case"),
        ("fill in ____ here", "fill in ____ here"),
        ("**Note:** it may", "Note : it may"),
    ],
)
def test_marks_of_emphasis_are_no_tokens(text, words):
    tokens = find_tokens(make_buffer(text.encode()))
    assert [text[a:b] for a, b in zip(tokens.start, tokens.end, strict=True)] == words.split()


@pytest.mark.parametrize("mark", ["\u2019", "\u00b4", "\u02bc", "\u2032"])
def test_apostrophes_are_one(mark):
    plain, other = (find_tokens(make_buffer(f"She can{c}t say.".encode())) for c in ("'", mark))
    assert plain.hash.tolist() == other.hash.tolist()
