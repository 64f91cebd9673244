"""Readers on small files, on broken ones with the line that is at fault, and on the published corpora."""

import ast
import csv
import hashlib
import io
import json
import os
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hedge.corpora
from hedge.corpora import READERS, GoldCue, parse_spec, read_corpus
from hedge.corpora.bioscope import _normalise
from hedge.corpora.files import tidy
from hedge.corpora.found import read_found
from hedge.corpora.labels import fingerprint, read_labels
from hedge.corpora.tokens import join_text, join_tokens
from hedge.errors import CorpusError, HedgeError
from hedge.levels import CUE_TYPES, HEDGE_TYPES, CueType, HolderKind, Level

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "corpora"
TEXTS = ROOT / "build" / "texts"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir() and os.environ.get("CI") != "true",
    reason=f"the published corpora are not at {SHARED}; with CI=true their absence is a failure",
)


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def write_lines(path: Path, *records) -> Path:
    return write(path, "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records))


def cue_texts(example) -> list[str]:
    return [example.text[cue.start : cue.end] for cue in example.cues]


def fails(reader: str, path: Path, line: int | None, *words: str, **options: str) -> None:
    """The reader must refuse `path` with one line that names the file, the line at fault and `words`."""
    with pytest.raises(CorpusError) as caught:
        read_corpus(reader, path, **options)
    message = str(caught.value)
    assert caught.value.line == line, message
    assert "\n" not in message
    assert message.startswith(f"{caught.value.path}:{line}: " if line else f"{caught.value.path}: ")
    for word in words:
        assert word in message


# --- the public face -------------------------------------------------------------------------------------------------


def test_parse_spec():
    assert parse_spec("csv=a=b.csv") == ("csv", Path("a=b.csv"))
    assert parse_spec("csv=~/a.csv") == ("csv", Path.home() / "a.csv")


@pytest.mark.parametrize("spec", ["csv", "csv=", "=x", "conll=x", ""])
def test_parse_spec_refuses_and_lists_the_readers(spec):
    with pytest.raises(HedgeError, match=", ".join(READERS)) as caught:
        parse_spec(spec)
    assert "\n" not in str(caught.value)


def test_unknown_reader_lists_the_readers(tmp_path):
    with pytest.raises(HedgeError, match="no reader 'conll'; the readers are bioscope, "):
        read_corpus("conll", tmp_path)


def test_digest_is_that_of_the_bytes_in_order_of_path(tmp_path):
    one = write(tmp_path / "b.csv", "text,label\nIt may rain.,hedged\n")
    assert read_corpus("csv", one).digest == hashlib.sha256(one.read_bytes()).hexdigest()
    two = write(tmp_path / "a.csv", "text,label\nIt rained.,certain\n")
    expected = hashlib.sha256(two.read_bytes() + one.read_bytes()).hexdigest()
    assert read_corpus("csv", tmp_path).digest == expected


def test_corpora_import_no_engine():
    allowed = ("hedge.corpora", "hedge.cells", "hedge.errors", "hedge.levels", "hedge.shipped", "hedge.strict_json")
    for file in Path(hedge.corpora.__file__).parent.glob("*.py"):
        nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        names = [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
        assert all(name.startswith(allowed) for name in names if name.startswith("hedge")), file


@pytest.mark.parametrize("reader", READERS)
def test_missing_file_and_empty_folder(reader, tmp_path):
    fails(reader, tmp_path / "nowhere", None, "no such file or folder")
    fails(reader, tmp_path, None, "folder holds no ")
    fails(reader, tmp_path / "a\0b", None, "can't be read")


NAMES = {"wikiweasel": "certain.txt"}
FILE_READERS = [reader for reader in READERS if reader not in ("labels", "found")]  # which read folders


@pytest.mark.parametrize("reader", FILE_READERS)
def test_empty_file(reader, tmp_path):
    with pytest.raises(CorpusError):
        read_corpus(reader, write(tmp_path / NAMES.get(reader, "empty"), b""))


@pytest.mark.parametrize("reader", FILE_READERS)
def test_invalid_utf8_names_the_line(reader, tmp_path):
    start = b'<?xml version="1.0"?>\n<a>' if reader in ("bioscope", "sfu") else b"\xef\xbb\xbftext,label\n"
    fails(reader, write(tmp_path / NAMES.get(reader, "bad"), start + b"ab\xff\n"), 2)


@pytest.mark.parametrize("reader", ["uds", "science", "records"])
@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "not JSON"),
        ("[1]", "JSON object is needed, found list"),
        ('{"label": NaN}', "NaN is no JSON number"),
        ("[" * 100_000, "not JSON"),
        ("1" * 5000, "not JSON"),
    ],
)
def test_broken_json_lines(reader, content, words, tmp_path):
    fails(reader, write(tmp_path / "x.jsonl", "\n" + content + "\n"), 2, words)


