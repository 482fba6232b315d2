"""Reference values of bounds/occam.py: a prior over hypotheses splits delta."""

from mpmath import mp
from precise import binomial_lower, binomial_upper, kl_lower, kl_upper, radius_where
from table import Table

CASES = """
0.1 1000 10 0.05
0 1 0 0.5
1 1 700 0.999
0.5 1e12 1e6 1e-300
1e-12 1e15 6.9 1e-12
0.02 37 0.6931471805599453 0.999
"""


def occam_hoeffding(empirical_risk, n, log_prior, delta):
    """exp(-2 n t^2) = p(h) delta."""
    return empirical_risk + radius_where(lambda t: -2 * n * t**2, mp.log(delta) - log_prior)


def occam_chernoff(empirical_risk, n, log_prior, delta):
    return kl_upper(empirical_risk, (log_prior - mp.log(delta)) / n)


def occam_chernoff_lower(empirical_risk, n, log_prior, delta):
    return kl_lower(empirical_risk, (log_prior - mp.log(delta)) / n)


def occam_binomial(errors, n, log_prior, delta):
    return binomial_upper(errors, n, delta * mp.exp(-log_prior))


def occam_binomial_lower(errors, n, log_prior, delta):
    return binomial_lower(errors, n, delta * mp.exp(-log_prior))


def shalev_shwartz_mdl(empirical_risk, n, bits, delta):
    return empirical_risk + mp.sqrt((bits + mp.log(2 / delta)) / (2 * n))


def main() -> None:
    table = Table()
    for bound in (occam_hoeffding, occam_chernoff, occam_chernoff_lower):
        table.add(bound, "empirical_risk n log_prior delta", CASES)
    names = "empirical_risk n log_prior delta"
    table.add(occam_chernoff_lower, names, "1 1e12 1e6 1e-300\n1e-6 100 20 0.05\n0.999 50 0 0.999")
    table.add(
        occam_binomial,
        "errors n log_prior delta",
        """
192 600 10 0.025
0 1 0 0.5
1 1 700 0.999
0 1e12 5000 1e-300
5 1e6 20.5 1e-6
599 600 3 0.05
598 600 3 0.05
3 50 700 0.999
""",
    )
    table.add(
        occam_binomial_lower,
        "errors n log_prior delta",
        """
192 600 10 0.025
0 1 0 0.5
1 1 700 0.999
1 1e12 600 0.5
100 1e12 5000 1e-300
5 1e6 20.5 1e-6
599 600 3 0.05
600 600 3 0.05
3 50 700 0.999
1 600 0 0.999
999999999999 1e12 3 0.05
""",
    )
    table.add(
        shalev_shwartz_mdl,
        "empirical_risk n bits delta",
        """
0.1 1000 80 0.05
0 1 0 0.5
1 1 1000 0.999
0.5 1e12 1000000 1e-300
1e-12 1e15 10 1e-12
0.02 37 1 0.999
""",
    )
    table.write("occam")


if __name__ == "__main__":
    main()
