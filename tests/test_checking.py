"""Property tests as a function: every bound of the catalogue passes, slips fail with a witness."""

import json
import math
from itertools import islice

import pytest

import genbounds as gb
from genbounds.checking import check
from genbounds.checking.domain import Cover, Domain
from genbounds.claims import FIXED, below
from genbounds.declaration import bound
from genbounds.generic import ONE, floor, log, log_ratio, maximum, sqrt
from genbounds.growth import Sauer
from genbounds.variables import VARIABLES

NUMBERED = [name for name in gb.catalogue if gb.catalogue[name].status != "order"]
ORDERS = [name for name in gb.catalogue if gb.catalogue[name].status == "order"]


@pytest.mark.parametrize("name", NUMBERED)
def test_every_bound_of_the_catalogue_passes(name):
    found = check(name, draws=10)
    assert found.ok, found.text
    assert len(found.passed) >= 5


@pytest.mark.parametrize("name", ORDERS)
def test_a_rate_has_latex_and_no_numbers(name):
    found = check(name, draws=3)
    assert found.ok
    assert found["LaTeX"].status == "passed"
    assert found["number"].detail == "a rate without constants has no number"


def stated(**declared):
    return bound(declared.pop("claim", FIXED), source="a test", **declared)


# --- slips of the pen: the property that notices each, and what its witness shows


@stated(additive=True)
def growing(empirical_risk, n, delta):
    """n above the fraction line."""
    return empirical_risk + sqrt(n * log_ratio(1, delta))


@stated()
def log_of_zero(empirical_risk, n, delta):
    """0 ln 0, written out."""
    return empirical_risk + empirical_risk * log(1 / empirical_risk) / n + log_ratio(1, delta) / n


@stated(additive=True)
def float_constant(empirical_risk, n, delta):
    """0.5 in place of ONE/2."""
    return empirical_risk + sqrt(0.5 * log_ratio(1, delta) / n)


@stated(additive=True)
def float_exponent(empirical_risk, n, delta):
    """A root as a power."""
    return empirical_risk + (log_ratio(1, delta) / (2 * n)) ** 0.5


@stated()
def crossed(empirical_risk, n, delta):
    """Its lower side lies above it for large n."""
    return empirical_risk + log_ratio(1, delta) / n


@stated(claim=below(FIXED))
def crossed_lower(empirical_risk, n, delta):
    """The other side, half too high."""
    return empirical_risk + ONE / 2 - log_ratio(1, delta) / n


@stated(additive=True)
def nothing_at_one(empirical_risk, n, delta):
    """n - 1 where a single observation leaves 0/0."""
    return empirical_risk + sqrt(log_ratio(1, delta) * (n - 1) / (2 * n * (n - 1)))


@stated(needs=("n >= 2",))
def need_too_weak(empirical_risk, n, delta):
    """Infinite where its own condition lets it speak."""
    return empirical_risk + sqrt(log_ratio(1, delta) / (n - 2))


@stated(additive=True)
def overflowing(empirical_risk, n, delta):
    """Powers that leave the floats before they are divided."""
    return empirical_risk + sqrt(n**400 * log_ratio(1, delta) / (2 * n**401))


@stated(additive=True)
def not_additive(empirical_risk, n, delta):
    """The deviation depends on the empirical risk."""
    return empirical_risk + sqrt(2 * empirical_risk * log_ratio(1, delta) / n)


@stated(additive=True)
def without_delta(empirical_risk, n, delta):
    """The same for every failure probability."""
    return empirical_risk + sqrt(ONE / n)


@stated(additive=True)
def upside_down(empirical_risk, n, delta):
    """1 - delta for delta."""
    return empirical_risk + sqrt(log_ratio(1, 1 - delta) / n)


@stated()
def wrong_side(empirical_risk, n, delta):
    """Minus for plus: the lower bound, claimed as an upper one."""
    return empirical_risk - sqrt(log_ratio(1, delta) / (2 * n))


