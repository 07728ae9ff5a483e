"""Numbers as people read them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from tillstorm._compiled import core

SIGNS: Final = {"USD": "$", "EUR": "\N{EURO SIGN}", "GBP": "\N{POUND SIGN}", "JPY": "\N{YEN SIGN}"}


def major(minor: float, currency: str) -> float:
    """An amount in the currency's main unit, from its minor unit."""
    value: float = minor / 10 ** core.currency_exponent(currency)
    return value


def money(amount: float, currency: str, *, cents: bool = False) -> str:
    """An amount of the currency's main unit: `$1,234,567`, or `$44.10` with cents."""
    digits = core.currency_exponent(currency) if cents else 0
    sign = SIGNS.get(currency, f"{currency} ")
    return f"{'-' if amount < 0 else ''}{sign}{abs(amount):,.{digits}f}"


def share(part: float, whole: float) -> str:
    """`3.2 %`; a dash where there is no whole."""
    return f"{100 * part / whole:.1f} %" if whole else "-"


def length(seconds: float) -> str:
    """A length of time in the unit that suits it: `0.4 s`, `3.5 min`, `2.1 h`, `1.2 days`."""
    for limit, unit, name in ((60, 1, "s"), (3600, 60, "min"), (86400, 3600, "h")):
        if abs(seconds) < limit:
            return f"{seconds / unit:.1f} {name}"
    return f"{seconds / 86400:.1f} days"


def count(number: float) -> str:
    """A whole number with separators; in millions where it is long."""
    return f"{number / 1e6:,.1f} million" if abs(number) >= 1e7 else f"{number:,.0f}"


def size(number_of_bytes: float) -> str:
    """`12 MiB`."""
    for unit in ("B", "KiB", "MiB"):
        if number_of_bytes < 1024:
            return f"{number_of_bytes:,.0f} {unit}"
        number_of_bytes /= 1024
    return f"{number_of_bytes:,.1f} GiB"


def number_of(number: int, thing: str) -> str:
    """`1 store`, `5,000 items`."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def days(start: str, number: int) -> str:
    """`Mon 23 Nov 2026 to Sun 29 Nov 2026` from an ISO date and a number of days."""
    first = date.fromisoformat(start)
    last = first + timedelta(days=number - 1)
    return f"{first:%a %d %b %Y}" if number == 1 else f"{first:%a %d %b %Y} to {last:%a %d %b %Y}"
