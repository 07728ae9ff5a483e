"""What only shows across rows: baskets that contradict themselves, and time that goes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from tillstorm.importing.columns import I64, Mask
    from tillstorm.importing.lines import Lines
    from tillstorm.importing.mapping import Mapping
    from tillstorm.importing.problems import Problems


def check_baskets(lines: Lines, mapping: Mapping, problems: Problems) -> None:
    """Note the rows of a basket that disagree with its first row on store, terminal or time.

    Rows that already have a problem take no part.
    """
    good = np.flatnonzero(~problems.among(lines.row))
    basket = lines.basket.codes[good]
    first = first_of(basket, len(lines.basket.values))[basket]
    other_store = lines.store.codes[good] != lines.store.codes[good][first]
    other_terminal = lines.terminal.codes[good] != lines.terminal.codes[good][first]
    time = lines.time_us[good]
    other_time = np.abs(time - time[first]) > mapping.basket_seconds * 1_000_000
    rows = np.flatnonzero(other_store | other_terminal | other_time)
    found = []
    for place in rows.tolist():
        if other_store[place]:
            what = f"store {lines.store.values[lines.store.codes[good[place]]]}"
        elif other_terminal[place]:
            what = f"terminal {lines.terminal.values[lines.terminal.codes[good[place]]]}"
        else:
            what = f"time {np.datetime64(int(time[place]), 'us')}Z"
        number = lines.row[good[first[place]]]
        found.append(f"basket {lines.basket.values[basket[place]]} of row {number} again, with {what}")
    problems.add_all(lines.row[good[rows]], "duplicate_basket", "+".join(mapping.basket), found)


def check_order(lines: Lines, mapping: Mapping, problems: Problems) -> None:
    """Note the rows whose time is earlier than that of the row before, of the log or of the store."""
    if mapping.order == "any":
        return
    good = np.flatnonzero(~problems.among(lines.row))
    if mapping.order == "by_store":
        good = good[np.argsort(lines.store.codes[good], kind="stable")]
    time = lines.time_us[good]
    back = np.flatnonzero(time[1:] < time[:-1] - mapping.basket_seconds * 1_000_000) + 1
    if mapping.order == "by_store":
        store = lines.store.codes[good]
        back = back[store[back] == store[back - 1]]
    found = [
        f"{np.datetime64(int(now), 'us')}Z, after {np.datetime64(int(before), 'us')}Z in row {number}"
        for now, before, number in zip(time[back], time[back - 1], lines.row[good[back - 1]], strict=True)
    ]
    problems.add_all(lines.row[good[back]], "out_of_order_time", "+".join(mapping.time), found)


def check_terminals(lines: Lines, problems: Problems) -> None:
    """Note the rows of terminals beyond the thousandth of a store, in the order of their names."""
    rank = terminal_ranks(lines)
    rows = np.flatnonzero(rank >= 1000)
    if len(rows):
        problems.add_all(lines.row[rows], "overflow", "terminal", lines.terminal.at(rows))


def complete_baskets(lines: Lines, mapping: Mapping, problems: Problems) -> None:
    """Note the other rows of every basket that has a row with a problem: a basket is imported whole or not at all."""
    if not mapping.basket:
        return
    bad = problems.among(lines.row)
    broken = np.zeros(len(lines.basket.values) + 1, np.bool_)
    broken[lines.basket.codes[bad]] = True
    broken[-1] = False  # Rows whose basket is not known.
    rows = np.flatnonzero(broken[lines.basket.codes] & ~bad)
    problems.add_all(lines.row[rows], "broken_basket", "+".join(mapping.basket), lines.basket.at(rows))


def count_repeats(lines: Lines) -> int:
    """Rows equal to an earlier row of the same basket in item, quantity and amounts: scanned twice, or logged twice."""
    keys = (lines.discount, lines.amount, lines.quantity, lines.item.codes, lines.basket.codes)
    order = np.lexsort(keys)
    same: Mask = np.ones(max(len(order) - 1, 0), np.bool_)
    for key in keys:
        same &= np.diff(key[order]) == 0
    return int(same.sum())


def first_of(codes: npt.NDArray[np.int32], count: int) -> npt.NDArray[np.intp]:
    """The first position of each code."""
    first = np.zeros(count + 1, np.intp)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    return first


def terminal_ranks(lines: Lines) -> I64:
    """The place of each row's terminal among those of its store, in the order of their names, from 0."""
    store, terminal = lines.store.codes.astype(np.int64), lines.terminal.codes.astype(np.int64)
    by_name = sorted(range(len(lines.terminal.values)), key=lambda code: _natural(lines.terminal.values[code]))
    place = np.zeros(len(by_name) + 1, np.int64)
    place[by_name] = np.arange(len(by_name))
    pair = store * (len(by_name) + 1) + place[terminal]
    unique, inverse = np.unique(pair, return_inverse=True)
    of_store = unique // (len(by_name) + 1)
    starts = np.searchsorted(of_store, of_store, side="left")
    rank = np.arange(len(unique)) - starts
    ranks: I64 = rank[inverse.reshape(-1)].astype(np.int64)
    return ranks


def _natural(name: str) -> tuple[int, str]:
    return (int(name), "") if name.isascii() and name.isdigit() else (10**18, name)
