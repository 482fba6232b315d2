"""Pictures in plain text, read back: where a sign stands is where its number is."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genbounds.text_plot import Row, grid, is_logarithmic, lines, rows, short, spans_decades, spread

ANY = st.floats(allow_nan=True, allow_infinity=True)
NAMES = st.text("abcdefgh_ ", min_size=1, max_size=40)


def cells(picture):
    """The rows of the frame, top to bottom, without margins."""
    framed = [line.partition("|")[2] for line in picture.splitlines() if "|" in line]
    width = max(map(len, framed))
    return [line.ljust(width) for line in framed]


def frame_width(picture):
    axis = next(line for line in picture.splitlines() if line.lstrip().startswith("+"))
    return len(axis.strip()) - 1


# --- curves


def test_a_straight_line_is_straight():
    picture = lines([0, 1, 2, 3], {"it": [0, 1, 2, 3]}, log_x=False, log_y=False, height=20)
    columns = frame_width(picture)
    for row, line in enumerate(cells(picture)):
        for column in (i for i, sign in enumerate(line[:columns]) if sign == "A"):
            assert column / (columns - 1) == pytest.approx(1 - row / 19, abs=0.06)
    assert sum("A" in line[:columns] for line in cells(picture)) == 20


def test_a_power_is_straight_on_logarithmic_axes():
    x = np.logspace(0, 6, 40)
    picture = lines(x, {"it": x**-0.5})
    columns = frame_width(picture)
    found = [(line[:columns].index("A"), row) for row, line in enumerate(cells(picture))]
    slopes = [(b[0] - a[0]) for a, b in itertools.pairwise(found)]
    assert max(slopes) - min(slopes) <= 1


def test_numbers_on_the_axes_stand_where_they_are():
    picture = lines([0, 10], {"it": [0, 10]}, log_x=False)
    columns = frame_width(picture)
    *_, axis, numbers = picture.splitlines()
    start = axis.index("+") + 1
    crosses = [i - start for i, sign in enumerate(axis) if sign == "+" and i >= start]
    values = [float(word) for word in numbers.split()]
    assert values[0] == 0 and values[-1] == 10
    assert [c / (columns - 1) for c in crosses] == pytest.approx([v / 10 for v in values], abs=0.02)


def test_names_stand_where_their_curves_end_the_first_on_top():
    picture = lines([0, 1], {"high": [0, 1], "low": [1, 0], "same": [0, 1]}, log_x=False)
    columns = frame_width(picture)
    beside = [line[columns:].strip() for line in cells(picture)]
    placed = [label for label in beside if label]
    assert placed == ["A high", "C same", "B low"] or placed == ["C same", "A high", "B low"]
    assert beside[-1] == "B low"
    assert cells(picture)[0][columns - 1] == "A"


def test_a_level_is_a_line_with_its_words():
    picture = lines([0, 1], {"it": [0, 2]}, level=1, level_label="here", log_x=False, height=21)
    (row,) = [i for i, line in enumerate(cells(picture)) if "---" in line]
    assert row == 10
    assert cells(picture)[row][: frame_width(picture)].endswith("here")


def test_what_is_not_finite_is_left_out():
    picture = lines([1, 2, 3], {"a": [math.nan, 2, 3], "b": [math.inf] * 3}, log_x=False)
    columns = frame_width(picture)
    drawn = "".join(line[:columns] for line in cells(picture))
    assert "B" not in drawn and "A" in drawn
    assert min(line[:columns].index("A") for line in cells(picture) if "A" in line[:columns]) >= (
        columns // 2 - 1
    )


@given(st.lists(st.tuples(ANY, ANY, ANY), min_size=1, max_size=12), st.booleans())
def test_any_numbers_fit_in_80_columns(values, log):
    x = np.logspace(0, 5, len(values)) if log else np.arange(len(values))
    columns = list(zip(*values, strict=True))
    picture = lines(x, {f"a_long_name_of_a_curve_no_{i}": y for i, y in enumerate(columns)})
    assert all(len(line) <= 80 and line.isascii() for line in picture.splitlines())


def test_more_curves_than_rows_have_a_row_each():
    picture = lines([0, 1], {f"c{i}": [i, i] for i in range(30)}, log_x=False)
    assert all(f" c{i}" in picture for i in range(30))


def test_faults_are_told_together():
    with pytest.raises(ValueError, match="a has 1 values for 2 of x; x must increase"):
        lines([1, 1], {"a": [1]})
    with pytest.raises(ValueError, match="nothing to draw"):
        lines([], {})


# --- rows


def test_rows_keep_the_order_of_their_numbers():
    picture = rows([Row("x", 1, 3, 7, "note")], edges={"five": 5}, x_range=(0, 10))
    line = next(line for line in picture.splitlines() if line.startswith("x"))
    assert line.index("[") < line.index("o") < line.index("]") < line.index("note")
    marks = line[line.index("[") : line.index("]")]
    assert ":" not in marks  # the interval covers the edge
    assert "five" in picture.splitlines()[0]


def test_a_side_that_is_not_known_is_open():
    line, *_ = rows([Row("x", None, 3, 7)], x_range=(0, 10)).splitlines()
    assert line.startswith("x |===") and "]" in line and "[" not in line
    line, *_ = rows([Row("x", 3, 4, None)], x_range=(0, 10)).splitlines()
    assert "=|" in line and "[" in line and "]" not in line


@given(
    st.lists(st.tuples(NAMES, *[st.none() | ANY] * 3, NAMES), min_size=1, max_size=5),
    st.booleans(),
)
def test_any_rows_fit_in_80_columns(found, log):
    log = log and all(v is None or v > 0 for row in found for v in row[1:4])
    picture = rows([Row(*row) for row in found], log_x=log, x_label="a long label " * 9)
    assert all(len(line) <= 80 for line in picture.splitlines())


# --- maps


def test_a_map_shows_each_cell_where_it_is():
    x, y = np.arange(8), np.arange(4)
    names = [["left" if i < 4 else "right" for _ in y] for i in x]
    picture = cells(grid(x, y, names, log_x=False, log_y=False))
    for line in picture:
        assert line.strip() == "A" * (len(line) // 2) + "B" * (len(line) - len(line) // 2)


def test_nothing_is_a_dot_and_shares_are_counted():
    shown = grid([1, 2], [1, 2], [["a", None], ["a", "a"]], nothing="silent")
    assert "A a (75%)" in shown and ". silent (25%)" in shown
    with pytest.raises(ValueError, match="2 columns of 1"):
        grid([1, 2], [1], [["a"]])


# --- parts


@given(
    st.lists(st.floats(0, 1), min_size=1, max_size=12),
    st.floats(0.001, 0.5),
)
def test_spread_keeps_its_distances(targets, gap):
    places = spread(targets, gap, 0.0, 1.0)
    room = min(gap, 1 / max(1, len(targets) - 1))
    assert all(-1e-9 <= p <= 1 + 1e-9 for p in places)
    assert all(b - a >= room - 1e-9 for a, b in itertools.pairwise(sorted(places)))
    order = sorted(range(len(targets)), key=targets.__getitem__)
    assert [places[i] for i in order] == sorted(places)


@given(st.lists(st.floats(0.3, 0.7), min_size=2, max_size=4))
def test_spread_is_the_least_squares(targets):
    """Against scipy's minimiser of the same convex problem."""
    from scipy.optimize import minimize

    ordered, gap = sorted(targets), 0.1
    found = np.array(spread(ordered, gap, -9.0, 9.0))
    apart = {"type": "ineq", "fun": lambda p: np.diff(p) - gap}
    start = np.array(ordered[0] + gap * np.arange(len(ordered)))
    best = minimize(lambda p: ((p - ordered) ** 2).sum(), start, constraints=[apart], tol=1e-12)
    cost = ((found - ordered) ** 2).sum()
    assert cost <= best.fun + 1e-6


def test_spread_leaves_alone_what_is_apart():
    assert spread([0.9, 0.1, 0.5], 0.2, 0, 1) == [0.9, 0.1, 0.5]


@pytest.mark.parametrize(
    ("values", "logarithmic"),
    [
        (np.logspace(1, 6, 50), True),
        (np.unique(np.floor(np.logspace(0, 5, 80))), True),
        ([10, 100, 1000], True),
        (np.arange(1, 100), False),
        ([100, 200, 300], False),
        ([1, 2, 4], False),  # less than a decade: linear shows it
        (np.linspace(0, 1, 9), False),
        ([1, 1000], False),
        ([-1, 10, 1000], False),
    ],
)
def test_axes_are_spaced_as_their_numbers(values, logarithmic):
    assert is_logarithmic(values) == logarithmic


def test_decades():
    assert spans_decades([0.01, 1]) and not spans_decades([0.1, 1])
    assert not spans_decades([0, 1]) and not spans_decades([]) and not spans_decades([math.nan])


def test_short_numbers():
    assert [short(v) for v in (1e6, 2.5e-7, 0.05, 1 / 3, 1000)] == [
        "1e6", "2.5e-7", "0.05", "0.333", "1e3",
    ]  # fmt: skip
