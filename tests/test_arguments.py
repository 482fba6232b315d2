"""The edge: every wrong input is refused by name, with its range, all faults in one message."""

import math
from decimal import Decimal
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy

import genbounds as gb
from genbounds.arguments import number, settle
from genbounds.variables import VARIABLES

HOEFFDING = gb.catalogue["hoeffding"]
VC = gb.catalogue["vapnik_chervonenkis"]
OCCAM = gb.catalogue["occam_binomial"]
FACTS = {"empirical_risk": 0.1, "n": 1000, "delta": 0.05}


def fault(bound, **given) -> str:
    with pytest.raises(ValueError) as caught:
        bound(**given)
    return str(caught.value)


# --- kinds


@pytest.mark.parametrize(
    "value", [True, Decimal("0.1"), "0.1", None, [0.1], (0.1,), {0.1}, 1j, object], ids=str
)
@pytest.mark.parametrize("name", ["empirical_risk", "n", "delta"])
def test_what_is_no_number_is_refused_by_name(name, value):
    message = fault(HOEFFDING, **FACTS | {name: value})
    assert name in message
    assert "must be a number or a numpy array, got" in message
    kind = "None" if value is None else type(value).__name__
    assert kind in message


@pytest.mark.parametrize("value", [True, 1j, None, "0.5"])
def test_an_array_of_what_is_no_real_number_is_refused(value):
    message = fault(HOEFFDING, **FACTS | {"delta": np.array([value])})
    assert "delta must hold real numbers, got an array of" in message


@pytest.mark.parametrize("value", [np.bool_(True), np.array(True)])
def test_a_numpy_bool_is_no_number(value):
    assert "must hold real numbers" in fault(HOEFFDING, **FACTS | {"n": value})


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (1, float),
        (1.0, float),
        (Fraction(1, 2), float),
        (np.float32(0.5), float),
        (np.float64(0.5), float),
        (np.array(0.5), float),
    ],
)
def test_scalars_in_python_scalars_out(value, kind):
    assert type(HOEFFDING(empirical_risk=value, n=np.int64(100), delta=Fraction(1, 20))) is kind


def test_kinds_of_the_same_number_give_the_same_value():
    expected = HOEFFDING(empirical_risk=0.5, n=100, delta=0.25)
    for half in (Fraction(1, 2), np.float64(0.5), np.float32(0.5), np.array(0.5)):
        for hundred in (100, 100.0, np.int32(100), np.array(100), Fraction(100)):
            assert HOEFFDING(empirical_risk=half, n=hundred, delta=Fraction(1, 4)) == expected


def test_a_fraction_is_as_good_as_its_float():
    assert number("delta", Fraction(1, 3)) == 1 / 3
    assert number("n", np.int64(3)) == 3
    assert type(number("n", np.int64(3))) is int


def test_integer_arrays_become_float_at_the_edge():
    found = HOEFFDING(empirical_risk=0, n=np.array([100, 1000]), delta=0.05)
    assert found.dtype == np.float64


def test_other_kinds_of_number_pass():
    with mpmath.workdps(40):
        digits = HOEFFDING(empirical_risk=mpmath.mpf("0.1"), n=1000, delta=mpmath.mpf("0.05"))
        expected = mpmath.mpf("0.1") + mpmath.sqrt(mpmath.log(20) / 2000)
        assert abs(digits - expected) < mpmath.mpf(10) ** -37
    symbolic = HOEFFDING(empirical_risk=0, n=sympy.Symbol("n", positive=True), delta=sympy.exp(-2))
    assert symbolic == 1 / sympy.sqrt(sympy.Symbol("n", positive=True))


# --- ranges: NaN, the infinities and both sides of every boundary


def bound_with(name: str):
    """Some bound of the catalogue with a number that takes the argument."""
    numbered = (b for b in map(gb.catalogue.get, gb.catalogue) if b.status != "order")
    return next((b for b in numbered if name in b.arguments), None)


NUMERIC = [v for v in VARIABLES.values() if v.kind in ("real", "integer")]
TAKEN = [v for v in NUMERIC if bound_with(v.name) is not None]


def outside(v) -> list[float]:
    """The nearest numbers outside the range, on both sides."""
    found = [v.low if v.open_low else math.nextafter(v.low, -math.inf), v.low - 1]
    if v.open_high or v.high < math.inf:
        found.append(math.inf)
    if v.high < math.inf:
        found += [v.high if v.open_high else math.nextafter(v.high, math.inf), v.high + 1]
    return found


def inside(v) -> list[float]:
    """The nearest numbers inside the range."""
    found = [math.nextafter(v.low, math.inf) if v.open_low and v.kind == "real" else v.low]
    if v.high < math.inf:
        found.append(math.nextafter(v.high, -math.inf) if v.open_high else v.high)
    return found


def refusal(v, value) -> str:
    with pytest.raises(ValueError) as caught:
        settle((v.name,), {v.name: value})
    return str(caught.value)


CASES = [(v, x) for v in NUMERIC for x in [math.nan, -math.inf, *outside(v)]]


