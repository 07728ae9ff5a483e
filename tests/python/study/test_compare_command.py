"""`tillstorm compare` as a user meets it."""

from __future__ import annotations

import argparse
import json
import re
import signal
import subprocess
import time

import pytest

from tillstorm.cli import variants

HOURLY = "hourly:integration.posting.mode=batch,integration.posting.interval_minutes=60"
VARIANTS = ("tutorial/one_day", "--variant", "realtime", "--variant", HOURLY, "--replications", "3")


def test_variants_of_a_scenario(tillstorm):
    done = tillstorm("compare", *VARIANTS)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "hourly against realtime: 3 replications of each" in done.stdout
    assert re.search(r"stock_accuracy +share *\n +realtime +1\.0+ *\n +hourly .* lower", done.stdout)


def test_scenarios_against_each_other(tillstorm):
    done = tillstorm("compare", "now=tutorial/two_stores", "incidents/store_cut_off", "--replications", "2")
    assert "incidents/store_cut_off against now: 2 replications" in done.stdout
    assert "no sample" in done.stdout  # of backlog_drain_s, without an outage


def test_a_scenario_against_itself(tillstorm):
    done = tillstorm("compare", "tutorial/one_day", "tutorial/one_day", "--replications", "2", "--json")
    document = json.loads(done.stdout)
    assert [variant["name"] for variant in document["variants"]] == ["tutorial/one_day", "tutorial/one_day (2)"]
    rows = [row for kpi in document["kpis"].values() for row in kpi["differences"]]
    assert len(rows) > 10
    assert {(row["difference"], row["half_width"], row["low"], row["high"]) for row in rows} == {(0, 0, 0, 0)}


def test_threads_do_not_change_a_byte(tillstorm):
    one, two = (tillstorm("compare", *VARIANTS, "--json", "--threads", n).stdout for n in ("1", "2"))
    assert one == two
    assert json.loads(one)["replications"] == 3


def test_a_file_of_ones_own_and_changes_for_all(tillstorm, tmp_path):
    (tmp_path / "mine.scenario.json").write_text('{"extends": "tutorial/one_day", "days": 1}')
    arguments = ("today=tutorial/one_day", "mine.scenario.json", "--set", "chain.stores[0].terminals=1")
    done = tillstorm("compare", *arguments, "--replications", "2", "--json", "--baseline", "mine.scenario.json")
    document = json.loads(done.stdout)
    assert document["baseline"] == "mine.scenario.json"
    assert document["variants"][0]["scenario"] == "tutorial/one_day --set 'chain.stores[0].terminals=1'"
    assert document["kpis"]["tickets"]["differences"][0]["verdict"] == "same"


def test_kpis_precision_and_exit_code_1(tillstorm):
    narrow = ("--kpi", "stock_accuracy, tickets", "--precision", "stock_accuracy=1e-9", "--max-replications", "4")
    done = tillstorm("compare", *VARIANTS, *narrow)
    assert done.returncode == 1
    assert "the precision asked for was not reached: stock_accuracy of hourly within" in done.stdout
    assert re.search(r"hourly +[\d,]+ +0 +0 to 0 +same", done.stdout)
    wide = tillstorm("compare", *VARIANTS, "--precision", "stock_accuracy=1", "--json")
    assert (wide.returncode, json.loads(wide.stdout)["precision"]["reached"]) == (0, True)


