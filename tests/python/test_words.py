"""Numbers as people read them."""

from __future__ import annotations

import pytest

from tillstorm.cli import words


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (words.money(1234567.4, "USD"), "$1,234,567"),
        (words.money(-44.1, "USD", cents=True), "-$44.10"),
        (words.money(12, "JPY", cents=True), "\N{YEN SIGN}12"),
        (words.money(12, "CHF"), "CHF 12"),
        (words.major(12345, "USD"), 123.45),
        (words.major(12345, "JPY"), 12345),
        (words.major(12345, "KWD"), 12.345),
        (words.share(1, 8), "12.5 %"),
        (words.share(1, 0), "-"),
        (words.length(0.4), "0.4 s"),
        (words.length(90), "1.5 min"),
        (words.length(7200), "2.0 h"),
        (words.length(86400), "1.0 days"),
        (words.count(9_999_999), "9,999,999"),
        (words.count(17_520_000), "17.5 million"),
        (words.size(512), "512 B"),
        (words.size(3 << 20), "3 MiB"),
        (words.size(5 << 30), "5.0 GiB"),
        (words.number_of(1, "store"), "1 store"),
        (words.number_of(1200, "store"), "1,200 stores"),
        (words.days("2026-11-27", 1), "Fri 27 Nov 2026"),
        (words.days("2026-11-23", 7), "Mon 23 Nov 2026 to Sun 29 Nov 2026"),
    ],
)
def test_words(actual, expected):
    assert actual == expected
