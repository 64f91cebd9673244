"""Reading: any block size and encoding give the same text; errors say where and what to do."""

import gzip
import io
import os
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedge.errors import InputError
from hedge.inputs.reading import check_file, decode_stream, read_blocks


class Trickle(io.RawIOBase):
    """A stream that gives a few bytes at a time, as a pipe may."""

    def __init__(self, data: bytes, size: int) -> None:
        self.stream, self.size = io.BytesIO(data), size

    def read1(self, _: int) -> bytes:
        return self.stream.read(self.size)

    read = read1


def read(data: bytes, encoding: str = "utf-8", size: int = 1 << 20) -> bytes:
    return b"".join(decode_stream(Trickle(data, size), encoding, "x"))


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), st.integers(1, 7))
def test_any_text_in_any_blocks(text, size):
    expected = text.removeprefix("\ufeff").encode()
    assert read(text.encode(), size=size) == expected
    assert read(text.encode("utf-16"), "utf-16", size) == expected or text.startswith("\ufeff")
    for block in decode_stream(Trickle(text.encode(), size), "utf-8", "x"):
        block.decode()  # cut between characters


def test_a_byte_order_mark_is_dropped_once():
    assert read("\ufeff\ufeffa".encode(), size=1) == "\ufeffa".encode()


@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
def test_invalid_utf8_is_found_with_byte_and_line(size):
    with pytest.raises(InputError, match=r"^x: isn't valid utf-8: byte 8, line 3; .*--encoding cp1252") as caught:
        read("é\nb\nc ".encode() + b" \xe9t\xe9.", size=size)
    assert "\n" not in str(caught.value)


def test_a_cut_off_character_at_the_end_is_found():
    with pytest.raises(InputError, match="byte 3, line 1"):
        read(b"ab \xc3", size=2)


def test_utf16_gets_the_right_advice():
    with pytest.raises(InputError, match="--encoding utf-16"):
        read("It may.".encode("utf-16"))
    with pytest.raises(InputError, match=r"binary file.*--encoding utf-16"):
        read("It may.".encode("utf-16-le"))


@pytest.mark.parametrize("data", [b"a\0b", b"\x7fELF\x02\0\0\xff\xfe"])
def test_binary_data_is_refused(data):
    with pytest.raises(InputError, match="is a binary file"):
        read(data)
    with pytest.raises(InputError, match=r"is a binary file|isn't valid"):
        read(data, size=1)


def test_a_nul_far_into_a_text_is_a_character():
    assert read(b"a" * 9000 + b"\0") == b"a" * 9000 + b"\0"


@pytest.mark.parametrize("encoding", ["nope", "hex", "rot13", "undefined"])
def test_unknown_encodings(encoding):
    with pytest.raises(InputError, match="no text encoding"):
        read(b"abc", encoding)


@pytest.mark.parametrize("encoding", ["utf-7", "unicode_escape"])
def test_an_encoding_that_makes_a_lone_surrogate(encoding):
    with pytest.raises(InputError, match="isn't valid"):
        read({"utf-7": b"+2AA-", "unicode_escape": b"\\ud800"}[encoding], encoding)


def test_files(tmp_path):
    path = tmp_path / "a.txt"
    for content in (b"", b"\xef\xbb\xbf", b"abc"):
        path.write_bytes(content)
        check_file(path)
        assert b"".join(read_blocks(path)) == content.removeprefix(b"\xef\xbb\xbf")
    with pytest.raises(InputError, match=f"^{re.escape(str(tmp_path))}: is a folder") as caught:
        check_file(tmp_path)
    assert caught.value.path == tmp_path
    with pytest.raises(InputError, match="no such file"):
        check_file(tmp_path / "b.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_is_not_read_by_the_check(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    check_file(tmp_path / "pipe")


def test_what_is_compressed_gets_its_advice():
    with pytest.raises(InputError, match=r"is compressed; unpack it"):
        read(gzip.compress(b"It may rain."))


def test_utf16_without_a_mark_gets_its_advice():
    with pytest.raises(InputError, match=r"try utf-16-le or utf-16-be"):
        read("It may.".encode("utf-16-le"), "utf-16")
