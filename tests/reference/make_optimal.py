"""Reference values of bounds/optimal.py: learners of optimal rate."""

from mpmath import mp, mpf
from table import Table


def hanneke(n, vc_dim, delta):
    return 1800 / mpf(n + 1) * (vc_dim + mp.log(18 / delta))


def one_inclusion(n, vc_dim):
    return mpf(vc_dim) / (n + 1)


def main() -> None:
    table = Table()
    table.add(
        hanneke,
        "n vc_dim delta",
        """
1000 10 0.05
1 0 0.5
1 1 0.999
1e12 1000000 1e-300
1e18 3 1e-12
10 50 0.01
""",
    )
    table.add(one_inclusion, "n vc_dim", "100 10\n1 0\n1 1\n1e12 1000000\n1e18 3\n10 50")
    table.write("optimal")


if __name__ == "__main__":
    main()
