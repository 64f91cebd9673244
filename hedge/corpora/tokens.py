"""Tokens back to text: what a treebank took apart is written as people write it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TREEBANK = {
    "-LRB-": "(",
    "-RRB-": ")",
    "-LSB-": "[",
    "-RSB-": "]",
    "-LCB-": "{",
    "-RCB-": "}",
    "``": '"',
    "''": '"',
    "`": "'",
    "\\/": "/",
    "\\*": "*",
}
_CODE = re.compile("|".join(map(re.escape, _TREEBANK)))
_EMOTICON = re.compile(r"[:;=8]['o-]?[()\[\]]+|[()\[\]]+['o-]?[:;=]")
_CONTRACTION = re.compile(r"(n['’?]t|['’?](s|re|ve|ll|d|m))", re.IGNORECASE)
_CLOSING = re.compile(r"[,.;:!?%)\]}”…][,.;:!?%)\]}”…\"'’]*")
_CLOSING_QUOTE = re.compile(r"''[^\w(\[{]*")
_OPENING = re.compile(r".*[(\[{“‘$£€]", re.DOTALL)
_OPENING_QUOTE = re.compile(r".*`", re.DOTALL)


def join_tokens(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Write tokens as running text, and tell where each one went.

    Bracket codes and `` '' become characters; contractions, closing punctuation, brackets and quotes lose the space
    that the tokeniser put in. Straight quotes open and close by turns where their number is even.

    Parameters
    ----------
    tokens
        tokens without white space around them; an empty one takes no room.

    Returns
    -------
    The text, and for each token its half-open code-point offsets.

    >>> join_tokens(["It", "ca", "n't", "-LRB-", "yet", "-RRB-", "fly", "."])
    ("It can't (yet) fly.", [(0, 2), (3, 5), (5, 8), (9, 10), (10, 13), (13, 14), (15, 18), (18, 19)])

    """
    pairs = _pair_quotes(tokens)
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    position, open_to_right, before = 0, True, ""
    for token, pair in zip(tokens, pairs, strict=True):
        surface = _CODE.sub(lambda code: _TREEBANK[code.group()], token)
        if surface and not (open_to_right or pair == "close" or _joins_left(token, surface, before)):
            parts.append(" ")
            position += 1
        spans.append((position, position + len(surface)))
        parts.append(surface)
        position += len(surface)
        if surface:
            open_to_right, before = pair == "open" or _joins_right(token, surface), surface
    return "".join(parts), spans


def join_text(tokenised: str) -> str:
    """Write a text whose tokens stand between spaces as running text.

    >>> join_text("Well , who 's -LRB- really -RRB- sure ?")
    "Well, who's (really) sure?"
    """
    return join_tokens(tokenised.split())[0]


def _joins_left(token: str, surface: str, before: str) -> bool:
    """Whether no space goes before a token; `before` is the token before it as written."""
    if token.isalnum() or _EMOTICON.fullmatch(surface):
        return False
    if surface == "'" and token == "'":
        return before.endswith(("s", "S"))  # the owners ' club
    return any(p.fullmatch(surface) for p in (_CONTRACTION, _CLOSING)) or bool(_CLOSING_QUOTE.fullmatch(token))


def _joins_right(token: str, surface: str) -> bool:
    """Whether no space goes after a token."""
    if token.isalnum() or _EMOTICON.fullmatch(surface):
        return False
    return bool(_OPENING.fullmatch(surface) or _OPENING_QUOTE.fullmatch(token))


def _pair_quotes(tokens: Sequence[str]) -> list[str]:
    """For each token "open" or "close" where it is a straight quote whose side is known, else ""."""
    total, seen = sum(token.count('"') for token in tokens), 0
    sides = []
    for number, token in enumerate(tokens):
        side = ""
        if token == '"' and total % 2 == 0:
            side = "close" if seen % 2 else "open"
        elif token == '"':
            side = "open" if number == 0 else "close" if number == len(tokens) - 1 else ""
        sides.append(side)
        seen += token.count('"')
    return sides
