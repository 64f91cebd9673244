"""Files and streams to blocks of UTF-8, with errors that say where and what to do."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final

from hedge.errors import InputError

BLOCK: Final = 256 * 1024
"""Bytes read at a time."""

_SNIFFED: Final = 8192
_BINARY: Final = (
    "is a binary file (it holds NUL bytes); for UTF-16 give --encoding utf-16, without a byte order mark utf-16-le"
)
_GZIP: Final = b"\x1f\x8b"
_PACKED: Final = "is compressed; unpack it, for instance zcat FILE | hedge score -"
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


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
    InputError : it can't be read, holds binary data (NUL bytes in its first 8 KB), or isn't in the encoding.

    """
    read = getattr(stream, "read1", stream.read)
    blocks = iter(lambda: _read(read, name), b"")
    seen = 0
    for block in _transcode(blocks, encoding, name):
        if b"\0" in block[: max(0, _SNIFFED - seen)]:
            raise InputError(_BINARY, name)
        seen += len(block)
        yield block


def check_file(path: Path, encoding: str = "utf-8") -> None:
    """Raise the `InputError` that reading the beginning of a file would; pipes, which can be read once only, pass."""
    if not path.exists() or path.is_dir() or path.is_file():
        next(read_blocks(path, encoding), None)


def _read(read: Callable[[int], bytes], name: str) -> bytes:
    try:
        return read(BLOCK)
    except OSError as error:
        raise InputError(f"can't be read: {error.strerror}", name) from error


def _transcode(blocks: Iterable[bytes], encoding: str, name: str) -> Iterator[bytes]:
    """Decode and encode block by block; counts bytes and lines so that an error can say where it is."""
    decoder = _make_decoder(encoding, name)
    done, line, begun = 0, 1, False
    for block in chain(blocks, [b""]):
        pending = len(decoder.getstate()[0])
        if not done and block.startswith(_GZIP):
            raise InputError(_PACKED, name)
        try:
            text = decoder.decode(block, final=not block)
            if text and not begun:
                begun, text = True, text.removeprefix("\ufeff")
            encoded = text.encode("utf-8")
        except UnicodeDecodeError as error:
            wide = not done and block.startswith(_UTF16)
            if not done and not wide and b"\0" in block[:_SNIFFED]:
                raise InputError(_BINARY, name) from error
            at = done - pending + error.start
            line += block[: max(0, error.start - pending)].count(b"\n")
            advice = f"give its encoding with --encoding, for instance --encoding {'utf-16' if wide else 'cp1252'}"
            raise InputError(f"isn't valid {encoding}: byte {at}, line {line}; {advice}", name) from error
        except UnicodeError as error:  # some codecs don't say where; some make lone surrogates
            advice = "; try utf-16-le or utf-16-be" if "BOM" in str(error) else ""
            raise InputError(f"isn't valid {encoding}, near line {line}: {error}{advice}", name) from error
        done += len(block)
        line += block.count(b"\n")
        if encoded:
            yield encoded


def _make_decoder(encoding: str, name: str) -> codecs.IncrementalDecoder:
    try:
        b"a".decode(encoding, "replace")  # refuses codecs that don't make text, such as hex
        return codecs.getincrementaldecoder(encoding)("strict")
    except (LookupError, UnicodeError) as error:
        raise InputError(f"{encoding!r} is no text encoding known here; try utf-8, utf-16, cp1252", name) from error
