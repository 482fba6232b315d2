"""Pictures in plain text, for a terminal: curves, intervals in rows, and maps of two variables.

Every line is at most `width` characters of ASCII. What is not finite is left out of a picture,
never an error. Labels stand beside what they name, pushed apart where they would meet.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import cycle, pairwise
from string import ascii_lowercase, ascii_uppercase
from textwrap import wrap
from typing import Any, NamedTuple

WIDTH, HEIGHT = 80, 20
LETTERS = ascii_uppercase + ascii_lowercase
_DECADES, _LARGEST = 20.0, 1e300


class Row(NamedTuple):
    """A name, an interval around a point, and a remark; None where there is no such number."""

    name: str
    low: float | None
    point: float | None
    high: float | None
    note: str = ""


def lines(
    x: Iterable[float], curves: Mapping[str, Iterable[float]], *, x_label: str = "",
    y_label: str = "", title: str = "", width: int = WIDTH, height: int = HEIGHT,
    log_x: bool | None = None, log_y: bool | None = None,
    y_range: tuple[float, float] | None = None, level: float | None = None, level_label: str = "",
) -> str:  # fmt: skip
    """Curves over one variable, each with its own letter and its name where it ends.

    `x` increases, with one value a curve for each entry. An axis is logarithmic where its numbers
    are spaced so, or as `log_x` and `log_y` say. `level` is a horizontal line with its label.
    """
    points = [float(a) for a in x]
    found = {name: [float(a) for a in y] for name, y in curves.items()}
    _check_curves(points, found)
    seen = [] if level is None else [level]
    ends = y_range or _ends(v for y in found.values() for v in [*y, *seen])
    log_y = spans_decades(ends) if log_y is None else log_y
    labels = [f"{letter} {name}" for letter, name in zip(cycle(LETTERS), found, strict=False)]
    height = max(height, len(found))
    across = _Scale.of(_ends(points), is_logarithmic(points) if log_x is None else log_x)
    up = _Scale.of(ends, log_y)
    canvas = _Canvas(width, height, [text for _, text in up.ticks()], labels)
    canvas.level(up, level)
    # the first is drawn last, on top
    for label, y in reversed(list(zip(labels, found.values(), strict=True))):
        canvas.curve(label[0], _by_column(points, y, across, canvas.columns), up)
    canvas.word(up, level, level_label)
    canvas.name(labels, [_last(points, y, across, up) for y in found.values()])
    return "\n".join([*_heading(width, title, y_label), *canvas.framed(across, up, x_label)])


def rows(
    found: Sequence[Row], *, edges: Mapping[str, float] | None = None, x_label: str = "",
    title: str = "", width: int = WIDTH, log_x: bool = False,
    x_range: tuple[float, float] | None = None,
) -> str:  # fmt: skip
    """A row each: `[` and `]` are the ends of an interval, `o` the point; `edges` are lines."""
    marks = dict(edges or {})
    numbers = [v for row in found for v in row[1:4] if v is not None]
    across = _Scale.of(x_range or _ends([*numbers, *marks.values()]), log_x)
    left = min(max((len(row.name) for row in found), default=0), width // 3)
    right = min(max((len(row.note) for row in found), default=0), width // 3)
    columns = max(10, width - left - right - 4)
    places = [across.cell(value, columns) for value in marks.values()]
    body = [
        f"{_cut(row.name, left):<{left}} |{_interval(row, across, columns, places)}| "
        f"{_cut(row.note, right)}".rstrip()
        for row in found
    ]
    named = [f"{'':{left}}  {line}" for line in _named_edges(marks, places, columns)]
    axis = [f"{'':{left}} {line}" for line in _axis(across, columns, x_label)]
    return "\n".join([*_heading(width, title), *named, *body, *axis])


def grid(
    x: Iterable[float], y: Iterable[float], cells: Sequence[Sequence[str | None]], *,
    x_label: str = "", y_label: str = "", title: str = "", width: int = WIDTH,
    height: int = HEIGHT, log_x: bool | None = None, log_y: bool | None = None,
    nothing: str = "nothing",
) -> str:  # fmt: skip
    """A map: `cells[i][j]` names what is at x[i], y[j]; None is a dot, which means `nothing`."""
    xs, ys = [float(a) for a in x], [float(a) for a in y]
    if len(cells) != len(xs) or any(len(column) != len(ys) for column in cells):
        raise ValueError(f"cells must have {len(xs)} columns of {len(ys)} entries")
    across = _Scale.of(_ends(xs), is_logarithmic(xs) if log_x is None else log_x)
    up = _Scale.of(_ends(ys), is_logarithmic(ys) if log_y is None else log_y)
    canvas = _Canvas(width, height, [text for _, text in up.ticks()], [])
    letters, share = _keys(cells)
    columns = [_nearest(xs, across, i, canvas.columns) for i in range(canvas.columns)]
    heights = [_nearest(ys, up, j, height) for j in range(height)]
    for j, b in enumerate(heights):
        for i, a in enumerate(columns):
            canvas.put(i, j, letters[cells[a][b]])
    key = [f"  {letters[name]} {name or nothing} ({share[name]:.0%})" for name in share]
    return "\n".join([*_heading(width, title, y_label), *canvas.framed(across, up, x_label), *key])


# --- axes


def is_logarithmic(values: Iterable[float]) -> bool:
    """Whether numbers are spaced more evenly by their ratios than by their differences."""
    found = [float(v) for v in values if math.isfinite(v)]
    if len(found) < 3 or min(found) <= 0 or max(found) < _DECADES * min(found):
        return False
    logs = [math.log(v) for v in found]
    return _unevenness(logs) < _unevenness(found)


def _unevenness(values: Sequence[float]) -> float:
    """The spread of the steps, in units of their mean."""
    steps = [b - a for a, b in pairwise(values)]
    mean = sum(steps) / len(steps)
    return math.sqrt(sum((s - mean) ** 2 for s in steps)) / abs(mean) if mean else math.inf


def spans_decades(values: Iterable[float]) -> bool:
    """Whether numbers are positive and so far apart that only a logarithm shows them all."""
    found = [float(v) for v in values if math.isfinite(v)]
    return bool(found) and min(found) > 0 and max(found) >= _DECADES * min(found)


def spread(targets: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places within [low, high], as near to their targets as a gap between any two allows.

    Least squares: after i gaps are taken off the i-th target, blocks out of order share their
    mean. Where there is no room for all, the gap shrinks.
    """
    if len(targets) > 1:
        gap = min(gap, (high - low) / (len(targets) - 1))
    order = sorted(range(len(targets)), key=targets.__getitem__)
    blocks: list[list[float]] = []  # sum, count
    for place, i in enumerate(order):
        blocks.append([targets[i] - place * gap, 1])
        while len(blocks) > 1 and blocks[-2][0] * blocks[-1][1] > blocks[-1][0] * blocks[-2][1]:
            last = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]
    top = high - gap * (len(targets) - 1)
    found = [min(max(total / n, low), top) for total, n in blocks for _ in range(int(n))]
    places = [0.0] * len(targets)
    for place, i in enumerate(order):
        places[i] = found[place] + place * gap
    return places