@pytest.mark.parametrize(("v", "value"), CASES, ids=[f"{v.name}-{x!r}" for v, x in CASES])
def test_a_number_out_of_range_is_refused_with_the_range(v, value):
    assert refusal(v, value) == f"{v.name} must be {v.domain}, got {value!r}"


@pytest.mark.parametrize(("v", "value"), CASES, ids=[f"{v.name}-{x!r}" for v, x in CASES])
def test_an_entry_out_of_range_is_refused_with_its_place(v, value):
    good = inside(v)[0]
    message = refusal(v, np.array([good, value]))
    assert message == f"{v.name} must be {v.domain}, got {value!r} at position 1 of the array"


EDGES = [(v, x) for v in NUMERIC for x in inside(v)]


@pytest.mark.parametrize(("v", "value"), EDGES, ids=[f"{v.name}-{x!r}" for v, x in EDGES])
def test_the_ends_of_the_range_are_taken(v, value):
    assert settle((v.name,), {v.name: value}).values == {v.name: value}
    assert settle((v.name,), {v.name: np.array([value])}).values[v.name].tolist() == [value]


@pytest.mark.parametrize("v", [v for v in NUMERIC if v.kind == "integer"], ids=lambda v: v.name)
def test_a_count_is_whole(v):
    half = v.low + 1.5
    assert refusal(v, half) == f"{v.name} must be {v.domain}, got {half!r}"
    assert "at position 0" in refusal(v, np.array([half]))
    assert settle((v.name,), {v.name: float(v.low + 2)}).values[v.name] == v.low + 2


@pytest.mark.parametrize("v", NUMERIC, ids=lambda v: v.name)
def test_the_words_of_a_range_are_its_numbers(v):
    for end in (v.low, v.high):
        if math.isfinite(end):
            text = str(int(end)) if end == int(end) else f"{end:g}"
            assert text in v.domain
    assert ("integer" in v.domain) == (v.kind == "integer")


@pytest.mark.parametrize("v", TAKEN, ids=lambda v: v.name)
def test_bounds_check_every_argument(v):
    """The fast path of a scalar call refuses what the careful one refuses."""
    from tests.catalogue.draws import typical

    bound = bound_with(v.name)
    facts = typical(bound)
    for value in (math.nan, *outside(v)):
        message = fault(bound, **facts | {v.name: value})
        assert f"{v.name} must be {v.domain}, got {value!r}" in message


# --- inconsistent, missing and unknown


def test_all_faults_in_one_message():
    message = fault(HOEFFDING, empirical_risk=2, n=0, delta=1, epsilon=0.1)
    assert message == (
        "unknown argument 'epsilon' (this bound takes empirical_risk (or errors and n), n, delta); "
        "empirical_risk must be in [0, 1], got 2; n must be finite and at least 1, got 0; "
        "delta must be in (0, 1), got 1"
    )


def test_a_fault_of_kind_does_not_hide_one_of_range():
    message = fault(HOEFFDING, empirical_risk="x", n=0, delta=math.nan)
    for name in ("empirical_risk", "n must", "delta must"):
        assert name in message
    assert "missing" not in message


def test_missing_arguments_are_named_with_their_meaning_and_range():
    message = fault(HOEFFDING, n=10)
    assert (
        "missing argument empirical_risk (mean loss on the sample: in [0, 1]) (or errors and n)"
        in message
    )
    assert (
        "missing argument delta (failure probability of the whole statement: in (0, 1))" in message
    )


@pytest.mark.parametrize("name", ["vc_dim", "confidence", "m", "alpha"])
def test_an_unknown_argument_is_named_with_what_is_taken(name):
    assert f"unknown argument {name!r}" in fault(HOEFFDING, **FACTS, **{name: 1})
    assert "empirical_risk" in fault(HOEFFDING, **FACTS, **{name: 1})


def test_a_growth_is_refused_where_nothing_is_counted():
    assert fault(HOEFFDING, **FACTS, growth="sauer") == "growth goes with vc_dim"


def test_arguments_are_keywords():
    with pytest.raises(TypeError):
        HOEFFDING(0.1, 1000, 0.05)


def test_more_errors_than_points():
    message = fault(OCCAM, errors=11, n=10, log_prior=1, delta=0.05)
    assert message == "errors must be at most n, got 11, 10"
    array = fault(OCCAM, errors=np.array([1, 11]), n=10, log_prior=1, delta=0.05)
    assert "errors must be at most n" in array


@pytest.mark.parametrize(
    ("names", "given", "sentence"),
    [
        (
            ("errors_first_only", "errors_second_only", "n"),
            {"errors_first_only": 6, "errors_second_only": 5, "n": 10},
            "errors_first_only + errors_second_only must be at most n, got 6, 5, 10",
        ),
        (
            ("n", "population_size"),
            {"n": 11, "population_size": 10},
            "n must be at most population_size, got 11, 10",
        ),
    ],
)
def test_what_can_never_be(names, given, sentence):
    with pytest.raises(ValueError) as caught:
        settle(names, given)
    assert str(caught.value) == sentence