@pytest.mark.parametrize("reader", ["bioscope", "sfu"])
@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("<a>\n<b>\n</a>", 3, "mismatched tag"),
        ("<a>\n", 2, "no element found"),
        ('<!DOCTYPE a SYSTEM "a.dtd">\n<a>\n&nbsp;</a>', 3, "unknown entity &nbsp;"),
        ('<?xml version="1.0" encoding="nonsense"?>\n<a/>', 1, "XML"),
        ("\n<a/>", 2, "no <"),
    ],
)
def test_broken_xml(reader, content, line, words, tmp_path):
    fails(reader, write(tmp_path / "x.xml", content), line, words)


# --- BioScope --------------------------------------------------------------------------------------------------------


def bioscope(*sentences: str, document: str = "<DocID>42</DocID>") -> str:
    body = "\n".join(f"<sentence>{sentence}</sentence>" for sentence in sentences)
    return f"<Annotation><DocumentSet>\n<Document>{document}\n{body}</Document></DocumentSet></Annotation>"


def cue(text: str, ref: str, kind: str = "speculation") -> str:
    return f'<cue type="{kind}" ref="{ref}">{text}</cue>'


def test_bioscope(tmp_path):
    hedged = f'\n  It\n\t\t<xcope id="X1">{cue(" may ", "X1")}be &lt; 3  😀 {cue("not", "X2", "negation")}</xcope> '
    path = write(tmp_path / "abstracts.xml", bioscope(hedged, "It is.", " \n"))
    corpus = read_corpus("bioscope", path)
    first, second = corpus.examples
    assert (corpus.name, corpus.skipped) == ("bioscope", {"empty text": 1})
    assert (first.text, first.hedged, cue_texts(first)) == ("It may be < 3  😀 not", True, ["may"])
    assert (second.text, second.hedged, second.cues) == ("It is.", False, ())
    assert {(e.document, e.corpus, e.genre) for e in corpus.examples} == {("abstracts/42", "bioscope", "biology")}
    assert read_corpus("bioscope", tmp_path) == corpus


@pytest.mark.parametrize(
    ("gap", "expected"),
    [(" a ", ["either a or"]), ("x" * 40, ["either" + "x" * 40 + "or"]), ("x" * 41, ["either", "or"])],
)
def test_bioscope_joins_the_parts_of_a_cue(gap, expected, tmp_path):
    sentence = cue("either", "X") + gap + cue("or", "X") + " b " + cue("or", "Y")
    (example,) = read_corpus("bioscope", write(tmp_path / "x.xml", bioscope(sentence))).examples
    assert cue_texts(example) == [*expected, "or"]


def test_bioscope_keeps_parts_of_unnamed_cues_apart(tmp_path):
    sentence = '<cue type="speculation">may</cue> or <cue type="speculation">might</cue>'
    (example,) = read_corpus("bioscope", write(tmp_path / "x.xml", bioscope(sentence))).examples
    assert cue_texts(example) == ["may", "might"]


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (bioscope("It is.", document=""), 2, "without <DocID>"),
        (bioscope("It is.", document="<DocID> </DocID>"), 2, "without <DocID>"),
        (bioscope("It is.", cue("x", "X", "guess")), 4, "'guess'; known are 'negation' and 'speculation'"),
        (bioscope("It <cue>may</cue>."), 3, "<cue> of type None"),
        (bioscope("It <sentence>is</sentence>."), None, "1 of 2 <sentence>"),
        (bioscope("It is.").replace("</DocumentSet>", "<sentence>So.</sentence></DocumentSet>"), None, "1 of 2"),
        (bioscope(" "), None, "no usable record (skipped: 1 with empty text)"),
    ],
)
def test_bioscope_refuses(content, line, words, tmp_path):
    fails("bioscope", write(tmp_path / "x.xml", content), line, words)


@given(st.lists(st.tuples(st.text(alphabet="ab😀é \n\t\r\u00a0", max_size=6), st.booleans()), max_size=8))
def test_normalising_moves_spans_along(pieces):
    raw, spans = "", []
    for piece, marked in pieces:
        if marked:
            spans.append((len(raw), len(raw) + len(piece)))
        raw += piece
    text, moved = _normalise(raw, spans)
    assert text == tidy(raw)
    for (start, end), (new_start, new_end) in zip(spans, moved, strict=True):
        assert text[new_start:new_end] == tidy(raw[start:end])


