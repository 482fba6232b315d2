"""Looking at the data as they come: bounds that hold at every n at once, whenever one stops.

A nonnegative martingale that starts from 1 ever reaches 1/delta with probability at most delta
(Ville). Stitching Hoeffding's martingales over geometric epochs gives the rate of the iterated
logarithm (Howard et al.), mixing them over a normal law a closed form, and betting against each
possible mean an interval that adapts to the variance (Waudby-Smith and Ramdas). Wald's test and the
stopping rule of Dagum et al. end sampling by themselves.
"""

from genbounds.claims import FIXED, Claim, below
from genbounds.declaration import bound
from genbounds.generic import (
    ONE,
    PI,
    E,
    betting_lower_every_n,
    betting_upper,
    betting_upper_every_n,
    let,
    log,
    log1p,
    log_ratio,
    maximum,
    power,
    relative_entropy,
    sqrt,
    zeta,
)
from genbounds.generic import betting_lower as betting_lower_end

IN_ORDER = FIXED._replace(data="martingale")
EVERY_N = IN_ORDER._replace(time="every_n")
MONITORED = Claim(quantity="threshold", data="martingale", loss="any", time="every_n")
UNSEEN = ("independent_test_set",)
STITCHING = ("stitching_ratio", "stitching_exponent")

_BOUNDARY = {"intrinsic_time": 10, "gamma_scale": 0, "delta": 0.05}
_STITCHED = {"empirical_risk": 0, "n": 1000, "delta": 0.05}

# --- sums of bounded losses


@bound(
    MONITORED, source="HowardRamdasMcAuliffeSekhon2021, Theorem 1", entry="stitched_boundary",
    given=("sub_gamma_increments",), fixed=("start_time", *STITCHING),
    witness={
        "start_time": {"at": _BOUNDARY | {"stitching_ratio": 2, "stitching_exponent": 1.4},
                       "values": [1, 10, 100]},
        "stitching_ratio": {"at": _BOUNDARY | {"start_time": 1, "stitching_exponent": 1.4},
                            "values": [1.01, 2, 1000]},
        "stitching_exponent": {"at": _BOUNDARY | {"start_time": 1, "stitching_ratio": 2},
                               "values": [1.001, 1.4, 50]},
    },
)  # fmt: skip
def howard_stitched_boundary(
    intrinsic_time, gamma_scale, start_time, stitching_ratio, stitching_exponent, delta
):
    """The boundary that a sub-gamma sum ever crosses with probability at most delta, one-sided.

    Epoch k, in which the intrinsic time is between eta^k m and eta^(k+1) m, has its own line, with
    failure probability delta/((k+1)^s zeta(s)); before time m the boundary is flat.
    """
    v = let("v'", maximum(intrinsic_time, start_time))
    cost = _epoch_cost(v / start_time, stitching_ratio, stitching_exponent, delta)
    budget = let("L", cost)
    k1, k2 = _first(stitching_ratio), (sqrt(stitching_ratio) + 1) / 2
    curve, slope = k1**2 * v * budget, let("k", k2 * gamma_scale * budget)
    return sqrt(curve + slope**2) + slope


@bound(
    EVERY_N, source="HowardRamdasMcAuliffeSekhon2021, Theorem 1", entry="stitched_hoeffding_radius",
    additive=True, given=UNSEEN, fixed=STITCHING, direction={"n": None},
    witness={
        "n": {"at": {"empirical_risk": 0, "stitching_ratio": 1.001, "stitching_exponent": 1.4,
                     "delta": 0.05},
              "values": [1, 2, 1000]},
        "stitching_ratio": {"at": _STITCHED | {"stitching_exponent": 1.4},
                            "values": [1.01, 2, 1000]},
        "stitching_exponent": {"at": _STITCHED | {"stitching_ratio": 2},
                               "values": [1.001, 1.4, 50]},
    },
)  # fmt: skip
def howard_stitched(empirical_risk, n, stitching_ratio, stitching_exponent, delta):
    """Hoeffding's inequality at every n at once, at the price of an iterated logarithm.

    Losses in [0, 1] are sub-Gaussian with variance 1/4: the boundary at intrinsic time n/4, tuned
    from n = 1 on and with scale 0.
    """
    budget = let("L", _epoch_cost(n, stitching_ratio, stitching_exponent, delta))
    return empirical_risk + _first(stitching_ratio) * sqrt(budget / (4 * n))


