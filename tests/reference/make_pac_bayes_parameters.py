"""Reference values of bounds/pac_bayes_parameters.py: Catoni, Alquier, lambda bounds, dropout."""

from make_pac_bayes import maurer_budget, maurer_log
from make_rademacher import least
from mpmath import mp, mpf
from precise import crossing
from table import Table

CATONI = """
0.1 10 1 1000 0.05
0.02 5144 2.5 55000 0.025
0 0 1e-6 1 0.5
0 1e-9 20 10 0.999
1e-12 0 0.5 1e15 1e-12
0.5 1e4 2 1e6 1e-300
0.02 1e8 3 1e12 0.05
1 37 100 100 0.5
0.5 1e8 1 2 1e-12
1e-12 1e-9 1e-3 1e12 0.999
0.02 2.5 1e-9 1e6 1e-300
"""
GRID = """
0.1 10 1 10 1000 0.05
0.02 5144 2.5 1 55000 0.025
0 0 1e-6 3 1 0.5
0 1e-9 20 1000000 10 0.999
1e-12 0 0.5 1e15 1e15 1e-12
0.5 1e4 2 100 1e6 1e-300
0.02 1e8 3 7 1e12 0.05
1 37 100 50 100 0.5
0.5 1e8 1 20 2 1e-12
"""
LINEAR = """
0.1 10 200 1000 0.05
0.02 5144 1e5 55000 0.025
0 0 1 1 0.5
0 1e-9 0.001 10 0.999
1e-12 0 1e9 1e15 1e-12
0.5 1e4 2e5 1e6 1e-300
0.02 1e8 1e10 1e12 0.05
1 37 1e6 100 0.5
0.5 1e8 1 2 1e-12
0.25 inf 100 1000 0.05
"""


def exponential_moment(p, c):
    """-ln E exp(-C X) of a coin X of mean p: Germain et al.'s F."""
    return -mp.log1p(p * mp.expm1(-c))


def catoni_inverse(budget, c):
    """The p with -ln(1 - p (1 - e^-C)) = budget, which may exceed 1."""
    p = mp.expm1(-budget) / mp.expm1(-c)
    if budget < 40:  # beyond, the digits kept do not show it
        assert abs(exponential_moment(p, c) - budget) <= mpf(10) ** -70 * budget
    return p


def catoni(empirical_risk, kl, catoni_c, n, delta):
    return catoni_inverse(catoni_c * empirical_risk + (kl - mp.log(delta)) / n, catoni_c)


def catoni_linear(empirical_risk, kl, catoni_c, n, delta):
    factor = catoni_c / -mp.expm1(-catoni_c)
    return factor * (empirical_risk + (kl - mp.log(delta)) / (n * catoni_c))


def catoni_grid(empirical_risk, kl, catoni_c, n_candidates, n, delta):
    return catoni(empirical_risk, kl, catoni_c, n, delta / n_candidates)


def catoni_uniform(empirical_risk, kl, catoni_c, n, delta):
    """kl(q, p) is the supremum over C of F(p) - C q."""
    return catoni_inverse(catoni_c * empirical_risk + maurer_budget(kl, n, delta), catoni_c)


def zhou(empirical_risk, kl, inverse_temperature, grid_ratio, n, delta):
    """Catoni's Theorem 1.2.7: weights of at least (2 + log_alpha lambda)^-2 on powers of alpha."""
    if inverse_temperature <= 1:
        return mp.inf
    weight = mp.log(mp.log(grid_ratio**2 * inverse_temperature) / mp.log(grid_ratio))
    penalty = grid_ratio / inverse_temperature * (kl - mp.log(delta) + 2 * weight)
    scale = inverse_temperature / n
    return catoni_inverse(scale * (empirical_risk + penalty), scale)


def alquier(empirical_risk, kl, inverse_temperature, n, delta):
    rate = (kl - mp.log(delta)) / inverse_temperature
    return empirical_risk + inverse_temperature / (8 * n) + rate