# --- tokens ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tokenised", "text"),
    [
        ("It did n't , he 's sure : no ; why ? Yes !", "It didn't, he's sure: no; why? Yes!"),
        ("two -LRB- 2-10-2 -RRB- , -LSB- sic -RSB- .", "two (2-10-2), [sic]."),
        ("the `` perfect ''. So", 'the "perfect". So'),
        ("a ` pseudo-3D'.", "a 'pseudo-3D'."),
        ('He said " no " , twice .', 'He said "no", twice.'),
        ('17 " wide', '17 " wide'),
        ("It was fun :) and sad :( so", "It was fun :) and sad :( so"),
        ("a .338 and .com -- 50 % of $ 5 ...", "a .338 and .com -- 50% of $5..."),
        ("the owners ' club", "the owners' club"),
        ("We ’ll see DO N'T", "We’ll see DON'T"),
        ("1\\/2", "1/2"),
        ("", ""),
        ("'', he", '", he'),
    ],
)
def test_join_text(tokenised, text):
    assert join_text(tokenised) == text


@given(st.lists(st.text(alphabet="ab1.,()\"'`$:;-é😀", max_size=4)))
def test_join_tokens_only_adds_spaces(tokens):
    text, spans = join_tokens(tokens)
    pieces = [text[start:end] for start, end in spans]
    assert "".join(pieces) == text.replace(" ", "")
    assert [len(piece) == 0 for piece in pieces] == [len(token) == 0 for token in tokens]
    assert spans == sorted(spans)
    assert text == text.strip()
    assert "  " not in text


# --- WikiWeasel ------------------------------------------------------------------------------------------------------


def test_wikiweasel(tmp_path):
    write(tmp_path / "train_certain.txt", "\ufeffIt is .\n\n" + "So .\r\n" * 20)
    write(tmp_path / "train_uncertain.txt", "Some say so -LRB- now -RRB- .\u2028x")
    corpus = read_corpus("wikiweasel", tmp_path)
    assert corpus.skipped == {"empty text": 1}
    assert [e.text for e in corpus.examples] == ["It is.", *["So."] * 20, "Some say so (now). x"]
    assert [e.hedged for e in corpus.examples] == [False] * 21 + [True]
    documents = Counter(e.document for e in corpus.examples)
    assert documents == {"train_certain/0": 19, "train_certain/1": 2, "train_uncertain/0": 1}
    assert {(e.corpus, e.genre, e.cues) for e in corpus.examples} == {("wikiweasel", "encyclopedia", None)}
    assert len(read_corpus("wikiweasel", tmp_path / "train_uncertain.txt").examples) == 1


def test_wikiweasel_refuses(tmp_path):
    path = write(tmp_path / "a" / "train_uncertain.txt", "So .")
    fails("wikiweasel", path.parent, None, "no *certain.txt beside train_uncertain.txt")
    path = write(tmp_path / "b" / "certain.txt", "So .")
    fails("wikiweasel", path.parent, None, "no *uncertain.txt beside certain.txt")
    fails("wikiweasel", write(tmp_path / "x.txt", "So ."), None, "must end in 'uncertain.txt'")
    fails("wikiweasel", write(tmp_path / "c" / "certain.txt", "\n \n"), None, "2 with empty text")


# --- SFU -------------------------------------------------------------------------------------------------------------


def words(tokens: str) -> str:
    return "".join(f"<W>{token}</W>" for token in tokens.split(" "))


def test_sfu(tmp_path):
    negated = f'<C><cue ID="1" type="speculation">{words("ca n&#x92;t")}</cue></C>'
    nested = f'<cue ID="2" type="speculation"><cue ID="3" type="speculation">{words("maybe")}</cue></cue>'
    other = f'<cue ID="4" type="negation">{words("not")}</cue><cue ID="5" type="speculation"><W> </W></cue>'
    sentences = [f"{words('It')}\n{negated}{words('(')}{nested}{words(') . */SYM')}", words("Yes .") + other, "<W/>"]
    body = "".join(f"<SENTENCE>{sentence}</SENTENCE>" for sentence in sentences)
    path = write(tmp_path / "sfu" / "CARS" / "no1done.xml", f"<DOCUMENT><P>{body}</P></DOCUMENT>")
    corpus = read_corpus("sfu", tmp_path / "sfu")
    first, second = corpus.examples
    assert (first.text, first.hedged, cue_texts(first)) == ("It can’t (maybe). *", True, ["can’t", "maybe"])
    assert (second.text, second.hedged, second.cues) == ("Yes. not", False, ())
    assert corpus.skipped == {"empty text": 1}
    assert {(e.document, e.corpus, e.genre) for e in corpus.examples} == {("CARS/no1done", "sfu", "reviews")}
    assert read_corpus("sfu", path) == read_corpus("sfu", path.parent) == corpus


@pytest.mark.parametrize(
    ("sentence", "line", "message"),
    [
        ("<W>a</W>\nb", 3, "text outside <W>: 'b'"),
        ("\n<cue><W>a</W></cue>", 3, "<cue> of type None"),
        ("<SENTENCE><W>a</W></SENTENCE>", None, "1 of 2 <SENTENCE> stand inside another"),
    ],
)
def test_sfu_refuses(sentence, line, message, tmp_path):
    content = f"<DOCUMENT>\n<SENTENCE>{sentence}</SENTENCE></DOCUMENT>"
    fails("sfu", write(tmp_path / "x.xml", content), line, message)