def short(value: float) -> str:
    """Three digits, powers of ten without their zeros.

    >>> short(1e6), short(0.05), short(1 / 3)
    ('1e6', '0.05', '0.333')
    """
    text = f"{value:.3g}"
    if "e" not in text:
        return text
    digits, _, exponent = text.partition("e")
    return f"{digits}e{int(exponent)}"


class _Scale(NamedTuple):
    """An axis from low to high; both ends are finite and differ."""

    low: float
    high: float
    log: bool

    @classmethod
    def of(cls, ends: tuple[float, float], log: bool) -> "_Scale":
        """Logarithmic only where both ends are positive."""
        return cls(*ends, log and ends[0] > 0)

    def share(self, value: float) -> float:
        """0 at the low end and 1 at the high one; nan for what the axis cannot show."""
        if not math.isfinite(value) or (self.log and value <= 0):
            return math.nan
        low, high, at = ((math.log(v) if self.log else v) for v in (self.low, self.high, value))
        return (at - low) / (high - low)

    def cell(self, value: float, cells: int) -> int | None:
        """The cell that holds a value, or None beyond the ends."""
        share = self.share(value)
        if math.isnan(share) or not -1e-9 <= share <= 1 + 1e-9:
            return None
        return min(cells - 1, max(0, round(share * (cells - 1))))

    def ticks(self) -> list[tuple[float, str]]:
        """Round numbers within the ends, about five of them."""
        steps = _powers(self) if self.log else _round_numbers(self)
        return [(v, short(v)) for v in steps if 0 <= self.share(v) <= 1 + 1e-9]


