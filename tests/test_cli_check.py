"""`hedge check` as a user runs it: exit status, folders, settings, output."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from commands import call, fails, run, start

DRAFT = "# Plan\n\nSome experts say it may possibly rain.\n\n```\nit may possibly fail\n```\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "draft.md").write_text(DRAFT, "utf-8")
    (tmp_path / "clean.txt").write_text("It rained on Monday.\n", "utf-8")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "x.md").write_text(DRAFT, "utf-8")
    (tmp_path / "notes.log").write_text(DRAFT, "utf-8")
    return tmp_path


def test_findings_have_a_place_and_exit_with_one(folder):
    done = call("check", "draft.md", "clean.txt", cwd=folder)
    assert done.returncode == 1
    lines = done.stdout.decode().splitlines()
    assert [line.split(" ")[:2] for line in lines] == [["draft.md:3:1:", "H003"], ["draft.md:3:21:", "H002"]]
    assert done.stderr.decode() == "hedge: note: 2 findings in 1 of 2 files\n"


def test_clean_files_exit_with_zero(folder):
    done = start("check", "clean.txt", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr.decode()) == (0, b"", "hedge: note: no findings in 1 file\n")
    assert run("check", "clean.txt", "--quiet", cwd=folder) == ""


def test_folders_are_walked_for_texts_that_aren_t_hidden(folder):
    done = call("check", ".", "--format", "json", cwd=folder)
    record = json.loads(done.stdout)
    assert record["summary"]["files"] == 2
    assert {finding["path"] for finding in record["findings"]} == {"draft.md"}
    assert call("check", "notes.log", "-q", cwd=folder).returncode == 1


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        (["--select", "H003"], {"H003"}),
        (["--ignore", "H003"], {"H002"}),
        (["--select", "H00", "--ignore", "H003,H004"], {"H001", "H002"}),
        (["--max-hedged", "0.2"], {"H002", "H003", "H006"}),
        (["--min-level", "certain"], {"H001", "H002", "H003"}),
        (["--min-level", "possible"], {"H002", "H003"}),
    ],
)
def test_options_choose_the_rules(folder, arguments, codes):
    done = call("check", "draft.md", "--format", "json", *arguments, cwd=folder)
    assert {finding["code"] for finding in json.loads(done.stdout)["findings"]} == codes


def test_settings_are_read_from_the_nearest_file(folder):
    (folder / "pyproject.toml").write_text('[tool.hedge]\nselect = ["H003"]\n')
    (folder / "sub").mkdir()
    (folder / "sub" / "hedge.toml").write_text('select = ["H002"]\n')
    (folder / "sub" / "b.md").write_text(DRAFT, "utf-8")
    done = call("check", "draft.md", "sub/b.md", "--format", "json", cwd=folder)
    found = [(finding["path"], finding["code"]) for finding in json.loads(done.stdout)["findings"]]
    assert found == [("draft.md", "H003"), ("sub/b.md", "H002")]
    done = call("check", "draft.md", "sub/b.md", "--config", "sub/hedge.toml", "-f", "json", cwd=folder)
    assert {finding["code"] for finding in json.loads(done.stdout)["findings"]} == {"H002"}


def test_settings_are_shown(folder):
    (folder / "hedge.toml").write_text("max-hedged = 0.25\n")
    shown = run("check", "draft.md", "--show-settings", "--min-level", "probable", cwd=folder)
    assert f"max-hedged = 0.25  # {folder.resolve() / 'hedge.toml'}" in shown
    assert 'min-level = "probable"  # command line' in shown
    assert "# rules: H001, H002, H003, H005, H006, H100" in shown


def test_quotes_and_comments(folder):
    text = (
        '<!-- hedge: off H002 -->\n"It may possibly rain," said Ms Rask.\n<!-- hedge: on -->\nIt may possibly snow.\n'
    )
    (folder / "q.md").write_text(text, "utf-8")
    done = call("check", "q.md", "--quiet", cwd=folder)
    assert [line.split(":")[1] for line in done.stdout.decode().splitlines()] == ["4"]
    done = call("check", "q.md", "--quiet", "--skip-quotes", cwd=folder)
    assert [line.split(":")[1] for line in done.stdout.decode().splitlines()] == ["4"]


@pytest.mark.parametrize("format", ["text", "json", "sarif", "github", "junit"])
def test_the_output_goes_to_a_file_whole(folder, format):
    done = call("check", "draft.md", "--format", format, "--output", "out", "--quiet", cwd=folder)
    assert (done.returncode, done.stdout) == (1, b"")
    assert "H003" in (folder / "out").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "FILES"),
        (["nowhere.txt"], "no such file"),
        (["draft.md", "--select", "X1"], "--select 'X1' is no rule"),
        (["draft.md", "--select", ""], "is no rule"),
        (["draft.md", "--max-hedged", "30"], "--max-hedged must be a share from 0 to 1"),
        (["draft.md", "--min-level", "maybe"], "--min-level must be one of"),
        (["draft.md", "--config", "nowhere.toml"], "no such file"),
        (["draft.md", "--model", "nowhere"], "no model 'nowhere'"),
        (["draft.md", "--output", "draft.md"], "one of the inputs"),
    ],
)
def test_bad_usage(folder, arguments, message):
    assert message in fails("check", *arguments, cwd=folder)


def test_a_share_of_nothing_is_a_limit(folder):
    done = call("check", "draft.md", "--select", "H006", "--max-hedged", "0", cwd=folder)
    assert (done.returncode, done.stdout.decode().split()[1]) == (1, "H006")


@pytest.mark.parametrize(
    ("comment", "arguments", "codes"),
    [
        ("<!-- hedge: off -->", ["--max-hedged", "0.1"], []),
        ("<!-- hedge: off H006 -->", ["--max-hedged", "0", "--select", "H006,H100"], []),
        ("<!-- hedge: off H006 -->", ["--select", "H100"], []),
        ("<!-- hedge: off H001 -->", ["--select", "H100"], []),
        ("<!-- hedge: off H005 -->", ["--select", "H100"], ["H100"]),
        ("<!-- hedge: off H003 --> “", ["--skip-quotes"], []),
    ],
)
def test_comments_beside_what_is_on(folder, comment, arguments, codes):
    (folder / "draft.txt").write_text(f"{comment}Some experts say it may rain.", "utf-8")
    done = call("check", "draft.txt", "--quiet", *arguments, cwd=folder)
    assert [line.split()[1] for line in done.stdout.decode().splitlines()] == codes


def test_folders_without_texts_and_files_named_twice(folder):
    (folder / "empty").mkdir()
    assert "empty holds no .txt, .md, .markdown file; name others one by one" in fails("check", "empty", cwd=folder)
    done = call("check", "draft.md", folder / "draft.md", cwd=folder)
    assert done.stderr.decode() == "hedge: note: 2 findings in 1 of 1 file\n"


def test_standard_input(folder):
    done = call("check", "-", "--quiet", cwd=folder, input=b"It may possibly rain.\n")
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.decode().startswith("-:1:4: H002 ")


def test_bad_settings(folder):
    (folder / "hedge.toml").write_text("colour = 3\n")
    assert "hedge.toml: unknown setting 'colour'" in fails("check", "draft.md", cwd=folder)


LATE = [
    *(
        "hedge.check",
        "hedge.compare",
        "hedge.explain",
        "hedge.inputs.markup",
        "hedge.render.html",
        "jinja2",
        "rich",
        "sklearn",
    ),
    *("trafilatura", "docx", "pypdf", "pandas", "polars", "tomllib"),
]


def test_scoring_imports_nothing_that_it_does_not_use(folder):
    program = f"""if True:
        import sys
        from hedge.cli import main
        sys.argv = ["hedge", "score", "clean.txt"]
        try:
            main()
        except SystemExit:
            print([name for name in {LATE} if name in sys.modules], file=sys.stderr)
    """
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=folder, check=True)
    assert done.stderr.strip() == "[]"


def test_a_model_is_looked_for_beside_the_settings_that_name_it(folder, model_folder):
    (folder / "sub").mkdir(exist_ok=True)
    shutil.copytree(model_folder, folder / "sub" / "mine")
    (folder / "sub" / "hedge.toml").write_text('model = "mine"\n')
    (folder / "sub" / "a.md").write_text("It rained.\n")
    assert call("check", Path("sub", "a.md"), "--quiet", cwd=folder).returncode in (0, 1)