def alquier_grid(empirical_risk, kl, inverse_temperature, n_candidates, n, delta):
    return alquier(empirical_risk, kl, inverse_temperature, n, delta / n_candidates)


def pac_bayes_lambda(empirical_risk, kl, trade_off, n, delta):
    """(p - q)^2/(2p) <= B makes p - q <= lambda p/2 + B/lambda for every lambda."""
    budget = maurer_budget(kl, n, delta)
    return (empirical_risk + budget / trade_off) / (1 - trade_off / 2)


def pac_bayes_lambda_lower(empirical_risk, kl, trade_off_lower, n, delta):
    """(q - p)^2/(2q) <= B makes q - p <= gamma q/2 + B/gamma; no bound at gamma = 0."""
    if trade_off_lower == 0 or mp.isinf(kl):
        return -mp.inf
    budget = maurer_budget(kl, n, delta)
    return empirical_risk * (1 - trade_off_lower / 2) - budget / trade_off_lower


def mcallester_linear(empirical_risk, kl, inverse_temperature, n, delta):
    if inverse_temperature <= mpf(1) / 2:
        return mp.inf
    complexity = inverse_temperature * (kl - mp.log(delta)) / n
    return (empirical_risk + complexity) / (1 - 1 / (2 * inverse_temperature))


def mcallester_dropout(empirical_risk, squared_norm, dropout_rate, inverse_temperature, n, delta):
    """The weights that survive are shifted by theta: KL = (1 - rate) |theta|^2 / 2."""
    kl = (1 - dropout_rate) * squared_norm / 2
    return mcallester_linear(empirical_risk, kl, inverse_temperature, n, delta)


def check_pieces() -> None:
    q, kl, n, delta = mpf("0.1"), mpf(10), 1000, mpf("0.05")
    # at its best lambda the lambda bound is the quadratic one
    b = maurer_budget(kl, n, delta) / 2
    best = least(lambda t: pac_bayes_lambda(q, kl, t, n, delta), mpf("0.01"), mpf("1.9"))
    assert abs(best / (mp.sqrt(q + b) + mp.sqrt(b)) ** 2 - 1) < mpf(10) ** -50
    # Catoni's inverse solves Germain et al.'s equation
    c = mpf(2)
    p = crossing(
        lambda p: exponential_moment(p, c) - c * q - (kl - mp.log(delta)) / n, mpf(0), mpf(1)
    )
    assert abs(p / catoni(q, kl, c, n, delta) - 1) < mpf(10) ** -70
    # Zhou et al. hold with the penalty of the power of alpha below lambda
    alpha, lam = mpf("1.5"), mpf(200)
    k = int(mp.log(lam) / mp.log(alpha))
    below = alpha**k / n
    weighted = kl - mp.log(delta) + mp.log((k + 1) * (k + 2))
    assert catoni_inverse(below * q + weighted / n, below) <= zhou(q, kl, lam, alpha, n, delta)
    # C/(1 - e^-C) <= 1/(1 - C/2): the dropout form follows from Catoni's
    lam = mpf(3)
    assert catoni_linear(q, kl, 1 / lam, n, delta) <= mcallester_linear(q, kl, lam, n, delta)
    assert maurer_log(4, mpf(1)) == mp.log(4)