def test_markdown_and_plot(tillstorm, tmp_path):
    done = tillstorm("compare", *VARIANTS, "--markdown", "--kpi", "tickets,stock_accuracy", "--plot", "a.svg")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("| | tickets [tickets] | stock_accuracy [share] |\n|---|---|---|\n| realtime | ")
    drawing = (tmp_path / "a.svg").read_text()
    assert drawing.startswith("<?xml")
    tillstorm("compare", *VARIANTS, "--kpi", "stock_accuracy", "--plot", "a.png")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_the_plot_is_there_whoever_reads_the_output(command_environment, tmp_path):
    command = f"tillstorm compare {' '.join(VARIANTS)} --kpi tickets --json --plot a.svg | head -n 1"
    done = subprocess.run(
        ["bash", "-c", command], cwd=tmp_path, env=command_environment, capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("{\n", "")
    assert (tmp_path / "a.svg").is_file()


def test_out_keeps_the_runs_and_a_change_is_refused(tillstorm, tmp_path):
    first = tillstorm("compare", *VARIANTS, "--out", "kept")
    assert "kept in kept" in first.stdout
    assert len((tmp_path / "kept/replications.jsonl").read_text().splitlines()) == 6
    again = tillstorm("compare", *VARIANTS, "--out", "kept")
    assert (again.returncode, again.stdout) == (0, first.stdout)
    changed = tillstorm("compare", *VARIANTS, "--out", "kept", "--set", "days=2")
    assert changed.returncode == 2
    assert "days is 2, was" in " ".join(changed.stderr.split())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("tutorial/one_day",), "nothing to compare it with"),
        (("tutorial/one_day", "--variant", "a"), "nothing to compare it with"),
        (("tutorial/one_day", "tutorial/two_stores", "--variant", "a"), "variants are of one scenario"),
        (("tutorial/one_day", "--variant", "a", "--variant", "a"), "two variants are called `a`"),
        (("x=tutorial/one_day", "x=tutorial/one_day"), "two variants are called `x`"),
        (("tutorial/one_day", "tutorial/one_dai"), "did you mean tutorial/one_day?"),
        (("tutorial/one_day", "--variant", "a", "--variant", "b:dayz=3"), "--variant b: error: dayz: unknown key"),
        ((*VARIANTS, "--kpi", "tickts"), "no KPI `tickts`; did you mean tickets?"),
        ((*VARIANTS, "--baseline", "reeltime"), "no variant `reeltime`; did you mean realtime?"),
        ((*VARIANTS, "--replications", "1"), "at least 2 replications"),
        ((*VARIANTS, "--threads", "0"), "at least one thread"),
        ((*VARIANTS, "--plot", "a.png"), "add for example --kpi"),
        ((*VARIANTS, "--kpi", "tickets", "--plot", "a.bmp"), "the name ends in .png, .svg, .pdf"),
        ((*VARIANTS, "--kpi", "tickets", "--plot", "no/a.png"), "there is no folder no"),
        ((*VARIANTS, "--out", "/proc/nowhere"), "/proc/nowhere"),
    ],
)
def test_a_mistake_is_one_message_and_exit_code_2(tillstorm, arguments, said):
    done = tillstorm("compare", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--variant", ":days=3"), "`:days=3` is no variant"),
        (("--variant", "a:days"), "`a:days` is no variant"),
        (("--variant", "days=3"), "`days=3` is no variant"),
        (("--precision", "tickets"), "no precision"),
        (("--precision", "tickets=-1"), "no precision"),
        (("--confidence", "0.95"), "from 50 to 99.99"),
        (("--json", "--markdown"), "not allowed with"),
    ],
)
def test_a_wrong_option_is_bad_input(tillstorm, arguments, said):
    done = tillstorm("compare", "tutorial/one_day", *arguments)
    assert done.returncode == 2
    assert said in done.stderr


@pytest.mark.parametrize(
    ("text", "name", "changes"),
    [
        ("realtime", "realtime", []),
        ("a:days=3", "a", ["days=3"]),
        ("a:days=3, seed=4", "a", ["days=3", "seed=4"]),
        ('a:x={"b":1,"c":[1,2]},y=z', "a", ['x={"b":1,"c":[1,2]}', "y=z"]),
        ('a:x="1,2\\",3",y=12:30', "a", ['x="1,2\\",3"', "y=12:30"]),
    ],
)
def test_a_variant_is_a_name_and_changes(text, name, changes):
    assert variants.variant(text) == (name, changes)


@pytest.mark.parametrize("text", ["", ":", "a:", "a:,", "a:b", "a=b:c=d"])
def test_what_is_no_variant(text):
    with pytest.raises(argparse.ArgumentTypeError, match="is no variant"):
        variants.variant(text)


def test_ctrl_c_shows_what_is_complete_and_goes_on(command_environment, tmp_path, tillstorm):
    command = ["tillstorm", "compare", *VARIANTS[:-1], "100000", "--out", "kept", "--no-progress", "--threads", "2"]
    process = subprocess.Popen(
        command, cwd=tmp_path, env=command_environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    kept = tmp_path / "kept/replications.jsonl"
    while not (kept.exists() and kept.read_text().count("\n") > 12):
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert re.search(r"interrupted after \d+ complete replications; the same command goes on from kept", errors)
    assert "hourly against realtime:" in output
    done = tillstorm("compare", *VARIANTS, "--out", "kept", "--json")
    assert json.loads(done.stdout) == json.loads(tillstorm("compare", *VARIANTS, "--json").stdout)
