"""How many sentences of a file come before each of its parts, whether one process scores them or several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

_ORDER: Final = 0
_FILE: Final = 1
_SENTENCES: Final = 2
"""Places in the state of `SharedNumbering`: the part whose turn it is; the last one's file and its sentences so far."""

_STOPPED: Final = -1
"""Stands for the part whose turn it is when no part is wanted any more."""

_PATIENCE: Final = 1
"""Seconds to wait for a lock that a process which was killed may hold for ever."""


class Numbering:
    """Counts the sentences of consecutive parts.

    >>> numbering = Numbering()
    >>> [numbering.count(0, file, 10) for file in (0, 0, 1)]
    [0, 10, 0]
    """

    def __init__(self) -> None:
        self._file, self._sentences = 0, 0

    def count(self, order: int, file: int, sentences: int) -> int:
        """Count a part of `sentences`, the next one of all files; return how many of its file came before it."""
        before = self._sentences if file == self._file else 0
        self._file, self._sentences = file, before + sentences
        return before


class SharedNumbering(Numbering):
    """The same for parts that several processes score at the same time: each waits for those before it.

    So each can write its numbers itself. It is shared by being there when a process begins; locks can't be sent later.
    """

    def __init__(self, context: BaseContext) -> None:
        self._turn = context.Condition()
        self._state = context.RawArray("q", 3)

    def count(self, order: int, file: int, sentences: int) -> int:
        """Count part number `order`, once all parts before it were counted; 0, of no meaning, after `stop`."""
        with self._turn:
            self._turn.wait_for(lambda: self._state[_ORDER] in (order, _STOPPED))
            if self._state[_ORDER] == _STOPPED:
                return 0
            before = self._state[_SENTENCES] if file == self._state[_FILE] else 0
            self._state[:] = order + 1, file, before + sentences
            self._turn.notify_all()
        return before

    def stop(self) -> None:
        """Let no process wait any longer; what is counted from now on is of no use."""
        if self._turn.acquire(timeout=_PATIENCE):
            self._state[_ORDER] = _STOPPED
            self._turn.notify_all()
            self._turn.release()
