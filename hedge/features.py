"""Columns to hashed feature indices; the same code trains and scores.

A feature is an index below ``1 << TABLE_BITS`` into a table of weights. Cue templates describe a candidate in its
context; level templates describe a sentence by its cues, given how probable each cue is. The words of a sentence and
its pairs of words are features of its level, in the first three quarters of that table (see `hedge.sums`); its words
are also features of each of its candidates, in a table of their own.
"""

from __future__ import annotations

from typing import Final

from hedge.columns import CUE_COLUMNS, SENTENCE_COLUMNS
from hedge.levels import CUE_TYPES
from hedge.templates import make_templates

FEATURES_VERSION: Final = 16
"""Changes whenever a text's features change; a model made for another version is refused."""

TABLE_BITS: Final = 20

LAST_QUARTER: Final = 3 << (TABLE_BITS - 2)
"""Level features of words and of pairs of words lie below this index, those of templates from it on."""

_CUE_TEMPLATES: Final = """
phrase | type words ambiguous
word-1 | word+1 | word+1 word+2 | type word-1 | type word+1
form word+1 | form word+1 word+2 | phrase word-1 | phrase word+1
form class-1 | form class-2 class-1 | form class+1 class+2 | phrase class+1
type class-2 | type class-1 | type class+1 | type class+2
form that | form question | form capital | form capital+1 | form suffix+1 | phrase joined | type joined
form earlier | form later | type later
form verb agent | phrase verb | phrase verb subject | form subject
form marks | type marks | phrase time | phrase negative | type negative
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
question opening | question second | question opening second | opening second | opening mixture | marks top
register | register top | register question
holder | holder-begins | holder-begins holder-ends | holder top
"""
)

CUE_TEMPLATES: Final = make_templates(_CUE_TEMPLATES, CUE_COLUMNS, 1, TABLE_BITS)
LEVEL_CUE_TEMPLATES: Final = make_templates(_LEVEL_CUE_TEMPLATES, CUE_COLUMNS, 2, TABLE_BITS - 2, LAST_QUARTER)
SENTENCE_TEMPLATES: Final = make_templates(_SENTENCE_TEMPLATES, SENTENCE_COLUMNS, 3, TABLE_BITS - 2, LAST_QUARTER)
