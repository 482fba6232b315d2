"""Reference values of bounds/pac_bayes_networks.py: sequences of priors, codes, private priors."""

from make_pac_bayes import kl_above, maurer_budget
from mpmath import mp, mpf
from table import Table


def prior_budget(kl, prior_index, n, delta):
    """Langford and Seeger's ln(n/delta) over n - 1, 6/(pi^2 j^2) of delta for the j-th prior."""
    share = 6 * delta / (mp.pi * prior_index) ** 2
    return (kl + mp.log(n / share)) / (n - 1)


def dziugaite_roy(empirical_risk, kl, prior_index, n, delta):
    if n < 2:
        return mp.inf
    return kl_above(empirical_risk, prior_budget(kl, prior_index, n, delta))


def dziugaite_roy_excess(kl, prior_index, n, delta):
    if n < 2:
        return mp.inf
    return mp.sqrt(prior_budget(kl, prior_index, n, delta) / 2)


def dziugaite_roy_private(empirical_risk, kl, privacy_epsilon, n, delta):
    """Max-information n eps^2/2 + eps sqrt(n ln(2/beta)/2), beta = delta/2; kl at the rest."""
    half = delta / 2
    spent = n * privacy_epsilon**2 / 2 + privacy_epsilon * mp.sqrt(n * mp.log(2 / half) / 2)
    return kl_above(empirical_risk, maurer_budget(kl + spent, n, half))


def lotfi(empirical_risk, bits, n, delta):
    """A point mass under the prior 2^-bits bits^-2."""
    if bits < 1:
        return mp.inf
    return kl_above(empirical_risk, maurer_budget(mp.log(mpf(2) ** bits * bits**2), n, delta))


def check_pieces() -> None:
    """Dziugaite and Roy's Table 1: R-600 is the excess; the kl form at j = 300."""
    assert abs(dziugaite_roy_excess(mpf(201131), 300, 55000, mpf("0.025")) - mpf("1.352")) < 5e-4
    value = dziugaite_roy(mpf("0.028"), mpf(5144), 300, 55000, mpf("0.025"))
    assert abs(value - mpf("0.161")) < 1e-3


def main() -> None:
    check_pieces()
    table = Table()
    indexed = """
10 3 1000 0.05
5144 300 55000 0.025
201131 300 55000 0.025
0 1 2 0.5
1e-9 1 10 0.999
0 1000 1e15 1e-12
1e4 1e9 1e6 1e-300
1e8 20 1e12 0.05
37 1000000000000 100 0.5
10 3 1 0.05
inf 3 1000 0.05
"""
    table.add(dziugaite_roy_excess, "kl prior_index n delta", indexed)
    risks = "0.1 0.028 0.112 0 0 1e-12 0.5 0.3 1 0.1 0.25".split()
    rows = indexed.strip().splitlines()
    table.add(
        dziugaite_roy,
        "empirical_risk kl prior_index n delta",
        "\n".join(f"{risk} {row}" for risk, row in zip(risks, rows, strict=True)),
    )
    table.add(
        dziugaite_roy_private,
        "empirical_risk kl privacy_epsilon n delta",
        """
0.1 10 0.01 1000 0.05
0.02 5144 0.001 55000 0.025
0 0 0 1 0.5
0 1e-9 1 10 0.999
1e-12 0 1e-9 1e15 1e-12
0.5 1e4 1e-3 1e6 1e-300
0.3 1e8 1e-6 1e12 0.05
1 37 0.1 100 0.5
0.5 1e8 10 2 1e-12
0.25 inf 0.1 1000 0.05
""",
    )
    table.add(
        lotfi,
        "empirical_risk bits n delta",
        """
0.1 100 1000 0.05
0.02 50000 60000 0.025
0 1 1 0.5
0 2 10 0.999
1e-12 1.5 1e15 1e-12
0.5 1e4 1e6 1e-300
0.3 1e8 1e12 0.05
1 37 100 0.5
0.5 1e8 2 1e-12
0.1 0.5 1000 0.05
""",
    )
    table.write("pac_bayes_networks")


if __name__ == "__main__":
    main()