@stated()
def branching(empirical_risk, n, delta):
    """`if` in place of `where`."""
    if n > 100:
        return empirical_risk + sqrt(log_ratio(1, delta) / (2 * n))
    return empirical_risk + sqrt(log_ratio(1, delta) / n)


@stated()
def builtin_max(empirical_risk, n, delta):
    """`max` in place of `maximum`."""
    return max(empirical_risk, log_ratio(1, delta) / n)


@stated()
def in_math(empirical_risk, n, delta):
    """`math` in place of `generic`."""
    return empirical_risk + math.sqrt(math.log(1 / delta) / n)


@stated()
def cancelling(empirical_risk, n, delta):
    """No digit left of a small deviation."""
    return empirical_risk + (1 - (1 - log_ratio(1, delta) / n))


@stated()
def jumping(empirical_risk, n, delta):
    """Rounding down lets the bound grow with n."""
    return floor(n * empirical_risk) / n + sqrt(log_ratio(1, delta) / (2 * n))


@stated(direction={"n": "+"})
def declared_wrong(empirical_risk, n, delta):
    """The declaration is what is wrong."""
    return empirical_risk + sqrt(log_ratio(1, delta) / (2 * n))


@stated(
    direction={"n": None},
    witness={"n": {"at": {"empirical_risk": 0.1, "delta": 0.05}, "values": (1, 10, 100)}},
)
def false_witness(empirical_risk, n, delta):
    """Monotone, whatever the witness says."""
    return empirical_risk + sqrt(log_ratio(1, delta) / (2 * n))


@stated()
def nothing_returned(empirical_risk, n, delta):
    """The `return` was forgotten."""
    empirical_risk + sqrt(log_ratio(1, delta) / n)


@stated()
def unfinished(empirical_risk, n, delta):
    """A formula that raises."""
    raise RuntimeError("not yet")


SLIPS = [
    (growing, "moves in n", "grows"),
    (log_of_zero, "number", "is NaN"),
    (float_constant, "exact constants", "0.5"),
    (float_constant, "symbols", "0.707"),
    (float_exponent, "exact constants", "0.5"),
    (crossed, "two-sided", "is empty"),
    (crossed_lower, "two-sided", "is empty"),
    (crossed_lower, "possible", "at most 1"),
    (nothing_at_one, "number", "is NaN"),
    (need_too_weak, "number", "is inf"),
    (overflowing, "number", "is NaN"),
    (not_additive, "additive", "at 0"),
    (without_delta, "LaTeX", "does not name delta"),
    (upside_down, "smaller delta", "says more at the smaller delta"),
    (upside_down, "two-sided", "inside the one-sided"),
    (wrong_side, "possible", "at least 0"),
    (wrong_side, "moves in n", "grows"),
    (branching, "arrays", "`if` as where(condition"),
    (branching, "LaTeX", "neither true nor false"),
    (builtin_max, "arrays", "write max as maximum"),
    (in_math, "generic names", "write `from genbounds.generic import log, sqrt`"),
    (in_math, "arrays", "uses math.log, math.sqrt"),
    (in_math, "LaTeX", "uses math.log, math.sqrt"),
    (cancelling, "50 digits", "in floats"),
    (jumping, "moves in n", "grows"),
    (declared_wrong, "moves in n", "falls"),
    (false_witness, "n, no direction", "does not go up and down"),
    (nothing_returned, "number", "NoneType"),
    (unfinished, "number", "RuntimeError: not yet"),
]
IDS = [f"{slip.name}-{name}" for slip, name, _ in SLIPS]


@pytest.mark.parametrize(("slip", "name", "words"), SLIPS, ids=IDS)
def test_a_slip_is_found_by_the_right_property(slip, name, words):
    found = check(slip)
    assert not found.ok
    assert found[name] in found.failures
    assert words in found[name].detail


