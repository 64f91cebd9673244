"""Three weights in one number, and tables of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedge.packing import LARGEST_SUM, make_level_table, pack, unpack

SMALL = st.integers(-(2**15), 2**15 - 1)
LIMIT = LARGEST_SUM - 1


@given(st.lists(st.tuples(SMALL, SMALL, SMALL), min_size=1, max_size=30))
def test_sums_of_packed_weights_unpack_to_the_sums(columns):
    weights = np.array(columns, dtype=np.int16).T
    assert unpack(pack(weights)).tolist() == weights.tolist()
    assert unpack(pack(weights).sum(keepdims=True)).ravel().tolist() == weights.sum(axis=1, dtype=np.int64).tolist()


@given(st.lists(st.integers(-LIMIT, LIMIT), min_size=3, max_size=3))
def test_sums_up_to_the_field_unpack(sums):
    packed = np.array([sum(value << (21 * field) for field, value in enumerate(sums))])
    assert unpack(packed).ravel().tolist() == sums


@given(st.lists(st.tuples(SMALL, SMALL, SMALL), min_size=1, max_size=30))
def test_a_table_gives_the_weights_of_each_place(columns):
    weights = np.array(columns, dtype=np.int16).T
    table = make_level_table(weights)
    assert table.weights().dtype == np.int16
    assert table.weights().tolist() == weights.tolist()
    places = np.arange(len(columns))[::-1].reshape(1, -1)
    assert table.at(places).tolist() == pack(weights)[::-1].reshape(1, -1).tolist()
    assert table.heaviest == max(1, int(np.abs(weights.astype(np.int64)).max()))


def test_the_sets_of_most_places_come_first_and_each_stands_once():
    weights = np.array([[1, 0, 2, 0, 2, 0], [0, 0, 5, 0, 5, 0], [0, 0, 0, 0, 0, 0]], dtype=np.int16)
    table = make_level_table(weights)
    assert table.codes.tolist() == [2, 0, 1, 0, 1, 0]
    assert unpack(table.sets).T.tolist() == [[0, 0, 0], [2, 5, 0], [1, 0, 0]]


@pytest.mark.parametrize(
    "count, kind", [(1, np.uint16), (300, np.uint16), (1 << 16, np.uint16), ((1 << 16) + 1, np.uint32)]
)
def test_codes_are_as_wide_as_the_number_of_sets_asks_for(count, kind):
    weights = np.stack([np.arange(count) >> 8, np.arange(count) & 255, np.zeros(count)]).astype(np.int16)
    table = make_level_table(weights)
    assert table.codes.dtype == kind
    assert table.weights().tolist() == weights.tolist()
