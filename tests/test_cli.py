"""The command line as real processes: results, exit status, one-line errors, nothing half written."""

import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commands import fails, records, run, start

import hedge
from hedge.document import UNFAMILIAR

TEXT = "A port official said the ferry may sail tonight. The crew slept. \n\nIt could snow.\n"


@pytest.fixture
def score(model_folder, tmp_path):
    """Score files of given contents in a folder of their own."""

    def action(*arguments, files=None, runner=run, **options):
        for name, content in (files or {}).items():
            (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return runner("score", "--model", model_folder, *(files or ()), *arguments, cwd=tmp_path, **options)

    return action


@pytest.mark.parametrize(
    "text", [TEXT, "\ufeff" + TEXT, TEXT.replace("\n", "\r\n"), "Café “may” 🙂 e\u0301. It\tmay. "]
)
def test_jsonl_equals_the_library(score, model_folder, text):
    found = records(score("--format", "jsonl", files={"a.txt": text}))
    sentences = hedge.load(model_folder).score(text.removeprefix("\ufeff")).sentences
    assert [(r["start"], r["end"], r["text"], r["level"]) for r in found] == [
        (s.start, s.end, s.text, s.level.label) for s in sentences
    ]
    assert [r["sentence"] for r in found] == list(range(1, len(found) + 1))
    assert {r["file"] for r in found} == {"a.txt"}


def test_a_text_unlike_the_training_text_is_named(tmp_path):
    french = "le ministre a dit que les discussions pourraient reprendre la semaine prochaine selon ses services"
    (tmp_path / "a.txt").write_text(french * 2, "utf-8")
    (tmp_path / "b.txt").write_text(TEXT * 20, "utf-8")
    command = [sys.executable, "-m", "hedge", "score", "a.txt", "b.txt", "--format", "jsonl"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert re.fullmatch(r"hedge: note: a.txt: \d\d% of its words are unknown [^\n]*\n", done.stderr)
    closing = [record for record in map(json.loads, done.stdout.splitlines()) if "warning" in record]
    assert [record["file"] for record in closing] == ["a.txt"]
    assert closing[0]["unknown_words"] > UNFAMILIAR


def test_text_is_plain_when_piped(score):
    output = score(files={"a.txt": TEXT})
    lines, summary = output.split("\n\n")
    assert "\x1b" not in output
    assert len(lines.splitlines()) == 3
    assert re.search(r"^\w+ +\d\.\d\d  The crew slept\.$", lines, re.MULTILINE)
    assert summary.startswith("3 sentences: ")
    assert score("--quiet", files={"a.txt": TEXT}) == lines + "\n"


def test_several_files_have_headings_and_one_summary(score):
    output = score(files={"a.txt": TEXT, "b.txt": "It rained."})
    assert re.findall(r"^== (.*)$", output, re.MULTILINE) == ["a.txt", "b.txt"]
    assert output.count("sentences: ") == 1
    assert "4 sentences: " in output


def test_csv_has_one_header(score):
    rows = list(csv.DictReader(io.StringIO(score("--format", "csv", files={"a.txt": TEXT, "b.txt": "It\nrained."}))))
    assert [row["file"] for row in rows] == ["a.txt"] * 3 + ["b.txt"]
    assert [row["sentence"] for row in rows] == ["1", "2", "3", "1"]


@pytest.mark.parametrize("arguments", [["-"], []])
def test_standard_input(score, arguments):
    found = records(score(*arguments, "--format", "jsonl", input=TEXT.encode(), by=start))
    assert [record["file"] for record in found] == ["-"] * 3


def test_lines_as_units(score, model_folder):
    lines = ["It may rain. It rained.", "", "  It snowed\r", "--", "café may"]
    text = "\n".join(lines)
    found = records(score("--unit", "line", "--format", "jsonl", files={"a.txt": text}))
    assert [record["sentence"] for record in found] == [1, 3, 5]
    assert [record["text"] for record in found] == ["It may rain. It rained.", "It snowed", "café may"]
    assert [text[record["start"] : record["end"]] for record in found] == [record["text"] for record in found]
    judged = hedge.load(model_folder).score_sentences([lines[0], lines[2], lines[4]])
    assert [record["level"] for record in found] == [sentence.level.label for sentence in judged]


def test_lines_of_markdown_as_units(score):
    text = "# The title may be long\n- It may rain.\n- It `rained`.\n\n**Perhaps** it snowed.\n"
    found = records(score("--unit", "line", "--format", "jsonl", "a.md", files={"a.md": text}))
    assert [record["sentence"] for record in found] == [1, 2, 3, 5]
    assert [record["text"] for record in found][:3] == ["The title may be long", "It may rain.", "It `rained`."]


def test_texts_in_a_folder(score, tmp_path):
    files = {
        "texts/b.txt": "It may rain.",
        "texts/a.md": "It rained.",
        "texts/c.csv": "x",
        "texts/.d.txt": "It snowed.",
    }
    (tmp_path / "texts").mkdir()
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    found = records(score("--format", "jsonl", "texts", "texts/b.txt"))
    assert [record["file"] for record in found] == ["texts/a.md", "texts/b.txt"]


def test_a_large_file_comes_out_as_in_one_piece(score, model_folder):
    text = "".join(f"Line {number} may be café {'long ' * (number % 9)}.\n" for number in range(20_000))
    sentences = hedge.load(model_folder).score(text).sentences
    found = records(score("--format", "jsonl", files={"a.txt": text}))
    assert [(r["start"], r["end"], r["sentence"]) for r in found] == [
        (s.start, s.end, i) for i, s in enumerate(sentences, 1)
    ]
    by_line = records(score("--format", "jsonl", "--unit", "line", files={"a.txt": text}))
    assert [r["sentence"] for r in by_line] == list(range(1, 20_001))
    assert all(text[r["start"] : r["end"]] == r["text"] for r in by_line[::500])


def test_jobs_change_nothing(score):
    files = {f"{number}.txt": f"It may be {number}. " * (7 - number) for number in range(6)}
    assert score("--jobs", "2", files=files, by=start) == score(files=files)


@pytest.mark.parametrize("options", [["--format", "jsonl"], ["--format", "csv", "--unit", "line"], []])
def test_jobs_change_nothing_in_one_large_file(score, options):
    text = "".join(f"Line {number} may be café {'long ' * (number % 9)}.\n" for number in range(50_000))
    files = {"large.txt": text.encode("utf-16")}
    one = score("--encoding", "utf-16", *options, files=files)
    assert score("--encoding", "utf-16", "--jobs", "2", *options, files=files, by=start) == one
    assert one.count("\n") >= 50_000


def test_a_pipe_shows_what_is_settled_while_more_is_awaited(model_folder):
    process = subprocess.Popen(
        [sys.executable, "-m", "hedge", "score", "-", "--model", str(model_folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    process.stdin.write(b"It may rain today, or so some say. " * 200)
    process.stdin.flush()
    assert b"It" in process.stdout.readline()
    rest = process.communicate(b"It may snow.")[0]
    assert b"201 sentences" in rest


@pytest.mark.parametrize(("encoding", "given"), [("utf-16", "utf-16"), ("cp1252", "cp1252"), ("utf-8", "utf-8-sig")])
def test_encodings(score, encoding, given):
    output = score("--encoding", encoding, "--format", "jsonl", files={"a.txt": "A café may open.".encode(given)})
    assert [(r["text"], r["start"]) for r in records(output)] == [("A café may open.", 0)]


@pytest.mark.parametrize("content", ["", " \n\n", "\ufeff"])
def test_an_empty_file_is_an_empty_result(score, content):
    assert score(files={"a.txt": content}) == "no sentences\n"
    assert score("--format", "jsonl", files={"a.txt": content}) == ""
    assert len(score("--format", "csv", files={"a.txt": content}).splitlines()) == 1
    assert score("--unit", "line", "--format", "jsonl", files={"a.txt": content}) == ""


def test_output_is_written_whole(score, tmp_path):
    assert score("--format", "jsonl", "--output", "out.jsonl", files={"a.txt": TEXT}) == ""
    assert len(records((tmp_path / "out.jsonl").read_text("utf-8"))) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "out.jsonl"]
    if os.name == "posix":
        (tmp_path / "plain").touch()
        assert (tmp_path / "out.jsonl").stat().st_mode == (tmp_path / "plain").stat().st_mode


BAD = {
    "missing file": ({}, ["b.txt"], "b.txt: no such file"),
    "a good file before": ({"a.txt": TEXT}, ["b.txt"], "b.txt: no such file"),
    "folder without texts": ({}, ["."], "holds no .txt"),
    "folder as a table": ({}, [".", "--text-column", "text"], "."),
    "binary": ({"a.txt": b"abc\0def"}, [], "a.txt: is a binary file"),
    "invalid UTF-8": ({"a.txt": b"abc\nd\xff."}, [], "a.txt: isn't valid utf-8: byte 5, line 2; .*--encoding cp1252"),
    "wrong encoding": ({"a.txt": TEXT}, ["--encoding", "klingon"], "klingon.* no text encoding"),
    "wrong format": ({"a.txt": TEXT}, ["--format", "xml"], "xml"),
    "unknown option": ({"a.txt": TEXT}, ["--colour"], "--colour"),
    "no jobs": ({"a.txt": TEXT}, ["--jobs", "0"], "--jobs"),
    "no folder for output": ({"a.txt": TEXT}, ["--output", "no/x"], "there is no folder no"),
    "output is a folder": ({"a.txt": TEXT}, ["--output", "."], "is a folder"),
    "output is no file": ({"a.txt": TEXT}, ["--output", "-"], "without --output results go to standard output"),
    "output is an input": ({"a.txt": TEXT}, ["--output", "a.txt"], "is one of the inputs"),
    "no such model": ({"a.txt": TEXT}, ["--model", "nope"], "no model 'nope'"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input(score, tmp_path, case):
    files, arguments, message = BAD[case]
    if "--output" not in arguments:
        arguments = [*arguments, "--output", "out"]
    assert re.search(message, score(*arguments, files=files, runner=fails))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        name: content if isinstance(content, bytes) else content.encode() for name, content in files.items()
    }


@pytest.mark.parametrize("case", ["folder without texts", "invalid UTF-8", "no such model"])
def test_bad_input_to_a_process(score, case):
    files, arguments, message = BAD[case]
    assert re.search(message, score(*arguments, files=files, runner=fails, by=start))


def test_invalid_bytes_far_into_a_file_leave_no_output(score, tmp_path):
    data = b"It may rain.\n" * 60_000 + b"\xff"
    message = score("--output", "out", files={"a.txt": data}, runner=fails)
    assert f"byte {len(data) - 1}, line 60001" in message
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_an_unwritable_folder(score, tmp_path):
    (tmp_path / "locked").mkdir(mode=0o500)
    assert "can't be written" in score("--output", "locked/out", files={"a.txt": TEXT}, runner=fails)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk(model_folder, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    assert "No space left" in fails(
        "score", tmp_path / "a.txt", "--model", model_folder, "--output", "/dev/full", by=start
    )


def test_damaged_models(score, model_folder, tmp_path):
    def spoil(name, file, action):
        folder = tmp_path.parent / f"{tmp_path.name}-{name}"
        shutil.copytree(model_folder, folder)
        (folder / file).write_bytes(action((folder / file).read_bytes()))
        return score("--model", folder, files={"a.txt": TEXT}, runner=fails, by=start)

    assert "is damaged" in spoil("cut", "weights.npz", lambda data: data[: len(data) // 2])
    assert "is damaged" in spoil("empty", "weights.npz", lambda data: b"")
    assert "no readable model.json" in spoil("json", "model.json", lambda data: data[:100])
    assert "isn't a JSON object" in spoil("list", "model.json", lambda data: b"[]")
    other = re.compile(rb'"features_version": \d+')
    assert "has features_version 999" in spoil("old", "model.json", lambda d: other.sub(b'"features_version": 999', d))


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX pipes")
def test_a_closed_pipe_ends_quietly(model_folder, tmp_path):
    (tmp_path / "a.txt").write_text("It may rain today.\n" * 100_000)
    process = subprocess.Popen(
        [sys.executable, "-m", "hedge", "score", str(tmp_path / "a.txt"), "--model", str(model_folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert b"It" in process.stdout.readline()
    process.stdout.close()
    assert (process.stderr.read(), process.wait(60)) == (b"", 0)
    process.stderr.close()


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")
@pytest.mark.parametrize(
    ("number", "jobs", "status"), [(signal.SIGINT, 1, 130), (signal.SIGINT, 2, 130), (signal.SIGTERM, 2, 143)]
)
def test_an_interrupt_leaves_nothing(model_folder, tmp_path, number, jobs, status):
    for name in ("a", "b", "c"):
        (tmp_path / name).write_text("It may rain today, or so some say.\n" * 1_000_000)
    process = subprocess.Popen(
        [sys.executable, "-m", "hedge", "score", "a", "b", "c", "-j", str(jobs), "-o", "out", "-m", str(model_folder)],
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - a shell lets background jobs ignore it
    )
    deadline = time.monotonic() + 30
    while not any(path.name.startswith(".out") for path in tmp_path.iterdir()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    time.sleep(0.5)
    if number == signal.SIGINT:  # as Ctrl-C does: to every process of the terminal's foreground
        os.killpg(process.pid, number)
    else:
        process.terminate()
    error = process.communicate(timeout=30)[1]
    assert (process.returncode, error) == (status, b"")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "c"]


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="needs POSIX signals")
def test_what_the_caller_ignores_stays_ignored(model_folder, tmp_path):
    (tmp_path / "a").write_text("It may rain today, or so some say.\n" * 300_000)
    process = subprocess.Popen(
        [sys.executable, "-m", "hedge", "score", "a", "-o", "out", "-m", str(model_folder)],
        cwd=tmp_path,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),  # noqa: PLW1509 - as nohup does
    )
    deadline = time.monotonic() + 30
    while not any(path.name.startswith(".out") for path in tmp_path.iterdir()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.send_signal(signal.SIGHUP)
    assert process.wait(60) == 0
    assert (tmp_path / "out").stat().st_size > 0


@pytest.mark.skipif(sys.platform != "linux", reason="finds the workers in /proc")
def test_a_worker_that_dies_is_an_error_and_leaves_nothing(model_folder, tmp_path):
    (tmp_path / "a").write_text("It may rain today, or so some say.\n" * 2_000_000)
    process = subprocess.Popen(
        [sys.executable, "-m", "hedge", "score", "a", "-j", "2", "-o", "out", "-m", str(model_folder)],
        stderr=subprocess.PIPE,
        cwd=tmp_path,
    )
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    deadline = time.monotonic() + 30
    while not (workers := children.read_text().split()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    os.kill(int(workers[0]), signal.SIGKILL)
    error = process.communicate(timeout=30)[1].decode()
    assert (process.returncode, error) == (
        2,
        "hedge: a process was killed, perhaps for want of memory; try fewer --jobs\n",
    )
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(
    ("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colour_on_a_terminal_only(model_folder, tmp_path, environment, coloured):
    pty = pytest.importorskip("pty")
    (tmp_path / "a.txt").write_text(TEXT)
    parent, child = pty.openpty()
    clean = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    subprocess.run(
        [sys.executable, "-m", "hedge", "score", str(tmp_path / "a.txt"), "--model", str(model_folder)],
        stdout=child,
        env={**clean, "TERM": "xterm", "COLUMNS": "60", **environment},
        check=True,
    )
    os.close(child)
    output = os.read(parent, 1 << 16).decode()
    os.close(parent)
    assert ("\x1b[" in output) == coloured
    assert "The crew slept." in output


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("options", "shown"), [([], True), (["--quiet"], False)])
def test_many_files_show_progress_on_a_terminal(model_folder, tmp_path, options, shown):
    pty = pytest.importorskip("pty")
    for number in range(51):
        (tmp_path / f"{number}.txt").write_text(TEXT)
    parent, child = pty.openpty()
    files = sorted(map(str, tmp_path.iterdir()))
    subprocess.run(
        [
            sys.executable,
            "-m",
            "hedge",
            "score",
            *files,
            "-o",
            str(tmp_path / "out"),
            "-m",
            str(model_folder),
            *options,
        ],
        stderr=child,
        env={**os.environ, "TERM": "xterm"},
        check=True,
    )
    os.write(child, b"|")
    assert (os.read(parent, 1 << 16) != b"|") == shown
    os.close(child)
    os.close(parent)


def test_no_file_on_a_terminal_is_a_usage_error():
    pty = pytest.importorskip("pty")
    parent, child = pty.openpty()
    assert "no file given" in fails("score", stdin=child, by=start)
    os.close(child)
    os.close(parent)


def test_importing_the_command_line_imports_nothing_heavy(model_folder, tmp_path):
    heavy = ["sklearn", "joblib", "scipy", "rich.progress", "rich.console", "rich.table"]

    def imported(statement):
        code = f"import sys\n{statement}\nprint(' '.join(sys.modules))"
        return run_python(code).split()

    def run_python(code):
        return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert not set(imported("import hedge.cli")) & {*heavy, "numpy"}
    (tmp_path / "a.txt").write_text(TEXT)
    arguments = ["hedge", "score", str(tmp_path / "a.txt"), "-m", str(model_folder), "-o", str(tmp_path / "out")]
    scoring = f"sys.argv = {arguments!r}\nfrom hedge.cli import main\ntry: main()\nexcept SystemExit: pass"
    assert not set(imported(scoring)) & set(heavy)


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
@pytest.mark.parametrize(
    ("arguments", "closed", "message"),
    [
        ("score -", "<&-", "standard input is closed"),
        ("explain -", "<&-", "standard input is closed"),
        ("score a.txt", ">&-", "standard output is closed"),
        ("models", ">&-", "standard output is closed"),
    ],
)
def test_closed_streams(tmp_path, arguments, closed, message):
    (tmp_path / "a.txt").write_text("It may rain.")
    command = f"{sys.executable} -m hedge {arguments} {closed}"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, cwd=tmp_path, check=False, timeout=60)
    assert done.returncode == 2
    assert re.fullmatch(rf"hedge: {message}[^\n]*\n", done.stderr)


def test_notes_stay_out_of_the_results_when_standard_error_is_closed(tmp_path):
    (tmp_path / "a.txt").write_text("Nihil novi sub sole est, et homines semper eadem dicunt atque faciunt. " * 9)
    command = f"{sys.executable} -m hedge score a.txt -f csv 2>&-"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, cwd=tmp_path, check=False, timeout=60)
    assert done.returncode == 0
    assert "hedge: note" not in done.stdout


@pytest.mark.parametrize(
    "command", [["score", ""], ["check", ""], ["diff", "", "a"], ["score", "a", "-o", ""]], ids=str
)
def test_an_empty_path_is_not_the_current_folder(command):
    message = fails(*command)
    assert "a path is empty" in message
    assert f"see hedge {command[0]} --help" in message


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_output_is_named(tmp_path):
    (tmp_path / "a.txt").write_text("It may rain.", "utf-8")
    assert "--output /dev/full: No space left" in fails("score", "a.txt", "--output", "/dev/full", cwd=tmp_path)
