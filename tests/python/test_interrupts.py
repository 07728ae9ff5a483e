"""Ctrl-C in the verbs that make their runs on threads: it ends them, and never aborts the process."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import pytest

import tillstorm as ts
from tillstorm import driving
from tillstorm.pool import pool_of

# Sends Ctrl-C as soon as runs are being made on threads; a second one a millisecond later, while they are waited for.
TWICE = """
import os, signal, sys, threading, time
from tillstorm.cli.main import main

def twice():
    while sum(thread.name.startswith("ThreadPool") for thread in threading.enumerate()) < 2:
        time.sleep(0.001)
    time.sleep(0.1)
    for _ in range(int(sys.argv[1])):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.001)

threading.Thread(target=twice, daemon=True).start()
sys.exit(main(sys.argv[2:]))
"""
LONG = '{"extends": "peak/peak_week", "days": 400}'
VERBS = {
    "oracles": ["oracles", "MMC-1", "--threads", "2", "--no-progress"],
    "check": ["check", "one.scenario.json", "two.scenario.json"],
    "mutants": ["mutants", "one.scenario.json", "two.scenario.json"],
    "compare": ["compare", "one.scenario.json", "two.scenario.json", "--threads", "2", "--no-progress"],
}


def interrupted(folder, environment, verb, times):
    for name in ("one", "two"):
        (folder / f"{name}.scenario.json").write_text(LONG)
    return subprocess.run(
        [sys.executable, "-c", TWICE, str(times), *VERBS[verb]],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("verb", VERBS)
def test_ctrl_c_ends_the_runs_of_the_threads(verb, tmp_path, command_environment):
    began = time.monotonic()
    done = interrupted(tmp_path, command_environment, verb, 1)
    assert done.returncode == 130, done.stderr
    assert "interrupted" in done.stderr
    assert "Traceback" not in done.stderr
    assert time.monotonic() - began < 60  # 400 days of 120 stores would take far longer


@pytest.mark.parametrize("verb", VERBS)
def test_a_second_ctrl_c_leaves_at_once_and_in_order(verb, tmp_path, command_environment):
    for _ in range(3):
        done = interrupted(tmp_path, command_environment, verb, 2)
        assert done.returncode == 130, done.stderr
        assert "terminate called" not in done.stderr
        assert "Traceback" not in done.stderr


def test_a_pool_that_ends_early_gives_its_runs_up():
    scenario = ts.Scenario.baseline(stores=3, skus=60, days=3000)
    begun = threading.Event()

    def run():
        begun.set()
        return ts.run(scenario)

    with pytest.raises(ValueError, match="enough"), pool_of(1) as pool:  # noqa: PT012 - the pool is what is tested
        future = pool.submit(run)
        begun.wait()
        raise ValueError("enough")
    assert isinstance(future.exception(), driving.GivenUpError)
