"""Weights: packing, pooling, and model folders that are whole, exact, or refused."""

import errno
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.isotonic import IsotonicRegression

import hedge
from hedge import model
from hedge.errors import ModelError
from hedge.features import FEATURES_VERSION, TABLE_BITS
from hedge.gate import GATE_BITS
from hedge.holder import SOURCE_BITS
from hedge.levels import CueType
from hedge.lexicon import Form, compile_lexicon
from hedge.model import FORMAT_VERSION, pool, read, save, sigmoid
from hedge.sums import WORD_BITS

PROBABILITY = st.one_of(st.floats(0, 1), st.sampled_from([0.0, 0.25, 0.5, 1.0]))


@given(st.lists(st.tuples(PROBABILITY, PROBABILITY, PROBABILITY), min_size=1, max_size=20))
def test_pool_is_isotonic_regression(columns):
    cumulative = np.array(columns).T
    found = pool(cumulative)
    assert found.shape == cumulative.shape
    regression = IsotonicRegression(increasing=False)
    for values, pooled in zip(cumulative.T, found.T, strict=True):
        assert pooled == pytest.approx(regression.fit_transform(np.arange(3), values), abs=1e-12)


@given(st.tuples(PROBABILITY, PROBABILITY, PROBABILITY))
def test_pool_never_increases_and_keeps_what_decreases(values):
    first, middle, last = pool(np.array(values)[:, None]).ravel()
    assert 1 >= first >= middle >= last >= 0
    ordered = sorted(values, reverse=True)
    assert pool(np.array(ordered)[:, None]).ravel() == pytest.approx(ordered, abs=1e-15)


@given(st.lists(st.floats(-1e308, 1e308), max_size=10))
def test_sigmoid_is_a_probability_and_symmetric(values):
    found = sigmoid(np.array(values))
    assert ((found >= 0) & (found <= 1)).all()
    assert found + sigmoid(-np.array(values)) == pytest.approx(np.ones(len(values)))


def test_a_level_is_certain_from_the_threshold_on_or_else_the_likeliest_other(random_weights):
    weights = replace(random_weights, certain_threshold=0.5)
    probabilities = np.array([[0.3, 0.2, 0.0], [0.2, 0.1, 0.55], [0.0, 0.3, 0.0], [0.5, 0.4, 0.45]])
    assert weights.levels(probabilities).tolist() == [3, 2, 1]


# Model folders.


def test_read_gives_back_exactly_what_save_wrote(random_weights, tmp_path):
    metadata = {"name": "a model", "seed": 3, "corpora": [{"path": "é.jsonl"}], "figures": {"f1": 0.1 + 0.2}}
    weights = replace(random_weights, metadata=metadata)
    save(weights, tmp_path / "deep" / "model", card="# A model\n")
    found = read(tmp_path / "deep" / "model")
    for name in (
        "cue_table",
        "cue_words",
        "level_bias",
        "cue_calibration",
        "level_calibration",
    ):
        given_, back = getattr(weights, name), getattr(found, name)
        assert back.dtype == given_.dtype, name
        assert np.array_equal(back, given_), name
    assert found.level_table.codes.dtype == weights.level_table.codes.dtype
    assert np.array_equal(found.level_table.weights(), weights.level_table.weights())
    for name in ("cue_bias", "cue_threshold", "certain_threshold"):
        assert getattr(found, name) == getattr(weights, name)
    assert found.lexicon.forms == weights.lexicon.forms
    assert np.array_equal(found.lexicon.gate, weights.lexicon.gate)
    assert np.array_equal(found.lexicon.margins, weights.lexicon.margins)
    assert found.metadata == metadata
    assert (tmp_path / "deep" / "model" / "README.md").read_text("utf-8") == "# A model\n"


@pytest.mark.parametrize("value", [0.1 + 0.2, 1 / 3, 5e-324, 1e300])
def test_numbers_come_back_to_the_last_bit(random_weights, tmp_path, value):
    calibration = np.full((3, 2), value)
    save(replace(random_weights, level_calibration=calibration, cue_threshold=min(value, 1.0)), tmp_path / "m")
    found = read(tmp_path / "m")
    assert (found.level_calibration == calibration).all()
    assert found.cue_threshold == min(value, 1.0)


def test_metadata_keeps_the_version_of_hedge(random_weights, tmp_path):
    save(replace(random_weights, metadata={"hedge_version": "0.1.0"}), tmp_path / "m")
    assert read(tmp_path / "m").metadata == {"hedge_version": "0.1.0"}


