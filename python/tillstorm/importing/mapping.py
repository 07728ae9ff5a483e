"""Which column of a log means what, and how its values are written."""

from __future__ import annotations

import dataclasses
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tillstorm.importing.errors import LogError, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping as MappingType

#: Roles that name one column, several columns joined into one identity, or several columns that are summed.
ROLES: Final = ("store", "terminal", "basket", "time", "item", "quantity", "amount", "discount", "tax", "customer")
#: Roles whose columns hold numbers: several columns mean their sum.
SUMMED: Final = ("quantity", "amount", "discount", "tax")
ORDERS: Final = ("by_log", "by_store", "any")
DISCOUNT_SIGNS: Final = ("positive", "negative")
TIME_FORMATS: Final = ("iso", "epoch_s", "epoch_ms", "epoch_us")
DECIMAL_MARKS: Final = (".", ",")


@dataclass(frozen=True)
class Mapping:
    """Which column of a log means what, and how its values are written.

    Every role is a tuple of column names: none means that the log does not have it, several are summed (quantity,
    amount, discount, tax) or joined (the others, for a basket that is named by store, date and receipt number).

    Attributes:
        store: Where; without it every row is of the shop `default_store`.
        terminal: Which till of the store; without it each store has one.
        basket: Which rows belong together; without it each row is a basket of its own.
        time: When the basket was sold; required.
        item: What; without it every row is of the item `default_item`.
        quantity: How much, in sales units; without it each row is one.
        amount: Money charged for the row, net of its discount, before tax; required.
        discount: Money off the list price given on the row.
        tax: Tax charged on the row, on top of `amount`.
        customer: Who; counted in the summary, not simulated.
        default_store: Id of the shop of a log without stores.
        default_item: Id of the item of a log without items.
        time_zone: IANA name of the zone in which times without an offset are written.
        chain_time_zone: IANA name of the zone in which the stores trade; empty means `time_zone`.
        time_format: `iso`, or `epoch_s`, `epoch_ms`, `epoch_us` for numbers since 1970-01-01T00:00Z.
        time_of_day: Where dates without a time are put: a time (`12:00`: all then) or a span (`09:00-21:00`: the rows
            of a store and date evenly over it, in the order of the log).
        order: What the order of the rows promises: `by_log` (time never goes back), `by_store` (within a store it never
            goes back), `any` (nothing: rows are sorted).
        basket_seconds: How far apart the times of one basket's rows may be [s]; the ticket is closed at the last.
        currency: ISO 4217 code.
        currency_exponent: Decimals of the currency's minor unit: 2 for cents.
        decimal_mark: `.` or `,`, in text.
        discount_sign: `positive` when a discount is written as a positive number, `negative` otherwise.
        quantity_scale: Base units of one logged unit, for quantities with decimals: 1000 for kilograms kept in grams.
            An item whose quantities are all whole is kept in pieces.
        bulk_median: An item whose median quantity is at least this is not sold in pieces (fuel logged in thousandths of
            a gallon); 0 turns the detection off.
        bulk_units: Base units of one sales unit of such an item.
        margin_ppm: Margin of list price over cost, since a log does not know costs [ppm].
        delimiter: Separator of a text log: one character, `tab`, or `whitespace` for runs of blanks.
    """

    store: tuple[str, ...] = ()
    terminal: tuple[str, ...] = ()
    basket: tuple[str, ...] = ()
    time: tuple[str, ...] = ()
    item: tuple[str, ...] = ()
    quantity: tuple[str, ...] = ()
    amount: tuple[str, ...] = ()
    discount: tuple[str, ...] = ()
    tax: tuple[str, ...] = ()
    customer: tuple[str, ...] = ()
    default_store: str = "shop"
    default_item: str = "item"
    time_zone: str = "UTC"
    chain_time_zone: str = ""
    time_format: str = "iso"
    time_of_day: str = "12:00"
    order: str = "by_store"
    basket_seconds: int = 0
    currency: str = "USD"
    currency_exponent: int = 2
    decimal_mark: str = "."
    discount_sign: str = "positive"
    quantity_scale: int = 1
    bulk_median: int = 100
    bulk_units: int = 1000
    margin_ppm: int = 380_000
    delimiter: str = ","

    def __post_init__(self) -> None:
        _require(self)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that some role names, once, in the order of the roles."""
        return tuple(dict.fromkeys(column for role in ROLES for column in self.columns_of(role)))

    def columns_of(self, role: str) -> tuple[str, ...]:
        """The columns of a role."""
        columns: tuple[str, ...] = getattr(self, role)
        return columns

    @property
    def stores_zone(self) -> str:
        """The zone in which the stores trade."""
        return self.chain_time_zone or self.time_zone

    @classmethod
    def from_dict(cls, values: MappingType[str, Any]) -> Mapping:
        """From names and plain values: a role is a name or a list of names (JSON), or `a+b` (text).

        Raises:
            LogError: an unknown key, or a value of the wrong type or outside what is allowed.
        """
        fields = {field.name: field for field in dataclasses.fields(cls)}
        converted: dict[str, Any] = {}
        for key, value in values.items():
            if key not in fields:
                raise LogError(f"mapping: unknown key `{key}`{nearest(key, fields)} Known keys: {', '.join(fields)}.")
            converted[key] = _role(key, value) if key in ROLES else _option(key, value, fields[key].default)
        return cls(**converted)

    @classmethod
    def parse(cls, texts: list[str], base: MappingType[str, Any] | None = None) -> Mapping:
        """From command-line texts `key=value,key=value`, over the values of `base`; or the name of a JSON file.

        Raises:
            LogError: a text that is neither, an unreadable file, or what `from_dict` refuses.
        """
        values: dict[str, Any] = dict(base or {})
        for text in texts:
            if "=" not in text:
                values.update(_read_json(Path(text)))
                continue
            for part in re.split(r",(?=\w+=)", text):
                key, equals, value = part.partition("=")
                if not equals:
                    raise LogError(f"mapping: `{part}` is not key=value")
                values[key.strip()] = value
        return cls.from_dict(values)

    def to_dict(self) -> dict[str, Any]:
        """What differs from the defaults, as JSON values."""
        result: dict[str, Any] = {}
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if value != field.default:
                result[field.name] = list(value) if isinstance(value, tuple) else value
        return result


def _read_json(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=lambda pairs: _once(path, pairs))
    except LogError:
        raise
    except OSError as error:
        raise LogError(f"mapping file {path}: {error.strerror}; give a JSON file or key=value pairs") from error
    except ValueError as error:
        raise LogError(f"mapping file {path}: not JSON: {error}") from error
    if not isinstance(values, dict):
        raise LogError(f"mapping file {path}: expected an object such as {{'store': 'store_id', ...}}")
    return values


def _once(path: Path, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    for key in keys:
        if keys.count(key) > 1:
            raise LogError(f"mapping file {path}: `{key}` is given {keys.count(key)} times; say once what it means")
    return dict(pairs)


def _role(key: str, value: object) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split("+"))
    if isinstance(value, list | tuple) and all(isinstance(part, str) and part for part in value):
        return tuple(value)
    raise LogError(f"mapping: `{key}` is {value!r}; expected a column name or a list of them")


def _option(key: str, value: object, default: object) -> object:
    if isinstance(default, str):
        if isinstance(value, str):
            return value
        raise LogError(f"mapping: `{key}` is {value!r}; expected text")
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,12}", value):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise LogError(f"mapping: `{key}` is {value!r}; expected a whole number")


def _require(mapping: Mapping) -> None:
    for role in ("time", "amount"):
        if not mapping.columns_of(role):
            raise LogError(f"mapping: `{role}` is missing; name the log's column, e.g. {role}=some_column")
    for key, allowed in (
        ("order", ORDERS),
        ("discount_sign", DISCOUNT_SIGNS),
        ("time_format", TIME_FORMATS),
        ("decimal_mark", DECIMAL_MARKS),
    ):
        if getattr(mapping, key) not in allowed:
            raise LogError(f"mapping: `{key}` is {getattr(mapping, key)!r}; expected one of {', '.join(allowed)}")
    for key, low, high in (
        ("currency_exponent", 0, 4),
        ("quantity_scale", 1, 1_000_000),
        ("bulk_median", 0, 1_000_000_000),
        ("bulk_units", 1, 1_000_000),
        ("margin_ppm", 0, 1_000_000),
        ("basket_seconds", 0, 86_400),
    ):
        if not low <= getattr(mapping, key) <= high:
            raise LogError(f"mapping: `{key}` is {getattr(mapping, key)}; expected {low} to {high}")
    if mapping.delimiter not in {"tab", "whitespace"} and len(mapping.delimiter) != 1:
        raise LogError(f"mapping: `delimiter` is {mapping.delimiter!r}; expected one character, `tab` or `whitespace`")
