"""The folder of a study: what is kept, what goes on, what is refused."""

from __future__ import annotations

import json
from contextlib import closing

import pytest

import tillstorm as ts
from tillstorm.study import replicating
from tillstorm.study.keeping import Folder


@pytest.fixture
def variants(chain, hourly):
    return {"realtime": chain, "hourly": hourly}


@pytest.fixture
def runs(monkeypatch):
    """The (variant, number) of each run that is made."""
    made = []
    original = replicating._run

    def note(task):
        made.append((task.variant, task.number))
        return original(task)

    monkeypatch.setattr(replicating, "_run", note)
    return made


def lines(folder):
    return (folder / "replications.jsonl").read_text().splitlines()


def test_each_line_is_a_run_with_hash_seed_and_version(variants, tmp_path, study):
    kept = ts.compare(variants, replications=4, out=tmp_path / "a" / "b")
    assert kept.to_json() == study.to_json()
    entries = [json.loads(line) for line in lines(tmp_path / "a" / "b")]
    assert len(entries) == 8
    assert {(entry["variant"], entry["number"]) for entry in entries} == {
        (v, n) for v in variants for n in (1, 2, 3, 4)
    }
    for entry in entries:
        assert entry["version"] == ts.__version__
        assert entry["seed"] == study.seeds[entry["number"] - 1]
        assert len(entry["fingerprint"]) == 64
    header = json.loads((tmp_path / "a" / "b" / "study.json").read_text())
    assert header["variants"]["hourly"]["document"]["integration"]["posting"]["interval_minutes"] == 60


def test_an_interrupted_study_goes_on(variants, tmp_path, study, runs):
    ts.compare(variants, replications=4, out=tmp_path)
    keep = lines(tmp_path)[:3]
    (tmp_path / "replications.jsonl").write_text("\n".join(keep) + '\n{"variant": "realt')  # killed while writing
    kept = {(entry["variant"], entry["number"]) for entry in map(json.loads, keep)}
    runs.clear()
    again = ts.compare(variants, replications=4, out=tmp_path)
    assert again.to_json() == study.to_json()
    checked = {(variant, max(n for v, n in kept if v == variant)) for variant, _ in kept}
    assert sorted(runs) == sorted([*({(v, n) for v in variants for n in range(1, 5)} - kept), *checked])
    assert len(lines(tmp_path)) == 8
    assert all(json.loads(line) for line in lines(tmp_path))


def test_ctrl_c_leaves_a_folder_that_goes_on(variants, tmp_path, study, interrupt, monkeypatch):
    keep = Folder.keep

    def keep_two(self, outcome):
        keep(self, outcome)
        if len(lines(tmp_path)) == 2:
            noted.set()

    with monkeypatch.context() as patch:
        noted = interrupt(patch)
        patch.setattr(Folder, "keep", keep_two)
        with pytest.raises(ts.InterruptedStudyError):
            ts.compare(variants, replications=4, out=tmp_path, threads=1)
    assert 2 <= len(lines(tmp_path)) < 8
    assert ts.compare(variants, replications=4, out=tmp_path).to_json() == study.to_json()


def test_a_complete_study_runs_nothing(variants, tmp_path, study, runs):
    ts.compare(variants, replications=4, out=tmp_path)
    runs.clear()
    assert ts.compare(variants, replications=4, out=tmp_path).to_json() == study.to_json()
    assert ts.compare(variants, replications=3, out=tmp_path).replications == 3
    assert runs == []


def test_more_replications_and_further_variants_are_added(variants, chain, tmp_path, runs):
    ts.compare(variants, replications=2, out=tmp_path)
    nightly = chain.with_({"integration.posting.mode": "batch", "integration.posting.interval_minutes": 1440})
    runs.clear()
    study = ts.compare({**variants, "nightly": nightly}, replications=3, out=tmp_path)
    assert study.variants == ("realtime", "hourly", "nightly")
    assert sorted(runs) == sorted(
        [
            *[("realtime", 2), ("hourly", 2)],  # checked
            *[("realtime", 3), ("hourly", 3), ("nightly", 1), ("nightly", 2), ("nightly", 3)],
        ]
    )
    header = json.loads((tmp_path / "study.json").read_text())
    assert list(header["variants"]) == ["realtime", "hourly", "nightly"]
    assert ts.compare({"realtime": chain, "nightly": nightly}, replications=3, out=tmp_path).replications == 3


