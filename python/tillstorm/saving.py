"""Writing a result to a folder."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tillstorm._compiled import core
from tillstorm.extras import need
from tillstorm.scenario import SAVED_NAME

if TYPE_CHECKING:
    from os import PathLike

    from tillstorm.result import Result

SUMMARY = "summary.json"


def prepare(folder: Path) -> None:
    """Finds out before a long run, rather than after it, whether its result can be written.

    Raises:
        MissingExtraError: pyarrow is not installed.
        OSError: the folder cannot be made, or not be written to.
    """
    _parquet()
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))


def _parquet() -> Any:  # noqa: ANN401 - a module
    return need("pyarrow.parquet", extra="parquet", purpose="writing tables as Parquet")


def save(result: Result, folder: str | PathLike[str], tables: tuple[str, ...]) -> Path:
    """Writes `summary.json`, the scenario and the named tables; see `Result.save`."""
    chosen = {name: result.table(name) for name in tables}
    write_table: Any = _parquet().write_table if chosen else None
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    summary = target / SUMMARY
    # A summary stands for a complete folder: it goes first and comes back last.
    summary.unlink(missing_ok=True)
    for entry in core.describe_tables():  # of an earlier result
        if entry["name"] not in chosen:
            (target / f"{entry['name']}.parquet").unlink(missing_ok=True)
    files = {}
    for name, table in chosen.items():
        files[name] = f"{name}.parquet"
        arrow = table.to_arrow().replace_schema_metadata(
            {"tillstorm.digest": result.digest, "tillstorm.partial": str(result.partial).lower()}
        )
        write_table(arrow, target / files[name])
    result.scenario.save(target / SAVED_NAME)
    document = {**result.to_dict(), "files": files}
    summary.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return target