def shown(slip, name) -> list:
    """What the calls of a witness give when they are copied."""
    space = {"gb": gb, "Sauer": Sauer, "Cover": Cover, slip.name: slip}
    return [eval(code, space) for code in check(slip)[name].witness]


def test_a_witness_of_a_number_is_one_call():
    for slip in (log_of_zero, nothing_at_one, overflowing):
        (value,) = shown(slip, "number")
        assert math.isnan(value)
    (value,) = shown(need_too_weak, "number")
    assert value == math.inf


def test_a_witness_of_a_direction_is_a_pair_of_calls():
    for slip in (growing, wrong_side, jumping):
        small, large = shown(slip, "moves in n")
        assert small < large
    small, large = shown(declared_wrong, "moves in n")
    assert small > large
    strict, loose = shown(upside_down, "smaller delta")
    assert strict < loose


def test_a_witness_holds_what_is_impossible():
    (value,) = shown(wrong_side, "possible")
    assert value < 0
    (value,) = shown(crossed_lower, "possible")
    assert value > 1


def test_a_witness_of_a_false_gap_is_two_risks():
    first, second = check(not_additive)["additive"].witness
    risks = [float(x.split("empirical_risk=")[1].split(",")[0]) for x in (first, second)]
    high, low = shown(not_additive, "additive")
    assert high - risks[0] != pytest.approx(low - risks[1], rel=1e-6)


def test_a_witness_is_small():
    assert check(log_of_zero)["number"].witness == (
        "log_of_zero(empirical_risk=0.0, n=1, delta=0.5)",
    )
    assert check(nothing_at_one)["number"].witness == (
        "nothing_at_one(empirical_risk=0.5, n=1, delta=0.5)",
    )
    assert check(growing)["moves in n"].witness == (
        "growing(empirical_risk=0.5, n=1, delta=0.5)",
        "growing(empirical_risk=0.5, n=2, delta=0.5)",
    )


def test_a_witness_of_writing_can_be_copied():
    (written,) = shown(float_constant, "exact constants")
    assert "0.5" in written
    (expression,) = shown(float_constant, "symbols")
    assert "0.707" in str(expression)


# --- what passes, what does not apply, and why


@stated(additive=True)
def sound(empirical_risk, n, delta):
    """Hoeffding's inequality."""
    return empirical_risk + sqrt(log_ratio(1, delta) / (2 * n))


@stated(needs=("n >= 2", "sample_variance <= 1"))
def needy(empirical_risk, sample_variance, n, delta):
    """Silent for one observation."""
    return empirical_risk + sqrt(2 * sample_variance * log_ratio(2, delta) / n) + 1 / (n - 1)


@stated(needs=("n < 1",))
def never(empirical_risk, n, delta):
    """A theorem about nothing."""
    return empirical_risk + sqrt(log_ratio(1, delta) / n)


@stated(direction={"n": None}, expression=False)
def unsure(empirical_risk, n, delta):
    """Directions left open."""
    return maximum(empirical_risk, sqrt(log_ratio(1, delta) / n))


def test_what_is_sound_passes():
    found = check(sound)
    assert found.ok
    assert bool(found)
    assert found.failures == ()
    assert found["number"].draws == 200
    assert found["limit"].detail == "deviation 2e-08 at n = 1e16"  # sqrt(ln(1/4.472e-4)/2e16)
    assert found.text.startswith("sound passes all 16 properties that apply.")


def test_silence_is_asked_where_needs_fail():
    found = check(needy)
    assert found.ok, found.text
    assert found["silence"].status == "passed"
    assert check(sound)["silence"].status == "does not apply"


def test_a_theorem_about_nothing_is_said_to_be_one():
    found = check(never, draws=5)
    assert found["moves in n"].detail == "no drawn facts meet what the theorem needs"


def test_open_directions_get_a_suggestion():
    outcome = check(unsure)["n, no direction"]
    assert outcome.status == "does not apply"
    assert 'declare direction={"n": "-"}' in outcome.detail
    assert "algorithm" in check(unsure)["symbols"].detail


