"""The same log gives the same trace, whichever way it comes in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tillstorm.errors import MissingExtraError
from tillstorm.importing import ImportReport, RefusedError, Trace, arrow, files, load_trace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Log

from tillstorm.importing import Mapping
from tillstorm.importing.files import read_log

HEADER = ("shop", "till", "receipt", "sold_at", "sku", "units", "paid", "saved", "vat")


def write_ndjson(log: Log) -> Path:
    path = log.folder / "log.ndjson"
    numbers = {"units", "paid", "saved", "vat"}
    lines = []
    for row in log.rows:
        parts = [
            f"{json.dumps(name)}: {value if name in numbers and value else json.dumps(value)}"
            for name, value in zip(HEADER, row, strict=False)
        ]
        lines.append("{" + ", ".join(parts) + ("}" if len(row) == len(HEADER) else ""))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_tabs(log: Log) -> Path:
    path = log.folder / "log.tsv"
    path.write_text("\n".join("\t".join(row) for row in [list(HEADER), *log.rows]) + "\n", encoding="utf-8")
    log.mapping["delimiter"] = "tab"
    return path


def write_semicolons(log: Log) -> Path:
    path = log.folder / "log.txt"
    rows = [[value.replace(".", ",") if place >= 5 else value for place, value in enumerate(row)] for row in log.rows]
    text = "\r\n".join(";".join(f'"{value}"' for value in row) for row in [list(HEADER), *rows])
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    log.mapping |= {"delimiter": ";", "decimal_mark": ","}
    return path


def write_blanks(log: Log) -> Path:
    path = log.folder / "log.txt"
    path.write_text("\n".join("  ".join(["", *row]) for row in [list(HEADER), *log.rows]) + "\n", encoding="utf-8")
    log.mapping["delimiter"] = "whitespace"
    return path


def write_parquet(log: Log) -> Path:
    """Typed: times as timestamps, amounts as decimals, floats and text, quantities and tills as integers."""
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    columns = dict(zip(HEADER, zip(*log.rows, strict=True), strict=True))
    table = pa.table(
        {
            "shop": pa.array(columns["shop"]).dictionary_encode(),
            "till": pa.array([int(v) for v in columns["till"]], pa.int32()),
            "receipt": pa.array(columns["receipt"], pa.large_string()),
            "sold_at": pa.array(columns["sold_at"]).cast(pa.timestamp("ns")),
            "sku": pa.array(columns["sku"]),
            "units": pa.array([int(v) for v in columns["units"]], pa.uint8()),
            "paid": pa.array(columns["paid"]).cast(pa.decimal128(12, 2)),
            "saved": pa.array([float(v) for v in columns["saved"]]),
            "vat": pa.array(columns["vat"]),
        }
    )
    path = log.folder / "log.parquet"
    parquet.write_table(table, path)
    return path


WRITERS = [write_ndjson, write_tabs, write_semicolons, write_blanks, write_parquet]


def same(a: Trace, b: Trace) -> bool:
    return all((getattr(a, name) == getattr(b, name)).all() for name in Trace.__dataclass_fields__)


@pytest.mark.parametrize("write", WRITERS)
def test_every_kind_of_file_gives_the_same_trace(log: Log, write: Callable[[Log], Path]) -> None:
    _, expected = log.run()
    report, trace = log.run(path=write(log))
    assert same(trace, expected)
    assert report.rows == 6


def without_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "has_pyarrow", lambda: False)


# Property: with and without pyarrow the same rows are read, numbered, blank, unreadable or not UTF-8.
@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text,
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: text.rstrip(b"\n"),
        lambda text: text.replace(b"S2,1,r2", b"S2,r2"),
        lambda text: text.replace(b"S2,1,r2", b"\n\nS2,1,r2"),
        lambda text: text.replace(b"S2,1,r2", b",,,,,,,,\nS2,1,r2,x"),
        lambda text: text.replace(b"milk", b"mi\xfflk"),
        lambda text: text.replace(b"milk", b'"mi""lk, ""really"""'),
        lambda text: text.replace(b"milk", b'"mi\nlk"').replace(b"S2,1,r4", b"S2,r4"),
        lambda text: text.replace(b"milk", b"  milk "),
        lambda text: text.replace(b"milk", b'"milk'),
        lambda text: text.replace(b"milk", b"mi\x00lk"),
        lambda text: text.replace(b"shop,till", b'"shop", till'),
        lambda text: text + b"\n\n\n",
    ],
)
def test_csv_is_read_alike_with_and_without_pyarrow(
    log: Log, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[bytes], bytes]
) -> None:
    pytest.importorskip("pyarrow")
    path = log.write_csv()
    path.write_bytes(spoil(path.read_bytes()))
    mapping = Mapping.from_dict(log.mapping)

    def read() -> Any:
        raw = read_log(path, mapping)
        columns = {
            name: [column.values[code] if code >= 0 else None for code in column.codes]  # type: ignore[union-attr]
            for name, column in raw.columns.items()
        }
        unreadable = [(problem.row, problem.kind) for problem in raw.problems]
        return raw.row.tolist(), raw.rows, raw.blank, unreadable, columns, raw.unused

    with_pyarrow = read()
    without_pyarrow(monkeypatch)
    assert read() == with_pyarrow


def test_parquet_without_pyarrow_says_how_to_get_it(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    path = log.folder / "log.parquet"
    path.write_bytes(b"PAR1")

    def missing(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(arrow.need.__globals__["importlib"], "import_module", missing)
    with pytest.raises(MissingExtraError, match=r"needs pyarrow: pip install 'tillstorm\[import\]'"):
        log.run(path=path)


def run_quarantined(log: Log, path: Path) -> tuple[ImportReport, Trace]:
    report, _ = log.run("quarantine", path)
    return report, load_trace(log.folder / "out" / "log.trace.npz")


def test_bad_lines_of_ndjson_are_reported_by_their_numbers(log: Log) -> None:
    path = write_ndjson(log)
    lines = path.read_text().splitlines()
    lines[2] = "{oops"
    lines.insert(1, "")
    path.write_text("\n".join(lines) + "\n")
    with pytest.raises(RefusedError, match=r"malformed_row: 1 row \(row 4\)"):
        log.run(path=path)
    report, _ = run_quarantined(log, path)
    assert (report.rows, report.imported, report.problems) == (6, 5, {"malformed_row": 1})


def test_floating_point_amounts_are_named_in_the_summary(log: Log) -> None:
    report, _ = log.run(path=write_parquet(log))
    assert any(note.startswith("saved: binary floating point, rounded half to even") for note in report.notes)


def test_missing_values_of_parquet_are_empty_fields(log: Log) -> None:
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = log.folder / "log.parquet"
    moments = pa.array(["2026-11-23T09:00:00Z", None, "2026-11-23T10:00:00Z"]).cast(pa.timestamp("s", tz="UTC"))
    parquet.write_table(
        pa.table({"t": moments, "a": pa.array([1, 2, None]), "s": [1.0, None, 2.0], "n": [None] * 3}), path
    )
    log.mapping = {"time": "t", "amount": "a", "store": "s"}
    with pytest.raises(RefusedError) as caught:
        log.run(path=path)
    assert [(p.row, p.kind, p.column) for p in caught.value.problems] == [
        (2, "empty_field", "s"),
        (3, "empty_field", "a"),
    ]
