"""The script that writes texts that come with other packages: what it takes of pages and letters for prose."""

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "corpora" / "texts.py"


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("texts", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("page", "prose"),
    [
        ("Title\n=====\n\nThe call may\nfail.\n\nIt won't.\n", "The call may fail.\n\nIt won't."),
        ("Use ``run``, :func:`~app.core.run` or :setting:`!RUN`.", "Use run, run or RUN."),
        ("See `the guide <https://x.org>`_, **now**, *soon* or `later`__.", "See the guide, now, soon or later."),
        (".. note::\n\n    It may fail.\n\n:param x: No.\n\n>>> run()\n", "It may fail."),
        ("no capital.\n\nNo end\n\nAn example::\n\n| Left over.\n", ""),
    ],
)
def test_prose_of_a_page(page, prose, script):
    assert script._prose(page) == prose


@pytest.mark.parametrize(
    ("tagged", "plain"),
    [
        ("\tIt/pps may/md rain/vb ,/, ``/`` he/pps said/vbd ''/'' ./.\n", 'It may rain, "he said".'),
        ("Rain/nn ?/. ?/.\nYes/rb ;/. ;/.\nno/rb ./.\n\n\tDry/jj ./.\n", "Rain? Yes; no.\n\nDry."),
        ("The/at dams/nns (/( two/cd )/) [/( at/in Ely/np ]/) Fla./np ./.", "The dams (two) [at Ely] Fla.."),
        ("\tMore/ap-hl rain/nn-hl expected/vbn-hl\n\tIt/pps rained/vbd ./.", "More rain expected\nIt rained."),
        ("Dry/jj ./.\n\tRain/nn-hl\n\tWet/jj ./.\n\nOn/in-hl\n./.-hl\nNo/rb ./.", "Dry.\nRain\nWet.\n\nOn. No."),
    ],
)
def test_tagged_words(tagged, plain, script):
    assert script._untagged(tagged) == plain


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            "It may\nrain.\n\n> It won't.\n\nAnn wrote:\n> No.\n\nSo be it.\n-- \nBob. It is I.\n",
            "It may rain.\n\nSo be it.",
        ),
        ("On Monday Ann Lee wrote:\n\n    BL> It is so.\n\nno capital.\n\nNo end\n", ""),
        ("It is.\r\n\r\n| No.\r\n\r\n--- a rule\r\nNo.\r\n\r\nSo.\r\n_____\r\nNever.\r\n", "It is.\n\nSo."),
        ("Ann writes:\n\nHere is #2.\n\n# No.\n\n% No.\n\n: No.\n\n} No.\n\n====\nNo.\n", "Here is #2."),
    ],
)
def test_own_words_of_a_letter(body, words, script):
    assert script._own_words(b"From: a@b.org\nSubject: Rain\n\n" + body.encode()) == words


def test_letters_that_cannot_be_read(script):
    head = b"Content-Type: text/plain; charset="
    assert script._own_words(head + b"x-unknown-9\n\nIt may rain.\n") == ""
    assert script._own_words(b"Content-Type: text/html\n\n<p>It may rain.</p>\n") == ""
