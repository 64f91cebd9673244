"""Phrases that can be cues, and what else is known of words.

`lexicon.tsv` is data: one entry a line, with its surface forms, usual type, strength, published probability band,
look-alike readings and source. A `Lexicon` is the compiled set of surface forms that a model looks for; it starts
from the file and grows by what training corpora mark as cues.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, product
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from hedge.buffer import Bytes, Hashes, Ints, make_buffer, pick, positions
from hedge.errors import CorpusError, ModelError
from hedge.gate import ALONE, FIRST, KNOWN, SECOND, open_gate, places
from hedge.holder import NO_SOURCES, SourceWeights
from hedge.levels import CUE_TYPES, CueType
from hedge.register import NO_REGISTER, Register
from hedge.tokens import STEP, Bools, Halves, find_tokens, fold

_SLOT_BITS: Final = 16
_SLOT_SHIFT: Final = np.array(64 - _SLOT_BITS, dtype=np.uint64)
_PAIR_SLOT_SHIFT: Final = np.array(64 - 18, dtype=np.uint64)
_WORDS_OF: Final = {
    "{wh}": ["why", "how", "who", "what", "when", "where", "which", "whose"],
    "{one}": ["me", "us", "you", "him", "her", "them", "anyone", "anybody"],
}
"""Names that stand for several words in the forms of the file: *tell {one} {wh}*."""
_FILE_COLUMNS: Final = ["phrase", "forms", "type", "strength", "band", "readings", "source"]


FORM_COLUMNS: Final = ("form", "phrase", "type", "strength", "words", "ambiguous")
_TYPE, _WORDS = FORM_COLUMNS.index("type"), FORM_COLUMNS.index("words")
_LONGEST: Final = 255


@dataclass(frozen=True)
class Entry:
    """One line of `lexicon.tsv`.

    Attributes
    ----------
    phrase, forms : the head form and the other surface forms, lower case.
    type : the usual type in use.
    strength : how much commitment the cue takes away in use, 0 (none) to 1 (all).
    band : published probability band in percent, or None.
    readings : non-cue readings in which the same words are met (names as in the record format).
    source : where the entry is known from.

    """

    phrase: str
    forms: tuple[str, ...]
    type: CueType
    strength: float
    band: tuple[int, int] | None
    readings: tuple[str, ...]
    source: tuple[str, ...]


class Form(NamedTuple):
    """One surface form that a model looks for: its words, and its entry's head form, type, strength and readings."""

    text: str
    phrase: str
    type: CueType
    strength: float
    readings: tuple[str, ...] = ()


def read_entries() -> tuple[Entry, ...]:
    """Read the entries of the shipped lexicon, in file order.

    >>> next(entry for entry in read_entries() if entry.phrase == "likely").type.value
    'epistemic'
    """
    file = Path(__file__).with_name("lexicon.tsv")
    rows = (line.split("\t") for line in file.read_text("utf-8").splitlines())
    if next(rows) != _FILE_COLUMNS:
        raise CorpusError(f"the first line must be {' '.join(_FILE_COLUMNS)}", str(file), 1)
    return tuple(_read_entry(row, str(file), line) for line, row in enumerate(rows, 2))


def _read_entry(row: list[str], path: str, line: int) -> Entry:
    try:
        phrase, forms, kind, strength, band, readings, source = row
        low, _, high = band.partition("-")
        return Entry(
            phrase,
            tuple(chain.from_iterable(map(_expand, _split(forms, "|")))),
            CueType(kind),
            float(strength),
            (int(low), int(high)) if band else None,
            _split(readings, ","),
            _split(source, ","),
        )
    except ValueError as error:
        raise CorpusError(f"not a lexicon entry: {error}", path, line) from error


def _expand(form: str) -> Iterator[str]:
    """A form with each of the words that the names in it stand for."""
    places = [_WORDS_OF.get(word, (word,)) for word in form.split()]
    return map(" ".join, product(*places))


def _split(text: str, mark: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(mark)) if text else ()


def forms_of(entries: Iterable[Entry]) -> tuple[Form, ...]:
    """Every surface form of the entries."""
    return tuple(Form(text, e.phrase, e.type, e.strength, e.readings) for e in entries for text in (e.phrase, *e.forms))


