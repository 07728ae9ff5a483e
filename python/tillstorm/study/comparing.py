"""`compare`: replications of each variant with common random numbers."""

from __future__ import annotations

from contextlib import closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tillstorm.arguments import check_variants, whole_number
from tillstorm.errors import InterruptedStudyError, StudyError
from tillstorm.running import core_simulation
from tillstorm.study.keeping import START_AGAIN, Folder
from tillstorm.study.names import unknown
from tillstorm.study.replicating import Task, replicate, usable_threads
from tillstorm.study.results import Precision, Study
from tillstorm.study.seeds import seed_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from contextlib import AbstractContextManager
    from os import PathLike

    from tillstorm.scenario import Scenario
    from tillstorm.study.bar import StudyBar
    from tillstorm.study.outcome import Outcome

BATCHES: Final = 10  # at most, unless `max_replications` says otherwise


def compare(
    scenarios: Mapping[str, Scenario],
    *,
    replications: int = 30,
    seed: int = 1,
    precision: Mapping[str, float] | None = None,
    max_replications: int | None = None,
    threads: int | None = None,
    progress: bool = False,
    kpis: Iterable[str] | None = None,
    baseline: str | None = None,
    confidence: float = 0.95,
    out: str | PathLike[str] | None = None,
) -> Study:
    """Runs variants of a scenario on the same customers, many times, and says how far they are apart.

    Replication n of every variant has the same seed, so that the same people come with the same wishes whatever the
    variant: a difference is the variant's doing. The result is the same, bit by bit, on any number of threads.

    Args:
        scenarios: The variants by name; the first is the baseline.
        replications: How many runs of each variant; at least 2.
        seed: Base from which the seeds of the replications are derived; see `Study.seeds`.
        precision: Half widths that are to be reached, by KPI: further batches of `replications` follow until the
            interval of every variant's difference is at most that.
        max_replications: Where `precision` gives up; None means 10 batches.
        threads: Runs at the same time; None means one for each processor. Each needs the memory of a run.
        progress: Show a bar on standard error.
        kpis: Which figures the study shows; None means all that a run filled.
        baseline: Name of the variant to compare with, if it is not the first.
        confidence: Of the intervals.
        out: A folder that keeps each finished run. A later call goes on from there; it may have more replications and
            further variants, but not another seed, version or scenario.

    Raises:
        StudyError: an argument that cannot be, or `out` belongs to another study.
        ScenarioError: a variant cannot be simulated.
        TypeError: the variants are no mapping of names to Scenarios, or a count is no whole number.
        InterruptedStudyError: Ctrl-C; what was complete by then is in its `study`. It is a KeyboardInterrupt.
    """
    check_variants(scenarios)
    replications = whole_number("replications", replications)
    limit = BATCHES * replications if max_replications is None else whole_number("max_replications", max_replications)
    seed = whole_number("seed", seed)
    threads = usable_threads() if threads is None else whole_number("threads", threads)
    chosen = None if kpis is None else tuple(dict.fromkeys([kpis] if isinstance(kpis, str) else kpis))
    wanted = dict(precision or {})
    baseline = next(iter(scenarios), "") if baseline is None else baseline
    _check_numbers(replications, limit, threads, seed, confidence)
    _check_names(scenarios, baseline, [*(chosen or ()), *wanted])
    if any(not half > 0 for half in wanted.values()):
        raise StudyError("a precision is a half width above 0")
    with _opened(out, scenarios, seed) as folder:
        work = _Work(scenarios, seed, threads, folder)

        def study(count: int) -> Study:
            reached = Precision(wanted, limit) if wanted else None
            return Study(
                scenarios,
                work.outcomes,
                replications=count,
                seed=seed,
                baseline=baseline,
                kpis=chosen,
                confidence=confidence,
                precision=reached,
            )

        with _bar(progress) as bar:
            work.verify(limit if wanted else replications, bar)
            count = 0
            while True:
                count = min(count + replications, limit) if wanted else replications
                if not work.complete(count, bar):
                    raise InterruptedStudyError(study(work.whole(count)))
                so_far = study(count)
                if not wanted or so_far.precise or count == limit:
                    return so_far


