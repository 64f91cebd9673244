"""`hedge train` and `hedge evaluate`: what they write and say, and that bad input leaves nothing behind."""

import json
import re
from xml.etree import ElementTree

import pytest
from commands import call, fails, records, run, start

import hedge
from hedge.cli.training import Source, choose_base
from hedge.corpora import read_corpus
from hedge.training import relabel

VERBS = ("rain", "snow", "hail", "thunder", "clear", "freeze", "thaw", "darken")
ROWS = [
    (f"It {'may' if hedged else 'did'} {verb} {day}.", "hedged" if hedged else "certain")
    for verb in VERBS
    for day in ("today", "on Monday", "at night")
    for hedged in (True, False)
]


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    path = tmp_path_factory.mktemp("table") / "mine.csv"
    path.write_text("text,label\n" + "".join(f"{text},{label}\n" for text, label in [*ROWS, (" ", "certain")]))
    return path


@pytest.fixture(scope="module")
def trained(table, model_folder):
    """A folder with a trained model, and what the training said."""
    folder = table.parent / "new" / "mymodel"
    done = start(
        *("train", "--corpus", f"csv={table}", "--only", "--output", folder, "--seed", "3", "--compare", model_folder)
    )
    assert done.returncode == 0, done.stderr
    return folder, done.stdout.decode(), done.stderr.decode()


def test_training_writes_a_model_that_scores(trained, table, tmp_path):
    folder, _, error = trained
    assert sorted(path.name for path in folder.iterdir()) == ["README.md", "forms.tsv", "model.json", "weights.npz"]
    assert sorted(path.name for path in folder.parent.iterdir()) == ["mymodel"]
    left_out, alone = error.splitlines()
    assert left_out == f"hedge: note: csv={table}: left out 1 with empty text"
    assert alone.startswith("hedge: note: 48 sentences teach little by themselves; ")
    (tmp_path / "a.txt").write_text("It may rain. It did rain.")
    found = records(run("score", tmp_path / "a.txt", "--model", folder, "--format", "jsonl"))
    assert [record["level"] == "certain" for record in found] == [False, True]


def test_training_reports(trained):
    _, output, _ = trained
    assert re.search(r"^mine +48 +50\.0% +\d+ ", output, re.MULTILINE)
    assert re.search(r"^f1 +\d\.\d{3} +1|^f1 +\d\.\d{3} +\d\.\d{3} ", output, re.MULTILINE)
    assert "95%" in output
    assert re.search(r"(worse|better) in|surely better or worse|judges all of these as", output)


def test_the_model_says_what_it_was_made_of(trained, table):
    folder, _, _ = trained
    described = json.loads((folder / "model.json").read_text("utf-8"))
    assert (described["name"], described["seed"], described["hedge_version"]) == ("mymodel", 3, hedge.__version__)
    (corpus,) = described["corpora"]
    assert (corpus["reader"], corpus["path"], corpus["sentences"], corpus["hedged"]) == ("csv", "mine.csv", 48, 24)
    assert re.fullmatch("[0-9a-f]{64}", corpus["sha256"])
    assert 0 <= described["figures"]["mine"]["f1"] <= 1
    card = (folder / "README.md").read_text("utf-8")
    assert card.startswith("# mymodel\n")
    assert "| mine | csv | 48 | 50.0% |" in card


def test_the_same_seed_gives_the_same_model(trained, table, tmp_path):
    arguments = ("--corpus", f"csv={table}", "--only", "--output", tmp_path / "mymodel", "--seed", "3", "--quiet")
    run("train", *arguments)
    for name in ("weights.npz", "model.json", "README.md"):
        assert (tmp_path / "mymodel" / name).read_bytes() == (trained[0] / name).read_bytes()


def test_a_model_is_adapted_unless_only_says_otherwise(table, tmp_path):
    output = run("train", "--corpus", f"csv={table}", "--output", tmp_path / "adapted", "--quiet")
    assert re.search(r"^mine +48 +50\.0% +48 ", output, re.MULTILINE)  # each fifth was held out
    described = json.loads((tmp_path / "adapted/model.json").read_text("utf-8"))
    assert (described["base"]["name"], [corpus["name"] for corpus in described["corpora"]]) == ("general", ["mine"])
    assert "The model `general` was adapted to these" in (tmp_path / "adapted/README.md").read_text("utf-8")
    (tmp_path / "a.txt").write_text("It may rain. Nobody knows whether it snowed. It did rain.")
    found = records(run("score", tmp_path / "a.txt", "--model", tmp_path / "adapted", "--format", "jsonl"))
    assert [record["level"] for record in found] == ["possible", "uncommitted", "certain"]


def test_what_the_base_was_trained_on_is_left_out_or_used_alone(table, tmp_path, capsys):
    other = tmp_path / "other.csv"
    other.write_text(table.read_text().replace("It ", "She "))
    mine, others = (Source("csv", path, read_corpus("csv", path)) for path in (table, other))
    knowing = hedge.Model(relabel(hedge.load().weights, corpora=[{"name": "x", "sha256": mine.corpus.digest}]))
    assert choose_base(knowing, [mine], quiet=False) == (None, [mine])
    assert "general was trained on mine: the new model is trained on these alone" in capsys.readouterr().err
    assert choose_base(knowing, [mine, others], quiet=False) == (knowing, [others])
    assert "general was trained on mine: left out" in capsys.readouterr().err
    assert choose_base(knowing, [mine], quiet=True) == (None, [mine])
    assert choose_base(hedge.load(), [mine], quiet=False)[1] == [mine]
    assert capsys.readouterr().err == ""


