"""Files and streams to blocks of UTF-8, with errors that say where and what to do."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final

from hedge.errors import InputError

BLOCK: Final = 256 * 1024
"""Bytes read at a time."""

_SNIFFED: Final = 8192


def read_blocks(path: Path, encoding: str = "utf-8") -> Iterator[bytes]:
    """Blocks of valid UTF-8 from a file, cut between characters; a byte-order mark is dropped.

    Raises
    ------
    InputError : the file is missing, a folder, can't be read, holds binary data, or isn't in the encoding.

    """
    try:
        with path.open("rb") as stream:
            yield from decode_stream(stream, encoding, str(path))
    except FileNotFoundError as error:
        raise InputError("no such file", path) from error
    except IsADirectoryError as error:
        raise InputError("is a folder; give the files in it", path) from error
    except OSError as error:
        raise InputError(f"can't be read: {error.strerror}", path) from error


def decode_stream(stream: BinaryIO, encoding: str, name: str) -> Iterator[bytes]:
    """Blocks of valid UTF-8 from an open stream; a pipe's blocks come as soon as something was written to it.

    Raises
    ------
    InputError : it holds binary data, or isn't in the encoding.

    """
    read = getattr(stream, "read1", stream.read)
    blocks = iter(lambda: read(BLOCK), b"")
    for number, block in enumerate(_transcode(blocks, encoding, name)):
        if not number and b"\0" in block[:_SNIFFED]:
            raise InputError("is a binary file", name)
        yield block


def _transcode(blocks: Iterable[bytes], encoding: str, name: str) -> Iterator[bytes]:
    """Decode and encode block by block; counts bytes and lines so that an error can say where it is."""
    try:
        codec = codecs.lookup(encoding)
    except LookupError as error:
        raise InputError(f"unknown encoding {encoding!r}", name) from error
    decoder = codec.incrementaldecoder("strict")
    done, line, begun = 0, 1, False
    for block in chain(blocks, [b""]):
        pending = len(decoder.getstate()[0])
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            at = done - pending + error.start
            line += block[: max(0, error.start - pending)].count(b"\n")
            advice = "give its encoding with --encoding, for instance --encoding cp1252"
            raise InputError(f"isn't valid {codec.name}: byte {at}, line {line}; {advice}", name) from error
        done += len(block)
        line += block.count(b"\n")
        if text and not begun:
            begun, text = True, text.removeprefix("\ufeff")
        if text:
            yield text.encode("utf-8")