def test_the_sample_is_a_count_where_something_is_counted():
    assert "n must be an integer at least 1 in a bound that counts, got 10.5" in fault(
        OCCAM, errors=1, n=10.5, log_prior=1, delta=0.05
    )
    assert "in a bound that counts" in fault(VC, empirical_risk=0, n=10.5, vc_dim=1, delta=0.05)
    assert "in a bound that counts" in fault(HOEFFDING, errors=1, n=10.5, delta=0.05)
    assert math.isfinite(HOEFFDING(empirical_risk=0.1, n=10.5, delta=0.05))


def test_shapes_that_do_not_broadcast():
    message = fault(
        HOEFFDING, empirical_risk=np.array([0.1, 0.2]), n=np.array([10.0, 20, 30]), delta=0.05
    )
    assert message == "shapes do not broadcast: empirical_risk (2,), n (3,)"


def test_an_empty_array_is_refused():
    assert "delta must be in (0, 1), got an empty array" in fault(
        HOEFFDING, **FACTS | {"delta": np.array([])}
    )


# --- functions, sequences, data


@pytest.mark.parametrize("value", [None, 3, "sauer", [1.0], True])
def test_a_growth_that_is_no_function(value):
    message = fault(VC, empirical_risk=0.1, n=10, log_growth=value, delta=0.05)
    assert "log_growth must be a function of the sample size, got" in message


MCDIARMID = gb.catalogue["mcdiarmid"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (3.0, "must be a sequence of numbers, got float 3.0"),
        ("12", "must be a sequence of numbers, got str '12'"),
        (None, "must be a sequence of numbers, got None"),
        ([1.0, "x"], "must be a flat sequence of numbers"),
        ([[1.0], [2.0]], "must be a flat sequence of numbers"),
        (np.ones((2, 2)), "must be a flat sequence of numbers"),
        ([True, 1.0], "must be a flat sequence of numbers"),
        ([], "must be a sequence of finite numbers at least 0, got an empty sequence"),
        ([1.0, -1.0], "must be a sequence of finite numbers at least 0, got -1.0 at position 1"),
        ([math.nan], "must be a sequence of finite numbers at least 0, got nan at position 0"),
        ([1.0, math.inf], "must be a sequence of finite numbers at least 0, got inf at position 1"),
    ],
    ids=str,
)
def test_a_sequence_that_is_none(value, words):
    assert fault(MCDIARMID, differences=value, delta=0.05) == f"differences {words}"


def test_sequences_of_every_kind_are_taken():
    expected = MCDIARMID(differences=(0.5, 0.25), delta=0.05)
    for value in (
        [0.5, 0.25],
        np.array([0.5, 0.25]),
        (x for x in (0.5, 0.25)),
        [Fraction(1, 2), np.float64(0.25)],
    ):
        assert MCDIARMID(differences=value, delta=0.05) == expected


def test_losses_lie_between_zero_and_one():
    with pytest.raises(
        ValueError,
        match=r"losses must be a non-empty sequence of numbers in \[0, 1\], got 1.5 at position 1",
    ):
        settle(("losses",), {"losses": [0.5, 1.5]})


# --- derived


def test_an_error_count_gives_the_empirical_risk():
    settled = settle(("empirical_risk", "n", "delta"), {"errors": 192, "n": 600, "delta": 0.05})
    assert settled.values == {"empirical_risk": 0.32, "n": 600, "delta": 0.05}
    assert settled.notes == ("empirical_risk = errors / n",)
    assert HOEFFDING(errors=192, n=600, delta=0.05) == HOEFFDING(
        empirical_risk=0.32, n=600, delta=0.05
    )


def test_a_number_of_hypotheses_gives_its_log():
    finite = gb.catalogue["finite_hoeffding"]
    assert finite(**FACTS, n_hypotheses=100) == finite(**FACTS, log_cardinality=math.log(100))


def test_bits_give_the_prior():
    occam = gb.catalogue["occam_hoeffding"]
    assert occam(**FACTS, bits=10) == occam(**FACTS, log_prior=10 * math.log(2))


def test_a_source_and_its_target_together():
    """What is given directly is used, and what would only repeat it is refused as unknown."""
    finite = gb.catalogue["finite_hoeffding"]
    assert "unknown argument 'n_hypotheses'" in fault(
        finite, **FACTS, n_hypotheses=100, log_cardinality=1
    )
    assert "unknown argument 'errors'" in fault(HOEFFDING, **FACTS, errors=100)
    assert "unknown argument 'vc_dim'" in fault(VC, **FACTS, vc_dim=3, log_growth=gb.Sauer(3))


def test_an_unknown_variable_may_wait():
    settled = settle(("empirical_risk", "n", "delta"), {"empirical_risk": 0.1, "delta": 0.05}, "n")
    assert settled.derive({"empirical_risk": 0.1, "delta": 0.05, "n": 7})["n"] == 7