def main() -> None:
    check_pieces()
    table = Table()
    names = "empirical_risk kl catoni_c n delta"
    for bound in (catoni, catoni_linear, catoni_uniform):
        table.add(bound, names, CATONI)
    for bound in (catoni, catoni_linear, catoni_uniform):
        table.add(bound, names, "0.25 inf 1 1000 0.05")
    table.add(catoni_grid, "empirical_risk kl catoni_c n_candidates n delta", GRID)
    table.add(
        zhou,
        "empirical_risk kl inverse_temperature grid_ratio n delta",
        """
0.1 10 200 1.5 1000 0.05
0.02 5144 1e5 1.1 55000 0.025
0 0 1.0009765625 2 1 0.5
0 1e-9 2 10 10 0.999
1e-12 0 1e9 1.001 1e15 1e-12
0.5 1e4 2e6 1.2 1e6 1e-300
0.02 1e8 1e10 1.05 1e12 0.05
1 37 1e4 3 100 0.5
0.5 1e8 1e3 1.5 2 1e-12
0.1 0.5 1.000000000931322574615478515625 1.000000000931322574615478515625 2 0.05
0.25 inf 500 1.5 1000 0.05
0.1 10 0.5 1.5 1000 0.05
""",
    )
    names = "empirical_risk kl inverse_temperature n delta"
    table.add(alquier, names, LINEAR)
    table.add(
        alquier_grid,
        "empirical_risk kl inverse_temperature n_candidates n delta",
        """
0.1 10 200 10 1000 0.05
0.02 5144 1e5 1 55000 0.025
0 0 1 3 1 0.5
0 1e-9 0.001 1000000 10 0.999
1e-12 0 1e9 1e15 1e15 1e-12
0.5 1e4 2e5 100 1e6 1e-300
0.02 1e8 1e10 7 1e12 0.05
1 37 1e6 50 100 0.5
0.25 inf 100 10 1000 0.05
""",
    )
    table.add(
        pac_bayes_lambda,
        "empirical_risk kl trade_off n delta",
        """
0.1 10 0.5 1000 0.05
0.02 5144 1 55000 0.025
0 0 1 1 0.5
0 1e-9 0.001 10 0.999
1e-12 0 1e-7 1e15 1e-12
0.5 1e4 1.5 1e6 1e-300
0.02 1e8 0.1 1e12 0.05
1 37 1.99 100 0.5
0.5 1e8 1e-9 2 1e-12
0.25 inf 1 1000 0.05
""",
    )
    table.add(
        pac_bayes_lambda_lower,
        "empirical_risk kl trade_off_lower n delta",
        """
0.1 10 0.5 1000 0.05
0.02 5144 1 55000 0.025
0 0 1 1 0.5
0 1e-9 0.001 10 0.999
1e-12 0 1e-7 1e15 1e-12
0.5 1e4 0.3 1e6 1e-300
0.02 1e8 0.1 1e12 0.05
1 37 4 100 0.5
0.5 10 1e6 1000 1e-12
0.5 10 0 1000 0.05
0.25 inf 1 1000 0.05
""",
    )
    table.add(
        mcallester_linear,
        names,
        """
0.1 10 3 1000 0.05
0.02 5144 1 55000 0.025
0 0 0.75 1 0.5
0 1e-9 1000 10 0.999
1e-12 0 1e6 1e15 1e-12
0.5 1e4 5 1e6 1e-300
0.02 1e8 20 1e12 0.05
1 37 0.5009765625 100 0.5
0.1 10 0.500000000931322574615478515625 1000 0.05
0.5 1e8 1e9 2 1e-12
0.1 10 0.5 1000 0.05
0.25 inf 2 1000 0.05
""",
    )
    table.add(
        mcallester_dropout,
        "empirical_risk squared_norm dropout_rate inverse_temperature n delta",
        """
0.1 20 0.5 3 1000 0.05
0.02 10288 0 1 55000 0.025
0 0 0.5 0.75 1 0.5
0 1e-9 0.9990234375 1000 10 0.999
1e-12 0 0 1e6 1e15 1e-12
0.5 2e4 0.1 5 1e6 1e-300
0.02 2e8 0.25 20 1e12 0.05
1 74 0.2 0.5009765625 100 0.5
0.5 1e8 0.999 1e9 2 1e-12
0.1 20 0.5 0.25 1000 0.05
""",
    )
    table.write("pac_bayes_parameters")


if __name__ == "__main__":
    main()