@bound(
    EVERY_N, source="HowardRamdasMcAuliffeSekhon2021, Equation 11", entry="stitched_17_radius",
    additive=True, given=UNSEEN, direction={"n": None},
    witness={"n": {"at": {"empirical_risk": 0, "delta": 0.9}, "values": [1, 1.2, 1000]}},
)  # fmt: skip
def howard_stitched_rounded(empirical_risk, n, delta):
    """Hoeffding's inequality at every n at once, the constants rounded for eta = 2 and s = 1.4.

    k1 sqrt(s) = 1.6985 < 1.7, 1/s = 0.7143 < 0.72 and zeta(s)/(ln 2)^s = 5.188 < 5.2; 1.7 is halved
    as losses in [0, 1] have half of a standard Gaussian's scale. Two-sided: 10.4 in place of 5.2.
    """
    rounds = log(log(2 * n)) + 18 * log_ratio(26 * ONE / 5, delta) / 25
    return empirical_risk + 17 * sqrt(rounds / n) / 20


@bound(
    EVERY_N._replace(side="both"), source="Robbins1970; HowardRamdasMcAuliffeSekhon2021",
    entry="normal_mixture_boundary", additive=True, given=UNSEEN, fixed=("mixture_rho",),
    witness={"mixture_rho": {
        "at": {"empirical_risk": 0, "n": 100, "delta": 0.05}, "values": [0.001, 5, 100000],
    }},
)  # fmt: skip
def normal_mixture(empirical_risk, n, mixture_rho, delta):
    """Hoeffding's inequality at every n at once, best near one n that rho chooses; both sides.

    exp(a S - a^2 V/2), with V = n/4, averaged over a normal a of variance 1/rho is a martingale:
    sqrt(rho/(V + rho)) exp(S^2/(2 (V + rho))) ever reaches 1/delta with probability at most delta.
    """
    spread = (n + 4 * mixture_rho) * (log1p(n / (4 * mixture_rho)) + 2 * log_ratio(1, delta))
    return empirical_risk + sqrt(spread) / (2 * n)


@bound(
    EVERY_N, source="Hoeffding1963, Theorem 2", entry="union_time_hoeffding_radius", additive=True,
    given=UNSEEN, direction={"n": None},
    witness={"n": {"at": {"empirical_risk": 0, "delta": 0.9}, "values": [1, 2, 100]}},
)  # fmt: skip
def hoeffding_every_n(empirical_risk, n, delta):
    """Hoeffding's inequality at every n at once by a union bound: n is given 6 delta/(pi n)^2."""
    return empirical_risk + sqrt(log_ratio(PI**2 * n**2, 6 * delta) / (2 * n))


def _epoch_cost(time, ratio, exponent, delta):
    """s ln ln(eta v/m) + ln(zeta(s)/(delta ln(eta)^s)), its two iterated logarithms joined."""
    return exponent * log(1 + log(time) / log(ratio)) + log_ratio(zeta(exponent), delta)


def _first(ratio):
    """k1 = (eta^(1/4) + eta^(-1/4))/sqrt 2."""
    return (power(ratio, 1, 4) + power(ratio, -1, 4)) / sqrt(2 * ONE)


# --- betting against every mean

# bets adapt to what was seen and to delta, so the ends are monotone in neither
_CALM = (0.0, 0.0, 0.5, 0.0, 0.0) + (0.5,) * 15
_RESTLESS = (0.0, 0.0, 0.5, 0.0, 0.0, 1.0) + (0.5,) * 14
_TURN = (0.0,) * 40 + (1.0,) * 60
_BURST = (0.0,) * 10 + (1.0, 1.0) + (0.0,) * 20


def _mirror(losses):
    return tuple(1 - x for x in losses)


_BET = {
    "given": (*UNSEEN, "order_kept"), "fixed": ("betting_cap",), "expression": False,
    "direction": {"losses": None, "delta": None},
}  # fmt: skip
_ABOVE = {
    "losses": {
        "at": {"betting_cap": 0.9, "delta": 0.001},
        "values": [_mirror(_RESTLESS), _mirror(_CALM), (1.0,) * 20],
    },
    "delta": {"at": {"losses": _mirror(_TURN), "betting_cap": 0.05}, "values": [1e-9, 0.6, 0.99]},
    "betting_cap": {"at": {"losses": _BURST, "delta": 0.05}, "values": [0.05, 0.7, 0.99]},
}
_BELOW = {
    "losses": {
        "at": {"betting_cap": 0.9, "delta": 0.001},
        "values": [(0.0,) * 20, _CALM, _RESTLESS],
    },
    "delta": {"at": {"losses": _TURN, "betting_cap": 0.05}, "values": [1e-9, 0.6, 0.99]},
    "betting_cap": {"at": {"losses": _mirror(_BURST), "delta": 0.05}, "values": [0.05, 0.7, 0.99]},
}


