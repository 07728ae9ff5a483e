"""Keeps each finished run of a study in a folder, so that a later call goes on from there.

`study.json` says what is compared: version, seed, and of each variant its document and fingerprint. Each line of
`replications.jsonl` is one finished run, in the order in which they ended.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from tillstorm._compiled import core
from tillstorm.errors import StudyError
from tillstorm.study.outcome import Outcome
from tillstorm.study.seeds import RULE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tillstorm.scenario import Scenario

HEADER: Final = "study.json"
LINES: Final = "replications.jsonl"
START_AGAIN: Final = "choose another folder, or remove this one to start again"
SHOWN_CHANGES: Final = 3


def fingerprint(scenario: Scenario) -> str:
    """SHA-256 over the document of a scenario, and over the log that it replays, if it does."""
    hasher = sha256(scenario.to_json().encode())
    if scenario.trace is not None:
        hasher.update(scenario.trace.read_bytes())
    return hasher.hexdigest()


class Folder:
    """The folder of a study, open for one process at a time until it is closed."""

    def __init__(self, path: Path, scenarios: Mapping[str, Scenario], seed: int) -> None:
        """Opens the folder or makes it, and reads what it keeps.

        Raises:
            StudyError: it belongs to another study: another seed, version or scenario; or somebody else writes to it.
            OSError: it cannot be made, read or written.
        """
        self.path = path
        self._fingerprints = {name: fingerprint(scenario) for name, scenario in scenarios.items()}
        self._header: dict[str, Any] = {
            "version": core.__version__,
            "seed": seed,
            "seed_rule": RULE,
            "variants": {
                name: {"fingerprint": self._fingerprints[name], "document": scenario.to_dict()}
                for name, scenario in scenarios.items()
            },
        }
        path.mkdir(parents=True, exist_ok=True)
        if not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        self._file: IO[bytes] = (path / LINES).open("a+b")
        try:
            self._lock()
            self._check_header()
            self.kept = self._read()
        except BaseException:
            self._file.close()
            raise

    def close(self) -> None:
        """Lets another process write to the folder."""
        self._file.close()  # and with it the lock

    def keep(self, outcome: Outcome) -> None:
        """Appends a finished run."""
        entry = {
            **outcome.to_dict(),
            "fingerprint": self._fingerprints[outcome.variant],
            "version": self._header["version"],
        }
        self._file.write(json.dumps(entry, ensure_ascii=False).encode() + b"\n")
        self._file.flush()

    def _lock(self) -> None:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StudyError(f"{self.path}: another comparison is writing to this folder") from None

    def _check_header(self) -> None:
        header = self.path / HEADER
        if header.exists():
            try:
                before = json.loads(header.read_text(encoding="utf-8"))
                self._compare(before)
                others = {name: entry for name, entry in before["variants"].items() if name not in self._fingerprints}
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                if isinstance(error, StudyError):
                    raise
                raise StudyError(f"{header}: this is no description of a study; {START_AGAIN}") from error
            self._header["variants"] = {**others, **self._header["variants"]}
        elif (self.path / LINES).stat().st_size:
            raise StudyError(f"{self.path}: there are replications and no {HEADER} that says of what; {START_AGAIN}")
        text = json.dumps(self._header, indent=2, ensure_ascii=False) + "\n"
        draft = header.with_suffix(".new")
        draft.write_text(text, encoding="utf-8")
        draft.replace(header)  # a header is whole or not there

    def _compare(self, before: Mapping[str, Any]) -> None:
        for name, word in (("version", "was begun by tillstorm"), ("seed", "has seed"), ("seed_rule", "has seeds")):
            if before[name] != self._header[name]:
                here = self._header[name]
                raise StudyError(
                    f"{self.path}: the study there {word} {before[name]}, this one is {here}; {START_AGAIN}"
                )
        for name, entry in self._header["variants"].items():
            old = before["variants"].get(name)
            if old is not None and old["fingerprint"] != entry["fingerprint"]:
                changes = list(differing(old["document"], entry["document"])) or ["the log that it replays is another"]
                more = f" and {len(changes) - SHOWN_CHANGES} more" if len(changes) > SHOWN_CHANGES else ""
                raise StudyError(
                    f"{self.path}: `{name}` is another scenario than the one that the study there was begun with:"
                    f" {', '.join(changes[:SHOWN_CHANGES])}{more}; {START_AGAIN}"
                )

    def _read(self) -> dict[tuple[str, int], Outcome]:
        """The runs of our variants that are kept. A last line without its end was cut off: it is removed."""
        self._file.seek(0)
        text = self._file.read()
        whole = text.rfind(b"\n") + 1
        if whole < len(text):
            self._file.truncate(whole)
        kept = {}
        for number, line in enumerate(text[:whole].splitlines(), start=1):
            try:
                entry = json.loads(line)
                outcome = Outcome.from_dict(entry)
                stamp = entry["fingerprint"], entry["version"]
            except (ValueError, KeyError, TypeError) as error:
                raise StudyError(f"{self.path / LINES}:{number}: this is no replication; {START_AGAIN}") from error
            if outcome.variant not in self._fingerprints:
                continue
            if stamp != (self._fingerprints[outcome.variant], self._header["version"]):
                raise StudyError(
                    f"{self.path / LINES}:{number}: a replication of another scenario or version; {START_AGAIN}"
                )
            kept[outcome.variant, outcome.number] = outcome
        return kept


def differing(before: object, after: object, path: str = "") -> list[str]:
    """Where two documents differ, in words: `days is 7, was 3`."""
    if isinstance(before, dict) and isinstance(after, dict):
        below: list[str] = []
        for key in dict.fromkeys([*before, *after]):
            below += differing(before.get(key), after.get(key), f"{path}.{key}" if path else key)
        return below
    return [] if before == after else [f"{path} is {_short(after)}, was {_short(before)}"]


def _short(value: object) -> str:
    if value is None:
        return "not set"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else f"{text[:37]}..."
