"""Certified values: exact inputs, ends rounded outwards, digits that the whole interval shares."""

import json
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import genbounds as gb

flint = pytest.importorskip("flint")
B = gb.catalogue

from genbounds.enclosing import Enclosure, certain_digits  # noqa: E402


def hoeffding(risk: Fraction, n: int, delta: Fraction, digits: int) -> mpmath.mpf:
    with mpmath.workdps(digits + 20):
        delta = mpmath.mpf(delta.numerator) / delta.denominator
        risk = mpmath.mpf(risk.numerator) / risk.denominator
        return risk + mpmath.sqrt(-mpmath.log(delta) / (2 * n))


def test_an_upper_bound_rounds_up_and_a_lower_bound_down():
    facts = {"empirical_risk": "0.1", "n": 1000, "delta": "0.05"}
    lower, upper = B["hoeffding"].two_sided.enclose(**facts)
    assert upper.value == upper.upper > upper.lower
    assert lower.value == lower.lower < lower.upper
    assert (lower.side, upper.side) == ("lower", "upper")


@given(
    risk=st.fractions(0, 1, max_denominator=10**9),
    n=st.integers(1, 10**18),
    delta=st.fractions(Fraction(1, 10**30), Fraction(99, 100), max_denominator=10**40).filter(
        lambda x: x > 0
    ),
)
@settings(max_examples=60, deadline=None)
def test_the_ends_are_floats_next_to_the_value(risk, n, delta):
    found = B["hoeffding"].enclose(empirical_risk=risk, n=n, delta=delta)
    exact = hoeffding(risk, n, delta, 60)
    with mpmath.workdps(60):
        assert mpmath.mpf(found.lower) <= exact <= mpmath.mpf(found.upper)
        assert np.nextafter(found.lower, 99) == found.upper or found.lower == found.upper
        shown = mpmath.mpf(found.digits)
        assert shown <= exact < shown * (1 + mpmath.mpf(10) ** -18)


def test_a_hundred_digits_and_more():
    found = B["hoeffding"].enclose(empirical_risk="1/3", n=7, delta="1e-300", digits=300)
    with mpmath.workdps(320):
        exact = mpmath.mpf(1) / 3 + mpmath.sqrt(300 * mpmath.log(10) / 14)
        assert mpmath.nstr(exact, 310, strip_zeros=False).startswith(found.digits)
    assert len(found.digits) >= 299


@pytest.mark.parametrize(
    "delta", [0.05, "0.05", "5e-2", "1/20", Fraction(1, 20), Decimal("0.05"), np.float64(0.05)]
)
def test_every_way_to_write_a_number_means_the_decimal(delta):
    found = B["hoeffding"].enclose(empirical_risk="0.1", n=1000, delta=delta, digits=40)
    exact = B["hoeffding"].enclose(empirical_risk="0.1", n=1000, delta=Fraction(1, 20), digits=40)
    assert found.digits == exact.digits


def test_binary_takes_the_double_itself():
    facts = {"empirical_risk": 0.1, "n": 1000, "delta": 0.05, "digits": 40}
    double = B["hoeffding"].enclose(**facts, binary=True)
    assert double.digits != B["hoeffding"].enclose(**facts).digits
    exact = facts | {"empirical_risk": Fraction(0.1), "delta": Fraction(0.05)}
    assert double.digits == B["hoeffding"].enclose(**exact).digits


def test_flints_own_numbers_come_back_as_such():
    with flint.ctx.workprec(100):
        found = B["hoeffding"](empirical_risk=flint.arb("0.1"), n=1000, delta=flint.arb("0.05"))
        assert isinstance(found, flint.arb)
        wide = B["hoeffding"](empirical_risk=flint.arb("0.1 +/- 0.01"), n=1000, delta=0.05)
    assert wide.contains(found)
    assert wide.rad() > 0.009


def test_an_interval_of_inputs_cannot_be_certified_to_more_than_it_holds():
    with pytest.raises(ValueError, match=r"cannot be enclosed to 20 digits.*intervals themselves"):
        B["hoeffding"].enclose(empirical_risk=flint.arb("0.1 +/- 1e-5"), n=1000, delta="0.05")
    found = B["hoeffding"].enclose(
        empirical_risk=flint.arb("0.1 +/- 1e-9"), n=1000, delta="0.05", digits=6
    )
    assert found.digits == "0.138702"


def test_a_width_is_exact_too():
    narrow = B["hoeffding"].enclose(empirical_risk="0.3", n=10, delta="0.05", digits=30)
    wide = B["hoeffding"].enclose(empirical_risk=9, n=10, delta="0.05", width=30, digits=30)
    assert Fraction(wide.digits) / 30 == pytest.approx(Fraction(narrow.digits), abs=1e-28)