# --- UDS -------------------------------------------------------------------------------------------------------------


def uds(*labels, text="He did n't go .", **more):
    return {"text": text, "targets": [{"span1": [0, 1], "label": label} for label in labels], **more}


def test_uds(tmp_path):
    write_lines(tmp_path / "train.jsonl", uds(3, 2.0, file_idx=19), uds(3.0, -3, file_idx=20), uds(), uds(1, text=" "))
    write_lines(tmp_path / "dev.jsonl", *[uds(1.99)] * 21)
    corpus = read_corpus("uds", tmp_path)
    assert corpus.skipped == {"no targets": 1, "empty text": 1}
    assert [e.certainty for e in corpus.examples] == [1.99] * 21 + [2.0, -3.0]
    assert [e.hedged for e in corpus.examples] == [True] * 21 + [False, True]
    documents = Counter(e.document for e in corpus.examples)
    assert documents == {"dev/0": 20, "dev/1": 1, "train/0": 1, "train/1": 1}
    assert {(e.text, e.corpus, e.genre, e.cues) for e in corpus.examples} == {("He didn't go.", "uds", "web", None)}


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"targets": []}, "key 'text' is missing; found 'targets'"),
        ({"text": "a"}, "key 'targets' is missing"),
        (uds(1, text=7), "'text' must be a string, found 7"),
        (uds(1, text="\ud800"), "lone surrogate"),
        ({"text": "a", "targets": {}}, "'targets' must be a list of objects"),
        ({"text": "a", "targets": [1]}, "'targets' must be a list of objects"),
        ({"text": "a", "targets": [{}]}, "key 'label' is missing; found none"),
        (uds("high"), "'label' must be a number from -3 to 3, found 'high'"),
        (uds(3.1), "found 3.1"),
        (uds(True), "found True"),
        (uds(1, file_idx="a"), "'file_idx' must be a whole number, found 'a'"),
    ],
)
def test_uds_refuses(record, message, tmp_path):
    path = write(tmp_path / "x.jsonl", json.dumps(uds(1)) + "\n" + json.dumps(record))
    fails("uds", path, 2, message)


# --- science ---------------------------------------------------------------------------------------------------------

GRADE = "sentence-level-certainty"
ASPECTS = "aspect-level-certainty"


def test_science(tmp_path):
    finding = {"id": 7, "finding": " It\nhelps. "}
    write_lines(tmp_path / "sentence-level.jsonl", finding | {GRADE: 4.5}, finding | {GRADE: 1, "finding": ""})
    aspects = [{"Number": "Certain"}, {"Number": "NotPresent", "Extent": "Uncertain"}]
    write_lines(tmp_path / "aspect-level.jsonl", *[finding | {ASPECTS: aspect} for aspect in aspects])
    corpus = read_corpus("science", tmp_path)
    assert corpus.skipped == {"empty text": 1}
    assert [(e.corpus, e.hedged, e.certainty) for e in corpus.examples] == [
        ("science-aspects", False, None),
        ("science-aspects", True, None),
        ("science", None, 4.5),
    ]
    assert {(e.text, e.document, e.genre) for e in corpus.examples} == {("It helps.", "7", "science")}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({GRADE: 7}, "from 1 to 6, found 7"),
        ({GRADE: "5"}, "found '5'"),
        ({ASPECTS: {}}, f"one of the keys '{GRADE}' and '{ASPECTS}' is needed"),
        ({"id": None}, "'id' must be"),
        ({"finding": None}, "'finding' must be a string"),
    ],
)
def test_science_refuses(change, message, tmp_path):
    good = {"id": 1, "finding": "It helps.", GRADE: 3}
    fails("science", write_lines(tmp_path / "x.jsonl", good, good | change), 2, message)


@pytest.mark.parametrize("aspects", [[], {"Number": "Maybe"}, {"Number": 1}, {"Number": []}])
def test_science_refuses_aspects(aspects, tmp_path):
    path = write_lines(tmp_path / "x.jsonl", {"id": 1, "finding": "It helps.", ASPECTS: aspects})
    fails("science", path, 1, "Certain, Uncertain, NotPresent")


# --- records ---------------------------------------------------------------------------------------------------------

RECORD = {
    "id": "news-1",
    "text": "A port official said the ferry “may” sail in May.",
    "level": "possible",
    "cues": [{"start": 32, "end": 35, "type": "epistemic"}],
    "non_cues": [{"start": 45, "end": 48, "reading": "month"}],
    "holder": {"text": "A port official", "start": 0, "end": 15, "kind": "anonymous"},
    "genre": "news",
    "document": "news-ferry",
}


