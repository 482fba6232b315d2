"""PAC-Bayes bounds linear in KL, with a parameter that trades it against the empirical risk.

Such a bound is minimised by the Gibbs posterior, which is why one uses it to train. The price lies
in the parameter: with ln(1/delta) it must be fixed before the sample. To choose it afterwards one
pays for a grid, ln(number of values/delta), or takes the form that follows from the PAC-Bayes-kl
bound and so holds for every value at once. With neither, nothing is proved for one side, and for
both sides at once it is false.
"""

from genbounds.bounds.pac_bayes import PRIOR, price
from genbounds.claims import Claim, below
from genbounds.declaration import bound
from genbounds.generic import expm1, let, log, log_ratio

POSTERIOR = Claim(scope="every_posterior")
GRID = (*PRIOR, "values_before_sample")
TOO_SMALL_AND_TOO_LARGE = {"empirical_risk": 0.1, "kl": 10, "n": 1000, "delta": 0.05}

# --- Catoni


@bound(
    POSTERIOR, source="Catoni2007, Theorem 1.2.6", entry="pb_catoni", given=PRIOR,
    fixed=("catoni_c",),
    witness={"catoni_c": {"at": TOO_SMALL_AND_TOO_LARGE, "values": [0.01, 1, 10]}},
)  # fmt: skip
def catoni(empirical_risk, kl, catoni_c, n, delta):
    """Catoni's bound, C fixed before the sample: a tangent to the PAC-Bayes-kl bound.

    E e^(-C n R_n) <= (1 - R (1 - e^-C))^n for one hypothesis, which is all that ln(1/delta) pays
    for. To minimise it over C on the data and keep ln(1/delta) is not proved, and nothing to
    certify with; `catoni_grid` and `catoni_uniform` are what allows that.
    """
    return _catoni(catoni_c, empirical_risk, (kl + log_ratio(1, delta)) / n)


@bound(
    POSTERIOR, source="Catoni2007, Theorem 1.2.6", entry="pb_catoni_linear", given=PRIOR,
    fixed=("catoni_c",),
    witness={"catoni_c": {"at": TOO_SMALL_AND_TOO_LARGE, "values": [0.01, 1, 10]}},
)  # fmt: skip
def catoni_linear(empirical_risk, kl, catoni_c, n, delta):
    """Catoni's bound made linear by 1 - e^-x <= x: (C R_n + complexity)/(1 - e^-C)."""
    cost = (kl + log_ratio(1, delta)) / n
    return (catoni_c * empirical_risk + cost) / -expm1(-catoni_c)


@bound(
    POSTERIOR, source="Catoni2007, Theorem 1.2.6", given=GRID,
    witness={
        "catoni_c": {"at": {**TOO_SMALL_AND_TOO_LARGE, "n_candidates": 10}, "values": [0.01, 1, 10]}
    },
)  # fmt: skip
def catoni_grid(empirical_risk, kl, catoni_c, n_candidates, n, delta):
    """Catoni's bound with C chosen on the data among values that were fixed before it.

    Each of them may fail with probability delta/n_candidates.
    """
    return _catoni(catoni_c, empirical_risk, (kl + log_ratio(n_candidates, delta)) / n)


@bound(
    POSTERIOR, given=PRIOR,
    source="RodriguezGalvezThobabenSkoglund2024; Maurer2004, Theorem 5",
    witness={"catoni_c": {"at": TOO_SMALL_AND_TOO_LARGE, "values": [0.01, 1, 10]}},
)  # fmt: skip
def catoni_uniform(empirical_risk, kl, catoni_c, n, delta):
    """Catoni's bound for every C at once, with ln(2 sqrt n/delta): C may be chosen on the data.

    kl(q, p) is the largest over C of -ln(1 - p (1 - e^-C)) - C q, so the least value over C is
    `pac_bayes_kl` and each other one lies above it.
    """
    return _catoni(catoni_c, empirical_risk, price(kl, n, delta) / n)


