"""The core's log reaches Python's logging, and only that."""

from __future__ import annotations

import logging
import subprocess
import sys

import tillstorm as ts
from tillstorm import _core, diagnostics


def test_messages_reach_the_logger_at_their_level(caplog):
    with caplog.at_level(logging.INFO, logger="tillstorm"), diagnostics.listening():
        _core.log(10, "too small")
        _core.log(20, "for your information")
        _core.log(40, "100 % wrong")
    assert [(r.levelname, r.message) for r in caplog.records] == [
        ("INFO", "for your information"),
        ("ERROR", "100 % wrong"),
    ]


def test_nothing_is_kept_above_the_highest_level():
    _core.set_log_level(50)
    _core.log(40, "unheard")
    assert _core.take_log_messages() == []


def test_the_package_is_silent_by_default():
    code = (
        "import tillstorm as ts\n"
        "from tillstorm import _core, diagnostics\n"
        "with diagnostics.listening(): _core.log(40, 'something went wrong')\n"
        "ts.run(ts.Scenario.load('tutorial/one_day'))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout + done.stderr == ""


def test_a_run_says_what_it_is_made_of_and_what_breaks(caplog):
    with caplog.at_level(logging.INFO, logger="tillstorm"):
        heard = ts.run(ts.Scenario.load("incidents/store_cut_off"))
    texts = [record.message for record in caplog.records]
    assert texts[0].startswith("assembled 2 stores and 300 items: ")
    assert [text.split(":")[0] for text in texts[1:3]] == [
        "fault 0, store_link_down, begins at 0002",
        "fault 0, store_link_down, is over at 0002",
    ]
    assert texts[3].startswith("the days are over: ")
    assert heard.digest == ts.run(ts.Scenario.load("incidents/store_cut_off")).digest