def test_records(tmp_path):
    certain = RECORD | {"id": "news-2", "level": "certain", "cues": [], "holder": None}
    write_lines(tmp_path / "news.jsonl", RECORD, certain, RECORD | {"id": "news-3", "text": " "})
    corpus = read_corpus("records", tmp_path)
    first, second = corpus.examples
    assert corpus.skipped == {"empty text": 1}
    assert (first.level, first.hedged, first.has_holder) == (Level.POSSIBLE, True, True)
    assert first.cues == (GoldCue(32, 35, CueType.EPISTEMIC),)
    assert cue_texts(first) == ["may"]
    assert (first.holder.start, first.holder.end, first.holder.kind) == (0, 15, HolderKind.ANONYMOUS)
    assert (first.corpus, first.genre, first.document) == ("records", "news", "news-ferry")
    assert (second.level, second.hedged, second.cues, second.holder) == (Level.CERTAIN, False, (), None)


def with_cue(**change):
    return {"cues": [RECORD["cues"][0] | change]}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"extra": 1, "more": 2}, "record has unknown 'extra', 'more'; allowed are id, text, "),
        ({"level": "likely"}, "unknown level 'likely'; allowed are uncommitted, possible, probable, certain"),
        ({"level": 3}, "'level' must be a string"),
        ({"text": None}, "'text' must be a string"),
        ({"document": 5}, "'document' must be a string"),
        ({"genre": None}, "'genre' must be a string"),
        ({"cues": {}}, "'cues' must be a list of objects"),
        ({"non_cues": [1]}, "'non_cues' must be a list of objects"),
        ({"cues": [{"start": 1}]}, "item of cues lacks 'end', 'type'"),
        (with_cue(why="so"), "item of cues has unknown 'why'"),
        (with_cue(type="modal"), "unknown type 'modal'; allowed are epistemic, "),
        (with_cue(end=32), "offsets 32:32 must rise"),
        (with_cue(start=-1), "offsets -1:35 must rise"),
        (with_cue(start=45, end=50), "in a text of 49 characters"),
        (with_cue(start="32"), "offsets '32':35 must be whole numbers"),
        (with_cue(start=True), "must be whole numbers"),
        (with_cue(start=33), "are not on the edges of words: 'ay'"),
        (with_cue(end=34), "are not on the edges of words: 'ma'"),
        (with_cue(start=30), "are not on the edges of words: ' “may'"),
        ({"non_cues": [{"start": 45, "end": 48, "reading": "year"}]}, "unknown reading 'year'; allowed are permission"),
        ({"non_cues": [{"start": 44, "end": 48, "reading": "month"}]}, "are not on the edges of words"),
        ({"holder": "he"}, "'holder' must be an object or null"),
        ({"holder": {}}, "holder lacks 'text', 'start', 'end', 'kind'"),
        (
            {"holder": RECORD["holder"] | {"text": "A port"}},
            "holder text 'A port' is not text[0:15], 'A port official'",
        ),
        (
            {"holder": RECORD["holder"] | {"kind": "self"}},
            "unknown kind 'self'; allowed are named, anonymous, collective",
        ),
        ({"id": "news-1"}, "id 'news-1' is taken by x.jsonl:1"),
    ],
)
def test_records_refuses(change, message, tmp_path):
    path = write_lines(tmp_path / "x.jsonl", RECORD, RECORD | {"id": "news-2"} | change)
    fails("records", path, 2, message)


@pytest.mark.parametrize("key", RECORD)
def test_records_need_every_key(key, tmp_path):
    record = {name: value for name, value in RECORD.items() if name != key}
    fails("records", write_lines(tmp_path / "x.jsonl", record), 1, f"record lacks '{key}'")


def test_record_ids_are_unique_over_files(tmp_path):
    write_lines(tmp_path / "a.jsonl", RECORD)
    write_lines(tmp_path / "b.jsonl", RECORD)
    fails("records", tmp_path, 1, "taken by a.jsonl:1")


def test_own_corpora_are_valid():
    corpus = read_corpus("records", ROOT / "corpora")
    assert not corpus.skipped
    assert {e.level for e in corpus.examples} == set(Level)


# --- labels ----------------------------------------------------------------------------------------------------------

LABEL = {
    "sha256": fingerprint("A port official said it may sail."),
    "level": "possible",
    "cues": [{"start": 24, "end": 27, "type": "epistemic"}],
    "holder": {"start": 0, "end": 15, "kind": "anonymous"},
}


@pytest.fixture
def published(tmp_path):
    """A folder of published corpora, of which one has two sentences."""
    target = {"span1": [0, 0], "label": 3.0}
    folder = tmp_path / "published" / "uds_ih2"
    folder.mkdir(parents=True)
    rows = [
        {"text": text, "targets": [target], "file_idx": 21} for text in ("A port official said it may sail .", "No .")
    ]
    write_lines(folder / "train.jsonl", *rows)
    return folder.parent


