"""Lookup tables of word lists."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedge.tokens import hash_words
from hedge.words import make_flags, make_table

WORDS = st.text(st.characters(codec="ascii", categories=["Ll"]), min_size=1, max_size=12)


@given(st.dictionaries(WORDS, st.integers(1, 2**64 - 1), min_size=1, max_size=60), st.lists(WORDS, max_size=20))
def test_a_table_has_the_number_of_each_word_and_0_for_others(numbers, others):
    table = make_table(numbers)
    assert table.of(hash_words(list(numbers))).tolist() == list(numbers.values())
    if others:
        assert table.of(hash_words(others)).tolist() == [numbers.get(word, 0) for word in others]


@pytest.mark.parametrize("count", [1, 2, 3000, 20_000])
def test_tables_of_any_size_find_all_words_in_any_shape(count):
    words = [f"word{number}" for number in range(count)]
    table = make_table({word: number + 1 for number, word in enumerate(words)})
    assert table.of(hash_words(words).reshape(1, -1)).tolist() == [list(range(1, count + 1))]
    assert not table.of(hash_words([f"other{number}" for number in range(3000)])).any()
    assert len(table.keys) >= 2 * count


def test_flags_join_the_lists_of_a_word():
    table = make_flags({"a": "may can", "b": "", "c": "june may"})
    assert table.of(hash_words(["may", "can", "june", "july"])).tolist() == [5, 1, 4, 0]
    assert table.of(np.zeros(0, dtype=np.uint64)).tolist() == []