def _catoni(c, empirical_risk, cost):
    """(1 - exp(-c R_n - cost))/(1 - e^-c)."""
    return expm1(-(c * empirical_risk + cost)) / expm1(-c)


@bound(
    POSTERIOR, source="Catoni2007, Theorem 1.2.7; ZhouVeitchAusternAdamsOrbanz2019",
    entry="pb_catoni_zhou", given=PRIOR, fixed=("grid_ratio",), needs=("inverse_temperature > 1",),
    direction={"n": None},
    witness={
        "n": {
            "at": [
                {"empirical_risk": 0.1, "kl": 10, "inverse_temperature": x, "grid_ratio": 1.5,
                 "delta": 0.05} for x in (2, 200)
            ],
            "values": [10, 1000],
        },
        "inverse_temperature": {
            "at": {**TOO_SMALL_AND_TOO_LARGE, "grid_ratio": 1.5}, "values": [10, 300, 10000],
        },
        "grid_ratio": {
            "at": {**TOO_SMALL_AND_TOO_LARGE, "inverse_temperature": 200}, "values": [1.01, 1.1, 2],
        },
    },
)  # fmt: skip
def zhou(empirical_risk, kl, inverse_temperature, grid_ratio, n, delta):
    """Catoni's bound for every inverse temperature above 1 at once, by a geometric grid.

    The powers of the ratio alpha carry the weights 1/((k+1)(k+2)); lambda lies below alpha times
    the one before it, Catoni's function falls in lambda, and k + 2 <= 2 + ln(lambda)/ln(alpha).
    The source has ln(alpha^2 lambda)/ln(alpha); public code has divided inside of that logarithm,
    which gives another number. At a fixed lambda the bound falls in n where it is below 1, and
    rises where it is vacuous.
    """
    weight = 2 * log(2 + log(inverse_temperature) / log(grid_ratio))
    cost = grid_ratio * (kl + log_ratio(1, delta) + weight) / n
    return _catoni(inverse_temperature / n, empirical_risk, cost)


# --- linear in the risk


@bound(
    POSTERIOR, source="Alquier2024, Theorem 2.1", entry="pb_alquier_linear", additive=True,
    given=PRIOR, fixed=("inverse_temperature",),
    witness={"inverse_temperature": {"at": TOO_SMALL_AND_TOO_LARGE, "values": [10, 300, 10000]}},
)  # fmt: skip
def alquier(empirical_risk, kl, inverse_temperature, n, delta):
    """Catoni's bound by Hoeffding's lemma, lambda fixed before the sample: linear in everything.

    Its best lambda, sqrt(8 n (KL + ln(1/delta))), rests on the KL of the posterior, which the data
    chose: put there it would be a bound that nobody has proved.
    """
    return empirical_risk + _linear(kl, inverse_temperature, n, log_ratio(1, delta))


@bound(
    POSTERIOR, source="Alquier2024, Theorem 2.1", additive=True, given=GRID,
    witness={
        "inverse_temperature": {
            "at": {**TOO_SMALL_AND_TOO_LARGE, "n_candidates": 10}, "values": [10, 300, 10000],
        }
    },
)  # fmt: skip
def alquier_grid(empirical_risk, kl, inverse_temperature, n_candidates, n, delta):
    """The linear bound with lambda chosen on the data among values that were fixed before it."""
    return empirical_risk + _linear(kl, inverse_temperature, n, log_ratio(n_candidates, delta))


def _linear(kl, inverse_temperature, n, log_inverse):
    return inverse_temperature / (8 * n) + (kl + log_inverse) / inverse_temperature