def test_labels(published, tmp_path):
    write_lines(tmp_path / "labels" / "uds_ih2.jsonl", LABEL)
    (example,) = read_labels(published, tmp_path / "labels").examples
    assert example.text == "A port official said it may sail."
    assert (example.corpus, example.source, example.document, example.genre) == ("labels", "uds", "train/1", "web")
    assert (example.level, example.hedged, example.certainty) == (Level.POSSIBLE, True, None)
    assert cue_texts(example) == ["may"]
    assert (example.holder.start, example.holder.end, example.holder.kind) == (0, 15, HolderKind.ANONYMOUS)


@pytest.mark.parametrize(
    ("name", "labels", "message"),
    [
        ("uds_ih2", [LABEL | {"sha256": "0" * 16}], "uds_ih2 has the SHA-256 0000000000000000"),
        ("uds_ih2", [LABEL, LABEL], "is labelled twice"),
        ("uds_ih2", [LABEL | {"text": "It may."}], "label has unknown 'text'"),
        ("uds_ih2", [LABEL | {"cues": [{"start": 24, "end": 99, "type": "epistemic"}]}], "offsets 24:99 must rise"),
        ("uds_ih2", [LABEL | {"holder": {"start": 0, "kind": "named"}}], "holder lacks 'end'"),
        ("uds_ih2", [LABEL | {"holder": {"start": 0, "end": "5", "kind": "named"}}], "must be whole numbers"),
        ("uds_ih2", [LABEL | {"holder": LABEL["holder"] | {"text": "It"}}], "holder has unknown 'text'"),
        ("wikiweasel", [LABEL], "folder holds no wikiweasel"),
        ("brown", [LABEL], "no corpus is called 'brown'; there are bioscope, "),
    ],
)
def test_labels_refuse(name, labels, message, published, tmp_path):
    write_lines(tmp_path / "labels" / f"{name}.jsonl", *labels)
    with pytest.raises(CorpusError, match=re.escape(message)):
        read_labels(published, tmp_path / "labels")


# --- found -----------------------------------------------------------------------------------------------------------

FOUND = LABEL | {"document": "7", "start": 6, "end": 39}


@pytest.fixture
def texts(tmp_path):
    """A folder of texts, one kind with two documents."""
    rows = [{"document": "7", "text": "Calm. A port official said it may sail. No."}, {"document": "8", "text": "Yes."}]
    write_lines(tmp_path / "texts" / "reports.jsonl", *rows)
    return tmp_path / "texts"


def test_found(texts, tmp_path):
    write_lines(tmp_path / "labels" / "reports.jsonl", FOUND)
    corpus = read_found(texts, tmp_path / "labels")
    (example,) = corpus.examples
    assert corpus.name == "found"
    assert example.text == "A port official said it may sail."
    assert (example.corpus, example.source, example.genre) == ("labels", "reports", "reports")
    assert example.document == "reports/7"
    assert (example.level, example.hedged, cue_texts(example)) == (Level.POSSIBLE, True, ["may"])
    assert (example.holder.start, example.holder.end, example.holder.kind) == (0, 15, HolderKind.ANONYMOUS)


@pytest.mark.parametrize(
    ("name", "labels", "message"),
    [
        ("reports", [FOUND | {"document": "9"}], "is called '9'"),
        ("reports", [FOUND, FOUND], "the sentence at 6 of text '7' is labelled twice"),
        ("reports", [FOUND | {"end": 99}], "offsets 6:99 must rise and lie in a text of 43 characters"),
        ("reports", [FOUND | {"end": 30}], "are not on the edges of words"),
        ("reports", [FOUND | {"text": "It may."}], "label has unknown 'text'"),
        ("reports", [{"document": "7", "start": 6}], "label lacks 'end', 'sha256', 'level', 'cues', 'holder'"),
        ("reports", [FOUND | {"end": 38}], "6:38 isn't the sentence that was labelled, but 'A port "),
        ("letters", [FOUND], "folder holds no letters.jsonl, of which there are labels"),
    ],
)
def test_found_refuses(name, labels, message, texts, tmp_path):
    write_lines(tmp_path / "labels" / f"{name}.jsonl", *labels)
    with pytest.raises(CorpusError, match=re.escape(message)):
        read_found(texts, tmp_path / "labels")


def test_found_refuses_a_document_that_is_there_twice(texts, tmp_path):
    write_lines(tmp_path / "labels" / "reports.jsonl", FOUND)
    write_lines(texts / "reports.jsonl", {"document": "7", "text": "No."}, {"document": "7", "text": "Yes."})
    with pytest.raises(CorpusError, match=r"reports.jsonl:2: document '7' stands there twice"):
        read_found(texts, tmp_path / "labels")


