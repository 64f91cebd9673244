"""Several processes: what they hand over, what comes of it when they are begun anew or the output fails."""

import subprocess
import sys
from pathlib import Path

import pytest
from commands import call, run

from hedge.cli import scoring, slots
from hedge.cli.parts import Job
from hedge.cli.slots import Slots
from hedge.library import load
from hedge.render.marks import Style

PIECES = [f"Part {number} may be long, or so some say. " * 20_000 for number in range(8)]
JOB = Job("jsonl", False, "utf-8", Style(), (0, 1, 2, 3), True, True)


def score_files(model_folder, folder, jobs):
    paths = [folder / f"{number}.txt" for number in range(len(PIECES))]
    for path, text in zip(paths, PIECES, strict=True):
        path.write_text(text)
    return b"".join(
        bytes(part) for part in scoring.score_files(load(model_folder), paths, JOB, jobs, lambda size: None)
    )


@pytest.mark.parametrize("size", [1, 3])
def test_what_fits_in_a_slot_comes_back_and_so_does_what_does_not(monkeypatch, size):
    monkeypatch.setattr(slots, "SIZE", size)
    shared = Slots(2)
    kept = {order: shared.put(order, output) for order, output in enumerate((b"abc", b"de"))}
    assert [shared.take(order, kept[order]).tobytes() for order in kept] == [b"abc", b"de"]
    assert shared.put(2, b"") == 0


def test_without_memory_to_share_output_goes_the_ordinary_way(monkeypatch):
    def refuse(*arguments):
        raise OSError("Cannot allocate memory")

    monkeypatch.setattr(slots, "mmap", refuse)
    for shared in (Slots(3), Slots(0)):
        assert shared.take(0, shared.put(0, b"output")).tobytes() == b"output"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is shared")
@pytest.mark.parametrize("size", [1, 1 << 20, slots.SIZE])
def test_slots_of_any_size_change_nothing(monkeypatch, model_folder, tmp_path, size):
    monkeypatch.setattr(slots, "SIZE", size)
    assert score_files(model_folder, tmp_path, 2) == score_files(model_folder, tmp_path, 1)


def test_processes_that_start_anew_change_nothing(model_folder, tmp_path):
    (tmp_path / "a.txt").write_text(PIECES[0])
    script = (
        "import sys\nsys.platform = 'other'\nsys.argv = ['hedge', *sys.argv[1:]]\nfrom hedge.cli import main\n"
        "if __name__ == '__main__': main()\n"
    )
    (tmp_path / "spawning.py").write_text(script)
    arguments = ["score", str(tmp_path / "a.txt"), "-f", "jsonl", "-m", str(model_folder), "-j", "2"]
    command = [sys.executable, str(tmp_path / "spawning.py"), *arguments]
    process = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert (process.returncode, process.stderr) == (0, "")
    assert process.stdout == run(*arguments[:-2])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_output_that_fails_is_an_error_at_once(model_folder, tmp_path):
    (tmp_path / "a.txt").write_text("".join(PIECES))
    arguments = ["score", str(tmp_path / "a.txt"), "-f", "jsonl", "-m", str(model_folder), "-j", "2"]
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "hedge", *arguments]
        process = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    assert process.returncode == 2
    assert "No space left on device" in process.stderr


def test_what_was_read_before_an_error_is_written_whatever_the_jobs(model_folder, tmp_path):
    (tmp_path / "a.txt").write_text("It may rain. " * 1000)
    (tmp_path / "b.txt").write_bytes(b"It rained. " * 200_000 + b"\xff")
    arguments = ["score", tmp_path / "a.txt", tmp_path / "b.txt", "-f", "jsonl", "-m", model_folder]
    one, two = (call(*arguments, "-j", str(jobs)) for jobs in (1, 2))
    assert one.returncode == two.returncode == 2
    assert "b.txt: isn't valid utf-8" in two.stderr.decode()
    assert one.stdout == two.stdout
    assert one.stdout.count(b"\n") > 1000