def test_one_error_names_every_fault():
    with pytest.raises(ValueError, match=r"n must be finite and at least 1.*delta must be in"):
        B["hoeffding"].enclose(empirical_risk="0.1", n=0, delta="1.05")
    with pytest.raises(ValueError, match=r"empirical_risk must be one exact number.*n must be"):
        B["hoeffding"].enclose(empirical_risk=[1], n="many", delta="0.05")
    with pytest.raises(ValueError, match="missing argument delta"):
        B["hoeffding"].enclose(empirical_risk="0.1", n=10)
    with pytest.raises(ValueError, match="digits must be an integer"):
        B["hoeffding"].enclose(empirical_risk="0.1", n=10, delta="0.1", digits=0)
    with pytest.raises(ValueError, match="errors must be at most n"):
        B["chernoff"].enclose(errors=11, n=10, delta="0.05")


def test_where_the_theorem_is_silent_the_value_is_infinite():
    found = B["maurer_pontil"].enclose(empirical_risk=0, sample_variance=0, n=1, delta="0.05")
    assert (found.value, found.digits) == (float("inf"), "inf")


def test_a_growth_function_in_floats_is_refused():
    import math

    facts = {"empirical_risk": 0, "n": 100, "delta": "0.05"}
    with pytest.raises(TypeError, match="answers in floats"):
        B["mohri"].enclose(**facts, log_growth=lambda m: math.log(m + 1))
    exact = B["mohri"].enclose(**facts, log_growth=lambda m: gb.generic.log(m + 1))
    assert exact.value == pytest.approx(
        B["mohri"](**facts | {"delta": 0.05}, log_growth=lambda m: math.log(m + 1)), rel=1e-15
    )


def test_a_bound_without_constants_has_no_digits():
    with pytest.raises(ValueError, match="known up to a constant only"):
        B["massart_nedelec"].enclose(vc_dim=3, n=10)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("0.25", "0.25"), ("400700", "400700"), ("0", "0"), ("-2.5", "-2.5"),
        ("1e30", "1e+30"), ("12345678901234567890", "12345678901234567890"),
    ],
)  # fmt: skip
def test_an_exact_value_shows_all_its_digits(text, digits):
    with flint.ctx.workprec(200):
        assert certain_digits(flint.arb(text), 20) == digits


def test_numbers_far_beyond_the_floats_keep_their_digits():
    with flint.ctx.workprec(200):
        tail = flint.arb(-(10**4)).exp()
        assert Enclosure(tail, "upper").digits.startswith("1.135483865314736")
        assert Enclosure(tail, "upper").digits.endswith("e-4343")
        assert Enclosure(flint.arb(-(10**6)).exp(), "upper").digits.startswith("[3.2968314")


def test_no_digit_is_claimed_where_none_is_certain():
    with flint.ctx.workprec(100):
        tie = flint.arb(3).sqrt() ** 2
    assert "+/-" in Enclosure(tie, "upper").digits
    assert Enclosure(tie, "upper").upper == np.nextafter(3.0, 4)


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("1e-400", 0.0, 5e-324), ("-1e-400", -5e-324, 0.0),
        ("1e400", 1.7976931348623157e308, float("inf")),
        ("-1e400", float("-inf"), -1.7976931348623157e308),
        ("1.7976931348623158e308", 1.7976931348623157e308, float("inf")),
        ("3e-324", 0.0, 5e-324), ("7e-324", 5e-324, 1e-323),
    ],
)  # fmt: skip
def test_beyond_the_floats_the_ends_are_still_outside(text, lower, upper):
    with flint.ctx.workprec(300):
        found = Enclosure(flint.arb(text), "upper")
    assert (found.lower, found.upper) == (lower, upper)


def test_the_answer_prints_its_proof():
    answer = gb.answer("chernoff", errors=192, n=600, delta=0.025).certify()
    assert answer.enclosures[0].digits in answer.text
    assert answer.to_dict()["certified"][0]["digits"] == answer.enclosures[0].digits
    assert "certified" not in gb.answer("chernoff", errors=192, n=600, delta=0.025).to_dict()


