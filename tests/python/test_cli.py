"""The command line as a user meets it: verbs, exit codes, what is printed where."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest

VERBS = ("run", "compare", "validate", "scenarios", "schema", "import", "oracles")


def test_help_teaches(tillstorm):
    done = tillstorm("--help")
    assert done.returncode == 0
    for verb in VERBS:
        assert re.search(rf"^  {verb} ", done.stdout, re.MULTILINE), verb
    assert "tillstorm run peak/peak_week" in done.stdout
    assert "exit codes" in done.stdout


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_a_verb_has_an_example(tillstorm, verb):
    done = tillstorm(verb, "--help")
    assert done.returncode == 0
    assert re.search(rf"(^  |example: )tillstorm {verb}\b", done.stdout, re.MULTILINE)
    assert "--json" in done.stdout


@pytest.mark.parametrize(
    "arguments", [(), ("frobnicate",), ("run",), ("run", "x", "--seed", "-1"), ("oracles", "--threads", "0")]
)
def test_a_wrong_command_line_is_bad_input(tillstorm, arguments):
    done = tillstorm(*arguments)
    assert done.returncode == 2
    assert "usage: tillstorm" in done.stderr
    assert done.stdout == ""


def test_version(tillstorm):
    assert re.fullmatch(r"tillstorm \d+\.\d+\.\d+\n", tillstorm("--version").stdout)


def test_python_m_is_the_command(command_environment):
    done = subprocess.run(
        ["python", "-m", "tillstorm", "--version"], env=command_environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("tillstorm ")


def test_run_prints_a_summary(tillstorm):
    done = tillstorm("run", "tutorial/two_stores")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    for text in ("net sales", "came to buy", "half posted within", "stores that lost most", "every promise was kept"):
        assert text in done.stdout
    assert re.search(r"digest [0-9a-f]{32}", done.stdout)
    assert "\x1b" not in done.stdout


def test_run_writes_what_it_says(tillstorm, tmp_path):
    done = tillstorm("run", "tutorial/one_day", "--out", "results", "--tables", "truth.tickets")
    assert done.returncode == 0, done.stderr
    assert "written to results" in done.stdout
    summary = json.loads((tmp_path / "results/summary.json").read_text())
    assert "truth.tickets" in summary["files"]
    assert (tmp_path / "results/truth.tickets.parquet").is_file()


def test_run_json_is_the_result(tillstorm, tmp_path):
    done = tillstorm("run", "tutorial/one_day", "--json", "--out", "o", "--seed", "3")
    document = json.loads(done.stdout)
    assert document["ok"] is True
    assert document["seed"] == 3
    assert document["kpis"]["tickets"] > 0
    assert document["out"] == "o"
    assert document["violations"] == []
    assert done.stderr == ""
    again = json.loads(tillstorm("run", "tutorial/one_day", "--json", "--seed", "3").stdout)
    assert again["digest"] == document["digest"]


def test_run_set_changes_values(tillstorm):
    one = json.loads(tillstorm("run", "tutorial/one_day", "--json").stdout)
    changes = ("--set", "days=2", "--set", "integration.posting.mode=batch")
    two = json.loads(tillstorm("run", "tutorial/one_day", "--json", *changes).stdout)
    assert two["kpis"]["tickets"] > 1.5 * one["kpis"]["tickets"]
    assert two["kpis"]["posting_latency_p50_s"] > 10 * one["kpis"]["posting_latency_p50_s"]


def test_run_quiet_prints_nothing(tillstorm):
    done = tillstorm("run", "tutorial/one_day", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_run_until_is_partial(tillstorm):
    done = tillstorm("run", "tutorial/two_stores", "--until", "2026-11-28T12:00")
    assert done.returncode == 0
    assert "Partial: stopped at Sat 28 Nov 2026 12:00" in done.stdout
    assert "kept so far" in done.stdout


def test_run_all_tables(tillstorm):
    document = json.loads(tillstorm("run", "tutorial/one_day", "--json", "--tables", "all").stdout)
    assert len(document["tables"]) == len(json.loads(tillstorm("schema", "--tables", "--json").stdout))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("run", "peak/peek_week"), "did you mean peak/peak_week?"),
        (("run", "tutorial/one_day", "--set", "dayz=3"), "--set: error: dayz: unknown key"),
        (("run", "tutorial/one_day", "--set", "days"), "path=value"),
        (("run", "tutorial/one_day", "--tables", "truth.ticket"), "did you mean truth.tickets?"),
        (("run", "tutorial/one_day", "--until", "soon"), "`soon` is no time"),
        (("run", "tutorial/one_day", "--until", "2020-01-01"), "not after the start"),
        (("run", "tutorial/one_day", "--out", "/proc/nowhere"), "/proc/nowhere"),
        (("oracles", "MMX"), "no oracle `MMX`; did you mean MMC"),
        (("import", "missing.csv", "--map", "time=t,amount=a"), "missing.csv"),
    ],
)
def test_a_mistake_is_one_message_and_exit_code_2(tillstorm, arguments, said):
    done = tillstorm(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_mistake_with_json_is_json(tillstorm):
    done = tillstorm("run", "tutorial/one_day", "--set", "dayz=3", "--json")
    assert done.returncode == 2
    document = json.loads(done.stdout)
    assert document["ok"] is False
    assert document["errors"][0]["path"] == "dayz"


def test_validate_shows_the_line_and_a_caret(tillstorm, tmp_path):
    (tmp_path / "bad.scenario.json").write_text('{\n  "days": "three"\n}\n')
    done = tillstorm("validate", "bad.scenario.json", "tutorial/one_day")
    assert done.returncode == 2
    assert done.stderr.startswith(
        "bad.scenario.json:2:11: error: days: wrong type: a text where a number is wanted\n"
        '  2 |   "days": "three"\n'
        "    |           ^\n"
        '    = found "three"\n'
    )
    assert done.stdout == "tutorial/one_day: valid: 1 store, 100 items, 1 day from 2026-11-24\n"


def test_validate_json_is_an_array_of_errors(tillstorm, tmp_path):
    (tmp_path / "bad.scenario.json").write_text('{"days": 0, "seeed": 1}')
    done = tillstorm("validate", "bad.scenario.json", "--json")
    errors = json.loads(done.stdout)
    assert done.returncode == 2
    assert {error["path"] for error in errors} == {"days", "seeed"}
    assert set(errors[0]) == {"file", "path", "line", "column", "found", "allowed", "message", "nearest"}
    done = tillstorm("validate", "tutorial/one_day", "--json")
    assert (done.returncode, json.loads(done.stdout)) == (0, [])


def test_scenarios_are_listed(tillstorm):
    listed = json.loads(tillstorm("scenarios", "--json").stdout)
    assert {"name", "title"} <= set(listed[0])
    text = tillstorm("scenarios").stdout
    for scenario in listed:
        assert scenario["name"] in text
        assert Path(scenario["path"]).is_file()


def test_schema_is_printed_in_every_form(tillstorm):
    assert json.loads(tillstorm("schema").stdout)["$schema"].endswith("2020-12/schema")
    assert "ticket" in json.loads(tillstorm("schema", "--messages").stdout)["$defs"]
    assert (
        "integration.posting.mode" in tillstorm("schema", "--reference").stdout
        or "posting" in tillstorm("schema", "--reference").stdout
    )
    assert "truth.tickets" in tillstorm("schema", "--tables").stdout
    tables = json.loads(tillstorm("schema", "--tables", "--json").stdout)
    assert {"name", "title", "always", "columns"} == set(tables[0])
    assert tillstorm("schema", "--tables", "--messages").returncode == 2


def test_output_that_nobody_reads_to_the_end_is_no_error(command_environment):
    done = subprocess.run(
        ["bash", "-c", "set -o pipefail; tillstorm schema | head -n 1"],
        env=command_environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "{\n", "")


def test_ctrl_c_writes_what_is_complete(command_environment, tmp_path):
    command = ["tillstorm", "run", "peak/peak_week", "--set", "days=3000", "--out", "out", "--verbose"]
    process = subprocess.Popen(
        command, cwd=tmp_path, env=command_environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    while not (tmp_path / "out").exists():
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    time.sleep(1.5)  # the folder is made just before the first event
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 130, errors
    assert "interrupted: the result is partial" in errors
    assert "Partial: stopped at" in output
    summary = json.loads((tmp_path / "out/summary.json").read_text())
    assert summary["partial"] is True
    assert summary["counters"]["tickets"] > 0