def test_sentences_of_one_document_are_refused(tmp_path):
    (tmp_path / "few.csv").write_text("text,label,document\n" + "It may.,hedged,d\nIt is.,certain,d\n" * 3)
    message = fails("train", "--corpus", "csv=few.csv", "--output", "few", cwd=tmp_path)
    assert "all sentences are of one document" in message
    assert not (tmp_path / "few").exists()


def test_an_output_folder_is_replaced_with_force_only(trained, table):
    folder = trained[0]
    before = (folder / "weights.npz").stat().st_mtime_ns
    arguments = ("train", "--corpus", f"csv={table}", "--only", "--quiet", "--output", folder)
    assert "is there already; choose to replace it" in fails(*arguments)
    assert (folder / "weights.npz").stat().st_mtime_ns == before


def test_force_doesn_t_delete_what_is_no_model(table, tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    message = fails("train", "--corpus", f"csv={table}", "--output", tmp_path, "--force")
    assert "something else than a model" in message
    assert (tmp_path / "thesis.txt").exists()


def test_a_model_s_own_corpus_is_noted(trained, table):
    done = call("evaluate", "--model", trained[0], "--corpus", f"csv={table}")
    assert done.returncode == 0
    assert "the model was trained on it; its figures are too good" in done.stderr.decode()
    assert run("evaluate", "--model", trained[0], "--corpus", f"csv={table}", "--quiet") == done.stdout.decode()


BAD_TRAINING = {
    "unknown reader": (["--corpus", "nope=x"], "no reader 'nope'; the readers are bioscope"),
    "no reader": (["--corpus", "mine.csv"], "is not READER=PATH"),
    "missing corpus": (["--corpus", "csv=nope.csv"], "nope.csv: no such file"),
    "unknown label": (["--corpus", "csv=labels.csv"], "labels.csv:3: unknown label 'dubious'"),
    "missing column": (["--corpus", "csv=labels.csv", "--text-column", "body"], "column 'body' is missing"),
    "one class": (["--corpus", "csv=one.csv", "--only"], "found 2 hedged and 0 certain"),
    "unknown target": (["--corpus", "csv=one.csv", "--target", "x"], "--target x: no such corpus here; there are one"),
    "unknown model to compare": (["--corpus", "csv=one.csv", "--compare", "nope"], "no model 'nope'"),
    "no corpus": ([], "--corpus"),
    "output below a file": (["--corpus", "csv=one.csv", "--output", "one.csv/m"], "can't be written|is no folder"),
}


@pytest.mark.parametrize("case", BAD_TRAINING)
def test_bad_training(tmp_path, case):
    (tmp_path / "labels.csv").write_text("text,label\nIt may.,hedged\nIt is.,dubious\n")
    (tmp_path / "one.csv").write_text("text,label\nIt may.,hedged\nIt might.,hedged\n")
    arguments, message = BAD_TRAINING[case]
    assert re.search(message, fails("train", "--output", "out", *arguments, cwd=tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["labels.csv", "one.csv"]


def test_evaluate(trained, table, tmp_path):
    arguments = ("evaluate", "--model", trained[0], "--corpus", f"csv={table}", "--quiet")
    output = run(*arguments)
    for name in ("precision", "recall", "f1", "auc", "ece", "brier"):
        assert re.search(rf"^{name} +\d\.\d{{3}}$", output, re.MULTILINE), output
    assert run(*arguments, "--format", "json", "--output", tmp_path / "out.json") == ""
    (corpus,) = json.loads((tmp_path / "out.json").read_text("utf-8"))["corpora"]
    assert corpus["figures"]["sentences"] == 48
    assert corpus["figures"]["f1"] > 0.9
    assert corpus["confusion"] is None


def test_evaluate_with_levels_and_cues(model_folder, tmp_path):
    (tmp_path / "r.jsonl").write_text(
        '{"id": "1", "text": "It may rain.", "level": "possible", "cues": [{"start": 3, "end": 6,'
        ' "type": "epistemic"}], "non_cues": [], "holder": null, "genre": "news", "document": "d"}\n'
    )
    output = run("evaluate", "--model", model_folder, "--corpus", f"records={tmp_path / 'r.jsonl'}")
    assert "cue f1" in output
    assert "level accuracy" in output
    assert re.search(r"gold below, judged right +uncommitted +possible +probable +certain", output)
    found = json.loads(
        run("evaluate", "--model", model_folder, "--corpus", f"records={tmp_path / 'r.jsonl'}", "--format", "json")
    )
    assert sum(found["corpora"][0]["confusion"]["possible"].values()) == 1
    assert found["corpora"][0]["figures"]["auc"] is None


def test_evaluate_as_a_page(trained, table, tmp_path):
    page = run("evaluate", "--model", trained[0], "--corpus", f"csv={table}", "--quiet", "--format", "html")
    tree = ElementTree.fromstring(page.removeprefix("<!doctype html>"))
    dots = list(tree.iter("circle"))
    assert dots
    assert all(0 <= float(dot.get(axis)) <= 260 for dot in dots for axis in ("cx", "cy"))
    counted = sum(int(re.search(r"(\d+) sentences", dot.find("title").text)[1]) for dot in dots)
    assert counted == len(ROWS)


def test_evaluate_with_an_unknown_reader(model_folder):
    assert "no reader 'nope'" in fails("evaluate", "--model", model_folder, "--corpus", "nope=x")
