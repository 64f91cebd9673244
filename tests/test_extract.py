"""Documents that aren't plain text: what is read of them, and what is said when nothing can be."""

import sys

import docx
import pypdf
import pytest
from commands import fails, records, run, start
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from hypothesis import given
from hypothesis import strategies as st

from hedge.errors import InputError
from hedge.inputs.extract import Extract, read_extract
from hedge.inputs.markup import blank_markdown

PARAGRAPHS = [
    "The ferry to Kalvik may sail tonight, a port official said.",
    "It left on Monday, with 340 lorries on board.",
]
PAGE = """<!doctype html><html><head><title>Ferry news</title><script>var may = "perhaps";</script></head><body>
<nav><a href="/">Home</a> <a href="/may">May</a></nav><article><h1>Ferry may sail tonight</h1>{}</article>
<footer>Copyright, perhaps.</footer></body></html>"""


def pdf(path, pages):
    """Write a PDF of pages of lines, in the plainest way that a reader understands."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for number, lines in enumerate(pages):
        escaped = (line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in lines)
        shown = "BT /F1 11 Tf 14 TL 50 780 Td " + " ".join(f"({line}) Tj T*" for line in escaped) + " ET"
        resources = "<< /Font << /F1 3 0 R >> >>"
        box = f"/MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R"
        objects.append(f"<< /Type /Page /Parent 2 0 R /Resources {resources} {box} >>")
        objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream")
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF"
    path.write_bytes(data + f"xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode())
    return path


def test_plain_text_is_itself(tmp_path):
    path = tmp_path / "a.log"
    path.write_bytes(b"\xef\xbb\xbfIt *may* rain.\r\n")
    found = read_extract(path)
    assert found.text == found.prose == "It *may* rain.\r\n"


def test_markdown_keeps_its_offsets(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(
        "# Plan\n\n`may()` is called.\n\nIt **may** rain, perhaps at [noon](http://may.example).\n", "utf-8"
    )
    found = records(run("score", path, "--format", "jsonl"))
    assert [(record["text"], record["level"]) for record in found] == [
        ("Plan", "certain"),
        ("`may()` is called.", "certain"),
        ("It **may** rain, perhaps at [noon](http://may.example).", "possible"),
    ]
    text = path.read_text("utf-8")
    assert all(text[record["start"] : record["end"]] == record["text"] for record in found)
    cues = [record["text"][cue["start"] : cue["end"]] for record in found for cue in record["cues"]]
    assert cues == ["may", "perhaps"]


def test_readers_see_markdown_without_its_marks(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("It **may** rain, see [the map](http://may.example).\n\n`may()` is<br>called[^1].\n", "utf-8")
    assert [line.split(maxsplit=2)[2] for line in run("score", path, "--quiet").splitlines()] == [
        "It [may] rain, see the map.",
        "`may()` is called.",
    ]


@given(st.text(st.sampled_from("a *`\n"), max_size=40))
def test_condensing_leaves_out_blanks_only(text):
    extract = Extract(text, blank_markdown(text))
    condensed = extract.condense()
    assert len(condensed.text) == len(condensed.prose)
    assert "".join(condensed.prose.split()) == "".join(extract.prose.split())
    assert condensed.condense() == condensed


def test_long_markdown_keeps_its_offsets_through_all_parts(tmp_path):
    path = tmp_path / "a.md"
    text = "".join(f"## Part {n}\n\nIt **may** rain in é{n}.\n\n```\nmay\n```\n\n" for n in range(30_000))
    path.write_text(text, "utf-8")
    one, two = (run("score", path, "--format", "jsonl", "--jobs", jobs) for jobs in (1, 2))
    assert one == two
    found = records(one)
    assert len(found) == 60_000
    assert all(text[record["start"] : record["end"]] == record["text"] for record in found)


def test_html_is_read_for_its_main_text(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(PAGE.format("".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS * 3)), "utf-8")
    text = read_extract(path).text
    assert text.count("\n\n".join(PARAGRAPHS)) >= 1
    assert "Copyright" not in text and "Home" not in text and "var" not in text
    levels = [record["level"] for record in records(run("score", path, "--format", "jsonl"))]
    assert {"possible", "certain"} <= set(levels)


def test_html_lines_and_code_are_as_a_browser_shows_them(tmp_path):
    path = tmp_path / "a.html"
    body = (
        "<p>When <code>may_fail()</code> is called\nat <i>any\ntime</i> of the day, "
        "it returns nothing to its caller.</p>"
        "<pre><code>may_fail()\nmay_fail()</code></pre><ul><li>The other one may fail.</li><li>It is old.</li></ul>"
    )
    path.write_text(PAGE.format(body), "utf-8")
    text = read_extract(path).text
    assert "When may_fail() is called at any time of the day, it returns nothing to its caller.\n\nThe other" in text
    found = {record["text"]: record for record in records(run("score", path, "--format", "jsonl"))}
    assert not found["When may_fail() is called at any time of the day, it returns nothing to its caller."]["cues"]
    assert [cue["start"] for cue in found["The other one may fail."]["cues"]] == [14]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_html_in_another_encoding(tmp_path, encoding):
    path = tmp_path / "a.htm"
    body = "<p>Zoë’s café may close tonight, the owner said, and she doesn’t know when it will open again.</p>" * 3
    path.write_bytes(PAGE.format(body).encode(encoding))
    assert "Zoë’s café may close" in read_extract(path, encoding).text


def test_word_is_read_paragraph_by_paragraph(tmp_path):
    document = docx.Document()
    document.add_heading("A plan for the winter season", 1)
    for paragraph in PARAGRAPHS:
        document.add_paragraph(paragraph)
    document.add_paragraph("perhaps a third boat", style="List Bullet")
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "The costs may rise."
    table.cell(1, 1).text = "It rained."
    document.add_paragraph("That is all.")
    document.save(tmp_path / "a.docx")
    expected = ["A plan for the winter season", *PARAGRAPHS, "perhaps a third boat"]
    expected += ["The costs may rise.", "It rained.", "That is all."]
    assert read_extract(tmp_path / "a.docx").text == "\n\n".join(expected) + "\n"
    assert [r["text"] for r in records(run("score", tmp_path / "a.docx", "--format", "jsonl"))] == expected


def test_word_is_read_with_its_tracked_changes_accepted(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph("The mayor will ")
    for name, text in (("w:del", "not"), ("w:ins", "probably"), ("w:moveFrom", " soon"), ("w:moveTo", " on\tFriday")):
        change = OxmlElement(name)
        change.append(paragraph.add_run(text)._r)
        for node in list(change.iter("{*}t")) if name == "w:del" else ():
            node.tag = node.tag.replace("}t", "}delText")
        paragraph._p.append(change)
    paragraph.add_run(" resign.")
    document.save(tmp_path / "a.docx")
    assert read_extract(tmp_path / "a.docx").text == "The mayor will probably on\tFriday resign.\n"


def test_marks_and_merged_cells_of_word(tmp_path):
    document = docx.Document()
    document.add_paragraph("Costs").add_run()._r.append(OxmlElement("w:ptab"))
    document.paragraphs[0].add_run("may rise.").add_break(WD_BREAK.PAGE)
    joined = document.add_paragraph("The port")
    joined._p.get_or_add_pPr().append(OxmlElement("w:rPr"))
    joined._p.pPr[-1].append(OxmlElement("w:del"))
    document.add_paragraph(" may close.")
    table = document.add_table(3, 2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "It rained."
    table._tbl.tr_lst[2].remove(table._tbl.tr_lst[2].tc_lst[1])  # a row that is shorter than the grid
    table.cell(2, 0).text = "So."
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    content.append(document.add_paragraph("It may snow.")._p)
    control.append(content)
    document.element.body.append(control)
    document.save(tmp_path / "a.docx")
    assert (
        read_extract(tmp_path / "a.docx").text
        == "Costs\tmay rise.\n\nThe port may close.\n\nIt rained.\n\nSo.\n\nIt may snow.\n"
    )


def test_pdf_lines_become_paragraphs(tmp_path):
    head = "Kalvik Harbour Review"
    cut = "The ferry to the islands may sail again tonight, a senior port offi-"
    first = [head, "", cut, "cial told reporters outside", "the harbour office on Thursday."]
    pages = [
        [*first, "Nobody knows whether the crews, who walked out last week over their", "1"],
        [head, "hours, will come.", "(It left on Monday.)", "2"],
        [head, "The last page says that the talks could go on for some time, as they", "did in May.", "3"],
    ]
    assert read_extract(pdf(tmp_path / "a.pdf", pages)).text.split("\n\n") == [
        "The ferry to the islands may sail again tonight, a senior port official told reporters outside "
        "the harbour office on Thursday.",
        "Nobody knows whether the crews, who walked out last week over their hours, will come.",
        "(It left on Monday.)",
        "The last page says that the talks could go on for some time, as they did in May.\n",
    ]


def test_pdf_lines_may_be_blank(tmp_path):
    path = pdf(tmp_path / "a.pdf", [["It may rain.", *[" "] * 40, "It rained."]])
    assert read_extract(path).text.split("\n\n") == ["It may rain.", "It rained.\n"]


def test_documents_without_text(tmp_path):
    docx.Document().save(tmp_path / "a.docx")
    assert "holds no text" in fails("score", tmp_path / "a.docx")
    assert "text recognition" in fails("score", pdf(tmp_path / "a.pdf", [[]]))
    (tmp_path / "a.html").write_text("<html><body></body></html>", "utf-8")
    assert "no main text" in fails("score", tmp_path / "a.html")


def test_an_encrypted_pdf(tmp_path):
    writer = pypdf.PdfWriter(clone_from=pdf(tmp_path / "plain.pdf", [["It may rain."]]))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "a.pdf")
    assert "is encrypted" in fails("score", tmp_path / "a.pdf")


def test_what_the_pdf_reader_says_of_a_damaged_file_is_not_heard(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"Brackley dam may hold.")
    assert "isn't a PDF" in fails("score", tmp_path / "a.pdf", by=start)


@pytest.mark.parametrize("name", ["a.docx", "a.pdf"])
@pytest.mark.parametrize("content", [b"", b"not one", b"PK\x03\x04", b"%PDF-1.4\n"], ids=repr)
def test_damaged_documents(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert name in fails("score", tmp_path / name)


@pytest.mark.parametrize("name", ["a.md", "a.docx", "a.pdf", "a.html"])
def test_missing_documents(tmp_path, name):
    assert "no such file" in fails("score", tmp_path / name)
    (tmp_path / name).mkdir()
    assert name in fails("score", tmp_path / name)


@pytest.mark.parametrize(
    ("name", "module", "extra"),
    [("a.docx", "docx", "documents"), ("a.pdf", "pypdf", "documents"), ("a.html", "trafilatura", "web")],
)
def test_a_missing_library_is_named_with_what_brings_it(tmp_path, monkeypatch, name, module, extra):
    (tmp_path / name).write_bytes(b"x")
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(InputError, match=rf'pip install "hedge\[{extra}\]"'):
        read_extract(tmp_path / name)
    assert f"hedge[{extra}]" in fails("score", tmp_path / name)
