"""Templates: which columns are hashed together into features.

A feature is an index into a table of weights. It is made by a template, a tuple of up to three columns whose values are
hashed together with the template's number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from hedge.buffer import Ints
from hedge.tokens import Halves

_KEYS: Final = np.array([0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D], dtype=np.uint32)
_TEMPLATE: Final = np.uint32(0x27D4EB2F)


@dataclass(frozen=True, eq=False, repr=False)
class Templates:
    """Feature templates of one kind.

    Attributes
    ----------
    names : the columns of each template, those of one column first, then of two, then of three.
    places : for each of the three places in a template, the rows int64[r] of the columns that stand there in some
        template, and which of these does in each template that has the place, int64[n].
    rows, keys : int64[m], uint32[m, 1], the rows of all three places, one after the other, and their places' keys.
    which : int64[sum of n], which of `rows` stands in each template, for all three places.
    salt : uint32[templates, 1].
    shift : uint32, how many low bits of the hash to drop.
    base : the first index, of which no bit is one of the hash's.

    """

    names: tuple[tuple[str, ...], ...]
    places: tuple[tuple[Ints, Ints], ...]
    rows: Ints
    keys: Halves
    which: Ints
    salt: Halves
    shift: Halves
    base: np.uint32

    def indices(self, columns: Halves) -> Ints:
        """Hash uint32[columns, k] -> table indices int64[templates, k].

        The hash is linear: the sum of each column times the key of its place, of which the leading bits count
        (multiply-shift hashing, Dietzfelbinger et al. 1997).
        """
        keyed = columns.take(self.rows, axis=0, mode="clip")
        keyed *= self.keys
        keyed = keyed.take(self.which, axis=0, mode="clip")
        count = len(self.names)
        value, begin = keyed[:count], count
        value += self.salt
        for _, which in self.places[1:]:
            longer = value[count - len(which) :]
            longer += keyed[begin : begin + len(which)]
            begin += len(which)
        value >>= self.shift
        if self.base:
            value |= self.base
        return value.astype(np.int64)


def make_templates(listing: str, columns: tuple[str, ...], kind: int, bits: int, base: int = 0) -> Templates:
    """Read a listing whose templates are separated by bars or line ends.

    Parameters
    ----------
    listing : the names of each template's columns, between spaces.
    columns : names of all columns.
    kind : a number that keeps kinds of template in one table apart.
    bits : how many of the hash count.
    base : the first index, of which no bit is one of the hash's.

    """
    names = [tuple(part.split()) for part in listing.replace("\n", "|").split("|") if part.split()]
    order = sorted(range(len(names)), key=lambda number: len(names[number]))
    ordered = tuple(names[number] for number in order)
    places = []
    for place in range(len(_KEYS)):
        standing = [columns.index(template[place]) for template in ordered if len(template) > place]
        listed = sorted(set(standing))
        numbers = [listed.index(row) for row in standing]
        places.append((np.array(listed, dtype=np.int64), np.array(numbers, dtype=np.int64)))
    sizes = [len(rows) for rows, _ in places]
    rows = np.concatenate([rows for rows, _ in places])
    which = np.concatenate([which + sum(sizes[:place]) for place, (_, which) in enumerate(places)])
    keys = _KEYS.repeat(sizes)[:, None]
    salt = (np.array(order, dtype=np.uint32)[:, None] + np.uint32(1000 * kind)) * _TEMPLATE
    shift = np.array(32 - bits, dtype=np.uint32)
    return Templates(ordered, tuple(places), rows, keys, which, salt, shift, np.uint32(base))
