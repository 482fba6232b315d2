"""Reference values of bounds/vc.py: each printed tail set equal to delta."""

from mpmath import mp, mpf
from precise import radius_where
from table import Table

CASES = """
0.1 10000 50 0.05
0 1 1 0.5
1 1 0 0.999
0.5 1e12 1000000 1e-300
1e-12 1e15 10 1e-12
0.2 3 50 0.05
0.02 37 36 0.999
0.3 1e18 3 1e-300
0 100 0 0.5
0.25 20 30 0.01
0.05 452957 10 0.05
"""
GROWTHS = """
0 10000 50 0.05 polynomial
0 10000 50 0.05 sauer-exp
0 5 50 0.05 polynomial
0 100 1 0.1 polynomial-plus-one
0.1 1e12 7 1e-300 sauer-exp
0.1 1e12 7 1e-300 polynomial-plus-one
0.2 1000 0 0.5 sauer-exp
0.2 1000 0 0.5 polynomial
"""


def solved(empirical_risk, delta, log_tail):
    return empirical_risk + radius_where(log_tail, mp.log(delta))


def vapnik_chervonenkis(empirical_risk, n, log_growth, delta):
    """4 Pi(2n) exp(-n t^2 / 8)."""
    growth = mp.log(4) + log_growth(2 * n)
    return solved(empirical_risk, delta, lambda t: growth - n * t**2 / 8)


def devroye_gyorfi_lugosi(empirical_risk, n, log_growth, delta):
    """8 Pi(n) exp(-n t^2 / 32)."""
    growth = mp.log(8) + log_growth(n)
    return solved(empirical_risk, delta, lambda t: growth - n * t**2 / 32)


def devroye(empirical_risk, n, log_growth, delta):
    """4 exp(4 t + 4 t^2) Pi(n^2) exp(-2 n t^2); no solution for n <= 2."""
    if n < 3:
        return mp.inf
    growth = mp.log(4) + log_growth(n * n)
    return solved(empirical_risk, delta, lambda t: growth + 4 * t + 4 * t**2 - 2 * n * t**2)


def devroye_simplified(empirical_risk, n, log_growth, delta):
    """4 e^8 Pi(n^2) exp(-2 n t^2)."""
    growth = mp.log(4) + 8 + log_growth(n * n)
    return solved(empirical_risk, delta, lambda t: growth - 2 * n * t**2)


def parrondo_van_den_broeck(empirical_risk, n, log_growth, delta):
    """6 Pi(2n) exp(-n t^2 + 2 t)."""
    growth = mp.log(6) + log_growth(2 * n)
    return solved(empirical_risk, delta, lambda t: growth + 2 * t - n * t**2)


def shalev_shwartz_expected_printed(empirical_risk, n, log_growth, delta):
    return empirical_risk + (4 + mp.sqrt(log_growth(2 * n))) / (delta * mp.sqrt(2 * n))


def shalev_shwartz_expected(empirical_risk, n, log_growth, delta):
    root = mp.sqrt(max(log_growth(2 * n), mpf(1)))
    return empirical_risk + (4 + 2 * root) / (delta * mp.sqrt(2 * n))


def abu_mostafa_rademacher(empirical_risk, n, log_growth, delta):
    penalty = mp.sqrt(2 * (mp.log(2 * n) + log_growth(n)) / n)
    return empirical_risk + penalty + mp.sqrt(-2 * mp.log(delta) / n) + 1 / mpf(n)


def mohri(empirical_risk, n, log_growth, delta):
    confidence = radius_where(lambda t: -2 * n * t**2, mp.log(delta))
    return empirical_risk + mp.sqrt(2 * log_growth(n) / n) + confidence


def bousquet_boucheron_lugosi(empirical_risk, n, log_growth, delta):
    """2 Pi(2n) exp(-n t^2 / 8)."""
    growth = mp.log(2) + log_growth(2 * n)
    return solved(empirical_risk, delta, lambda t: growth - n * t**2 / 8)


def vapnik(empirical_risk, n, log_growth, delta):
    """4 Pi(2n) exp(-n (t - 1/n)^2), t >= 1/n."""
    growth = mp.log(4) + log_growth(2 * n)
    return solved(empirical_risk, delta, lambda t: growth - n * max(t - 1 / mpf(n), 0) ** 2)


def vapnik_confidence(empirical_risk, n, log_growth, delta):
    """4 Pi(2n) exp(-n t^2): the same without 1/n."""
    growth = mp.log(4) + log_growth(2 * n)
    return solved(empirical_risk, delta, lambda t: growth - n * t**2)


def shalev_shwartz_vc(empirical_risk, n, vc_dim, delta):
    """Twice Massart's bound on the Rademacher average, and sqrt(2 ln(4/delta)/n) for both sides."""
    if n < vc_dim:
        return mp.inf
    growth = vc_dim * (1 + mp.log(mpf(n) / vc_dim)) if vc_dim else mpf(0)
    return empirical_risk + 2 * mp.sqrt(2 * growth / n) + mp.sqrt(2 * mp.log(4 / delta) / n)


def lugosi_chaining(empirical_risk, n, vc_dim, delta):
    """24/sqrt n times the entropy integral, by quadrature, and McDiarmid's deviation."""
    confidence = radius_where(lambda t: -2 * n * t**2, mp.log(delta))
    return empirical_risk + 24 * entropy_integral(vc_dim) / mp.sqrt(n) + confidence


def entropy_integral(d):
    """Integral over r in (0, 1) of sqrt(ln 2N(r)), N(r) = e (d+1) (2e/r^2)^d, with r = e^-x."""
    start = mp.log(2) + 1 + mp.log(d + 1) + d * (mp.log(2) + 1)

    def integrand(x):
        return mp.sqrt(start + 2 * d * x) * mp.exp(-x)

    return mp.quad(integrand, [0, 4, 16, 40, 80, 160, 320])


def main() -> None:
    table = Table()
    by_growth = (
        vapnik_chervonenkis,
        devroye_gyorfi_lugosi,
        devroye,
        devroye_simplified,
        parrondo_van_den_broeck,
        shalev_shwartz_expected_printed,
        shalev_shwartz_expected,
        abu_mostafa_rademacher,
        mohri,
        bousquet_boucheron_lugosi,
        vapnik,
        vapnik_confidence,
    )
    for bound in by_growth:
        table.add(bound, "empirical_risk n vc_dim delta", CASES)
        table.add(bound, "empirical_risk n vc_dim delta growth", GROWTHS)
    table.add(devroye, "empirical_risk n vc_dim delta", "0.1 2 1 0.05\n0.1 3 2 1e-300\n0.1 4 0 0.9")
    for bound in (shalev_shwartz_vc, lugosi_chaining):
        table.add(bound, "empirical_risk n vc_dim delta", CASES)
    table.write("vc")


if __name__ == "__main__":
    main()