# --- CSV and TSV -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("reader", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_table_with_levels(reader, delimiter, tmp_path):
    rows = [
        ["label", " text ", "document", "genre", "note"],
        ["possible", 'It "may",\nor\tmay not.', "d1", "news", ""],
        [" Certain", "It is.", " ", "", "x"],
        ["", "  ", "", "", ""],
        [],
        ["certain", "So be it. 😀", "", "", ""],
    ]
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    path = write(tmp_path / f"mine.{reader}", "\ufeff" + buffer.getvalue())
    corpus = read_corpus(reader, path)
    assert (corpus.name, corpus.skipped) == ("mine", {"empty text": 2})
    assert [(e.text, e.level, e.hedged, e.document, e.genre) for e in corpus.examples] == [
        ('It "may", or may not.', Level.POSSIBLE, True, "d1", "news"),
        ("It is.", Level.CERTAIN, False, "4", ""),
        ("So be it. 😀", Level.CERTAIN, False, "7", ""),
    ]
    assert {e.corpus for e in corpus.examples} == {"mine"}
    folder = read_corpus(reader, tmp_path)
    assert {e.corpus for e in folder.examples} == {folder.name} == {tmp_path.name}
    assert tuple(replace(e, corpus="mine") for e in folder.examples) == corpus.examples


def test_files_of_a_folder_are_one_corpus(tmp_path):
    for name in ("a", "b"):
        write(tmp_path / "reviews" / f"{name}.csv", "text,label\nIt may rain.,hedged\nIt rained.,certain\n")
    examples = read_corpus("csv", tmp_path / "reviews").examples
    assert [(e.corpus, e.document) for e in examples] == [
        ("reviews", f"{name}:{row}") for name in "ab" for row in (2, 3)
    ]


def test_a_cell_may_be_long(tmp_path):
    text = "word " * 40_000
    path = write(tmp_path / "mine.csv", f"text,label\n{text},certain\nIt may rain.,hedged\n")
    assert len(read_corpus("csv", path).examples[0].text) == len(text) - 1


def test_table_with_two_labels_and_other_columns(tmp_path):
    labels = ["hedged", "certain", "1", "0", "TRUE", "False"]
    path = write(tmp_path / "x.csv", "s,y\n" + "".join(f"It is.,{label}\n" for label in labels))
    corpus = read_corpus("csv", path, text_column="s", label_column="y")
    assert [e.hedged for e in corpus.examples] == [True, False] * 3
    assert {e.level for e in corpus.examples} == {None}


def test_a_table_with_semicolons(tmp_path):
    path = write(tmp_path / "x.csv", "note;text;label\nn;It may, or not.;hedged\n;It is.;certain\n")
    assert [(e.text, e.hedged) for e in read_corpus("csv", path).examples] == [
        ("It may, or not.", True),
        ("It is.", False),
    ]


def test_the_other_columns_of_a_table_in_any_case(tmp_path):
    path = write(tmp_path / "x.csv", "text,label,Document,GENRE\nIt is.,certain,d7,news\n")
    (example,) = read_corpus("csv", path).examples
    assert (example.document, example.genre) == ("d7", "news")


def test_a_table_called_like_a_corpus_keeps_its_own_name(tmp_path):
    path = write(tmp_path / "labels.csv", "text,label\nIt is.,certain\n")
    corpus = read_corpus("csv", path)
    assert (corpus.name, corpus.examples[0].corpus) == ("labels.csv", "labels.csv")


def test_other_formats_have_no_columns(tmp_path):
    path = write_lines(tmp_path / "x.jsonl", uds(1))
    assert read_corpus("uds", path, text_column="s") == read_corpus("uds", path)


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("text,label\na,maybe\n", 2, ("unknown label 'maybe'", "hedged, certain, 1, 0, true, false", "uncommitted")),
        ("text,label\na,\n", 2, ("unknown label ''",)),
        ("text,label\na,hedged\nb,possible\n", 2, ("'hedged'", "levels are uncommitted, possible, probable, certain")),
        ('text,label\n"a\nb",possible\n"c\nd",1\n', 4, ("unknown label '1'",)),
        ("text/label\na/1\n", 1, ("column 'text' is missing; the columns are 'text/label'",)),
        ("text,class\na,1\n", 1, ("column 'label' is missing; the columns are 'text', 'class'",)),
        ("text,label,text\na,1,b\n", 1, ("column 'text' is there twice",)),
        ("", 1, ("the columns are none",)),
        ("text,label\na,1\nb\n", 3, ("row has 1 fields, the header 2",)),
        ("text,label\na, b,1\n", 2, ("row has 3 fields, the header 2",)),
        ('text,label\na,1\n"b,1\nc,0\n', 3, ("broken row",)),
        ('text,label\n"a"b,1\n', 2, ("broken row",)),
        ("text,label\n,1\n", None, ("no usable record (skipped: 1 with empty text)",)),
        ("text,label\n", None, ("no usable record",)),
    ],
)
def test_table_refuses(content, line, words, tmp_path):
    fails("csv", write(tmp_path / "x.csv", content), line, *words)


