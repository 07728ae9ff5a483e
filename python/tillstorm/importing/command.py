"""`tillstorm import`: the command line of importing."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tillstorm.errors import UserError
from tillstorm.importing.datasets import DATASETS
from tillstorm.importing.errors import LogError
from tillstorm.importing.files import FORMATS
from tillstorm.importing.mapping import Mapping
from tillstorm.importing.pipeline import ON_ERROR, RefusedError, import_log

if TYPE_CHECKING:
    import argparse

_DESCRIPTION = """\
Turn a transaction log into a scenario that replays its baskets as facts: at their times, in their stores, with their
prices, discounts and taxes. The log is CSV, Parquet or NDJSON; the mapping says which column means what.
"""
_EXAMPLE = """\
example: tillstorm import sales.csv --map store=shop,basket=receipt,time=sold_at,item=sku,quantity=units,amount=paid
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's arguments."""
    parser.description = _DESCRIPTION
    parser.epilog = _EXAMPLE
    parser.add_argument("log", nargs="?", type=Path, metavar="LOG", help="a .csv, .tsv, .txt, .parquet or .ndjson file")
    parser.add_argument(
        "--dataset",
        choices=sorted(DATASETS),
        help="a published log that an installed package carries, with its mapping",
    )
    parser.add_argument(
        "--map",
        "--mapping",
        dest="map",
        action="append",
        default=[],
        metavar="FILE|KEY=VALUE,...",
        help="a JSON file, or pairs such as store=shop,time=sold_at,discount=card+coupon; may be given again",
    )
    parser.add_argument("--out", type=Path, default=Path(), metavar="DIR", help="where to write (default: here)")
    parser.add_argument("--name", default="", help="name of the scenario (default: the log's file name)")
    parser.add_argument("--format", choices=FORMATS, help="kind of file (default: by its name)")
    parser.add_argument(
        "--on-error",
        choices=ON_ERROR,
        default="refuse",
        help="what to do with rows that cannot be imported: refuse the log, or write them to quarantine.csv",
    )
    parser.add_argument(
        "--no-replenishment", action="store_true", help="leave the simulated stores without deliveries from the DC"
    )
    parser.add_argument(
        "--fit", action="store_true", help="also estimate a generated-demand scenario, NAME.fitted.scenario.json"
    )
    if not any("--json" in action.option_strings for action in parser._actions):  # the front door may add it
        parser.add_argument("--json", action="store_true", help="print the summary as JSON")


def run(args: argparse.Namespace) -> int:
    """Import; 0 when done, 2 when the log or the mapping is refused."""
    try:
        path, mapping, description, name = _source(args)
        report, tickets = import_log(
            path,
            mapping,
            args.out,
            name=name,
            description=description,
            form=args.format,
            on_error=args.on_error,
            replenished=not args.no_replenishment,
        )
        if args.fit:
            from tillstorm.fit import write_fit  # noqa: PLC0415 - only when asked for

            fitted = name or report.files[0].removesuffix(".scenario.json")
            report.files += write_fit(tickets, mapping, args.out, fitted)
    except UserError as error:
        _explain(error, as_json=args.json)
        return 2
    if args.json:
        sys.stdout.write(json.dumps(report.to_dict(), indent=2) + "\n")
    else:
        sys.stdout.write(f"{report.text()}\n")
        sys.stdout.write(f"replay it: tillstorm run {args.out / report.files[0]}\n")
    return 0


def _source(args: argparse.Namespace) -> tuple[Path, Mapping, str, str]:
    if (args.log is None) == (args.dataset is None):
        raise LogError("import: give one log, or one --dataset")
    if args.dataset is None:
        if not args.map:
            raise LogError("import: say with --map which column means what, e.g. --map time=sold_at,amount=paid")
        return args.log, Mapping.parse(args.map), "", args.name
    dataset = DATASETS[args.dataset]
    mapping = Mapping.parse(args.map, dataset.mapping.to_dict())
    return dataset.path(), mapping, dataset.origin, args.name or args.dataset


def _explain(error: UserError, *, as_json: bool) -> None:
    if as_json:
        problems = error.problems if isinstance(error, RefusedError) else None
        document = {
            "error": str(error),
            "problems": problems.counts() if problems else {},
            "rows": [problem.row for problem in problems] if problems else [],
        }
        sys.stdout.write(json.dumps(document, indent=2) + "\n")
    else:
        sys.stderr.write(f"{error}\n")