def test_the_command_line_prints_the_digits_that_are_certain():
    words = "compute hoeffding --empirical-risk .1 --n 1000 --delta .05 --certified".split()
    run = subprocess.run(
        [sys.executable, "-m", "genbounds", *words, "--json"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    proof = json.loads(run.stdout)["certified"][0]
    assert proof["digits"] == "0.13870227560204949365"
    assert float(proof["lower"]) < float(proof["upper"])


def test_without_python_flint_the_error_names_the_extra(tmp_path):
    code = (
        "import sys; sys.modules['flint'] = None\n"
        "import genbounds as gb\n"
        "facts = {'n': 10, 'delta': .05}\n"
        "hoeffding = gb.catalogue['hoeffding']\n"
        "assert hoeffding(empirical_risk=.1, **facts) > .1\n"
        "for call in (lambda: hoeffding.enclose(empirical_risk=.1, **facts),\n"
        "             lambda: gb.solve(hoeffding, 'epsilon', certified=True, **facts)):\n"
        "    try:\n        call()\n"
        "    except ImportError as fault:\n"
        "        assert 'genbounds[certified]' in str(fault), fault\n"
        "    else:\n        raise SystemExit('no error')\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    "delta",
    [np.float32(0.05), np.float16(0.05), np.longdouble("0.05"), np.array(0.05), " 0.05\n"],
    ids=str,
)
def test_a_float_of_any_width_means_its_own_shortest_decimal(delta):
    found = B["hoeffding"].enclose(empirical_risk="0.1", n=np.int64(1000), delta=delta)
    assert found.digits == "0.13870227560204949365"


@pytest.mark.parametrize("kind", [np.float32, np.float64, np.longdouble])
def test_binary_takes_numpys_number_itself(kind):
    facts = {"empirical_risk": 0, "n": 1000}
    exact = Fraction(*kind("0.05").as_integer_ratio())
    found = B["hoeffding"].enclose(**facts, delta=kind("0.05"), binary=True)
    assert found.digits == B["hoeffding"].enclose(**facts, delta=exact).digits


def test_flints_own_floats_are_exact():
    found = B["hoeffding"].enclose(empirical_risk=0, n=1000, delta=flint.arf(0.5))
    assert found.digits == B["hoeffding"].enclose(empirical_risk=0, n=1000, delta="0.5").digits


@pytest.mark.parametrize(
    ("delta", "words"),
    [
        ("nan", r"in \(0, 1\), got nan"), (Decimal("sNaN"), r"in \(0, 1\), got nan"),
        ("1e-999999999", "at most 100000 digits"), ("1e999999999", "at most 100000 digits"),
        ("0,05", "a number such as"), ("5%", "a number such as"), ("1/0", "a number such as"),
        ("", "a number such as"), (None, "one exact number"), (1j, "one exact number"),
    ],
)  # fmt: skip
def test_what_is_no_number_is_named(delta, words):
    with pytest.raises(ValueError, match=f"delta must be .*{words}"):
        B["hoeffding"].enclose(empirical_risk=0, n=10, delta=delta)


def test_a_tiny_delta_has_digits_where_floats_have_none():
    found = B["hoeffding"].enclose(empirical_risk=0, n=10, delta="1e-400")
    with mpmath.workdps(40):
        assert found.digits[:20] == mpmath.nstr(mpmath.sqrt(400 * mpmath.log(10) / 20), 40)[:20]


@pytest.mark.parametrize(
    ("differences", "words"),
    [
        (".1,.2", "must be a sequence of numbers"), (None, "must be a sequence of numbers"),
        (3, "must be a sequence of numbers"), (["nan", 1], "got nan at position 0"),
        ([[0.1]], "must be one exact number"), ([], "an empty sequence"),
    ],
)  # fmt: skip
def test_a_sequence_is_checked_entry_by_entry(differences, words):
    with pytest.raises(ValueError, match=f"differences .*{words}"):
        B["mcdiarmid"].enclose(differences=differences, delta="0.05")


def test_a_long_wrong_number_is_not_printed_in_full():
    with pytest.raises(ValueError, match="n must be finite") as fault:
        B["hoeffding"].enclose(empirical_risk=0, n="1e5000", delta="0.05")
    assert len(str(fault.value)) < 200


def test_an_infinite_input_gives_what_floats_give():
    facts = {"empirical_risk": "0.1", "n": 100, "delta": "0.05"}
    assert B["mcallester"].enclose(kl="inf", **facts).digits == "inf"
    assert B["pac_bayes_kl"].enclose(kl="inf", **facts).digits == "1"


@pytest.mark.parametrize("digits", [True, "20", 20.0, None, 4001])
def test_digits_are_a_plain_integer(digits):
    with pytest.raises(ValueError, match="digits must be an integer"):
        B["hoeffding"].enclose(empirical_risk=0, n=10, delta="0.05", digits=digits)


def test_digits_of_numpy_are_an_integer_too():
    found = B["hoeffding"].enclose(empirical_risk=0, n=10, delta="0.05", digits=np.int64(5))
    assert found.digits == "0.38702"


def test_near_a_short_decimal_the_ball_is_shown():
    """0.19 is known to 1e-25, yet 0.18999... and 0.19000... share one digit."""
    found = B["clopper_pearson"].enclose(errors=0, n=1, delta="0.81")
    assert found.digits.startswith("[0.190000")
    assert found.lower <= 0.19 <= found.upper == np.nextafter(found.lower, 1)


def test_the_command_line_refuses_what_would_fill_the_memory():
    from genbounds.cli.words import to_number

    for text in ("1e-999999999", "1e999999999"):
        with pytest.raises(ValueError, match="too far from 1"):
            to_number(text)
    assert to_number("1e-400") == Fraction(1, 10**400)


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("compute hoeffding --empirical-risk .1 --n 1000 --delta .05", ["0.13870227560204949365"]),
        (
            "test-set --errors 192 --n 600 --side both",
            ["0.28280624148647656049", "0.35897682806755538699"],
        ),
        (
            "solve hoeffding n --epsilon .05 --delta .05",
            ["0.049964422955689105952", "0.050006112093484826763"],
        ),
    ],
)
@pytest.mark.parametrize("style", ["table", "json", "csv", "markdown"])
def test_every_format_shows_the_digits(words, digits, style, capsys):
    from genbounds.cli import main

    with pytest.raises(SystemExit) as left:
        main([*words.split(), "--certified", "--format", style])
    printed = capsys.readouterr().out
    assert left.value.code == 0
    assert all(text in printed for text in digits)