def test_equal_weights_give_equal_bytes(random_weights, tmp_path):
    save(random_weights, tmp_path / "one")
    save(read(tmp_path / "one"), tmp_path / "two")
    for name in ("weights.npz", "model.json", "forms.tsv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_folder_that_is_there_is_kept_unless_forced(random_weights, tmp_path):
    folder = tmp_path / "m"
    save(random_weights, folder)
    with pytest.raises(ModelError, match="is there already; choose to replace it"):
        save(replace(random_weights, cue_bias=41), folder)
    assert read(folder).cue_bias == random_weights.cue_bias
    save(replace(random_weights, cue_bias=41), folder, force=True)
    assert read(folder).cue_bias == 41
    assert sorted(path.name for path in folder.iterdir()) == ["forms.tsv", "model.json", "weights.npz"]
    assert [path.name for path in tmp_path.iterdir()] == ["m"]


@pytest.mark.parametrize("name", ["README.md", "note"])
@pytest.mark.parametrize("beside_a_model", [True, False])
def test_what_is_no_model_is_never_replaced(random_weights, tmp_path, name, beside_a_model):
    folder = tmp_path / "m"
    if beside_a_model:
        save(random_weights, folder)
        name = f"my-{name}"
    else:
        folder.mkdir()
    (folder / name).write_text("mine")
    with pytest.raises(ModelError, match=f"holds something else than a model, '{name}'"):
        save(random_weights, folder, force=True)
    assert (folder / name).read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["m"]


def full_disk(*args, **kwargs):
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize(("owner", "name"), [(np.lib.format, "write_array"), (Path, "write_text"), (Path, "chmod")])
def test_nothing_half_written_stays_when_writing_fails(random_weights, tmp_path, monkeypatch, owner, name, force):
    folder = tmp_path / "m"
    if force:
        save(random_weights, folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()} if force else {}
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, full_disk)
        with pytest.raises(ModelError, match=r"^[^\n]*m can't be written: No space left on device$"):
            save(replace(random_weights, cue_bias=41), folder, force=force, card="# card\n")
    assert [path.name for path in tmp_path.iterdir()] == (["m"] if force else [])
    if force:
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_the_old_model_is_put_back_when_the_new_one_cannot_take_its_place(random_weights, tmp_path, monkeypatch):
    folder = tmp_path / "m"
    save(random_weights, folder)
    rename = Path.rename

    def fail_into_place(self, target):
        if Path(target) == folder and not self.name.endswith("-old"):
            full_disk()
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", fail_into_place)
        with pytest.raises(ModelError):
            save(replace(random_weights, cue_bias=41), folder, force=True)
    assert [path.name for path in tmp_path.iterdir()] == ["m"]
    assert read(folder).cue_bias == random_weights.cue_bias


def test_an_interrupt_leaves_nothing(random_weights, tmp_path, monkeypatch):
    def interrupt(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(model, "_write_arrays", interrupt)
    with pytest.raises(KeyboardInterrupt):
        save(random_weights, tmp_path / "m")
    assert list(tmp_path.iterdir()) == []


def test_a_parent_that_is_a_file_is_refused(random_weights, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ModelError, match="can't be written"):
        save(random_weights, tmp_path / "file" / "m")


def refused(folder):
    """Text of the error that reading gives; it must be one line that names the folder."""
    with pytest.raises(ModelError) as caught:
        read(folder)
    text = str(caught.value)
    assert len(text.splitlines()) == 1, text
    assert str(folder) in text
    return text


@pytest.fixture
def copy(model_folder, tmp_path):
    """A copy of a good model, to be damaged."""
    folder = tmp_path / "copy"
    folder.mkdir()
    for path in model_folder.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def describe(folder, **changes):
    path = folder / "model.json"
    found = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**found, **changes}), "utf-8")


@pytest.mark.parametrize("key", ["format_version", "features_version"])
@pytest.mark.parametrize("value", [0, 99, None, "1", [1]])
def test_foreign_versions_are_refused_with_what_to_do(copy, key, value):
    describe(copy, **{key: value})
    wanted = FORMAT_VERSION if key == "format_version" else FEATURES_VERSION
    assert f"{key} {value!r} and this hedge needs {wanted}; train it again" in refused(copy)


@pytest.mark.parametrize("name", ["model.json", "weights.npz", "forms.tsv"])
def test_missing_files_are_refused(copy, name):
    (copy / name).unlink()
    refused(copy)


def test_a_missing_folder_is_refused(tmp_path):
    refused(tmp_path / "nowhere")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'"x"', b"{}", b"\xff\xfe", b"{\n\n\n"])
def test_damaged_json_is_refused(copy, content):
    (copy / "model.json").write_bytes(content)
    refused(copy)


def test_json_that_is_too_deep_is_refused(copy):
    (copy / "model.json").write_text("[" * 100_000)
    refused(copy)


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip\n", b"\x93NUMPY", b"\0" * 1000])
def test_damaged_arrays_are_refused(copy, content):
    (copy / "weights.npz").write_bytes(content)
    refused(copy)


