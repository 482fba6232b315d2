"""What leaves a comparison: tables, LaTeX, CSV, frames, BibTeX and data hold the same numbers."""

import csv
import io
import json

import numpy as np
import pytest

import genbounds as gb

POINT = {"errors": 5, "n": 100, "delta": 0.05}
NAMES = ["hoeffding", "chernoff", "clopper_pearson"]


@pytest.fixture(scope="module")
def one():
    return gb.compare(NAMES, **POINT)


@pytest.fixture(scope="module")
def curve():
    return gb.compare(["devroye", "mohri"], n=[10, 100, 1000], vc_dim=2, delta=0.05)


@pytest.fixture(scope="module")
def grid():
    return gb.compare(["devroye", "mohri"], n=[10, 1000], vc_dim=[1, 2, 3], delta=0.05)


def test_the_csv_has_every_digit(one, curve, grid):
    for found in (one, curve, grid):
        rows = list(csv.DictReader(io.StringIO(found.to_csv())))
        assert len(rows) == len(found.names) * max(
            1, int(np.prod([len(a) for a in found.axes.values()]))
        )
        for row in rows:
            index = tuple(int(np.flatnonzero(a == float(row[k]))[0]) for k, a in found.axes.items())
            value = found.raw[row["bound"]]
            column = next(c for c in row if c.endswith("<="))
            assert float(row[column]) == (value[index] if index else value)


def test_frames_hold_what_the_table_holds(curve):
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    frame = curve.to_pandas()
    assert isinstance(frame, pandas.DataFrame) and len(frame) == 6
    assert frame["best"].sum() == 3 and frame.loc[frame.best, "bound"].tolist() == list(curve.best)
    other = curve.to_polars()
    assert (
        isinstance(other, polars.DataFrame) and other["bound"].to_list() == frame["bound"].tolist()
    )


def test_latex_is_booktabs_with_citations(one):
    text = one.to_latex()
    assert text.startswith(r"\begin{tabular}") and r"\toprule" in text
    assert r"\cite{ClopperPearson1934,Langford2005}" in text and "ClopperPearson1934; " not in text
    assert r"clopper\_pearson" in text
    keys = {"ClopperPearson1934", "Langford2005", "Hoeffding1963", "Chernoff1952"}
    assert {
        line.split("{")[1].strip(",") for line in one.bibtex().splitlines() if line[:1] == "@"
    } == keys


def test_rounding_goes_to_the_safe_side(one):
    for line in one.text.splitlines():
        name = line.split(" ")[0]
        if name in one.names:
            assert float(line.split()[1]) >= one.raw[name]


def test_json_is_strict(one, curve, grid):
    for found in (one, curve, grid):
        record = json.loads(json.dumps(found.to_dict(), allow_nan=False))
        assert [b["bound"] for b in record["bounds"]] == list(found.names)
    silent = gb.compare(["devroye", "mohri"], n=[1, 10], vc_dim=2, delta=0.05)
    (raw,) = [b["raw"] for b in silent.to_dict()["bounds"] if b["bound"] == "devroye"]
    assert raw[0] == "inf"


def test_markdown_and_html_escape_and_tell_the_same(one):
    assert one.to_markdown().splitlines()[0].startswith("| bound | risk <=")
    assert "&lt;=" in one._repr_html_() and "clopper\\_pearson" in one.markdown


def test_texts_say_where_who_wins(curve, grid):
    assert "from n = " in curve.sentence or "everywhere" in curve.sentence
    assert "of the points" in grid.sentence and "share won" in grid.text
    assert "speaks from" in curve.text


def test_many_bounds_along_an_axis_fit_a_terminal():
    found = gb.compare(
        "every_hypothesis", n=[100, 1000, 10**6], vc_dim=2, empirical_risk=0, delta=0.05
    )
    assert len(found.names) > 10
    assert max(map(len, found.text.splitlines())) <= 110
