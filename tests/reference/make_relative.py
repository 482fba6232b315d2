"""Reference values of bounds/relative.py: the deviation relative to the root of a risk."""

from mpmath import mp, mpf
from precise import bisect, bisect_log, radius_where
from table import Table

CASES = """
0.1 10000 50 0.05
0 1 1 0.5
1 1 0 0.999
0.5 1e12 1000000 1e-300
1e-12 1e15 10 1e-12
0.2 3 50 0.05
0.02 37 36 0.999
0 1e18 3 1e-300
0.3 100 0 0.5
1e-12 1000 5 0.01
"""
GROWTHS = """
0.1 10000 50 0.05 polynomial
0 100 1 0.1 polynomial-plus-one
0.1 1e12 7 1e-300 sauer-exp
"""


def relative_deviation(n, growth, moment_order, delta):
    """4 Pi(2n) exp(-n^(2(a-1)/a) eps^2 / 2^((a+2)/a)) = delta."""
    a = moment_order
    rate = mpf(n) ** (2 * (a - 1) / a) / mpf(2) ** ((a + 2) / a)
    return radius_where(lambda t: mp.log(4) + growth - rate * t**2, mp.log(delta))


def largest_risk(r, eps, moment_order):
    """The largest R with (R - r) / R^(1/a) <= eps."""

    def above(risk):
        return risk - r > eps * risk ** (1 / moment_order)

    low = max(r, eps ** (moment_order / (moment_order - 1)) / 2)
    high = 2 * low
    while not above(high):
        high *= 2
    return bisect_log(above, low, high)


def cortes_greenberg_mohri(empirical_risk, n, log_growth, moment_order, delta):
    eps = relative_deviation(n, log_growth(2 * n), moment_order, delta)
    return largest_risk(empirical_risk, eps, moment_order)


def vapnik_relative(empirical_risk, n, log_growth, delta):
    """4 Pi(2n) exp(-n eps^2 / 4) = delta, (R - r) / sqrt R = eps."""
    growth = mp.log(4) + log_growth(2 * n)
    eps = radius_where(lambda t: growth - n * t**2 / 4, mp.log(delta))
    return largest_risk(empirical_risk, eps, mpf(2))


def cortes_greenberg_mohri_lower(empirical_risk, n, log_growth, delta):
    """4 Pi(2n) exp(-n eps^2 / 4) = delta, (r - R) / sqrt r = eps; may be negative."""
    growth = mp.log(4) + log_growth(2 * n)
    eps = radius_where(lambda t: growth - n * t**2 / 4, mp.log(delta))
    return empirical_risk - eps * mp.sqrt(empirical_risk)


def bousquet_boucheron_lugosi_relative(empirical_risk, n, log_growth, delta):
    c = (mp.log(4) + log_growth(2 * n) - mp.log(delta)) / n
    return empirical_risk + 2 * mp.sqrt(empirical_risk * c) + 4 * c


def vapnik_multiplicative(empirical_risk, n, log_growth, delta):
    """The root of (R - r)^2 = E R above r, E = 4 (ln Pi(2n) - ln(delta/4)) / n."""
    e = 4 * (log_growth(2 * n) - mp.log(delta / 4)) / n
    r = empirical_risk
    return bisect(lambda risk: (risk - r) ** 2 > e * risk, max(r, e / 2), 2 * r + 2 * e)


def main() -> None:
    table = Table()
    by_growth = (
        vapnik_relative,
        cortes_greenberg_mohri_lower,
        bousquet_boucheron_lugosi_relative,
        vapnik_multiplicative,
    )
    for bound in by_growth:
        table.add(bound, "empirical_risk n vc_dim delta", CASES)
        table.add(bound, "empirical_risk n vc_dim delta growth", GROWTHS)
    table.add(
        cortes_greenberg_mohri,
        "empirical_risk n vc_dim moment_order delta",
        """
0.1 10000 50 2 0.05
0.1 10000 50 1.5 0.05
0 1 1 1.25 0.5
1 1 0 2 0.999
0.5 1e12 1000000 1.75 1e-300
1e-12 1e15 10 1.9 1e-12
0 1000000 3 1.1 0.01
0.2 3 50 1.5 0.05
0.02 37 36 1.01 0.999
0 1e18 3 2 1e-300
""",
    )
    names = "empirical_risk n vc_dim moment_order delta growth"
    table.add(cortes_greenberg_mohri, names, "0.1 10000 50 1.5 0.05 polynomial")
    table.write("relative")


if __name__ == "__main__":
    main()
