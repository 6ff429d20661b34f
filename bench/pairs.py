"""Timing two things in turns, so that a busy machine slows both."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from statistics import median
from time import perf_counter

RESAMPLES = 1000


@dataclass(frozen=True)
class Ratio:
    """How many times longer the one takes; the middle of all pairs.

    `low` to `high` holds 95 % of the medians of pairs drawn again. `seconds` is the
    median of the one by itself, to read and not to judge by.
    """

    value: float
    low: float
    high: float
    seconds: float


def compare(
    one: Callable[[], object], other: Callable[[], object], *, pairs: int
) -> Ratio:
    """Time both in every pair, the order swapped every time."""
    one(), other()
    times = []
    for number in range(pairs):
        if number % 2:
            second = _timed(other)
            first = _timed(one)
        else:
            first = _timed(one)
            second = _timed(other)
        times.append((first, second))
    ratios = [first / second for first, second in times]
    low, high = _interval(ratios)
    return Ratio(median(ratios), low, high, median(first for first, _ in times))


def _timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def _interval(ratios: list[float]) -> tuple[float, float]:
    draw = Random(0)  # noqa: S311 - the same numbers give the same interval
    medians = sorted(
        median(draw.choices(ratios, k=len(ratios))) for _ in range(RESAMPLES)
    )
    return medians[RESAMPLES // 40], medians[-RESAMPLES // 40 - 1]
