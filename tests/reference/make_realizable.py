"""Reference values of bounds/realizable.py: consistent hypotheses, and hypergeometric inversion."""

from fractions import Fraction
from math import comb

from mpmath import mp, mpf
from precise import bisect, hypergeometric_count, radius_where, sauer_sum
from table import Table


def blumer(n, log_growth, delta):
    """2 Pi(2n) 2^(-n eps/2) = delta."""
    growth = mp.log(2) + log_growth(2 * n)
    return radius_where(lambda t: growth - n * t * mp.log(2) / 2, mp.log(delta))


def double_sample(n, n_ghost, log_growth, delta):
    """The eps where min over j of Pi(n+k) C(k,j) / (C(n+k,j) P(Bin(k,eps) >= j)) falls to delta."""
    k = n_ghost
    growth = mp.exp(log_growth(n + k))
    swaps = [growth * mpf(comb(k, j)) / comb(n + k, j) for j in range(1, k + 1)]
    if min(swaps) > delta:
        return mpf(1)

    def small(eps):
        tails, tail = [], mpf(0)
        for j in range(k, 0, -1):
            tail += comb(k, j) * eps**j * (1 - eps) ** (k - j)
            tails.append(tail)
        return any(s <= delta * t for s, t in zip(swaps, reversed(tails), strict=True))

    return bisect(small, mpf(0), mpf(1))


def leboeuf_hypergeometric(errors, n, n_ghost, delta, growth_value):
    """max(1, K - 1 - k)/n', K the least number of bad items with tail <= delta/(4 Pi(n+n'))."""
    level = Fraction(delta) / (4 * growth_value)
    last = hypergeometric_count(errors, n, n + n_ghost, level, strict=True)
    return mpf(max(1, last - errors)) / n_ghost


def add_leboeuf(table: Table, errors: str, n: str, ghost: str, d: str, delta: str, growth="sauer"):
    size = int(n) + int(ghost)
    counts = {
        "sauer": sauer_sum(size, int(d)),
        "polynomial": size ** int(d),
        "polynomial-plus-one": size ** int(d) + 1,
    }
    value = leboeuf_hypergeometric(int(errors), int(n), int(ghost), delta, counts[growth])
    arguments = {"errors": errors, "n": n, "n_ghost": ghost, "vc_dim": d, "delta": delta}
    if growth != "sauer":
        arguments["growth"] = growth
    table.add_row(lambda **_: value, arguments, bound="leboeuf_hypergeometric")


def main() -> None:
    table = Table()
    table.add(
        blumer,
        "n vc_dim delta",
        """
10000 50 0.05
1 1 0.5
1 0 0.999
1e12 1000000 1e-300
1e18 10 1e-12
3 50 0.05
100 0 0.5
""",
    )
    table.add(
        blumer,
        "n vc_dim delta growth",
        """
10000 50 0.05 polynomial
1e12 7 1e-300 sauer-exp
100 1 0.1 polynomial-plus-one
""",
    )
    table.add(
        double_sample,
        "n n_ghost vc_dim delta",
        """
100 100 1 0.05
100 200 1 0.05
500 150 3 0.01
60 30 0 0.5
1000 120 2 1e-12
50 1 0 0.2
10 100 0 0.999
5 5 5 0.05
1 1 0 0.9
100 120 2 1e-300
""",
    )
    table.add(double_sample, "n n_ghost vc_dim delta growth", "400 100 2 0.05 polynomial")
    for case in """
10 100 100 1 0.05
0 100 400 1 0.05
30 500 2000 3 0.05
0 1 1 0 0.5
1 1 1 0 0.5
5 5 20 50 0.05
100 100 100 2 0.01
0 10000 1000 5 1e-12
50 1000 1000 10 1e-300
0 10 1 0 0.999
400 4000 16000 50 0.05
10 200 300 2 0.05 polynomial
10 200 300 2 0.05 polynomial-plus-one
""".strip().splitlines():
        add_leboeuf(table, *case.split())
    table.write("realizable")


if __name__ == "__main__":
    main()
