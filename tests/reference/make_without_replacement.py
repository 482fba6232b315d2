"""Reference values of bounds/without_replacement.py."""

from fractions import Fraction

from mpmath import mp, mpf
from precise import hypergeometric_count, radius_where
from table import Table

SIZES = """
0.1 100 1000 0.05
0 1 1 0.5
0.5 1 1e12 0.999
0.3 600 1000 0.05
0.25 1000 1000 0.01
0.2 11 10 0.05
1e-12 1e9 1e12 1e-300
1 5 10 0.1
0.4 6 11 1e-6
0.5 500000000001 1e12 0.05
"""
VARIANCES = """
0.1 0.09 100 1000 0.05
0 0 1 1 0.5
0.5 0.25 1 1e12 0.999
0.3 0.21 600 1000 0.05
0.25 0.1875 1000 1000 0.01
0.2 0.1 11 10 0.05
1e-12 1e-12 1e9 1e12 1e-300
1 0 5 10 0.1
0.4 0.2 6 11 1e-6
"""


def hypergeometric(errors, n, population_size, delta):
    """The largest K with P(X <= errors | K) >= delta, over N."""
    level = Fraction(delta)
    bad = hypergeometric_count(errors, n, population_size, level, strict=False)
    return mpf(bad) / population_size


def hypergeometric_lower(errors, n, population_size, delta):
    """The smallest K with P(X >= errors | K) >= delta: exchange bad and good items."""
    level = Fraction(delta)
    good = hypergeometric_count(n - errors, n, population_size, level, strict=False)
    return mpf(population_size - good) / population_size


def serfling(empirical_risk, n, population_size, delta):
    if n > population_size:
        return mp.inf
    fraction = 1 - mpf(n - 1) / population_size
    return empirical_risk + radius_where(lambda t: -2 * n * t**2 / fraction, mp.log(delta))


def reduction(n, size):
    """rho_n of Bardenet and Maillard."""
    if 2 * n <= size:
        return 1 - mpf(n - 1) / size
    return (1 - mpf(n) / size) * (1 + 1 / mpf(n))


def hoeffding_serfling(empirical_risk, n, population_size, delta):
    if n > population_size:
        return mp.inf
    rho = reduction(n, population_size)
    if rho == 0:
        return empirical_risk
    return empirical_risk + radius_where(lambda t: -2 * n * t**2 / rho, mp.log(delta))


def bernstein_serfling(empirical_risk, variance, n, population_size, delta):
    """Corollary 3.6, which holds with probability 1 - 2 delta', at delta' = delta/2."""
    size = population_size
    if n > size:
        return mp.inf
    sampled = mpf(n) / size
    if 2 * n <= size:
        kappa = mpf(4) / 3
        if n > 1:
            kappa += mp.sqrt(sampled / (mpf(size) / (n - 1) - 1))
    else:
        kappa = mpf(4) / 3
        if n < size:
            kappa += mp.sqrt((mpf(size) / (n + 1) - 1) * (1 - sampled))
    log_term = mp.log(2 / delta)
    return (
        empirical_risk
        + mp.sqrt(variance) * mp.sqrt(2 * reduction(n, size) * log_term / n)
        + kappa * log_term / n
    )


def empirical_bernstein_serfling(empirical_risk, biased_variance, n, population_size, delta):
    """Theorem 4.3, which holds with probability 1 - 5 delta', at delta' = delta/5."""
    if n > population_size:
        return mp.inf
    log_term = mp.log(5 / delta)
    kappa = mpf(7) / 3 + 3 / mp.sqrt(2)
    spread = mp.sqrt(biased_variance * 2 * reduction(n, population_size) * log_term / n)
    return empirical_risk + spread + kappa * log_term / n


def exact(function):
    """Keep delta as the exact decimal: the count is decided by integers."""

    def wrapped(errors, n, population_size, delta):
        return function(errors, n, population_size, Fraction(mp.nstr(delta, 60)))

    wrapped.__name__ = function.__name__
    return wrapped


def main() -> None:
    table = Table()
    for bound in (hypergeometric, hypergeometric_lower):
        table.add(
            exact(bound),
            "errors n population_size delta",
            """
2 20 100 0.05
0 1 1 0.5
1 1 1 0.5
0 20 100 0.999
20 20 100 0.05
19 20 100 0.05
18 20 100 0.001
5 1000 10000 1e-300
3 100 1e12 0.05
7 40 40 0.05
0 39 40 0.05
11 1000 1e9 1e-12
18 37 200 0.5
0 1 1e18 0.25
""",
        )
    for bound in (serfling, hoeffding_serfling):
        table.add(bound, "empirical_risk n population_size delta", SIZES)
    table.add(bernstein_serfling, "empirical_risk variance n population_size delta", VARIANCES)
    table.add(
        empirical_bernstein_serfling,
        "empirical_risk biased_variance n population_size delta",
        VARIANCES,
    )
    table.write("without_replacement")


if __name__ == "__main__":
    main()
