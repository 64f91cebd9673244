"""The main text of a web page, paragraph by paragraph, as trafilatura finds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree

from hedge.inputs.markup import stand_in

_BLOCKS: Final = frozenset(("main", "head", "p", "quote", "list", "item", "table", "row", "cell", "lb"))
_CODE_BLOCK: Final = re.compile(r"\n.*\S", re.DOTALL)


def read_page(document: str) -> tuple[list[str], list[str]]:
    r"""Paragraphs of trafilatura's XML, and the same with a `stand_in` for code in a line.

    A line end within a paragraph is a space, as in a browser; code on lines of its own is left out.

    >>> page = "<doc><main><p>Run <code>may()</code>\nnow.</p><code>may()\nmay()</code></main></doc>"
    >>> read_page(page)
    (['Run may() now.'], ['Run Xxxxx now.'])
    """
    main = ElementTree.fromstring(document).find("main")
    texts, proses = [""], [""]
    for text, prose in _walk(main, None) if main is not None else ():
        if text is None:
            texts.append("")
            proses.append("")
        else:
            texts[-1] += text
            proses[-1] += prose
    kept = [
        (" ".join(text.split()), " ".join(prose.split()))
        for text, prose in zip(texts, proses, strict=True)
        if text.strip()
    ]
    return [text for text, _ in kept], [prose for _, prose in kept]


def _walk(element: ElementTree.Element, parent: ElementTree.Element | None) -> Iterator[tuple[str | None, str]]:
    """Pieces of text with their prose; None where a paragraph begins or ends."""
    apart = element.tag in _BLOCKS
    if element.tag == "code":
        code = "".join(element.itertext())
        if _CODE_BLOCK.search(code) or parent is None or parent.tag in ("main", "quote", "list"):
            yield None, ""
        else:
            yield code, stand_in(code)
        return
    if apart:
        yield None, ""
    if element.text:
        yield element.text, element.text
    for child in element:
        yield from _walk(child, element)
        if child.tail:
            yield child.tail, child.tail
    if apart:
        yield None, ""
