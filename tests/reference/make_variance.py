"""Reference values of bounds/variance.py: Bernstein, Bennett and the empirical Bernstein bounds."""

from mpmath import mp, mpf
from precise import bisect_log, radius_where
from table import Table

KNOWN = (
    "empirical_risk variance n delta",
    """
0.1 0.09 1000 0.05
0 0 1 0.5
1 0.25 1 0.999
0.5 0.25 1e12 1e-300
1e-12 1e-12 1e15 1e-12
0.2 0.000001 37 0.999
0.3 0 100 1e-6
0.02 0.0196 1e18 0.05
0.25 1e-30 50 1e-300
""",
)
SAMPLE = """
0.1 0.09 1000 0.05
0 0 2 0.5
0.5 0.5 2 0.999
0.5 0.25 1e12 1e-300
1e-12 1e-12 1e15 1e-12
0.3 0 100 1e-6
0.2 0.1 1 0.05
1 0.000001 10 0.9
"""


def bernstein(empirical_risk, variance, n, delta):
    """The sub-gamma inversion: the infimum over s of the Chernoff bound v s^2/(2(1 - s/3))."""
    budget = -mp.log(delta) / n
    if variance == 0:
        return empirical_risk + budget / 3

    def slope_negative(s):
        return s**2 * (variance / 2 * (1 - s / 3) + variance * s / 6) / (1 - s / 3) ** 2 < budget

    s = bisect_log(lambda s: not slope_negative(s), mpf(10) ** -400, 3 * (1 - mpf(10) ** -90))
    return empirical_risk + variance * s / (2 * (1 - s / 3)) + budget / s


def bernstein_quadratic(empirical_risk, variance, n, delta):
    """exp(-n t^2 / (2 (v + t/3))) = delta."""
    return empirical_risk + radius_where(
        lambda t: -n * t**2 / (2 * (variance + t / 3)), mp.log(delta)
    )


def bernstein_loose(empirical_risk, variance, n, delta):
    budget = -mp.log(delta) / n
    return empirical_risk + mp.sqrt(2 * variance * budget) + 2 * budget / 3


def bennett(empirical_risk, variance, n, delta):
    """exp(-n v h(t/v)) = delta with h(u) = (1 + u) ln(1 + u) - u."""
    if variance == 0:
        return empirical_risk

    def log_tail(t):
        u = t / variance
        with mp.workdps(mp.dps + 60):
            return -n * variance * ((1 + u) * mp.log1p(u) - u)

    return empirical_risk + radius_where(log_tail, mp.log(delta))


def maurer_pontil(empirical_risk, sample_variance, n, delta):
    if n < 2:
        return mp.inf
    log_term = mp.log(2 / delta)
    radius = mp.sqrt(2 * sample_variance * log_term / n) + 7 * log_term / (3 * (n - mpf(1)))
    return empirical_risk + radius


def maurer_pontil_uniform(empirical_risk, sample_variance, n, log_covering, delta):
    """Theorem 6 with M(n) = 10 N(1/n, 2n)."""
    if n < 16:
        return mp.inf
    log_term = mp.log(10) + log_covering(1 / mpf(n), 2 * n) - mp.log(delta)
    return empirical_risk + mp.sqrt(18 * sample_variance * log_term / n) + 15 * log_term / (n - 1)


def maurer_pontil_std(sample_variance, n, delta):
    if n < 2:
        return mp.inf
    return mp.sqrt(sample_variance) + mp.sqrt(-2 * mp.log(delta) / (n - 1))


def maurer_pontil_std_lower(sample_variance, n, delta):
    if n < 2:
        return -mp.inf
    return max(mpf(0), mp.sqrt(sample_variance) - mp.sqrt(-2 * mp.log(delta) / (n - 1)))


def audibert_munos_szepesvari(empirical_risk, biased_variance, n, delta):
    log_term = mp.log(3 / delta)
    return empirical_risk + mp.sqrt(2 * biased_variance * log_term / n) + 3 * log_term / n


def main() -> None:
    table = Table()
    for bound in (bernstein, bernstein_quadratic, bernstein_loose, bennett):
        table.add(bound, *KNOWN)
    table.add(maurer_pontil, "empirical_risk sample_variance n delta", SAMPLE)
    table.add(
        maurer_pontil_uniform,
        "empirical_risk sample_variance n log_covering delta",
        """
0.1 0.09 1000 3 0.05
0 0 16 1 0.5
0.5 0.25 1e12 50 1e-300
0.5 0.25 15 2 0.05
1 0.1 100 0 0.999
1e-12 1e-12 1e15 10 1e-6
""",
    )
    for bound in (maurer_pontil_std, maurer_pontil_std_lower):
        table.add(
            bound,
            "sample_variance n delta",
            """
0.09 1000 0.05
0 2 0.5
0.5 2 0.999
0.25 1e12 1e-300
1e-12 1e15 1e-12
0.3 1 0.05
0.2 10000 0.9
""",
        )
    table.add(
        audibert_munos_szepesvari,
        "empirical_risk biased_variance n delta",
        """
0.1 0.09 1000 0.05
0 0 1 0.5
0.5 0.25 2 0.999
0.5 0.25 1e12 1e-300
1e-12 1e-12 1e15 1e-12
0.3 0 100 1e-6
""",
    )
    table.write("variance")


if __name__ == "__main__":
    main()