def test_what_seems_additive_gets_a_suggestion():
    @stated()
    def plain(empirical_risk, n, delta):
        return empirical_risk + log_ratio(1, delta) / n

    assert "additive=True" in check(plain)["additive"].detail
    assert "additive=True" not in check("chernoff", draws=5)["additive"].detail


def test_what_stays_apart_is_said_to():
    @stated(additive=True)
    def apart(empirical_risk, n, delta):
        return empirical_risk + ONE / 8 + log_ratio(1, delta) / n

    found = check(apart)
    assert found.ok
    assert found["limit"].detail.startswith("stays 0.125 apart")


# --- the result, its arguments, its draws


def test_the_result_is_told_in_every_form():
    found = check(growing)
    told = json.loads(json.dumps(found.to_dict()))
    assert told["bound"] == "growing"
    assert told["ok"] is False
    assert {x["status"] for x in told["outcomes"]} == {"passed", "failed", "does not apply"}
    assert "FAILED" in found.text
    assert found["moves in n"].witness[0] in found.text.replace("\n" + " " * 30, " ")
    assert "<table>" in found._repr_html_()
    with pytest.raises(KeyError, match="one of number, silence"):
        found["no such property"]


def test_equal_seeds_give_equal_checks():
    assert check(jumping, seed=3).to_dict() == check(jumping, seed=3).to_dict()
    first, second, third = (
        list(islice(Domain(gb.catalogue["bernstein"], seed).draws("x"), 20)) for seed in (3, 3, 4)
    )
    assert first == second
    assert first != third


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"draws": 0}, "draws must be at least 1"),
        ({"draws": True}, "draws must be at least 1"),
        ({"seed": 1.5}, "seed must be an integer"),
        ({"seconds": 0}, "seconds must be greater than 0"),
        ({"seconds": math.nan}, "seconds must be greater than 0"),
    ],
)
def test_wrong_arguments_are_refused(wrong, words):
    with pytest.raises(ValueError, match=words):
        check(sound, **wrong)


def test_what_is_no_bound_is_refused():
    with pytest.raises(ValueError, match="a bound or its name is wanted"):
        check(3)
    with pytest.raises(ValueError, match=r"hoeffding\.two_sided is derived: check hoeffding"):
        check("hoeffding.two_sided")
    with pytest.raises(KeyError, match="did you mean hoeffding"):
        check("hoefding")


def test_a_slow_bound_is_tried_on_fewer_draws():
    found = check("jeffreys", draws=10**5, seconds=1.7)
    assert found.ok
    assert 3 <= found["50 digits"].draws < 2 * 10**4


@pytest.mark.parametrize("name", NUMBERED)
def test_draws_are_valid_and_reach_the_ends(name):
    domain = Domain(gb.catalogue[name], 0)
    drawn = list(islice(domain.draws("x"), 60))
    for facts in drawn:
        assert set(facts) == set(domain.bound.arguments)
        assert domain.speaks(facts)
        domain.bound(**facts)  # no fault: what is drawn is in the domain
    for argument in domain.numbers:
        assert all(VARIABLES[argument].contains(facts[argument]) for facts in drawn)
    ends = {name: domain.ends(name) for name in domain.numbers}
    assert not ends or any(facts[k] in ends[k] for facts in drawn for k in ends)


def test_a_bound_without_any_number_fails_in_that_and_passes_nothing_numeric():
    @gb.bound(gb.Claim(), source="a slip")
    def nowhere(empirical_risk, n, delta):
        """The logarithm of delta below a root."""
        return empirical_risk + sqrt(log(delta) / n)

    found = gb.check(nowhere, draws=20)
    assert not found.ok and [one.name for one in found.failures] == ["number"]
    assert found["arrays"].status == found["50 digits"].status == "does not apply"