def _powers(scale: _Scale) -> list[float]:
    first, last = math.floor(math.log10(scale.low)), math.ceil(math.log10(scale.high))
    every = max(1, round((last - first) / 6))
    digits = (1,) if last - first > 2 else (1, 2, 5)
    return [d * 10.0**k for k in range(first, last + 1, every) for d in digits]


def _round_numbers(scale: _Scale) -> list[float]:
    rough = (scale.high - scale.low) / 4
    unit = 10.0 ** math.floor(math.log10(rough))
    step = unit * next(m for m in (1, 2, 5, 10) if m * unit >= rough * 0.999)
    first = math.ceil(scale.low / step - 1e-9)
    return [round(k * step, 12) if step > 1e-9 else k * step for k in range(first, first + 7)]


def _ends(values: Iterable[float]) -> tuple[float, float]:
    """The least and the largest number that is not too far out, made to differ."""
    found = [v for v in values if abs(v) <= _LARGEST] or [0.0, 1.0]
    low, high = min(found), max(found)
    size = max(abs(low), abs(high))
    if high - low > max(1e-12 * size, 1 / _LARGEST):
        return low, high
    room = 0.1 * size if size > 1 / _LARGEST else 1.0
    return low - room, high + room


# --- the canvas


class _Canvas:
    """Cells with a margin for numbers at the left and one for names at the right."""

    def __init__(self, width: int, height: int, ticks: list[str], labels: list[str]) -> None:
        self.height, self.margin = height, max((len(text) for text in ticks), default=1)
        self.room = min(max((len(label) for label in labels), default=0), max(16, width // 3))
        self.columns = max(16, width - self.margin - self.room - 4)
        self.cells = [[" "] * self.columns for _ in range(height)]
        self.beside = [""] * height

    def put(self, column: int, row: int, sign: str) -> None:
        """Row 0 is at the bottom."""
        self.cells[self.height - 1 - row][column] = sign

    def curve(self, sign: str, values: Sequence[float], up: _Scale) -> None:
        for column, value in enumerate(values):
            row = up.cell(value, self.height)
            if row is not None:
                self.put(column, row, sign)

    def level(self, up: _Scale, value: float | None) -> None:
        """A line from side to side."""
        row = None if value is None else up.cell(value, self.height)
        if row is not None:
            self.cells[self.height - 1 - row] = ["-"] * self.columns

    def word(self, up: _Scale, value: float | None, text: str) -> None:
        """A word at the right end of a height."""
        row = None if value is None else up.cell(value, self.height)
        shown = _cut(text, self.columns)
        if row is not None and shown:
            self.cells[self.height - 1 - row][-len(shown) :] = shown

    def name(self, labels: Sequence[str], places: Sequence[float]) -> None:
        """Names at the right, each in a row of its own."""
        top = self.height - 1
        found = spread([min(max(p, 0.0), 1.0) * top for p in places], 1.0, 0, top)
        # places a whole gap apart stay so when each is rounded down
        for label, place in zip(labels, found, strict=True):
            self.beside[top - math.floor(place + 1e-9)] = _cut(label, self.room)

    def framed(self, across: _Scale, up: _Scale, x_label: str) -> list[str]:
        numbers = [""] * self.height
        for value, text in up.ticks():
            row = up.cell(value, self.height)
            if row is not None:
                numbers[self.height - 1 - row] = text
        body = [
            f"{number:>{self.margin}} |{''.join(cells)} {label}".rstrip()
            for number, cells, label in zip(numbers, self.cells, self.beside, strict=True)
        ]
        axis = [f"{'':{self.margin}} {line}" for line in _axis(across, self.columns, x_label)]
        return [*body, *axis]


def _axis(across: _Scale, columns: int, label: str) -> list[str]:
    """A line with its numbers beneath, and what it measures."""
    line, numbers = ["-"] * columns, [" "] * (columns + 6)
    free = 0
    for value, text in across.ticks():
        column = across.cell(value, columns)
        start = None if column is None else max(0, column - len(text) // 2)
        if column is None or start is None or start < free or start + len(text) > columns + 2:
            continue
        line[column] = "+"
        numbers[start : start + len(text)] = text
        free = start + len(text) + 2
    found = ["+" + "".join(line), " " + "".join(numbers).rstrip()]
    return [*found, *(f" {line:^{columns}}".rstrip() for line in wrap(label, columns))]


def _heading(width: int, *texts: str) -> list[str]:
    return [line for text in texts for line in wrap(text, width)]


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: room - 2]}.."


# --- curves, rows and maps


def _check_curves(x: Sequence[float], curves: Mapping[str, Sequence[float]]) -> None:
    faults = [] if x and curves else ["there is nothing to draw"]
    faults += [
        f"{name} has {len(y)} values for {len(x)} of x"
        for name, y in curves.items()
        if len(y) != len(x)
    ]
    if any(not b > a for a, b in pairwise(x)):
        faults.append("x must increase")
    if faults:
        raise ValueError("; ".join(faults))


def _by_column(
    x: Sequence[float], y: Sequence[float], across: _Scale, columns: int
) -> list[float]:  # fmt: skip
    """The curve at every column, by straight lines between its finite points."""
    known = [(across.share(a) * (columns - 1), b) for a, b in zip(x, y, strict=True)]
    values = [math.nan] * columns
    for (a, u), (b, v) in pairwise(known):
        if math.isfinite(u) and math.isfinite(v):
            for i in range(math.ceil(a - 1e-9), math.floor(b + 1e-9) + 1):
                values[i] = u + (v - u) * (i - a) / (b - a)
    for a, u in known:
        values[round(a)] = u if math.isfinite(u) else values[round(a)]
    return values


def _last(x: Sequence[float], y: Sequence[float], across: _Scale, up: _Scale) -> float:
    """How high a curve ends; the top where it has no point."""
    shares = [up.share(v) for v in y]
    return next((s for s in reversed(shares) if not math.isnan(s)), 1.0)


def _interval(
    row: Row, across: _Scale, columns: int, edges: Sequence[int | None]
) -> str:  # fmt: skip
    cells = [" "] * columns
    for edge in edges:
        if edge is not None:
            cells[edge] = ":"
    low, high = (_held(end, across, columns) for end in (row.low, row.high))
    if low is not None or high is not None:
        first, last = 0 if low is None else low, columns - 1 if high is None else high
        cells[first : last + 1] = "=" * (last + 1 - first)
        cells[first] = "=" if low is None else "["
        cells[last] = "=" if high is None else "]"
    point = None if row.point is None else across.cell(row.point, columns)
    if point is not None:
        cells[point] = "o"
    return "".join(cells)


def _held(end: float | None, across: _Scale, columns: int) -> int | None:
    """The cell of an end; one beyond the picture is drawn to its border."""
    share = math.nan if end is None else across.share(end)
    return None if math.isnan(share) else round(min(max(share, 0.0), 1.0) * (columns - 1))


def _named_edges(
    marks: Mapping[str, float], places: Sequence[int | None], columns: int
) -> list[str]:  # fmt: skip
    """A line for each edge, its name above it."""
    found = []
    for name, place in zip(marks, places, strict=True):
        if place is not None:
            start = max(0, min(place - len(name) // 2, columns - len(name)))
            found.append(" " * start + name)
    return found


def _keys(
    cells: Sequence[Sequence[str | None]],
) -> tuple[dict[str | None, str], dict[str | None, float]]:
    """A letter and the share of the map for each name, the largest share first."""
    counts: dict[str | None, int] = {}
    for column in cells:
        for name in column:
            counts[name] = counts.get(name, 0) + 1
    order = sorted(counts, key=lambda name: -counts[name])
    letters = cycle(LETTERS)
    total = sum(counts.values())
    return (
        {name: "." if name is None else next(letters) for name in order},
        {name: counts[name] / total for name in order},
    )


def _nearest(values: Sequence[Any], scale: _Scale, cell: int, cells: int) -> int:
    at = cell / (cells - 1)
    return min(range(len(values)), key=lambda i: abs(scale.share(values[i]) - at))
