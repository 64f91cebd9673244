"""The text of documents that aren't plain: Markdown, HTML, Word, PDF."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from hedge.errors import InputError
from hedge.inputs.reading import read_blocks

MARKDOWN: Final = (".md", ".markdown")

_NO_TEXT: Final = "no main text found in this page; save its text and score that"


@dataclass(frozen=True)
class Extract:
    """Text out of a document.

    Attributes
    ----------
    text : what offsets count in.
    prose : the same length; what isn't prose is blank, or a stand-in. This is what is scored.

    """

    text: str
    prose: str

    def condense(self) -> Extract:
        """Leave out what is blank in the prose, as a reader of the page sees it.

        >>> Extract("It **may** [rain](a.md).", "It   may    rain       .").condense()
        Extract(text='It may rain.', prose='It may rain.')
        """
        if self.text == self.prose:
            return self
        texts, proses = [], []
        for run in re.finditer(r"(\S*)(\s*)", self.prose):
            begin, middle, end = run.start(), run.end(1), run.end()
            texts.append(self.text[begin:middle])
            blank = "".join(self.prose[i] for i in range(middle, end) if self.text[i].isspace())
            if not blank and self.prose[middle - 1 : middle].isalnum() and self.prose[end : end + 1].isalnum():
                blank = " "
            texts.append(blank)
            proses += [run[1], blank]
        return Extract("".join(texts), "".join(proses))


def is_plain(path: Path) -> bool:
    """Whether a file is read as it is, so that it can be read block by block.

    >>> is_plain(Path("notes.txt")), is_plain(Path("-")), is_plain(Path("README.md"))
    (True, True, False)
    """
    return path.suffix.lower() not in (*MARKDOWN, *_READERS)


def read_extract(path: Path, encoding: str = "utf-8") -> Extract:
    """Read a document whole; its suffix says what it is, and any other suffix is plain text.

    The encoding is that of plain text, Markdown and HTML; HTML's own word for it counts if it is left at utf-8.

    Raises
    ------
    InputError : it can't be read, it holds no text, or a library that reads such files isn't installed.

    """
    suffix = path.suffix.lower()
    if suffix in _READERS:
        return _READERS[suffix](path, encoding)
    text = b"".join(read_blocks(path, encoding)).decode("utf-8")
    if suffix not in MARKDOWN:
        return Extract(text, text)
    from hedge.inputs.markup import blank_markdown  # compiles many patterns, which plain text needn't wait for

    return Extract(text, blank_markdown(text))


def check_document(path: Path) -> None:
    """Raise the `InputError` of a document that isn't there or whose library isn't, without reading it."""
    suffix = path.suffix.lower()
    if suffix in _NEEDS:
        _import(suffix, path)
    try:
        path.open("rb").close()
    except FileNotFoundError as error:
        raise InputError("no such file", path) from error
    except OSError as error:
        raise InputError(f"can't be read: {error.strerror}", path) from error


def _read_html(path: Path, encoding: str) -> Extract:
    trafilatura = _import(".html", path)
    from hedge.inputs.page import read_page

    given = encoding.lower().replace("_", "-") not in ("utf-8", "utf8")
    page = b"".join(read_blocks(path, encoding)).decode("utf-8") if given else _read_bytes(path)
    found = trafilatura.extract(page, output_format="xml", include_comments=False, include_tables=False)
    texts, proses = read_page(found) if found else ([], [])
    return Extract(_join(texts, _NO_TEXT, path), _join(proses, _NO_TEXT, path))


_WORD_MARKS: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def _read_word(path: Path, encoding: str) -> Extract:
    docx = _import(".docx", path)
    try:
        document = docx.Document(io.BytesIO(_read_bytes(path)))
        paragraphs = list(_paragraphs(document.element.body))
    except InputError:
        raise
    except Exception as error:  # zipfile, lxml and python-docx each have errors of their own
        raise InputError("isn't a Word document (.docx), or is damaged or encrypted", path) from error
    text = _join(paragraphs, "holds no text", path)
    return Extract(text, text)


def _paragraphs(body: Any) -> Iterator[str]:
    """The text of each paragraph of a Word document, those of tables too, as it reads with tracked changes accepted.

    Cells that a merged one covers, text boxes, deleted and moved text, and what stands above ruby text are left out.
    """
    covered = "ancestor::w:tc[w:tcPr/w:vMerge[not(@w:val) or @w:val='continue']]"
    left_out = "ancestor::w:moveFrom or ancestor::w:del or ancestor::w:txbxContent or ancestor::w:rt"
    held: list[str] = []
    for paragraph in body.xpath(f".//w:p[not(ancestor::w:txbxContent or {covered})]"):
        for node in paragraph.xpath(f".//w:r/*[not({left_out})]"):
            name = node.tag.rpartition("}")[2]
            held.append(node.text or "" if name == "t" else _plain_mark(node, name))
        if not paragraph.xpath("w:pPr/w:rPr/w:del"):  # else its end was deleted, and the next paragraph goes on
            yield "".join(held).strip()
            held = []
    yield "".join(held).strip()


def _plain_mark(node: Any, name: str) -> str:
    """What a mark of Word inside a line is in plain text; a break of the page or column is none."""
    kind = next((value for key, value in node.attrib.items() if key.endswith("}type")), "textWrapping")
    return _WORD_MARKS.get(name, "") if name != "br" or kind == "textWrapping" else ""


def _read_pdf(path: Path, encoding: str) -> Extract:
    pypdf = _import(".pdf", path)
    log = logging.getLogger("pypdf")
    level = log.level
    log.setLevel(logging.CRITICAL)  # what is wrong with the file is said below, in one line
    try:
        reader = pypdf.PdfReader(io.BytesIO(_read_bytes(path)))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError("is encrypted; remove its password first", path)
        pages = [page.extract_text() for page in reader.pages]
    except InputError:
        raise
    except Exception as error:  # pypdf's, and those of what it meets in damaged files
        raise InputError("isn't a PDF, or is damaged", path) from error
    finally:
        log.setLevel(level)
    text = _join(_find_paragraphs(pages), "holds no text; a scan must be put through text recognition first", path)
    return Extract(text, text)


_READERS: Final[dict[str, Callable[[Path, str], Extract]]] = {
    ".html": _read_html,
    ".htm": _read_html,
    ".docx": _read_word,
    ".pdf": _read_pdf,
}


# Suffix -> the module that reads such files, the library's name, and the extra that brings it.
_NEEDS: Final = {
    ".html": ("trafilatura", "trafilatura", "web"),
    ".htm": ("trafilatura", "trafilatura", "web"),
    ".docx": ("docx", "python-docx", "documents"),
    ".pdf": ("pypdf", "pypdf", "documents"),
}


def _import(suffix: str, path: Path) -> ModuleType:
    module, library, extra = _NEEDS[suffix]
    try:
        return import_module(module)
    except ImportError as error:
        raise InputError(f'reading {suffix} needs {library}: pip install "hedge[{extra}]"', path) from error


def _read_bytes(path: Path) -> bytes:
    check_document(path)
    return path.read_bytes()


def _join(paragraphs: Iterable[str], otherwise: str, path: Path) -> str:
    kept = [paragraph.replace("\r", "").encode("utf-8", "replace").decode() for paragraph in paragraphs if paragraph]
    if not any(map(str.strip, kept)):
        raise InputError(otherwise, path)
    return "\n\n".join(kept) + "\n"


_SENTENCE_END: Final = r"[.?!:][\"'”’)\]]*$"
_REPEATED: Final = 3
"""Pages from which a first or last line that is on most of them is taken for a running head."""


def _find_paragraphs(pages: Iterable[str]) -> list[str]:
    """Lines of pages to paragraphs: without running heads and page numbers, words put together that a line end cut.

    A line is the last of its paragraph when it ends a sentence well before the page's right edge, or when a blank line
    follows. A paragraph can go on on the next page.
    """
    lines: list[str] = []
    for page in _drop_heads([[line.strip() for line in page.split("\n")] for page in pages]):
        lines += page
    sizes = sorted(map(len, filter(None, lines)))
    full = sizes[-max(1, len(sizes) // 10)] if sizes else 0
    paragraphs, open_lines = [], ""
    for line in lines:
        if not line:
            paragraphs.append(open_lines)
            open_lines = ""
            continue
        if re.search(r"[a-z]-$", open_lines) and line[0].islower():
            open_lines = open_lines[:-1] + line
        else:
            open_lines = f"{open_lines} {line}".lstrip()
        if len(line) < 0.8 * full and (re.search(_SENTENCE_END, line) or line == open_lines):
            paragraphs.append(open_lines)
            open_lines = ""
    return [paragraph for paragraph in [*paragraphs, open_lines] if paragraph]


def _drop_heads(pages: list[list[str]]) -> list[list[str]]:
    """Pages without lines at their top and bottom that are page numbers or, but for numbers, the same on most pages."""
    filled = [[line for line in page if line] for page in pages]
    edges = Counter(_without_digits(line) for page in filled for line in {*page[:1], *page[-1:]})
    least = max(_REPEATED, len(filled) // 2)
    dropped = {line for line, count in edges.items() if count >= least or not line}
    kept = []
    for page in pages:
        inner = list(page)
        for end in (0, -1):
            while inner and (not inner[end] or _without_digits(inner[end]) in dropped):
                inner.pop(end)
        kept.append(inner)
    return kept


def _without_digits(line: str) -> str:
    """What is left of a line without numbers and what stands around page numbers."""
    return re.sub(r"\b(page|of)\b|[\d\W_]+", " ", line.lower()).strip()
