"""Reference values of bounds/pac_bayes.py: McAllester, Seeger-Langford-Maurer, betting."""

from mpmath import mp, mpf
from precise import crossing, kl_lower, kl_upper
from table import Table

NAMES = "empirical_risk kl n delta"
CASES = """
0.1 10 1000 0.05
0.02 5144 55000 0.025
0 0 1 0.05
1 0 1 0.999
0 1e-9 10 0.999
0.3 2.5 2 0.999
1e-12 0 1e15 1e-12
0.5 1e4 1e6 1e-300
0.5 1e8 1e12 0.05
0.02 1e8 1e6 1e-12
0.597 2.85e6 1000 0.05
1 37 100 0.5
0.5 1e-9 1e15 1e-300
0.25 inf 1000 0.05
"""


def kl_above(q, budget):
    """sup{p : kl(q, p) <= budget}; a negative budget leaves q."""
    if budget <= 0:
        return q
    return mpf(1) if mp.isinf(budget) else kl_upper(q, budget)


def kl_below(q, budget):
    if budget <= 0:
        return q
    return mpf(0) if mp.isinf(budget) else kl_lower(q, budget)


def maurer_log(n, delta):
    """ln(2 sqrt n / delta)."""
    return mp.log(2 * mp.sqrt(n) / delta)


def maurer_budget(kl, n, delta):
    return (kl + maurer_log(n, delta)) / n


# -- xi(n): E exp(n kl(X/n, p)) of a binomial X, whatever p ----------------------------------------


def xi_sum(n):
    """sum C(n, k) (k/n)^k (1 - k/n)^(n - k), term by term."""
    total = mpf(2)
    for k in range(1, n):
        total += mp.binomial(n, k) * (mpf(k) / n) ** k * (mpf(n - k) / n) ** (n - k)
    return total


def xi_falling(n):
    """Cauchy's form of Abel's identity: n! n^-n sum n^k / k!, from the last term down."""
    term, total = mpf(1), mpf(1)
    for j in range(n):
        term *= mpf(n - j) / n
        total += term
        if term * n < mpf(10) ** (-mp.dps - 10):
            break
    return total


def xi_integral(n):
    """And as an integral: n times that of exp(n (ln(1 + u) - u)) over u > 0; u = t/sqrt n."""
    root = mp.sqrt(n)

    def density(t):
        u = t / root
        with mp.workdps(mp.dps + 40):
            return mp.exp(n * (mp.log1p(u) - u))

    return root * mp.quad(density, [0, 1, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 24, 28, 32])


def xi(n):
    if n <= 1000:
        return xi_sum(n)
    return xi_falling(n) if n <= 10**7 else xi_integral(n)


# -- the bounds ---------------------------------------------------------------------------------


def mcallester(empirical_risk, kl, n, delta):
    return empirical_risk + mp.sqrt(maurer_budget(kl, n, delta) / 2)


def mcallester_1999(empirical_risk, kl, n, delta):
    complexity = kl - mp.log(delta) + mpf(5) / 2 * mp.log(n) + 8
    return empirical_risk + mp.sqrt(complexity / (2 * n - 1))


def mcallester_2003(empirical_risk, kl, n, delta):
    if n < 2:
        return mp.inf
    return empirical_risk + mp.sqrt((kl + mp.log(n / delta)) / (2 * (n - 1)))


def pac_bayes_kl(empirical_risk, kl, n, delta):
    return kl_above(empirical_risk, maurer_budget(kl, n, delta))


def pac_bayes_kl_lower(empirical_risk, kl, n, delta):
    return kl_below(empirical_risk, maurer_budget(kl, n, delta))


def pac_bayes_kl_exact(empirical_risk, kl, n, delta):
    return kl_above(empirical_risk, (kl + mp.log(xi(n) / delta)) / n)


def pac_bayes_kl_exact_lower(empirical_risk, kl, n, delta):
    return kl_below(empirical_risk, (kl + mp.log(xi(n) / delta)) / n)


