"""Reference values of bounds/structural.py: VC 1971 with delta spread over nested classes."""

from make_vc import vapnik_chervonenkis
from mpmath import mp, mpf
from table import Table

CASES = """
0.1 10000 50 3 0.05
0 1 1 1 0.5
1 1 0 1 0.999
0.5 1e12 1000000 1000000 1e-300
1e-12 1e15 10 2 1e-12
0.2 3 50 100 0.05
0.02 37 36 7 0.999
0.3 1e18 3 1000000000 1e-300
"""


def structural_risk(empirical_risk, n, log_growth, class_index, delta):
    share = 6 * delta / (mp.pi * class_index) ** 2
    return vapnik_chervonenkis(empirical_risk, n, log_growth, share)


def structural_risk_geometric(empirical_risk, n, log_growth, class_index, delta):
    return vapnik_chervonenkis(empirical_risk, n, log_growth, delta * mpf(2) ** -class_index)


def main() -> None:
    table = Table()
    names = "empirical_risk n vc_dim class_index delta"
    for bound in (structural_risk, structural_risk_geometric):
        table.add(bound, names, CASES)
        table.add(bound, f"{names} growth", "0.1 10000 50 3 0.05 polynomial")
    table.write("structural")


if __name__ == "__main__":
    main()