@bound(
    POSTERIOR, source="ThiemannIgelWintenbergerSeldin2017, Theorem 3", entry="pb_lambda",
    given=PRIOR, event="pac_bayes_lambda",
    witness={"trade_off": {"at": TOO_SMALL_AND_TOO_LARGE, "values": [0.01, 0.5, 1.99]}},
)  # fmt: skip
def pac_bayes_lambda(empirical_risk, kl, trade_off, n, delta):
    """The PAC-Bayes-lambda bound, for every trade-off in (0, 2) at once: made for training.

    kl(q, p) >= (p - q)^2/(2p), and sqrt(2 p A) <= lambda p/2 + A/lambda. Its best trade-off,
    2/(sqrt(2 R_n/A + 1) + 1) with A = (KL + ln(2 sqrt n/delta))/n, makes it `pac_bayes_quadratic`;
    for a given trade-off the best posterior has the density e^(-lambda n R_n) to the prior.
    """
    a = let("A", price(kl, n, delta) / n)
    return (empirical_risk + a / trade_off) / (1 - trade_off / 2)


@bound(
    below(POSTERIOR), source="ThiemannIgelWintenbergerSeldin2017, Theorem 3",
    entry="pb_lambda_lower", given=PRIOR, event="pac_bayes_lambda",
    direction={"empirical_risk": None},
    witness={
        "empirical_risk": {
            "at": [{"kl": 10, "trade_off_lower": x, "n": 1000, "delta": 0.05} for x in (1, 3)],
            "values": [0.1, 0.5],
        },
        "trade_off_lower": {"at": TOO_SMALL_AND_TOO_LARGE, "values": [0.01, 0.6, 1.9]},
    },
)  # fmt: skip
def pac_bayes_lambda_lower(empirical_risk, kl, trade_off_lower, n, delta):
    """The PAC-Bayes-lambda bound from below, for every trade-off at once and on the same event.

    kl(q, p) >= (q - p)^2/(2q) for q >= p, and sqrt(2 q A) <= gamma q/2 + A/gamma. Beyond a
    trade-off of 2 it is negative and falls in the empirical risk.
    """
    return (1 - trade_off_lower / 2) * empirical_risk - price(kl, n, delta) / (n * trade_off_lower)


@bound(
    POSTERIOR, source="McAllester2013", given=PRIOR, fixed=("inverse_temperature",),
    needs=("2 * inverse_temperature > 1",),
    witness={"inverse_temperature": {"at": TOO_SMALL_AND_TOO_LARGE, "values": [0.6, 3, 300]}},
)  # fmt: skip
def mcallester_linear(empirical_risk, kl, inverse_temperature, n, delta):
    """McAllester's linear bound: a multiple of the empirical risk, lambda fixed before the sample.

    E e^(-n t R_n) <= e^(-n R (t - t^2/2)) with t = 1/lambda, for one hypothesis. Here lambda
    multiplies what it divides in the other bounds: a large one weighs the relative entropy more.
    """
    return _mcallester_linear(empirical_risk, kl, inverse_temperature, n, delta)


@bound(
    POSTERIOR, source="McAllester2013", entry="pb_dropout", given=("dropout_posterior",),
    fixed=("dropout_rate", "inverse_temperature"), needs=("2 * inverse_temperature > 1",),
    witness={
        "inverse_temperature": {
            "at": {
                "empirical_risk": 0.1, "squared_norm": 20, "dropout_rate": 0.5, "n": 1000,
                "delta": 0.05,
            },
            "values": [0.6, 3, 300],
        }
    },
)  # fmt: skip
def mcallester_dropout(empirical_risk, squared_norm, dropout_rate, inverse_temperature, n, delta):
    """Dropout: the posterior drops each weight with the given rate and adds unit Gaussian noise.

    The prior drops as the posterior does, and around 0: what they differ in is the weights that
    stay, so KL = (1 - rate) |theta|^2/2. The empirical risk is the mean over masks and noise. The
    rate is the prior's too: one that was fitted to the sample would make the prior depend on it.
    """
    kl = (1 - dropout_rate) * squared_norm / 2
    return _mcallester_linear(empirical_risk, kl, inverse_temperature, n, delta)


def _mcallester_linear(empirical_risk, kl, inverse_temperature, n, delta):
    cost = inverse_temperature * (kl + log_ratio(1, delta)) / n
    return 2 * inverse_temperature / (2 * inverse_temperature - 1) * (empirical_risk + cost)