# --- the published corpora -------------------------------------------------------------------------------------------


def counts(corpus) -> tuple[int, int]:
    return len(corpus.examples), sum(e.hedged is True for e in corpus.examples)


def check_texts_and_cues(corpus) -> None:
    for example in corpus.examples:
        assert example.text == tidy(example.text) != ""
        for text in cue_texts(example) if example.cues is not None else []:
            assert text == text.strip() != ""
        if example.cues is not None:
            assert example.hedged == bool(example.cues)
            assert all(cue.end <= len(example.text) for cue in example.cues)


@needs_shared
def test_published_bioscope():
    corpus = read_corpus("bioscope", SHARED / "bioscope")
    assert counts(corpus) == (14_541, 2_620)
    assert len({e.document for e in corpus.examples}) == 1_282
    assert {e.document.partition("/")[0] for e in corpus.examples} == {"abstracts", "full_papers"}
    assert not corpus.skipped
    check_texts_and_cues(corpus)


@needs_shared
def test_published_wikiweasel():
    """The published 7,363 count lines; 20 of them, all in train_certain.txt, are blank."""
    corpus = read_corpus("wikiweasel", SHARED / "wikiweasel")
    assert counts(corpus) == (7_363 - 20, 2_131)
    assert corpus.skipped == {"empty text": 20}
    assert not any(code in e.text for e in corpus.examples for code in ("-LRB-", "-RRB-", "`"))
    check_texts_and_cues(corpus)


@needs_shared
def test_published_sfu():
    corpus = read_corpus("sfu", SHARED / "sfu_review")
    assert counts(corpus) == (12_024, 2_937)
    assert len({e.document for e in corpus.examples}) == 300
    assert not corpus.skipped
    check_texts_and_cues(corpus)


@needs_shared
def test_published_uds():
    corpus = read_corpus("uds", SHARED / "uds_ih2")
    assert len(corpus.examples) == 10_344
    assert {e.document.partition("/")[0] for e in corpus.examples} == {"train", "dev"}
    assert max(Counter(e.document for e in corpus.examples).values()) <= 20
    assert not corpus.skipped
    check_texts_and_cues(corpus)


@needs_shared
def test_published_science():
    corpus = read_corpus("science", SHARED / "science_certainty")
    assert Counter(e.corpus for e in corpus.examples) == {"science": 1_220, "science-aspects": 1_413}
    assert not corpus.skipped
    check_texts_and_cues(corpus)


@pytest.mark.parametrize("folder", ["corpora/found", "benchmarks/found"])
def test_shipped_labels_of_found_texts(folder):
    """What can be said of them without the texts, which `make texts` fetches."""
    paths = sorted((ROOT / folder).glob("*.jsonl"))
    assert paths
    for path in paths:
        labels = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        assert len({(label["document"], label["start"]) for label in labels}) == len(labels)
        assert {label["level"] for label in labels} == {level.label for level in Level}
        for label in labels:
            assert list(label) == ["document", "start", "end", "sha256", "level", "cues", "holder"]
            size = label["end"] - label["start"]
            assert label["start"] >= 0
            assert len(label["sha256"]) == 16
            assert not label["holder"] or HolderKind(label["holder"]["kind"])
            marked = [*label["cues"], *([label["holder"]] if label["holder"] else [])]
            assert all(0 <= span["start"] < span["end"] <= size for span in marked), label
            hedges = [cue for cue in label["cues"] if CueType(cue["type"]) in CUE_TYPES[:HEDGE_TYPES]]
            assert not (hedges and label["level"] == "certain"), label


@pytest.mark.skipif(not (TEXTS / ".ready").is_file(), reason="`make texts` wasn't run")
def test_found_texts():
    trained_on, tests = read_found(TEXTS).examples, read_found(TEXTS, ROOT / "benchmarks" / "found").examples
    learned = {"mixed", "newspapers", "speeches", "manuals", "brown", "mail", "licences"}
    assert {e.source for e in trained_on} == learned
    assert {e.source for e in tests} == {"news", "editorials", "answers", "documentation", "web"}
    assert not {e.text for e in trained_on} & {e.text for e in tests}


@needs_shared
def test_shipped_labels():
    trained_on = read_labels(SHARED).examples
    assert {e.source for e in trained_on} == {"bioscope", "uds", "wikiweasel", "science", "science-aspects"}
    assert not any(e.document.startswith("dev/") for e in trained_on if e.source == "uds")  # kept for tests
    tests = read_labels(SHARED, ROOT / "benchmarks" / "labels").examples
    assert {e.source for e in tests} == {"sfu"}
    assert all({e.level for e in examples} == set(Level) for examples in (trained_on, tests))
    both = {e.text for e in trained_on} & {e.text for e in tests}
    assert all(len(text.split()) < 5 for text in both)  # I love them.
