"""Maps: every cell is coloured by the bound that is the best there, and named within its region."""

import math
from types import SimpleNamespace

import numpy as np
import pytest

import genbounds as gb
from genbounds.plot import WinnersDisplay, display_of
from genbounds.plot.winners import SILENT, VACUOUS, deepest, edges

N, D = np.unique(np.floor(np.logspace(1, 5, 30))), np.arange(1.0, 41.0)


def of(values, x=N, y=D):
    """A map of named arrays, the smallest of which wins."""
    stack = np.array(list(values.values()))
    names = np.array([*values], object)
    best = np.where(np.isfinite(stack).any(axis=0), names[stack.argmin(axis=0)], None)
    found = SimpleNamespace(**{
        "axes": {"n": x, "vc_dim": y}, "facts": {"delta": 0.1}, "names": tuple(values),
        "bounds": [SimpleNamespace(name=name, status="proved") for name in values], "best": best,
        "vacuous": {name: v >= 1 for name, v in values.items()}, "kind": "value", "split": False,
        "question": gb.catalogue["hoeffding"].claim, "side": "upper", "raw": values,
    })  # fmt: skip
    return WinnersDisplay.from_comparison(found)


GRID = np.meshgrid(N, D, indexing="ij")
THREE = of({"few": np.where(GRID[0] > 100, 0.2, 0.5), "many": np.where(GRID[0] > 100, 0.3, 0.1),
            "never": 0.9 + 0 * GRID[0]})  # fmt: skip


def test_each_cell_has_the_smallest_bound():
    names = ["vapnik_confidence", "lugosi_chaining", "mohri"]
    found = gb.compare(names, n=N[::4], vc_dim=D[::8], delta=0.05)
    display = display_of(found)
    assert isinstance(display, WinnersDisplay)
    for i, n in enumerate(N[::4]):
        for j, d in enumerate(D[::8]):
            values = {k: gb.catalogue[k].gap(n=int(n), vc_dim=int(d), delta=0.05) for k in names}
            least = min(values, key=values.get)
            expected = VACUOUS if values[least] >= 1 else least
            assert display.name_of(display.codes[i, j]) == expected


def test_what_is_drawn_are_the_codes():
    from matplotlib.collections import QuadMesh

    axes = THREE.plot().ax_
    (mesh,) = [found for found in axes.collections if isinstance(found, QuadMesh)]
    drawn = np.asarray(mesh.get_array()).T
    assert drawn.shape == THREE.codes.shape
    assert (drawn == np.searchsorted(np.unique(THREE.codes), THREE.codes)).all()
    colours = mesh.to_rgba(np.unique(drawn))
    assert len(np.unique(colours, axis=0)) == len(np.unique(drawn)) == 2


def test_names_stand_within_their_regions_and_only_of_those_that_win():
    axes = THREE.plot().ax_
    placed = {text.get_text(): text.get_position() for text in axes.texts}
    assert set(placed) == {"few", "many"}
    assert placed["few"][0] > 100 >= placed["many"][0]


def test_borders_run_between_different_cells():
    from matplotlib.collections import LineCollection

    axes = THREE.plot().ax_
    (lines,) = [found for found in axes.collections if isinstance(found, LineCollection)]
    i = int(np.flatnonzero(N <= 100)[-1])
    border = math.sqrt(N[i] * N[i + 1])
    assert {round(x, 6) for segment in lines.get_segments() for x in segment[:, 0]} == {
        round(border, 6)
    }
    assert len(lines.get_segments()) == len(D)


def test_vacuous_and_silent_parts_are_named():
    a = np.where(GRID[0] > 1000, 0.1, np.where(GRID[0] > 50, 1.5, math.inf))
    texts = {text.get_text() for text in of({"a": a}).plot().ax_.texts}
    assert texts == {"a", VACUOUS, SILENT}


def test_hatching_covers_the_vacuous_cells_and_no_others():
    rng = np.random.default_rng(0)
    display = of({"a": rng.choice([0.5, 1.5], size=(6, 5))}, x=np.arange(6.0), y=np.arange(5.0))
    (patch,) = [found for found in display.plot().ax_.patches if found.get_hatch()]
    for i, j in np.ndindex(6, 5):
        inside = any(
            polygon.shape[0] and _within(polygon, i + 0.1, j + 0.1)
            for polygon in patch.get_path().to_polygons()
        )
        assert inside == (display.codes[i, j] == -1)


def _within(polygon, x, y):
    """Whether a rectangle holds a point."""
    (left, low), (right, high) = polygon.min(axis=0), polygon.max(axis=0)
    return left < x < right and low < y < high


@pytest.mark.parametrize("width", [8.8, 4])
@pytest.mark.parametrize("count", [1, 5, 14])
def test_many_regions_can_be_read(count, width, legible):
    strips = np.floor(np.linspace(0, count - 1e-9, len(N)))[:, None] + 0 * D
    values = {f"bound_no_{k}": 0.1 + 0.01 * abs(strips - k) for k in range(count)}
    display = of(values)
    display.width = width
    shown = {text.replace("\n", "") for text in legible(display.plot().ax_)}
    assert set(values) <= shown


def test_few_cells():
    small = of({"a": np.array([[0.1, 0.3]]), "b": np.array([[0.2, 0.2]])}, x=N[:1], y=D[:2])
    assert {text.get_text() for text in small.plot().ax_.texts} == {"a", "b"}


def test_text_has_a_letter_for_each_winner():
    shown = THREE.text
    assert "A few (" in shown and "B many (" in shown and "never" not in shown
    assert all(len(line) <= 80 for line in shown.splitlines())


def test_the_deepest_cell_is_farthest_from_the_border():
    inside = np.zeros((9, 9), bool)
    inside[1:8, 1:8] = True
    assert deepest(inside) == (4, 4)
    assert deepest(np.ones((5, 50), bool))[0] == 2


def test_edges_lie_between():
    assert edges(np.array([1.0, 2.0, 4.0])) == pytest.approx([0.5, 1.5, 3.0, 5.0])
    assert edges(np.array([100.0, 1000.0])) == pytest.approx([50, 550, 1450])
    assert edges(np.array([0.0, 0.1, 0.2])) == pytest.approx([0, 0.05, 0.15, 0.25])
    assert edges(np.array([0.1])) == pytest.approx([0.095, 0.105])
    logs = edges(np.array([1.0, 10.0, 100.0]))
    assert logs == pytest.approx(10 ** np.array([-0.5, 0.5, 1.5, 2.5]))


def test_the_title_says_side_and_delta():
    assert THREE.heading == "The best of 3 upper bounds on the risk; delta = 0.1 for each by itself"


def test_one_axis_is_no_map():
    with pytest.raises(ValueError, match="two variables"):
        WinnersDisplay.from_comparison(gb.compare(["mohri"], n=[9, 99], vc_dim=1, delta=0.1))
