"""The geometry of the bar charts on the page, in units of their SVG view box."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eval.figures import Figures
from eval.stats import Rate
from eval.table import share

# 360 wide is a phone's width, so that letters are never drawn smaller than they are meant.
WIDTH = 360
_LEFT, _RIGHT = 84, 50
_BAR, _GAP, _PAD = 9, 2, 12
_SERIES = (("evidence", "facts_in_evidence"), ("answer", "facts_in_answer"))


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with its 95 % interval from ``low`` to ``high`` and its value in words."""

    series: str
    y: float
    width: float
    low: float
    high: float
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """A group of cases: its name, how many are answerable, and its bars."""

    name: str
    n: int
    y: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of answerable cases by group; x positions of the 0, 50 and 100 % lines in ``grid``."""

    title: str
    height: float
    left: float
    right: float
    bar: float
    grid: tuple[tuple[float, str], ...]
    rows: tuple[Row, ...]


def chart(title: str, groups: Mapping[str, Figures]) -> Chart:
    """A chart of the shares of facts in evidence and answer; groups without any are left out."""
    step = len(_SERIES) * (_BAR + _GAP) + _PAD
    shown = [(name, group) for name, group in groups.items() if group.answerable]
    rows = tuple(_row(name, group, y=_PAD + i * step) for i, (name, group) in enumerate(shown))
    return Chart(
        title=title,
        height=_PAD + len(rows) * step + 14,
        left=_LEFT,
        right=WIDTH - _RIGHT,
        bar=_BAR,
        grid=tuple((_x(part), f"{part:.0%}") for part in (0.0, 0.5, 1.0)),
        rows=rows,
    )


def _row(name: str, group: Figures, *, y: float) -> Row:
    bars = tuple(
        _bar(series, getattr(group, field), y=y + number * (_BAR + _GAP))
        for number, (series, field) in enumerate(_SERIES)
    )
    return Row(name=name, n=group.answerable, y=y, bars=bars)


def _bar(series: str, rate: Rate, *, y: float) -> Bar:
    low, high = rate.interval
    return Bar(
        series=series,
        y=y,
        width=round(_x(rate.value or 0.0) - _LEFT, 2),
        low=_x(low),
        high=_x(high),
        label=share(rate),
    )


def _x(part: float) -> float:
    return round(_LEFT + part * (WIDTH - _LEFT - _RIGHT), 2)
