"""Reference values of bounds/concentration.py: each bound solved from its printed tail."""

from mpmath import mp, mpf
from precise import bisect, bisect_log, kl, kl_lower, kl_upper, radius_where
from table import Table

ADDITIVE = """
0.1 1000 0.05
0 1 0.5
1 1 0.999
0.5 1e12 1e-300
1e-12 1e18 1e-12
0.02 37 0.999
0.999999999999 1e15 1e-6
0.25 1 1e-300
"""
TAILS = (
    "risk n deviation",
    """
0.01 100 0.5
0.01 100 1
0.5 1 0
0.3 1e12 0.00001
1e-12 1e15 0.25
1 1 1
0 10 0.7
0.001 1e6 1e-9
""",
)


def hoeffding(empirical_risk, n, delta):
    return empirical_risk + radius_where(lambda t: -2 * n * t**2, mp.log(delta))


def chernoff(empirical_risk, n, delta):
    return kl_upper(empirical_risk, -mp.log(delta) / n)


def chernoff_lower(empirical_risk, n, delta):
    return kl_lower(empirical_risk, -mp.log(delta) / n)


def chernoff_tail(empirical_risk, risk, n):
    return mp.exp(-n * kl(empirical_risk, risk))


def multiplicative_chernoff_tail(risk, n, deviation):
    return (mp.exp(deviation) / (1 + deviation) ** (1 + deviation)) ** (n * risk)


def multiplicative_chernoff_tail_simple(risk, n, deviation):
    return mp.exp(-(deviation**2) * n * risk / (2 + deviation))


def multiplicative_chernoff_tail_third(risk, n, deviation):
    return mp.exp(-(deviation**2) * n * risk / 3) if deviation <= 1 else mp.inf


def multiplicative_chernoff_lower_tail(risk, n, deviation):
    return mp.exp(-(deviation**2) * n * risk / 2) if deviation <= 1 else mp.inf


def relative_chernoff(empirical_risk, n, delta):
    """The largest p with exp(-n (p - r)^2 / (2 p)) >= delta."""
    r, budget = empirical_risk, -mp.log(delta) / n
    return bisect(lambda p: (p - r) ** 2 > 2 * p * budget, max(r, budget), r + 2 + 4 * budget)


def relative_chernoff_lower(empirical_risk, n, delta):
    """The smallest p with exp(-n (r - p)^2 / (p + r)) >= delta; it may be negative."""
    r, budget = empirical_risk, -mp.log(delta) / n
    return bisect(lambda p: (r - p) ** 2 < (p + r) * budget, -r, r)


def okamoto(empirical_risk, n, delta):
    """sqrt p - sqrt r = c where exp(-n c^2) = delta."""
    c = radius_where(lambda c: -n * c**2, mp.log(delta))
    return (mp.sqrt(empirical_risk) + c) ** 2


def okamoto_lower(empirical_risk, n, delta):
    """sqrt r - sqrt p = c where exp(-2 n c^2) = delta."""
    c = radius_where(lambda c: -2 * n * c**2, mp.log(delta))
    return max(mpf(0), mp.sqrt(empirical_risk) - c) ** 2


def dvoretzky_kiefer_wolfowitz(n, delta):
    return radius_where(lambda t: -2 * n * t**2, mp.log(delta))


def mcdiarmid(differences, delta):
    total = mp.fsum(c**2 for c in differences)
    return bisect_log(lambda t: mp.exp(-2 * t**2 / total) <= delta, mpf(10) ** -30, mpf(10) ** 30)


def azuma(differences, delta):
    total = mp.fsum(c**2 for c in differences)
    return bisect_log(lambda t: mp.exp(-(t**2) / total / 2) <= delta, mpf(10) ** -30, mpf(10) ** 30)


def main() -> None:
    table = Table()
    names = "empirical_risk n delta"
    for bound in (hoeffding, chernoff, chernoff_lower, relative_chernoff, relative_chernoff_lower):
        table.add(bound, names, ADDITIVE)
    for bound in (okamoto, okamoto_lower):
        table.add(bound, names, ADDITIVE)
    table.add(
        chernoff_tail,
        "empirical_risk risk n",
        """
0.1 0.2 50
0.2 0.1 50
0 0.01 1
1 0.01 2
0.5 0.500001 1e12
1e-12 1e-11 1e15
0.3 0.3 1000
0.1 0 10
0 0.000001 1e9
""",
    )
    for bound in (multiplicative_chernoff_tail, multiplicative_chernoff_tail_simple):
        table.add(bound, *TAILS)
        table.add(bound, TAILS[0], "0.01 100 8\n0.1 10 1e6\n0.9 1 1e-15")
    for bound in (multiplicative_chernoff_tail_third, multiplicative_chernoff_lower_tail):
        table.add(bound, *TAILS)
        table.add(bound, TAILS[0], "0.01 100 8\n0.01 100 1.0000001")
    table.add(
        dvoretzky_kiefer_wolfowitz,
        "n delta",
        """
100 0.05
1 0.5
1 0.999
1e12 1e-300
1e18 0.25
60 0.9
""",
    )
    for bound in (mcdiarmid, azuma):
        table.add(
            bound,
            "differences delta",
            """
0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1 0.05
1 0.5
1,2,3 1e-300
0.000001,1000000 0.999
0.5,0.25,0.125,0.0625 0.01
1e-12,1e-12 0.1
""",
        )
    table.write("concentration")


if __name__ == "__main__":
    main()
