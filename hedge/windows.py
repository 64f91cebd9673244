"""A stream of text to windows: stretches of whole sentences, with enough around them to be scored one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from hedge.buffer import make_buffer
from hedge.segment import CONTEXT, find_sentences
from hedge.tokens import find_tokens

_PROBE: Final = 4 * CONTEXT
"""Bytes before the end of the data in which the last sentence start is looked for first."""


@dataclass(frozen=True)
class Window:
    """A stretch of a text with its context.

    Attributes
    ----------
    data : UTF-8 bytes; only within the context may a character be cut.
    begin, end : where in `data` the stretch stands; sentences start there.

    """

    data: bytes
    begin: int
    end: int

    @property
    def stretch(self) -> bytes:
        """The bytes of the text that the window is for."""
        return self.data[self.begin : self.end]


def cut_windows(blocks: Iterable[bytes], size: int) -> Iterator[Window]:
    """Cut a text into consecutive windows.

    Parameters
    ----------
    blocks : consecutive parts of one text in UTF-8, of any size, cut anywhere. An empty one asks for what can be cut
        so far: up to the last empty line, else all but CONTEXT bytes.
    size : bytes of a stretch, about; the last and what was asked for may be shorter, one sentence alone longer.

    Yields
    ------
    At least one window, whose stretch may be empty.

    >>> [window.stretch for window in cut_windows([b"It may ", b"rain. It rained."], 1000)]
    [b'It may rain. It rained.']

    """
    data, begin, wanted = b"", 0, size
    waiting: list[bytes] = []
    length = 0
    for block in _reblock(blocks, size):
        waiting.append(block)
        length += len(block)
        if block and length < wanted:
            continue
        data, waiting = b"".join((data, *waiting)), []
        end = _last_start(data, begin)
        if end is None:  # one sentence is longer than all there is
            wanted = 2 * length if block else wanted
            continue
        yield Window(data, begin, end)
        kept = max(end - CONTEXT, 0)
        length -= end - begin
        data, begin, wanted = data[kept:], end - kept, size
    data = b"".join((data, *waiting))
    yield Window(data, begin, len(data))


def _reblock(blocks: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Cut blocks into blocks of at most `size` bytes."""
    for block in blocks:
        for start in range(0, max(len(block), 1), size):
            yield block[start : start + size]


def _last_start(data: bytes, begin: int) -> int | None:
    """Where in `data` the last sentence starts that surely does, after `begin`; None if there is none.

    What stands before `begin` is all of the text there or at least CONTEXT bytes of it. If an empty line stands near
    the end, the place after the last one will do: empty lines always part sentences, whatever follows. Else what comes
    within CONTEXT bytes could still move the start of a sentence.
    """
    near = max(begin, len(data) - _PROBE)
    for empty in (b"\n\n", b"\n\r\n"):
        found = data.rfind(empty, near)
        if found >= 0:
            return found + len(empty)
    low, reach = len(data), _PROBE
    while low > 0:
        low = max(len(data) - reach, 0)
        buffer = make_buffer(data[low:])
        tokens = find_tokens(buffer)
        starts = tokens.start[find_sentences(buffer, tokens)] + low
        sure = starts[(starts > begin) & (starts <= len(data) - CONTEXT) & (starts >= (low + CONTEXT if low else 0))]
        if len(sure):
            return int(sure[-1])
        reach *= 4
    return None