class _Work:
    """The runs of a study: those that are there, and the making of the others."""

    def __init__(self, scenarios: Mapping[str, Scenario], seed: int, threads: int, folder: Folder | None) -> None:
        self.outcomes: dict[tuple[str, int], Outcome] = {} if folder is None else dict(folder.kept)
        self._scenarios = scenarios
        self._seed = seed
        self._threads = threads
        self._folder = folder

    def _task(self, variant: str, number: int) -> Task:
        return Task(variant, self._scenarios[variant], number, seed_of(self._seed, number))

    def complete(self, count: int, bar: StudyBar | None) -> bool:
        """Makes what is missing of the first `count` replications; False if Ctrl-C stopped it."""
        missing = [
            self._task(variant, number)
            for number in range(1, count + 1)
            for variant in self._scenarios
            if (variant, number) not in self.outcomes
        ]
        total = count * len(self._scenarios)
        done = total - len(missing)

        def take(outcome: Outcome) -> None:
            nonlocal done
            if self._folder is not None:
                self._folder.keep(outcome)
            self.outcomes[outcome.variant, outcome.number] = outcome
            done += 1
            if bar is not None:
                bar.update(done, total)

        if bar is not None:
            bar.update(done, total)
        return replicate(missing, self._threads, take)

    def whole(self, count: int) -> int:
        """How many of the first `count` replications are complete, from the first on."""
        for number in range(1, count + 1):
            if any((variant, number) not in self.outcomes for variant in self._scenarios):
                return number - 1
        return count

    def verify(self, count: int, bar: StudyBar | None) -> None:
        """Before a kept study goes on: whether its last runs would come out the same today.

        Raises:
            StudyError: one would not; the tillstorm that made it was another, whatever its version said.
        """
        if self._folder is None or self.whole(count) == count:
            return
        last: dict[str, int] = {}
        for variant, number in self.outcomes:
            last[variant] = max(number, last.get(variant, 0))
        if bar is not None and last:
            bar.say("checking what is kept")
        again: list[Outcome] = []
        if not replicate([self._task(*entry) for entry in last.items()], self._threads, again.append):
            raise KeyboardInterrupt
        for outcome in again:
            kept = self.outcomes[outcome.variant, outcome.number]
            if outcome.digest != kept.digest or outcome.kpis != kept.kpis:
                raise StudyError(
                    f"{self._folder.path}: replication {outcome.number} of `{outcome.variant}` does not come out as it"
                    f" was kept (digest {outcome.digest}, kept {kept.digest}): the study was begun by a tillstorm that"
                    f" simulates differently; {START_AGAIN}"
                )


def _opened(
    out: str | PathLike[str] | None, scenarios: Mapping[str, Scenario], seed: int
) -> AbstractContextManager[Folder | None]:
    return nullcontext() if out is None else closing(Folder(Path(out), scenarios, seed))


def _bar(progress: bool) -> AbstractContextManager[StudyBar | None]:  # noqa: FBT001 - passed on as it came
    if not progress:
        return nullcontext()
    from tillstorm.study.bar import study_bar  # noqa: PLC0415 - a quiet study needs no terminal library

    return study_bar()


def _check_numbers(replications: int, limit: int, threads: int, seed: int, confidence: float) -> None:
    if replications < 2:
        raise StudyError(f"a comparison needs at least 2 replications, not {replications}: one has no interval")
    if limit < replications:
        raise StudyError(f"max_replications is {limit}, below the {replications} replications of the first batch")
    if threads < 1:
        raise StudyError(f"at least one thread is needed, not {threads}")
    if not 0 <= seed < 1 << 64:
        raise StudyError(f"a seed is a whole number from 0 to 2^64 - 1, not {seed}")
    if not 0.5 <= confidence <= 0.9999:
        raise StudyError(f"a confidence is a share from 0.5 to 0.9999, not {confidence}")


def _check_names(scenarios: Mapping[str, Scenario], baseline: str, kpis: Iterable[str]) -> None:
    if len(scenarios) < 2:
        raise StudyError("a comparison needs at least two variants")
    if baseline not in scenarios:
        raise unknown("variant", baseline, scenarios)
    if not kpis:
        return
    scenario = next(iter(scenarios.values()))
    reported = core_simulation(scenario, None, promises=False)[0].result()["kpis"]
    known = [entry["name"] for entry in reported]
    for name in kpis:
        if name not in known:
            raise unknown("KPI", name, known)