@bound(
    IN_ORDER, source="WaudbySmithRamdas2024, Theorem 3", entry="hedged_capital_ci", **_BET,
    witness=_ABOVE,
)  # fmt: skip
def betting(losses, betting_cap, delta):
    """The largest mean of losses in [0, 1] against which betting has not paid: sharp in practice.

    Bets sqrt(2 ln(1/delta)/(n v)), v the variance of the earlier losses, but at most cap/(1 - m);
    the end is the largest m with K-(m) = prod (1 + bet (m - x)) < 1/delta. Every factor grows with
    m, so all that lies above is rejected too. The order matters; the paper's alpha is 2 delta.
    """
    return betting_upper(losses, log_ratio(1, delta), betting_cap)


@bound(
    below(IN_ORDER), source="WaudbySmithRamdas2024, Theorem 3", entry="hedged_capital", **_BET,
    witness=_BELOW,
)  # fmt: skip
def betting_lower(losses, betting_cap, delta):
    """The smallest mean of losses in [0, 1] against which betting has not paid."""
    return betting_lower_end(losses, log_ratio(1, delta), betting_cap)


@bound(
    EVERY_N, source="WaudbySmithRamdas2024, Theorem 3", entry="hedged_capital_cs", **_BET,
    witness=_ABOVE,
)  # fmt: skip
def betting_every_n(losses, betting_cap, delta):
    """The betting bound at every n at once: the bets have t ln(t + 1) in place of n (Ville)."""
    return betting_upper_every_n(losses, log_ratio(1, delta), betting_cap)


@bound(
    below(EVERY_N), source="WaudbySmithRamdas2024, Theorem 3", entry="hedged_capital_cs_lower",
    **_BET, witness=_BELOW,
)  # fmt: skip
def betting_every_n_lower(losses, betting_cap, delta):
    """The betting bound from below at every n at once."""
    return betting_lower_every_n(losses, log_ratio(1, delta), betting_cap)


# --- rules that end sampling


@bound(
    MONITORED, source="Wald1945; Ville1939", entry="sprt_bounds", given=("simple_hypotheses",),
)  # fmt: skip
def sequential_probability_ratio(delta):
    """Wald's test: the log likelihood ratio that the null reaches with probability at most delta.

    Wald's own ln((1 - beta)/delta) neglects the overshoot: an approximation, and no guarantee.
    """
    return log_ratio(1, delta)


@bound(
    FIXED._replace(quantity="sample_size", side="equal", loss="zero_one", surely="approximate"),
    source="Wald1945", entry="sprt_expected_n", given=("simple_hypotheses",),
    needs=("delta + power_error < 1", "(alternative_risk - risk)**2 > 0"), direction={"risk": None},
    witness={
        "risk": {"at": {"alternative_risk": 0.3, "delta": 0.05, "power_error": 0.1},
                 "values": [0.1, 0.25, 0.9]},
        "alternative_risk": {"at": {"risk": 0.3, "delta": 0.05, "power_error": 0.1},
                             "values": [0.1, 0.25, 0.9]},
    },
)  # fmt: skip
def sequential_probability_ratio_expected_size(risk, alternative_risk, delta, power_error):
    """How often Wald's test tosses a coin when the alternative is true, overshoot neglected.

    The expected log likelihood ratio at the end, kl(1 - beta, delta), over its drift a toss.
    """
    return relative_entropy(1 - power_error, delta) / relative_entropy(alternative_risk, risk)


@bound(
    Claim(quantity="threshold", side="equal"), source="DagumKarpLubyRoss2000, Section 2",
    entry="dklr_stopping_threshold", given=UNSEEN,
)  # fmt: skip
def dagum_karp_luby_ross(epsilon, delta):
    """The sum of losses at which to stop: over their number it is the risk up to 1 +- epsilon.

    For losses in [0, 1] with a positive mean; both sides at once, at delta for the whole statement.
    The expected number of losses is at least this sum over the risk, and less than one loss more
    in the sum would need.
    """
    return 1 + (1 + epsilon) * 4 * (E - 2) * log_ratio(2, delta) / epsilon**2