def test_a_single_array_instead_of_an_archive_is_refused(copy):
    with (copy / "weights.npz").open("wb") as stream:
        np.save(stream, np.zeros(3))
    refused(copy)


def test_a_pickle_is_refused(copy):
    with (copy / "weights.npz").open("wb") as stream:
        np.savez(stream, cue_table=np.array([{}], dtype=object))
    refused(copy)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.9999])
def test_truncated_arrays_are_refused(copy, share):
    data = (copy / "weights.npz").read_bytes()
    (copy / "weights.npz").write_bytes(data[: int(len(data) * share)])
    refused(copy)


MAY = compile_lexicon([Form("may", "may", CueType.EPISTEMIC, 0.5)])


def small_archive(folder, **changes):
    arrays = {
        "cue_table": np.arange(1 << TABLE_BITS).astype(np.int16),
        "cue_words": np.arange(1 << WORD_BITS).astype(np.int16),
        "level_codes": (np.arange(1 << TABLE_BITS) % 4).astype(np.uint16),
        "level_sets": np.arange(12, dtype=np.int16).reshape(3, 4),
        "level_bias": np.arange(3),
        "lexicon_words": MAY.words,
        "lexicon_columns": MAY.columns,
        "lexicon_margins": MAY.margins,
        "register_words": np.arange(1 << WORD_BITS).astype(np.int16),
        "source_table": np.arange(1 << SOURCE_BITS).astype(np.int16),
        "known": np.zeros(1 << GATE_BITS - 3, dtype=np.uint8),
    }
    (folder / "forms.tsv").write_text(MAY.listing, "utf-8")
    with (folder / "weights.npz").open("wb") as stream:
        np.savez(stream, **{name: array for name, array in {**arrays, **changes}.items() if array is not None})


def test_a_small_archive_is_read(copy):
    small_archive(copy)
    assert read(copy).cue_table[:5].tolist() == [0, 1, 2, 3, 4]


def test_any_changed_byte_is_read_the_same_or_refused(copy):
    small_archive(copy)
    data = (copy / "weights.npz").read_bytes()
    good = read(copy)
    with zipfile.ZipFile(copy / "weights.npz") as archive:
        heads = {
            member.header_offset + place
            for member in archive.infolist()
            for place in range(200 + min(member.file_size - 128, 60))
        }
    # Every other byte where an array begins, header and data, and of the directory at the end, some of the long tables.
    for at in (at for at in range(1, len(data), 2) if at in heads or at > len(data) - 900 or at % 19937 == 0):
        flipped = data[at] ^ (0x01 if at % 4 == 1 else 0x80)
        (copy / "weights.npz").write_bytes(data[:at] + bytes([flipped]) + data[at + 1 :])
        try:
            found = read(copy)
        except ModelError as error:
            assert len(str(error).splitlines()) == 1
        else:
            assert np.array_equal(found.cue_table, good.cue_table), at
            assert np.array_equal(found.cue_words, good.cue_words), at
            assert np.array_equal(found.level_table.weights(), good.level_table.weights()), at
            assert np.array_equal(found.level_bias, good.level_bias), at
            assert np.array_equal(found.lexicon.keys, good.lexicon.keys), at
            assert np.array_equal(found.lexicon.columns, good.lexicon.columns), at
            assert np.array_equal(found.lexicon.margins, good.lexicon.margins), at
            assert np.array_equal(found.lexicon.register.words, good.lexicon.register.words), at
            assert np.array_equal(found.lexicon.sources.table, good.lexicon.sources.table), at


@pytest.mark.parametrize("listing", ["", "may\n" * 7, "\xff"])
def test_a_listing_of_other_forms_is_refused(copy, listing):
    (copy / "forms.tsv").write_bytes(listing.encode("latin-1"))
    refused(copy)


@pytest.mark.parametrize(
    "line", ["may", "may\tmay\tnonsense\t0.5\t", "may\tmay\tepistemic\tstrong\t", "may\tmay\tepistemic\t0.5"]
)
def test_a_damaged_line_of_the_listing_is_an_error_when_it_is_read(copy, line):
    small_archive(copy)
    (copy / "forms.tsv").write_text(line + "\n", "utf-8")
    with pytest.raises(ModelError, match="damaged list of forms"):
        _ = read(copy).lexicon.forms


@pytest.mark.parametrize(
    "changes",
    [
        {"lexicon_words": MAY.words[:0]},
        {"lexicon_words": MAY.words.astype(np.int64)},
        {"lexicon_columns": MAY.columns[:3]},
        {"lexicon_columns": MAY.columns.astype(np.float64)},
        {"lexicon_columns": MAY.columns * np.uint32(0)},
        {"lexicon_columns": MAY.columns[:, [0, 0]]},
        {"lexicon_columns": MAY.columns[:, 0]},
        {"lexicon_margins": MAY.margins[:1]},
        {"lexicon_margins": MAY.margins.astype(np.int64)},
        {"lexicon_margins": MAY.margins + np.array([[1], [0]], dtype=np.uint8)},
    ],
    ids=str,
)
def test_a_lexicon_that_does_not_fit_is_refused(copy, changes):
    small_archive(copy, **changes)
    refused(copy)


