"""Output handed from the processes that score to the one that writes, through memory that all of them see."""

from __future__ import annotations

from mmap import mmap
from typing import Final

from hedge.score import CHUNK

SIZE: Final = 12 * CHUNK
"""Bytes of a slot; what isn't used takes no memory. The output of a part is seldom larger, and then it goes through a
pipe like all else."""


class Slots:
    """Room for the output of `count` parts at a time, shared by being there when a process is forked.

    >>> slots = Slots(2)
    >>> slots.take(3, slots.put(3, b"output")).tobytes()
    b'output'
    """

    def __init__(self, count: int) -> None:
        self._count = count
        try:
            self._memory = mmap(-1, count * SIZE) if count else None
        except OSError:  # more processes than there is memory for
            self._memory = None

    def put(self, order: int, output: bytes) -> int | bytes:
        """Keep the output of part number `order`; return its size, or the output itself where there is no room."""
        if self._memory is None or len(output) > SIZE:
            return output
        begin = order % self._count * SIZE
        self._memory[begin : begin + len(output)] = output
        return len(output)

    def take(self, order: int, kept: int | bytes) -> memoryview:
        """Output of part number `order`, of which `put` returned `kept`; valid until its slot is used again."""
        if self._memory is None or isinstance(kept, bytes):
            assert isinstance(kept, bytes)
            return memoryview(kept)
        begin = order % self._count * SIZE
        return memoryview(self._memory)[begin : begin + kept]