def test_a_changed_scenario_is_refused_and_the_change_named(variants, chain, tmp_path):
    ts.compare(variants, replications=2, out=tmp_path)
    before = lines(tmp_path)
    changed = chain.with_({"integration.posting.mode": "batch", "integration.posting.interval_minutes": 30})
    said = "`hourly` is another scenario .*: integration.posting.interval_minutes is 30, was 60; choose another folder"
    with pytest.raises(ts.StudyError, match=said):
        ts.compare({"realtime": chain, "hourly": changed}, replications=2, out=tmp_path)
    assert lines(tmp_path) == before


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("version", "0.0.9", "was begun by tillstorm 0.0.9"), ("seed", 7, "has seed 7, this one is 1")],
)
def test_another_version_or_seed_is_refused(variants, tmp_path, name, value, said):
    ts.compare(variants, replications=2, out=tmp_path)
    header = tmp_path / "study.json"
    header.write_text(json.dumps({**json.loads(header.read_text()), name: value}))
    with pytest.raises(ts.StudyError, match=said):
        ts.compare(variants, replications=2, out=tmp_path)


def test_a_line_of_another_version_is_refused(variants, tmp_path):
    ts.compare(variants, replications=2, out=tmp_path)
    path = tmp_path / "replications.jsonl"
    path.write_text(path.read_text().replace(f'"version": "{ts.__version__}"', '"version": "0.0.9"'))
    with pytest.raises(ts.StudyError, match=r"jsonl:1: a replication of another scenario or version"):
        ts.compare(variants, replications=2, out=tmp_path)


def test_a_core_that_simulates_differently_under_the_same_version_is_noticed(variants, tmp_path):
    ts.compare(variants, replications=2, out=tmp_path)
    path = tmp_path / "replications.jsonl"
    entries = [json.loads(line) for line in path.read_text().splitlines()]
    for entry in entries:
        entry["digest"] = "0" * 32
    path.write_text("".join(json.dumps(entry) + "\n" for entry in entries))
    assert ts.compare(variants, replications=2, out=tmp_path).replications == 2  # nothing is mixed
    with pytest.raises(ts.StudyError, match=r"replication 2 of `(hourly|realtime)` does not come out as it was kept"):
        ts.compare(variants, replications=3, out=tmp_path)


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"version": 1}'])
def test_a_folder_of_something_else_is_refused(variants, tmp_path, text):
    (tmp_path / "study.json").write_text(text)
    with pytest.raises(ts.StudyError, match=r"no description of a study|was begun by tillstorm 1"):
        ts.compare(variants, replications=2, out=tmp_path)


def test_broken_lines_are_named(variants, tmp_path):
    ts.compare(variants, replications=2, out=tmp_path)
    path = tmp_path / "replications.jsonl"
    path.write_text("\n".join(["nonsense", *lines(tmp_path)[1:]]) + "\n")
    with pytest.raises(ts.StudyError, match=r"replications.jsonl:1: this is no replication"):
        ts.compare(variants, replications=2, out=tmp_path)
    (tmp_path / "study.json").unlink()
    with pytest.raises(ts.StudyError, match=r"no study.json that says of what"):
        ts.compare(variants, replications=2, out=tmp_path)


def test_two_at_once_do_not_share_a_folder(variants, tmp_path):
    with closing(Folder(tmp_path, variants, 1)), pytest.raises(ts.StudyError, match="another comparison is writing"):
        ts.compare(variants, replications=2, out=tmp_path)


def test_a_folder_that_cannot_be_written_is_an_error_before_the_first_run(variants, tmp_path, runs):
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        ts.compare(variants, replications=2, out=tmp_path / "file")
    assert runs == []
