"""Text cut into sentences with all that is known of them before any weights: what training and scoring share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hedge.buffer import Buffer, Bytes, Ints, encode, make_buffer
from hedge.candidates import Candidates, find_candidates
from hedge.columns import cue_columns
from hedge.errors import InputError
from hedge.gate import look
from hedge.holder import Holders, find_holders
from hedge.lexicon import Lexicon
from hedge.sentence_marks import SentenceMarks, mark_sentences
from hedge.tokens import Halves, Tokens, find_tokens


@dataclass(frozen=True, eq=False, repr=False)
class Passage:
    """Text cut into sentences with their cue candidates, ready for features; training and scoring share it.

    Attributes
    ----------
    buffer, tokens : the text.
    flags : uint8[t], what the gate says of each token.
    marks : the sentences, which cover all tokens.
    holders : on whose word the sentences are said.
    candidates : cue candidates.
    columns : uint32[len(CUE_COLUMNS), c], their cue columns.

    """

    buffer: Buffer
    tokens: Tokens
    flags: Bytes
    marks: SentenceMarks
    holders: Holders
    candidates: Candidates
    columns: Halves


def read_passage(lexicon: Lexicon, buffer: Buffer, tokens: Tokens, first: Ints, last: Ints) -> Passage:
    """Mark sentences (token indices int64[s], half-open), find their holders, and find and describe cue candidates."""
    flags = look(lexicon.gate, tokens.hash)
    marks = mark_sentences(buffer, tokens, flags, first, last, lexicon.register.steps(tokens.hash, first, last))
    holders = find_holders(lexicon.sources, buffer, tokens, flags, first, last)
    candidates = find_candidates(lexicon, tokens, flags, marks.owner)
    columns = cue_columns(buffer, tokens, marks, lexicon, candidates)
    return Passage(buffer, tokens, flags, marks, holders, candidates, columns)


def read_texts(lexicon: Lexicon, texts: list[str]) -> Passage:
    """Read texts that are one sentence each; white space around them and line breaks in them don't matter."""
    return read_passage(lexicon, *read_tokens(texts))


def read_tokens(texts: list[str]) -> tuple[Buffer, Tokens, Ints, Ints]:
    """Texts as one buffer, its tokens, and the tokens int64[s] at which each text begins and ends, half-open."""
    encoded = [_encode(number, text) for number, text in enumerate(texts)]
    buffer = make_buffer(b"\n".join(encoded))
    tokens = find_tokens(buffer)
    sizes = np.array([len(data) for data in encoded], dtype=np.int64)
    bounds = np.zeros(len(texts) + 1, dtype=np.int64)
    bounds[1:] = tokens.start.searchsorted((sizes + 1).cumsum())
    return buffer, tokens, bounds[:-1], bounds[1:]


def _encode(number: int, text: str) -> bytes:
    try:
        return encode(text)
    except InputError as error:
        raise InputError(f"text {number}: {error}") from error