def seeger(empirical_risk, kl, n, delta):
    return kl_above(empirical_risk, (kl + mp.log((n + 1) / delta)) / n)


def seeger_lower(empirical_risk, kl, n, delta):
    return kl_below(empirical_risk, (kl + mp.log((n + 1) / delta)) / n)


def langford_seeger(empirical_risk, kl, n, delta):
    if n < 2:
        return mp.inf
    return kl_above(empirical_risk, (kl + mp.log(n / delta)) / (n - 1))


def langford_seeger_lower(empirical_risk, kl, n, delta):
    if n < 2:
        return -mp.inf
    return kl_below(empirical_risk, (kl + mp.log(n / delta)) / (n - 1))


def betting_budget(kl, n, delta):
    """The regret of the Dirichlet(1/2) mixture, ln(sqrt pi Gamma(n + 1)/Gamma(n + 1/2)), over n."""
    with mp.workdps(mp.dps + 40):
        regret = mp.log(mp.pi) / 2 + mp.loggamma(mpf(n) + 1) - mp.loggamma(n + mpf(1) / 2)
    return (kl + regret - mp.log(delta)) / n


def coin_betting_kl(empirical_risk, kl, n, delta):
    return kl_above(empirical_risk, betting_budget(kl, n, delta))


def coin_betting_kl_lower(empirical_risk, kl, n, delta):
    return kl_below(empirical_risk, betting_budget(kl, n, delta))


def mcallester_refined(empirical_risk, kl, n, delta):
    budget = maurer_budget(kl, n, delta)
    return empirical_risk + mp.sqrt(2 * empirical_risk * budget) + 2 * budget


def pac_bayes_quadratic(empirical_risk, kl, n, delta):
    """sup{p : (p - q)^2 / (2p) <= budget}."""
    budget = maurer_budget(kl, n, delta)
    if mp.isinf(budget):
        return budget
    high = 2 * (empirical_risk + 2 * budget)
    with mp.workdps(2 * mp.dps):
        return crossing(
            lambda p: (p - empirical_risk) ** 2 - 2 * p * budget,
            empirical_risk if empirical_risk > 0 else budget,
            high,
        )


def check_pieces() -> None:
    for n, value in ((1, 2), (2, mpf(5) / 2), (3, mpf(26) / 9)):
        assert abs(xi_sum(n) - value) < mpf(10) ** -90
    for n in (7, 100, 1000):
        assert abs(xi_sum(n) / xi_falling(n) - 1) < mpf(10) ** -90
    assert abs(xi_integral(10**6) / xi_falling(10**6) - 1) < mpf(10) ** -80
    for n in (1, 2, 3, 10, 1000):
        assert mp.sqrt(n) <= xi(n) <= 2 * mp.sqrt(n) + mpf(10) ** -90
    b = maurer_budget(mpf(10), 1000, mpf("0.05")) / 2
    closed = (mp.sqrt(mpf("0.1") + b) + mp.sqrt(b)) ** 2
    found = pac_bayes_quadratic(mpf("0.1"), mpf(10), 1000, mpf("0.05"))
    assert abs(found / closed - 1) < mpf(10) ** -80
    # the betting regret at n = 1 is ln 2: sqrt pi Gamma(2)/Gamma(3/2)
    assert abs(betting_budget(0, 1, mpf(1)) - mp.log(2)) < mpf(10) ** -90


def main() -> None:
    check_pieces()
    table = Table()
    for bound in (
        mcallester,
        mcallester_1999,
        mcallester_2003,
        pac_bayes_kl,
        pac_bayes_kl_lower,
        pac_bayes_kl_exact,
        pac_bayes_kl_exact_lower,
        seeger,
        seeger_lower,
        langford_seeger,
        langford_seeger_lower,
        coin_betting_kl,
        coin_betting_kl_lower,
        mcallester_refined,
        pac_bayes_quadratic,
    ):
        table.add(bound, NAMES, CASES)
    table.write("pac_bayes")


if __name__ == "__main__":
    main()
