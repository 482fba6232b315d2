"""Reference values of bounds/finite.py: a finite class, by the union bound."""

from mpmath import mp, mpf
from precise import bisect, bisect_log, kl_lower, kl_upper, radius_where
from table import Table

REALIZABLE = """
1000 973 0.05
1 1 0.5
1 1e300 0.999
1e12 1e300 1e-300
1e18 1 0.999
100 59049 1e-12
"""
AGNOSTIC = """
0.1 1000 100 0.05
0 1 1 0.5
1 1 1e300 0.999
0.5 1e12 1e300 1e-300
1e-12 1e15 1000000 1e-12
0.02 37 2 0.999
"""


def finite_realizable(n, log_cardinality, delta):
    """M (1 - eps)^n = delta."""
    survival = bisect_log(
        lambda v: log_cardinality + n * mp.log(v) >= mp.log(delta),
        mp.exp((mp.log(delta) - log_cardinality) * 2 / n - 1),
        mpf(1),
    )
    return 1 - survival


def finite_realizable_linear(n, log_cardinality, delta):
    """M exp(-n eps) = delta."""
    return radius_where(lambda t: log_cardinality - n * t, mp.log(delta))


def finite_hoeffding(empirical_risk, n, log_cardinality, delta):
    """M exp(-2 n t^2) = delta."""
    return empirical_risk + radius_where(lambda t: log_cardinality - 2 * n * t**2, mp.log(delta))


def finite_chernoff(empirical_risk, n, log_cardinality, delta):
    return kl_upper(empirical_risk, (log_cardinality - mp.log(delta)) / n)


def finite_chernoff_lower(empirical_risk, n, log_cardinality, delta):
    return kl_lower(empirical_risk, (log_cardinality - mp.log(delta)) / n)


def finite_relative_chernoff(empirical_risk, n, log_cardinality, delta):
    """The largest p with M exp(-n (p - r)^2 / (2 p)) >= delta."""
    r, budget = empirical_risk, (log_cardinality - mp.log(delta)) / n
    return bisect(lambda p: (p - r) ** 2 > 2 * p * budget, max(r, budget), r + 2 + 4 * budget)


def finite_bernstein(empirical_risk, variance, n, log_cardinality, delta):
    budget = (log_cardinality - mp.log(delta)) / n
    return empirical_risk + mp.sqrt(2 * variance * budget) + budget / 3


def finite_massart_noise(n, log_cardinality, massart_margin, delta):
    """The excess E with E = sqrt(2 (E/h) a) + 2 a/3, a = ln(M/delta)/n (Bernstein, b = 2)."""
    a = (log_cardinality - mp.log(delta)) / n

    def above(excess):
        return excess > mp.sqrt(2 * excess * a / massart_margin) + 2 * a / 3

    return bisect_log(above, a / 2, 10 * a / massart_margin)


def main() -> None:
    table = Table()
    for bound in (finite_realizable, finite_realizable_linear):
        table.add(bound, "n n_hypotheses delta", REALIZABLE)
        table.add(bound, "n log_cardinality delta", "500 12.5 0.05\n1e12 1e6 1e-300\n3 0 0.9")
    for bound in (
        finite_hoeffding,
        finite_chernoff,
        finite_chernoff_lower,
        finite_relative_chernoff,
    ):
        table.add(bound, "empirical_risk n n_hypotheses delta", AGNOSTIC)
        table.add(bound, "empirical_risk n log_cardinality delta", "0.2 500 12.5 0.05")
        table.add(bound, "empirical_risk n log_cardinality delta", "0 1e12 1e6 1e-300")
        table.add(bound, "empirical_risk n log_cardinality delta", "1e-12 100 0 0.999")
    table.add(
        finite_bernstein,
        "empirical_risk variance n n_hypotheses delta",
        """
0.1 0.09 1000 100 0.05
0 0 1 1 0.5
1 0.25 1 1e300 0.999
0.5 0.25 1e12 1e300 1e-300
1e-12 1e-12 1e15 1000000 1e-12
0.02 0.000001 37 2 0.999
""",
    )
    names = "empirical_risk variance n log_cardinality delta"
    table.add(finite_bernstein, names, "0.2 0.1 500 12.5 0.05")
    table.add(
        finite_massart_noise,
        "n n_hypotheses massart_margin delta",
        """
1000 100 0.5 0.05
1 1 1 0.5
1 1e300 0.001 0.999
1e12 1e300 0.1 1e-300
1e15 1000000 1e-12 1e-12
37 2 1 0.999
""",
    )
    table.add(finite_massart_noise, "n log_cardinality massart_margin delta", "500 12.5 0.25 0.05")
    table.write("finite")


if __name__ == "__main__":
    main()
