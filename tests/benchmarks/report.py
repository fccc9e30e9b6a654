"""What was measured, and how it is told: figures with their targets and peers, as a table, as JSON, as a page."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

SHOWN = ("p50", "p95", "p99", "max")
ENOUGH = {"p50": 1, "p95": 20, "p99": 100, "max": 2}
"""How many samples a statistic wants before it says anything."""

READ_SO = """Times are wall clock on one machine that does everything at once: console, caller, gateway, centre and load.
Rows with ↳ are peers: what the same machine does in the same run with another tool, or with nothing of ours in the way.
No test asserts a speed."""

HEADS = ("metric", "target", *SHOWN, "unit", "n", "")


@dataclass(frozen=True, slots=True)
class Target:
    """At most (or, with `is_least`, at least) `limit`, in the figure's unit."""

    statistic: str
    limit: float
    is_least: bool = False

    def __str__(self) -> str:
        return f"{self.statistic} {'≥' if self.is_least else '≤'} {self.limit:g}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured thing, named by `key` in the JSON. `samples` in `unit`; one sample is a plain value.

    `is_peer`: not ours, to be read beside the one above.
    """

    key: str
    name: str
    unit: str
    samples: Sequence[float]
    target: Target | None = None
    is_peer: bool = False

    def value(self, statistic: str) -> float | None:
        """None where there are too few samples for it."""
        if len(self.samples) < ENOUGH[statistic]:
            return None
        return percentile(self.samples, {"max": 100.0}.get(statistic) or float(statistic[1:]))

    @property
    def is_met(self) -> bool | None:
        """None without a target, or with too few samples to say."""
        if self.target is None or (value := self.value(self.target.statistic)) is None:
            return None
        return value >= self.target.limit if self.target.is_least else value <= self.target.limit


@dataclass(slots=True)
class Group:
    """The figures of one part, and what must be known to read them; `missing` says why there are none."""

    name: str
    figures: list[Figure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    missing: str = ""


class Missing(Exception):
    """Something this part needs is not on this machine."""


def percentile(samples: Sequence[float], part: float) -> float:
    """The value below which `part` percent of the samples lie; between two, in proportion. Raises ValueError for none."""
    if not samples:
        raise ValueError("no samples")
    ordered = sorted(samples)
    place = (len(ordered) - 1) * part / 100
    below, above = math.floor(place), math.ceil(place)
    return float(ordered[below] + (ordered[above] - ordered[below]) * (place - below))


def short(value: float | None) -> str:
    """Three digits that say something; thousands whole."""
    if value is None:
        return ""
    if value == 0 or abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.{max(0, 2 - math.floor(math.log10(abs(value))))}f}"


def to_json(groups: Sequence[Group]) -> dict[str, object]:
    """Figures by part and key: every statistic that the samples can bear, with target and whether it is met."""
    return {group.name: {"missing": group.missing} if group.missing else _figures(group) for group in groups}


def _figures(group: Group) -> dict[str, object]:
    told: dict[str, object] = {}
    for figure in group.figures:
        values = {name: _rounded(value) for name in SHOWN if (value := figure.value(name)) is not None}
        said: dict[str, object] = {"unit": figure.unit, "n": len(figure.samples), **values}
        if figure.target is not None:
            said |= {"target": str(figure.target), "met": figure.is_met}
        told[figure.key] = said
    return told


def _rounded(value: float) -> float:
    return float(f"{value:.6g}")


def rows(groups: Sequence[Group]) -> list[tuple[str, ...]]:
    """The table below HEADS; a part that could not be measured has one row that says why."""
    told: list[tuple[str, ...]] = []
    for group in groups:
        if group.missing:
            told.append((group.name, "", "", "", "", "", "", "", f"not measured: {group.missing}"))
        told += [_row(figure) for figure in group.figures]
    return told


def _row(figure: Figure) -> tuple[str, ...]:
    sign = {True: "✓", False: "✗", None: ""}[figure.is_met]
    name = f"  ↳ {figure.name}" if figure.is_peer else figure.name
    shown = (short(figure.value(statistic)) for statistic in SHOWN)
    return (name, str(figure.target or ""), *shown, figure.unit, str(len(figure.samples)), sign)


def to_text(groups: Sequence[Group]) -> str:
    """For a terminal, with notes below."""
    table = [HEADS, *rows(groups)]
    widths = [max(len(row[column]) for row in table) for column in range(len(HEADS))]
    lines = ["  ".join(map(_padded, row, widths, HEADS)).rstrip() for row in table]
    notes = [f"{group.name}: {note}" for group in groups for note in group.notes]
    return "\n".join([lines[0], "─" * max(map(len, lines)), *lines[1:], "", *notes]).rstrip()


def _padded(cell: str, width: int, head: str) -> str:
    return cell.rjust(width) if head in (*SHOWN, "n") else cell.ljust(width)


def to_markdown(groups: Sequence[Group], machine: str, date: str, command: str) -> str:
    """The whole of docs/BENCHMARKS.md."""
    body = ["# Benchmarks", "", f"Measured by `{command}`", f"on {date}, on {machine}.", ""]
    body += [READ_SO, ""]
    body += ["|" + "|".join(f" {cell} " for cell in HEADS) + "|"]
    body += ["|" + "|".join("---:" if head in (*SHOWN, "n") else "---" for head in HEADS) + "|"]
    body += ["|" + "|".join(f" {cell.replace('|', '/').strip()} " for cell in row) + "|" for row in rows(groups)]
    notes = [f"- **{group.name}**: {note}" for group in groups for note in group.notes]
    return "\n".join([*body, "", "## How it was measured", "", *notes, ""])