@dataclass(frozen=True, eq=False, repr=False)
class Lexicon:
    """Surface forms compiled for matching, with what else a passage needs to know of words.

    Attributes
    ----------
    listing : the surface forms, a line each; `forms` reads it.
    words : uint64[w], the hashes of the forms' words, form after form.
    columns : uint32[len(FORM_COLUMNS), f], what features know of each form: identity of its words and of its entry's
        head form, type (from 1), strength in eighths (from 1), number of words, number of look-alike readings (from
        1, at most 4).
    margins : uint8[2, f], how many of the first and of the last words of each form only help to find it and are no
        part of the cue (*to have* of *thought to have*).
    gate : uint8[1 << GATE_BITS], see `hedge.gate`.
    slots : for each number n of words from 2, bool[...]: whether the top bits of a hash of n words are those of some
        form's first n.
    keys, ids : uint64[f], int64[f], the hashes of the forms' words, increasing, and which forms they stand for.
    begins : int64[1 << 16], for the top bits of a hash, the first of the `keys` among which it is, if it is at all.
    crowd : int64[c], numbers 0, 1, ... of these keys, counted from the first.
    register : what words say of the register of their sentence.
    sources : what makes a noun phrase the source of a claim.

    """

    listing: str
    words: Hashes
    columns: Halves
    margins: Bytes
    gate: Bytes
    slots: tuple[Bools, ...]
    keys: Hashes
    ids: Ints
    begins: Ints
    crowd: Ints
    register: Register
    sources: SourceWeights

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """The surface forms; scoring needs only what is known of them.

        Raises
        ------
        ModelError : the listing is damaged.

        """
        try:
            return tuple(map(_read_form, self.listing.split("\n")[:-1]))
        except ValueError as error:
            raise ModelError(f"a damaged list of forms ({error}); fetch or train the model again") from error

    def find(self, hashes: Hashes) -> tuple[Ints, Ints]:
        """Which of the hashes uint64[k] of words are forms, int64[h], and which forms, int64[h]."""
        if not len(self.keys) or not len(hashes):
            return (none := np.zeros(0, dtype=np.int64)), none
        at = pick(self.begins, (hashes >> _SLOT_SHIFT).view(np.int64))
        hits, which = (pick(self.keys, at[:, None] + self.crowd) == hashes[:, None]).nonzero()
        return hits, self.ids.take(at[hits] + which)


def compile_lexicon(forms: Iterable[Form]) -> Lexicon:
    """Compile surface forms; of two with the same words the first counts.

    >>> from hedge.tokens import hash_words
    >>> lexicon = compile_lexicon([Form("may", "may", CueType.EPISTEMIC, 0.65)])
    >>> [part.tolist() for part in lexicon.find(hash_words(["rain", "may"]))]
    [[1], [0]]
    """
    listed = list(forms)
    words, sizes = _words([form.text for form in listed])
    numbers = range(len(listed) - 1, -1, -1)
    first = dict(zip(_phrase_hash(words, sizes)[::-1].tolist(), numbers, strict=True))
    order = np.sort(np.array(list(first.values()), dtype=np.int64))
    listed = [listed[index] for index in order.tolist()]
    heads, head_sizes = _words([form.phrase for form in listed])
    words, sizes = words[order], sizes[order]
    _, _, kinds, strengths, readings = zip(*listed, strict=True) if listed else ((),) * 5
    numbers_of_types = {kind: number for number, kind in enumerate(CUE_TYPES, 1)}
    columns = np.array(
        [
            fold(_phrase_hash(words, sizes)),
            fold(_phrase_hash(heads, head_sizes)),
            [numbers_of_types[kind] for kind in kinds],
            np.array(strengths, dtype=np.float64) * 8 + 1,
            sizes,
            np.minimum([len(reading) for reading in readings], 3) + 1,
        ],
        dtype=np.uint32,
    )
    inside = np.arange(words.shape[1]) < sizes[:, None]
    whole = np.zeros((2, len(listed)), dtype=np.uint8)
    return assemble_lexicon("".join(map(_list_form, listed)), words[inside], columns, whole)