@pytest.mark.parametrize(
    "changes",
    [
        {"cue_table": None},
        {"level_codes": None},
        {"level_sets": None},
        {"known": None},
        {"known": np.zeros(7, dtype=np.uint8)},
        {"level_bias": None},
        {"level_bias": np.arange(4)},
        {"level_bias": np.array(["a", "b", "c"])},
        {"level_codes": np.zeros(5, dtype=np.uint16)},
        {"level_codes": np.full(1 << TABLE_BITS, 4, dtype=np.uint16)},
        {"level_codes": np.zeros(1 << TABLE_BITS, dtype=np.int64)},
        {"cue_table": np.arange(5, dtype=np.int16)},
        {"cue_words": np.array([0.5, 1, 2, 3])},
        {"register_words": None},
        {"source_table": None},
        {"source_table": np.arange(5, dtype=np.int16)},
        {"register_words": np.arange(5, dtype=np.int16)},
        {"level_sets": np.ones((4, 4), dtype=np.int16)},
        {"level_sets": np.ones((3, 5), dtype=np.int16)},
        {"level_sets": np.ones((3, 4))},
    ],
    ids=lambda changes: "-".join(f"{name}-{getattr(array, 'tolist', str)()}" for name, array in changes.items()),
)
def test_arrays_that_do_not_fit_are_refused(copy, changes):
    small_archive(copy, **changes)
    refused(copy)


@pytest.mark.parametrize(
    "changes",
    [
        {"cue_bias": None},
        {"cue_bias": "x"},
        {"cue_bias": float("inf")},
        {"cue_bias": 10**10},
        {"register_bias": -(2**31)},
        {"register_bias": []},
        {"source_bias": 2**31},
        {"source_bias": []},
        {"cue_threshold": []},
        {"certain_threshold": [0.5]},
        {"certain_threshold": "a"},
        {"cue_threshold": float("nan")},
        {"certain_threshold": -1},
        {"cue_calibration": [float("inf"), 0]},
        {"level_calibration": [[1, 0]]},
        {"level_calibration": [[1], [1, 2], [3]]},
        {"cue_calibration": 3},
    ],
    ids=str,
)
def test_json_that_does_not_fit_is_refused(copy, changes):
    describe(copy, **changes)
    refused(copy)


@pytest.mark.parametrize("key", ["cue_bias", "cue_calibration", "register_bias", "source_bias", "cue_threshold"])
def test_json_without_a_key_is_refused(copy, key):
    path = copy / "model.json"
    found = json.loads(path.read_text("utf-8"))
    del found[key]
    path.write_text(json.dumps(found), "utf-8")
    assert key in refused(copy)


def test_the_archive_holds_plain_arrays_with_fixed_dates(model_folder):
    with zipfile.ZipFile(model_folder / "weights.npz") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist() == [
            f"{name}.npy" for name in ("cue_table", "cue_words", "level_codes", "level_sets", "level_bias")
        ] + ["lexicon_words.npy", "lexicon_columns.npy", "lexicon_margins.npy"] + [
            f"{name}.npy" for name in ("register_words", "source_table", "known")
        ]


@pytest.mark.parametrize("described", ['{"learner": "xgboost"}', "[]", "{", ""])
def test_a_folder_of_another_kind_of_model_is_never_replaced(random_weights, tmp_path, described):
    folder = tmp_path / "m"
    folder.mkdir()
    (folder / "model.json").write_text(described)
    with pytest.raises(ModelError, match=r"holds something else than a model, 'model.json'"):
        save(random_weights, folder, force=True)
    assert (folder / "model.json").read_text() == described


def test_a_folder_by_the_name_of_a_file_is_never_replaced(random_weights, tmp_path):
    save(random_weights, tmp_path / "m")
    (tmp_path / "m" / "README.md").mkdir()
    with pytest.raises(ModelError, match=r"holds something else than a model, 'README.md'"):
        save(random_weights, tmp_path / "m", force=True)


@pytest.mark.parametrize("name", [None, "", "a" * 300, "a\0b", 5])
def test_what_is_no_name_of_a_model(name):
    with pytest.raises(ModelError):
        hedge.load(name)


def test_a_path_is_no_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert hedge.load("general").metadata["name"] == "general"
    with pytest.raises(ModelError, match="no model 'general'"):
        hedge.load(Path("general"))
