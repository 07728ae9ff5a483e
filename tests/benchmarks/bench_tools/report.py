"""From figures to bars and a Markdown table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench_tools.measure import Answer

GIB = 1 << 30


def row_of(case: Answer, who: str) -> Answer:
    found: Answer = next(row for row in case["rows"] if row["who"] == who)
    return found


def bar(name: str, wanted: str, measured: float, *, met: bool, unit: str = "x") -> Answer:
    return {"bar": name, "wanted": wanted, "measured": measured, "unit": unit, "met": met}


def bars(results: Answer) -> list[Answer]:
    """Each bar with what was measured. A bar is judged by the least favourable size."""
    mm1 = row_of(results["mm1"][0], "SimPy")["tillstorm_is_faster"]
    twin = results["twin"]["ratio_per_ticket"]
    ratios = [case["ratio_per_ticket"] for case in results["chain"]]
    year = [case for case in results["chain"] if case["stores"] <= 120]
    longest = max(case["days"] for case in year)
    memory = max(case["peak_rss_bytes"] for case in year) / GIB
    spread = max(ratios) / min(ratios)
    promises = 100 * results["harness"]["promises"]
    return [
        bar("M/M/1 against SimPy", ">= 50x", mm1, met=mm1 >= 50),
        bar("the slice against its SimPy twin, per ticket", ">= 15x", twin, met=twin >= 15),
        bar("the chain against the bare loop, per ticket", "<= 4x (goal 3x)", max(ratios), met=max(ratios) <= 4),
        bar("that ratio, largest over smallest size", "<= 1.25x", spread, met=spread <= 1.25),
        bar(f"memory of {longest} days, 120 stores", "<= 1 GiB a year", memory, met=memory <= 1, unit=" GiB"),
        bar("promises, all together", "<= 15 %", promises, met=promises <= 15, unit=" %"),
    ]


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|---" + "|---:" * (len(head) - 1) + "|"
    for row in rows:
        yield "| " + " | ".join(row) + " |"
    yield ""


def count(n: float) -> str:
    return f"{n:,.0f}".replace(",", " ")


def race_tables(results: Answer) -> Iterator[str]:
    head = ("", "events/s", "tillstorm is faster by")
    for case in results["mm1"]:
        yield f"### M/M/1, {count(case['customers'])} customers\n"
        yield from race_rows(head, case)
    for case in results["hold"]:
        yield f"### HOLD, {count(case['pending'])} pending\n"
        yield from race_rows(head, case)


def race_rows(head: Sequence[str], case: Answer) -> Iterator[str]:
    rows = []
    for row in case["rows"]:
        factor = "" if row["who"] == "tillstorm" else f"{row['tillstorm_is_faster']:.2f}x"
        rows.append((f"{row['who']} {row['version']}".strip(), count(row["events_per_s"]), factor))
    yield from table(head, rows)


def chain_tables(results: Answer) -> Iterator[str]:
    yield "### The baseline chain, promises and web shop on\n"
    head = ("stores x days", "tickets", "M events/s", "M tickets/s", "M lines/s", "run s", "set-up s", "drain s")
    rows = [
        (
            f"{case['stores']} x {case['days']}",
            count(case["tickets"]),
            f"{case['events_per_s'] / 1e6:.2f}",
            f"{case['tickets_per_s'] / 1e6:.3f}",
            f"{case['lines_per_s'] / 1e6:.2f}",
            f"{case['run_s']:.3f}",
            f"{case['set_up_s']:.3f}",
            f"{case['drain_s']:.3f}",
        )
        for case in results["chain"]
    ]
    yield from table(head, rows)
    yield "### The same against the bare loop, and what it needs\n"
    head = (
        "stores x days",
        "ratio per ticket",
        "ratio per line",
        "without promises",
        "promises add",
        "s per year of 120 stores",
        "bytes per store-item",
        "peak MiB",
    )
    rows = [
        (
            f"{case['stores']} x {case['days']}",
            f"{case['ratio_per_ticket']:.2f}x",
            f"{case['ratio_per_line']:.2f}x",
            f"{case['unchecked_ratio_per_ticket']:.2f}x",
            f"{100 * case['promises_cost']:+.0f} %",
            f"{case['s_per_year_of_120_stores']:.1f}",
            f"{case['bytes_per_store_item']:.0f}",
            f"{case['peak_rss_bytes'] / (1 << 20):.0f}",
        )
        for case in results["chain"]
    ]
    yield from table(head, rows)


def harness_table(results: Answer) -> Iterator[str]:
    case = results["harness"]
    yield f"### What the harness adds, {case['stores']} stores x {case['days']} days, {case['rounds']} rounds\n"
    rows = [
        ("rule coverage", case["coverage"], "a build with neither"),
        ("mutant switch", case["mutants"], "a build with neither"),
        ("both", case["coverage_and_mutants"], "a build with neither"),
        ("check points, no promise at them", case["check_points"], "the product without promises"),
        *((f"`{name}`", cost, "check points alone") for name, cost in case["each_promise"].items()),
        ("all promises", case["promises"], "the product without promises"),
        ("everything", case["everything"], "a build with neither"),
    ]
    yield from table(
        ("switched on alone", "adds", "to"), [(name, f"{100 * cost:+.1f} %", to) for name, cost, to in rows]
    )


def notes(results: Answer) -> Iterator[str]:
    twin = results["twin"]
    yield (
        f"SimPy twin, {twin['stores']} stores x {twin['days']} days without web shop: "
        f"{count(twin['twin_tickets_per_s'])} tickets/s against {count(twin['tickets_per_s'])}: "
        f"{twin['ratio_per_ticket']:.0f}x per ticket, {twin['ratio_per_line']:.0f}x per line.\n"
    )
    for case in results["chain"]:
        if "web_shop_cost" in case:
            yield (
                f"The web shop adds {100 * case['web_shop_cost']:.0f} % to the run of {case['stores']} stores x "
                f"{case['days']} days; without it a ticket costs "
                f"{case['no_web_shop_ratio_per_ticket']:.2f} times the bare loop's.\n"
            )
    broken = sum(case["violations"] for case in results["chain"])
    yield f"Violations in all of these runs: {broken}.\n"


def markdown(results: Answer) -> str:
    machine = results["machine"]
    setting = (
        f"Mode `{results['mode']}` on {machine['cores']} cores of {machine['processor']}, Python {machine['python']}; "
        f"load average {machine['load_at_start']} at the start and {machine['load_at_end']} at the end. "
        "CPU time; medians over rounds run in turn.\n"
    )
    lines = [setting]
    rows = [
        (each["bar"], each["wanted"], f"{each['measured']:.2f}{each['unit']}", "met" if each["met"] else "**missed**")
        for each in results["bars"]
    ]
    lines += table(("bar", "wanted", "measured", ""), rows)
    lines += chain_tables(results)
    lines += harness_table(results)
    lines += notes(results)
    lines += race_tables(results)
    return "\n".join(lines).rstrip() + "\n"
