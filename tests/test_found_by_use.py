"""What people met who used the front door without a plan: each was wrong once."""

import math
import pickle
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy

import genbounds as gb
from genbounds.cli.files import read_columns

H = gb.catalogue["hoeffding"]
VC = gb.catalogue["vapnik_chervonenkis"]
FACTS = {"empirical_risk": 0.1, "n": 1000, "delta": 0.05}


def test_one_side_of_a_distribution_function_is_called_one_side():
    found = gb.answer("dvoretzky_kiefer_wolfowitz", n=1000, delta=0.05)
    flat = " ".join(found.text.split())
    assert "the largest excess of the empirical over the true distribution function" in flat


def test_what_no_learner_can_do_is_said_that_way_round():
    found = gb.answer("mohri_realizable_lower", n=500, vc_dim=10, delta=0.005)
    assert found.sentence.endswith("no learner keeps the risk below 0.0005625 for every law.")


@pytest.mark.parametrize("wrong", [math.nan, -5.0, None, "3"])
def test_a_growth_function_is_checked_where_it_is_asked(wrong):
    def log_growth(m):
        return wrong if m > 1 else 0.0

    facts = {"log_growth": log_growth, "delta": 0.05}
    for call in (
        lambda: VC(empirical_risk=0.1, n=1000, **facts),
        lambda: gb.solve(VC, "n", epsilon=0.05, **facts),
        lambda: gb.sample_size(epsilon=0.05, **facts),
        lambda: gb.risk(errors=5, n=1000, **facts),
    ):
        with pytest.raises(ValueError, match="log_growth must return the log of a number"):
            call()


def test_a_growth_function_of_floats_serves_arrays_and_solving():
    def log_growth(m):
        return math.log(math.comb(m, 2) + m + 1)

    found = VC(empirical_risk=0.1, n=np.array([1000, 2000]), log_growth=log_growth, delta=0.05)
    assert found == pytest.approx(
        VC(empirical_risk=0.1, n=np.array([1000, 2000]), vc_dim=2, delta=0.05)
    )
    assert gb.solve(VC, "n", epsilon=1e-6, log_growth=log_growth, delta=0.01) == pytest.approx(
        gb.solve(VC, "n", epsilon=1e-6, vc_dim=2, delta=0.01), rel=1e-12
    )


def test_solving_in_threads_leaves_the_precision_as_it_was():
    before = mpmath.mp.dps
    problems = [{"epsilon": 2e-6, "delta": 1e-6, "vc_dim": 10, "growth": "sauer-exp"}] * 40
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda facts: gb.solve(VC, "n", **facts), problems))
    assert {int(n) for n in found} == {701911418129315}
    assert mpmath.mp.dps == before


@pytest.mark.parametrize("text", ["NaN,NaN\n1,1\n", "1,1.0\nnan,0\n"])
def test_a_cell_that_is_not_a_number_is_no_label(tmp_path, text):
    path = tmp_path / "file.csv"
    path.write_text("truth,a\n" + text)
    with pytest.raises(ValueError, match="is no label"):
        read_columns(str(path), ["truth", "a"])


def test_a_code_with_a_leading_zero_is_another_code(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text("truth,a\n01234,1234\n1,1\n")
    columns = read_columns(str(path), ["truth", "a"])
    assert columns["truth"][0] != columns["a"][0]
    assert columns["truth"][1] == columns["a"][1]


@pytest.mark.parametrize(
    "facts",
    [
        {"n": sympy.Integer(-100)},
        {"empirical_risk": mpmath.mpf("1.2")},
        {"delta": mpmath.mpf("1.5")},
        {"empirical_risk": sympy.nan},
    ],
)
def test_concrete_numbers_of_other_kinds_are_checked_too(facts):
    with pytest.raises(ValueError, match=f"{next(iter(facts))} must be"):
        H(**FACTS | facts)


def test_counts_of_other_kinds_are_whole():
    for errors in (mpmath.mpf("5.5"), sympy.Rational(11, 2)):
        with pytest.raises(ValueError, match="errors must be"):
            gb.catalogue["clopper_pearson"](errors=errors, n=10, delta=0.05)


def test_fractions_are_shown():
    flat = " ".join(gb.test_set(errors=Fraction(3), n=100).text.split())
    assert "observed: 3/100 = 0.03" in flat


def test_iterators_are_read_once_and_kept():
    found = gb.test_set(losses=(x / 10 for x in range(10)))
    assert found.text
    assert found.raw == gb.test_set(losses=[x / 10 for x in range(10)]).raw


@pytest.mark.parametrize(
    "thing",
    [H, H.two_sided, H.gap, gb.answer(H, **FACTS), gb.solve(H, "n", epsilon=0.1, delta=0.05)],
    ids=["bound", "two-sided", "gap", "answer", "solution"],
)
def test_results_travel_between_processes(thing):
    again = pickle.loads(pickle.dumps(thing))
    assert repr(again) == repr(thing)


@pytest.mark.parametrize("width", [Fraction(100), np.int64(100), np.float64(100)])
def test_width_is_any_number(width):
    found = gb.answer(H, empirical_risk=50, n=100, delta=0.05, width=width)
    assert found.raw == pytest.approx(100 * H(empirical_risk=0.5, n=100, delta=0.05), rel=1e-15)
    assert found.text


def test_the_dimension_is_solved_for_under_any_growth_function():
    facts = {"epsilon": 0.05, "n": 452957, "delta": 0.05}
    assert gb.solve(VC, "vc_dim", growth="polynomial", **facts) == 10
    assert gb.solve(VC, "vc_dim", growth="polynomial", **facts | {"n": 452956}) == 9


def test_a_scan_is_of_integers():
    with pytest.raises(ValueError, match="scan tries integers"):
        gb.scan("clopper_pearson", "delta", 1, 30, target=0.3, errors=2, n=30)
    with pytest.raises(ValueError, match="scan tries integers"):
        gb.scan("devroye", "epsilon", 1, 4, n=1000, vc_dim=3, delta=0.05)


@pytest.mark.parametrize("call", [gb.rate, gb.answer, lambda b: gb.solve(b, "n", epsilon=0.1)])
def test_what_is_no_bound_is_refused(call):
    with pytest.raises(ValueError, match="a bound or its name is wanted"):
        call(3)


def test_risk_names_the_fault_and_not_the_theorem():
    for facts, message in (
        ({"vc_dim": -3}, "vc_dim must be"),
        ({"vc_dim": 3.5}, "vc_dim must be"),
        ({"vc_dim": 3, "foo": 3}, "unknown arguments: foo"),
    ):
        with pytest.raises(ValueError, match=message) as caught:
            gb.risk(errors=5, n=1000, delta=0.05, **facts)
        assert "log_cardinality" not in str(caught.value)


def test_whole_bits_beside_an_array_of_sizes():
    """bits ln 2 is an exact number until it meets a float; beside arrays it met none."""
    bound = gb.catalogue["occam_hoeffding"]
    sizes = np.array([10.0, 1000.0])
    found = bound(empirical_risk=0.1, n=sizes, bits=64, delta=0.05)
    radius = np.sqrt((64 * np.log(2) + np.log(20)) / (2 * sizes))
    assert found == pytest.approx(0.1 + radius, rel=1e-14)