def assemble_lexicon(listing: str, words: Hashes, columns: Halves, margins: Bytes) -> Lexicon:
    """Make the tables for matching from what is kept of a compiled lexicon; without a register and without sources.

    Raises
    ------
    ValueError : the three don't fit together.

    """
    if words.dtype != np.uint64 or columns.dtype != np.uint32 or len(columns) != len(FORM_COLUMNS):
        raise ValueError("a lexicon of the wrong shape or type")
    sizes = columns[_WORDS].astype(np.int64)
    if listing.count("\n") != len(sizes) or sizes.sum() != len(words):
        raise ValueError("a lexicon that lacks forms or words")
    if not ((sizes > 0) & (sizes <= _LONGEST) & (columns[_TYPE] - np.uint32(1) < len(CUE_TYPES))).all():
        raise ValueError("a form without words or type")
    if margins.dtype != np.uint8 or margins.shape != (2, len(sizes)) or not (margins.sum(axis=0) < sizes).all():
        raise ValueError("margins that leave no cue")
    table = np.zeros((len(sizes), int(sizes.max(initial=1))), dtype=np.uint64)
    table[np.arange(table.shape[1]) < sizes[:, None]] = words
    hashes, slots = table[:, 0].copy(), []
    for size in range(2, table.shape[1] + 1):
        longer = positions(sizes >= size)
        begun = hashes[longer] * STEP + table[longer, size - 1]
        hashes[longer] = begun
        slots.append(_slots(begun, size))
    ids = np.argsort(hashes)
    crowds = np.bincount((hashes >> _SLOT_SHIFT).view(np.int64), minlength=1 << _SLOT_BITS)
    crowd = np.arange(crowds.max())
    return Lexicon(
        listing,
        words,
        columns,
        margins,
        _make_gate(table, sizes),
        tuple(slots),
        hashes[ids],
        ids,
        np.minimum(np.cumsum(crowds) - crowds, max(len(ids) - len(crowd), 0)),
        crowd,
        NO_REGISTER,
        NO_SOURCES,
    )


def _list_form(form: Form) -> str:
    """Line of a listing: text, phrase, type, strength and readings."""
    return f"{form.text}\t{form.phrase}\t{form.type.value}\t{round(form.strength, 3)}\t{','.join(form.readings)}\n"


def _read_form(line: str) -> Form:
    text, phrase, kind, strength, readings = line.split("\t")
    return Form(text, phrase, CueType(kind), float(strength), _split(readings, ","))


def trim(lexicon: Lexicon, margins: Bytes) -> Lexicon:
    """Return the lexicon with other margins, uint8[2, f]."""
    return dataclasses.replace(lexicon, margins=margins)


def know(lexicon: Lexicon, known: Bools) -> Lexicon:
    """Return the lexicon with a gate that flags the places bool[1 << GATE_BITS] of known words.

    A word that isn't known looks so by chance in less than one case of ten.
    """
    return dataclasses.replace(lexicon, gate=lexicon.gate & ~KNOWN | known * KNOWN)


def _make_gate(words: Hashes, sizes: Ints) -> Bytes:
    gate = open_gate()
    longer = sizes > 1
    for flag, hashes in ((ALONE, words[~longer, :1]), (FIRST, words[longer, :1]), (SECOND, words[longer, 1:2])):
        gate[places(hashes)] |= flag
    return gate


def slot_shift(size: int) -> Hashes:
    """How many low bits of a hash of `size` words to drop for its place in `Lexicon.slots`."""
    return _PAIR_SLOT_SHIFT if size == 2 else _SLOT_SHIFT


def _slots(hashes: Hashes, size: int) -> Bools:
    """Return a table of bools, true at the top bits of each hash of `size` words."""
    shift = slot_shift(size)
    slots = np.zeros(1 << (64 - int(shift)), dtype=np.bool_)
    slots[hashes >> shift] = True
    return slots


def _words(texts: list[str]) -> tuple[Hashes, Ints]:
    """Token hashes uint64[f, longest] of each text, filled with zeros, and their numbers int64[f]."""
    buffer = make_buffer("\n".join(texts).encode())
    tokens = find_tokens(buffer)
    row = np.searchsorted(buffer.newlines, tokens.start)
    sizes = np.bincount(row, minlength=len(texts))
    before = np.concatenate(([0], np.cumsum(sizes)))[row]
    table = np.zeros((len(texts), int(sizes.max(initial=1))), dtype=np.uint64)
    table[row, np.arange(len(tokens)) - before] = tokens.hash
    return table, sizes


def _phrase_hash(words: Hashes, sizes: Ints) -> Hashes:
    """Polynomial hash uint64[f] of the words of each row, as many as `sizes` int64[f] says."""
    value: Hashes = words[:, 0].copy() if words.size else np.zeros(len(words), dtype=np.uint64)
    for column in range(1, words.shape[1]):
        more = sizes > column
        value[more] = value[more] * STEP + words[more, column]
    return value
