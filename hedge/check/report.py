"""Findings at their lines and columns, in the formats that people, editors and build servers read."""

from __future__ import annotations

import bisect
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final
from urllib.parse import quote
from xml.etree import ElementTree as ET

from hedge.check.rules import RULES, UNUSED, Finding

_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


@dataclass(frozen=True)
class Located:
    """A finding in a file; lines and columns count from 1, columns count code points, the end is exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    code: str
    message: str
    text: str | None
    level: str | None


@dataclass(frozen=True)
class Checked:
    """A file that was checked, and what was found in it."""

    path: str
    findings: tuple[Located, ...]


def locate(path: str, text: str, findings: Sequence[Finding]) -> Checked:
    r"""Find the lines and columns of findings; lines end at \n, \r\n and \r, as editors count."""
    starts = [0, *(end.end() for end in _LINE_END.finditer(text))]

    def place(offset: int) -> tuple[int, int]:
        line = bisect.bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    return Checked(
        path,
        tuple(
            Located(
                *(path, *place(finding.start), *place(finding.end), finding.code, finding.message),
                text=text[finding.sentence.start : finding.sentence.end] if finding.sentence else None,
                level=finding.sentence.level.label if finding.sentence else None,
            )
            for finding in findings
        ),
    )


def to_text(files: Sequence[Checked]) -> str:
    """A line a finding: ``path:line:column: CODE message``."""
    return "".join(
        f"{_one_line(found.path)}:{found.line}:{found.column}: {found.code} {_one_line(found.message)}\n"
        for file in files
        for found in file.findings
    )


def _one_line(text: str) -> str:
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def summarise(files: Sequence[Checked]) -> str:
    """One line: how many findings in how many files.

    >>> summarise([Checked("a.txt", ())])
    'no findings in 1 file'
    """
    count, total = sum(len(file.findings) for file in files), len(files)
    counted = f"{total} file{'s' * (total != 1)}"
    if not count:
        return f"no findings in {counted}"
    return f"{count} finding{'s' * (count != 1)} in {sum(bool(file.findings) for file in files)} of {counted}"


def to_json(files: Sequence[Checked]) -> str:
    """Object with the `findings` and a `summary`; the keys of a finding are those of `Located`."""
    record = {
        "findings": [asdict(found) for file in files for found in file.findings],
        "summary": {"files": len(files), "findings": sum(len(file.findings) for file in files)},
    }
    return json.dumps(record, indent=1, ensure_ascii=False) + "\n"


def to_sarif(files: Sequence[Checked]) -> str:
    """SARIF 2.1.0, which code hosts and editors read; columns count code points."""
    rules = [*((rule.code, rule.name, rule.summary, rule.reason) for rule in RULES)]
    rules.append((UNUSED, "unused suppression", "a comment that silences nothing", "It would hide later findings."))
    numbers = {code: number for number, (code, *_) in enumerate(rules)}
    driver = {
        "name": "hedge",
        "rules": [
            {
                "id": code,
                "name": "".join(word.capitalize() for word in name.split()),
                "shortDescription": {"text": summary},
                "help": {"text": reason},
                "defaultConfiguration": {"level": "warning"},
            }
            for code, name, summary, reason in rules
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(found, numbers) for file in files for found in file.findings],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1, ensure_ascii=False) + "\n"


def _sarif_result(found: Located, numbers: dict[str, int]) -> dict[str, Any]:
    region = {
        "startLine": found.line,
        "startColumn": found.column,
        "endLine": found.end_line,
        "endColumn": found.end_column,
    }
    where = {"artifactLocation": {"uri": quote(found.path.replace("\\", "/"))}, "region": region}
    return {
        "ruleId": found.code,
        "ruleIndex": numbers[found.code],
        "level": "warning",
        "message": {"text": found.message},
        "locations": [{"physicalLocation": where}],
    }


def to_github(files: Sequence[Checked]) -> str:
    """Workflow commands that GitHub shows beside the lines."""
    return "".join(
        f"::warning file={_property(found.path)},line={found.line},col={found.column},endLine={found.end_line},"
        f"endColumn={found.end_column},title={found.code}::{_data(found.message)}\n"
        for file in files
        for found in file.findings
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def to_junit(files: Sequence[Checked]) -> str:
    """JUnit XML: a suite a file, a failed case a finding, one passed case for a clean file."""
    root = ET.Element("testsuites", name="hedge check")
    for file in files:
        count = len(file.findings)
        path = _NO_XML.sub("\ufffd", file.path)
        suite = ET.SubElement(root, "testsuite", name=path, tests=str(max(count, 1)), failures=str(count), errors="0")
        if not count:
            ET.SubElement(suite, "testcase", name="no findings", classname=path)
        for found in file.findings:
            name = f"{found.code} line {found.line} column {found.column}"
            case = ET.SubElement(suite, "testcase", name=name, classname=path)
            message = _NO_XML.sub("\ufffd", found.message)
            ET.SubElement(case, "failure", message=message, type=found.code).text = _NO_XML.sub(
                "\ufffd", found.text or ""
            )
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


WRITERS: Final[dict[str, Callable[[Sequence[Checked]], str]]] = {
    "text": to_text,
    "json": to_json,
    "sarif": to_sarif,
    "github": to_github,
    "junit": to_junit,
}
