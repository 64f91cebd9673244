"""Markdown with everything that isn't prose blanked out, so that offsets don't shift."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

_BREAK: Final = "\u2029"
"""Paragraph separator: one character, as a line end is, and the end of a sentence wherever it stands."""

_FRONT: Final = re.compile(r"(---|\+\+\+)[ \t]*\r?\n(?:.*\n)*?(?:\1|\.\.\.)[ \t]*\r?(?:\n|\Z)")
_PREFIX: Final = r"[ \t]*(?:>[ \t]?)*[ \t]*"
_FENCE: Final = re.compile(rf"{_PREFIX}(?:(?:[-*+]|\d{{1,9}}[.)])[ \t]+)?(`{{3,}}(?!.*`)|~{{3,}}|\$\$(?!.*\$\$))")
_HEADING: Final = re.compile(rf"{_PREFIX}#{{1,6}}(?=\s)")
_CLOSING_MARKS: Final = re.compile(r"\s#+\s*$")
_UNDERLINE: Final = re.compile(r" {0,3}(?:=+|-+)\s*$")
_RULE: Final = re.compile(rf"{_PREFIX}([-*_])(?:[ \t]*\1){{2,}}\s*$")
_ITEM: Final = re.compile(rf"{_PREFIX}(?:[-*+]|\d{{1,9}}[.)])(?:[ \t]+\[[ xX]\])?(?=\s)")
_QUOTE: Final = re.compile(r"[ \t]*(?:>[ \t]?)+")
_DELIMITERS: Final = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?\s*$")
_REFERENCE: Final = re.compile(r" {0,3}\[[^\]]+\]:\s*\S")
_FOOTNOTE: Final = re.compile(r" {0,3}\[\^[^\]]+\]:")
_INDENTED: Final = re.compile(r"(?: {4}|\t)\s*\S")

_INSIDE: Final = r"(?:(?!\n[ \t]*\r?\n).)"  # anything within a paragraph
_RAW_HTML: Final = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|pre|code)\b.*?(?:</\1\s*>|\Z)|</?(?!(?:https?|mailto):)[a-z][^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
_AUTOLINK: Final = re.compile(r"<(?:https?|mailto):[^<>\s]*>", re.IGNORECASE)
_CODE: Final = re.compile(rf"(?<![\\`])(`+)(?!`)({_INSIDE}+?)(?<!`)\1(?!`)", re.DOTALL)
_IMAGE: Final = re.compile(r"!\[[^\]\n]*\](?:\([^()\n]*\)|\[[^\]\n]*\])")
_FOOTNOTE_MARK: Final = re.compile(r"\[\^[^\]\n]+\]")
_LINK: Final = re.compile(r"(\[)([^\[\]]*)(\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\[\]\n]*\]))")
_ADDRESS: Final = re.compile(
    r"\b(?:(?:https?|ftp)://|www\.)[^\s<>\[\]()]*[^\s<>\[\]().,;:!?'\"*_]"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+\.\w[\w.-]*\w"  # from where it begins, or a long word would be tried at each letter
)
_EMPHASIS: Final = re.compile(r"(?<!\\)(?:(?:\*+|~~)(?=\S)|(?<=\S)(?:\*+|~~)|(?<!\w)_+(?=\S)|(?<=[^\s\\])_+(?!\w))")
_ESCAPE: Final = re.compile(r"\\(?=[!-/:-@\[-`{-~])")


def blank_markdown(text: str) -> str:
    r"""Markdown whose code blocks, front matter, tables, tags, comments, link targets and marks are spaces.

    Every character stays at its place. Where a heading, a list item or a blanked line ends without a blank line after
    it, the line end becomes a paragraph separator (U+2029), so that no sentence runs on over it. Code and addresses
    in a line have a `stand_in`, so that the sentence keeps its words.

    >>> blank_markdown("# Plan\nIt *may* `run()`, see [notes](n.md).").replace("\u2029", "|")
    '  Plan|It  may  Xxxxxxx, see  notes       .'
    """
    begun = _body_begins(text)
    body = "".join(_blank_blocks(text[begun:].split("\n")))
    return _blank(text[:begun]) + _blank_inline(body)


def stand_in(code: str) -> str:
    """A name of the same length for each word of code or for an address.

    >>> stand_in("may_fail --now")
    'Xxxxxxxx Xxxxx'
    """
    return re.sub(r"\S+", lambda word: "X" + "x" * (len(word[0]) - 1), code)


def blank_code(text: str) -> str:
    """Markdown whose code is spaces, in blocks and in lines, so that what else it holds can be looked for."""
    begun = _body_begins(text)
    lines = text[begun:].split("\n")
    kept = [line if prose else " " * len(line) for line, prose in zip(lines, _find_prose(lines), strict=True)]
    return _CODE.sub(lambda found: _blank(found[0]), _blank(text[:begun]) + "\n".join(kept))


def _body_begins(text: str) -> int:
    """Where the text begins after its front matter, if it has any."""
    front = _FRONT.match(text)
    return front.end() if front else 0


def _blank(text: str) -> str:
    """Spaces in place of all but line ends."""
    return re.sub(r"[^\n\u2029]", " ", text)


def _blank_blocks(lines: Sequence[str]) -> Iterator[str]:
    """Lines with their ends, without what marks blocks and without the blocks that aren't prose."""
    kept = [_blank_line(lines, number, prose) for number, prose in enumerate(_find_prose(lines))]
    for number, (line, _, closes) in enumerate(kept):
        yield line
        if number + 1 < len(kept):
            following, opens, _ = kept[number + 1]
            yield _BREAK if (closes or opens) and line.strip() and following.strip() else "\n"


