"""Columns to hashed feature indices; the same code trains and scores.

A feature is an index below ``1 << TABLE_BITS`` into a table of weights. It is made by a template, a tuple of up to
three columns whose values are hashed together with the template's number. Cue templates describe a candidate in its
context; level templates describe a sentence by its cues, given how probable each cue is. The words of a sentence and
its pairs of words are features of its level, in the first three quarters of that table (see `hedge.sums`); its words
are also features of each of its candidates, in a table of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from hedge.buffer import Ints
from hedge.columns import CUE_COLUMNS, SENTENCE_COLUMNS
from hedge.levels import CUE_TYPES
from hedge.tokens import Halves

FEATURES_VERSION: Final = 8
"""Changes whenever a text's features change; a model made for another version is refused."""

TABLE_BITS: Final = 18

LAST_QUARTER: Final = 3 << (TABLE_BITS - 2)
"""Level features of words and of pairs of words lie below this index, those of templates from it on."""

_CUE_SHIFT: Final = np.array(32 - TABLE_BITS, dtype=np.uint32)
_LEVEL_SHIFT: Final = np.array(34 - TABLE_BITS, dtype=np.uint32)
_KEYS: Final = np.array([0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D], dtype=np.uint32)
_TEMPLATE: Final = np.uint32(0x27D4EB2F)
_CUE_TEMPLATES: Final = """
phrase | type words ambiguous
word-1 | word+1 | word+1 word+2 | type word-1 | type word+1
form word+1 | form word+1 word+2 | phrase word-1 | phrase word+1
form class-1 | form class-2 class-1 | form class+1 class+2 | phrase class+1
type class-2 | type class-1 | type class+1 | type class+2
form that | form question | form capital | form capital+1 | form suffix+1
form earlier | form later | type later
form verb agent | phrase verb agent
form marks | type marks | phrase time
form opening | type opening-class | phrase opening-class
clause | phrase clause | phrase clauses
phrase register | type register
"""
_LEVEL_CUE_TEMPLATES: Final = """
confidence type | used phrase | used phrase negated | used phrase register | confidence type marks
"""
_SENTENCE_TEMPLATES: Final = (
    " | ".join(f"best-{kind.value}" for kind in CUE_TYPES)
    + """ | strongest | mixture | top | question | opening | quoted
question opening | opening mixture | marks top
register | register top | register question
holder | holder-begins | holder-begins holder-ends | holder top
"""
)


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


def _templates(listing: str, columns: tuple[str, ...], kind: int) -> Templates:
    """Read a listing whose templates are separated by bars or line ends; `kind` keeps kinds of template apart."""
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
    shift, base = (_CUE_SHIFT, np.uint32(0)) if kind == 1 else (_LEVEL_SHIFT, np.uint32(LAST_QUARTER))
    return Templates(ordered, tuple(places), rows, keys, which, salt, shift, base)


CUE_TEMPLATES: Final = _templates(_CUE_TEMPLATES, CUE_COLUMNS, 1)
LEVEL_CUE_TEMPLATES: Final = _templates(_LEVEL_CUE_TEMPLATES, CUE_COLUMNS, 2)
SENTENCE_TEMPLATES: Final = _templates(_SENTENCE_TEMPLATES, SENTENCE_COLUMNS, 3)