def _blank_line(lines: Sequence[str], number: int, prose: bool) -> tuple[str, bool, bool]:
    """A line without its marks, and whether what stands before it, and after it, is apart from it."""
    line = lines[number]
    if not prose:
        return " " * len(line), True, True
    heading = _HEADING.match(line)
    if heading:
        body = _CLOSING_MARKS.sub(lambda marks: " " * len(marks[0]), line[heading.end() :])
        return " " * heading.end() + body, True, True
    titled = number + 1 < len(lines) and _is_underline(lines, number + 1)
    item = _ITEM.match(line) or _FOOTNOTE.match(line)
    marks = item or _QUOTE.match(line)
    end = marks.end() if marks else 0
    return " " * end + line[end:], titled or item is not None, titled


def _find_prose(lines: Sequence[str]) -> list[bool]:
    """Which lines aren't code, tables, rules, underlines of headings or definitions of links."""
    prose = [True] * len(lines)
    fence, in_list, number = "", False, 0
    while number < len(lines):
        line = lines[number]
        begins = _FENCE.match(line)
        blank_before = number == 0 or not lines[number - 1].strip() or not prose[number - 1]
        if fence:
            prose[number] = False
            if _closes(line, fence):
                fence = ""
        elif begins:
            prose[number], fence = False, begins[1]
            in_list = in_list and line[0] in " \t"
        elif _INDENTED.match(line) and blank_before and not in_list:
            prose[number] = False
        elif number + 1 < len(lines) and _begins_table(line, lines[number + 1]):
            while number < len(lines) and "|" in lines[number]:
                prose[number] = False
                number += 1
            continue
        else:
            prose[number] = not (
                _RULE.match(line)
                or _is_underline(lines, number)
                or (_REFERENCE.match(line) and not _FOOTNOTE.match(line))
            )
            in_list = bool(_ITEM.match(line)) or (in_list and (not line.strip() or line[0] in " \t"))
        number += 1
    return prose


def _closes(line: str, fence: str) -> bool:
    bare = line.strip().lstrip("> \t")
    return len(bare) >= len(fence) and set(bare) == {fence[0]}


def _begins_table(line: str, following: str) -> bool:
    return "|" in line and "|" in following and bool(_DELIMITERS.match(following))


def _is_underline(lines: Sequence[str], number: int) -> bool:
    """Whether a line underlines the one before it, which makes that one a heading."""
    if not number or not _UNDERLINE.match(lines[number]):
        return False
    above = lines[number - 1]
    return bool(above.strip()) and not (_HEADING.match(above) or _ITEM.match(above) or _INDENTED.match(above))


def _blank_inline(text: str) -> str:
    nouns: list[tuple[int, int]] = []

    def name(found: re.Match[str]) -> str:
        nouns.append(found.span())
        return stand_in(found[0])

    for pattern in (_RAW_HTML, _IMAGE, _FOOTNOTE_MARK):
        text = pattern.sub(lambda found: _blank(found[0]), text)
    text = _CODE.sub(name, _AUTOLINK.sub(name, text))
    text = _LINK.sub(lambda found: " " + found[2] + _blank(found[3]), text)
    text = _ADDRESS.sub(name, text)
    text = _EMPHASIS.sub(lambda found: _blank(found[0]), text)
    return _blank_bare(_ESCAPE.sub(" ", text), nouns)


def _blank_bare(text: str, nouns: Iterable[tuple[int, int]]) -> str:
    """Blank the lines that have no word but in nouns: an address or code by itself is no sentence."""
    rest = list(text)
    for begin, end in nouns:
        rest[begin:end] = _blank(text[begin:end])
    ends = re.compile(rf"[\n{_BREAK}]")
    lines = zip(ends.split(text), ends.split("".join(rest)), strict=True)
    kept = [line if any(map(str.isalnum, without)) else _blank(line) for line, without in lines]
    return "".join(line + end for line, end in zip(kept, [*ends.findall(text), ""], strict=True))
