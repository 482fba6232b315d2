"""Reference values of bounds/necessary.py: what no learner can beat.

Where a condition fails the value is -inf.
"""

from mpmath import mp, mpf
from table import Table

SIZES = """
0.01 0.001 10
0.125 0.01 2
0.01 0.05 10
0.2 0.01 10
0.001 1e-300 1000000
0.01 0.001 1
0.01 0.001 0
0.0156 0.001 5
0.01 0.0156 5
0.0001 0.0156 1
0.08 0.125 7
0.09 0.125 7
0.05 0.126 7
0.499 0.5 3
0.5 0.5 3
1e-12 1e-12 100
"""
CONFIDENCES = """
0.1 0.05
0.01 1e-300
0.5 0.2
0.707 0.1
0.708 0.1
0.25 0.25
0.25 0.2499
0.999 0.001
1e-6 0.999
0.3 0.12
"""


def over(value, limit):
    """value > limit for exact decimals, whose binary form may differ in the last place."""
    return value > limit * (1 + mpf(10) ** -50)


def ehrenfeucht_necessary(epsilon, delta, vc_dim):
    if vc_dim < 2 or over(8 * epsilon, 1) or over(100 * delta, 1):
        return -mp.inf
    return (vc_dim - 1) / (32 * epsilon)


def mohri_realizable_lower(n, vc_dim, delta):
    risk = mpf(vc_dim - 1) / (32 * n)
    if vc_dim < 2 or over(8 * risk, 1) or over(100 * delta, 1):
        return -mp.inf
    return risk


def blumer_necessary(epsilon, delta, vc_dim):
    if not over(1, 2 * epsilon):
        return -mp.inf
    confidence = (1 - epsilon) / epsilon * -mp.log(delta)
    return max(confidence, vc_dim * (1 - 2 * (epsilon * (1 - delta) + delta)))


def anthony_bartlett_necessary(epsilon, delta, vc_dim):
    if not over(1, 64 * epsilon) or not over(1, 64 * delta):
        return -mp.inf
    return vc_dim / (320 * epsilon**2)


def anthony_bartlett_necessary_confidence(epsilon, delta):
    if not over(1, 4 * delta):
        return -mp.inf
    exponent = (1 - epsilon**2) / (2 * epsilon**2) * -mp.log(8 * delta * (1 - 2 * delta))
    return 2 * mp.floor(exponent)


def mohri_agnostic_lower(n, vc_dim, delta):
    square = mpf(vc_dim) / (320 * n)
    if not over(1, 4096 * square) or over(64 * delta, 1):
        return -mp.inf
    return mp.sqrt(square)


def shalev_shwartz_necessary(epsilon, delta, vc_dim):
    if over(8 * delta, 1) or not over(1, 128 * epsilon**2):
        return -mp.inf
    return vc_dim / (512 * epsilon**2)


def shalev_shwartz_necessary_confidence(epsilon, delta):
    if not over(1, 2 * epsilon**2):
        return -mp.inf
    return max(mpf(0), -mp.log(4 * delta)) / (2 * epsilon**2)


def devroye_gyorfi_lugosi_lower(n, vc_dim):
    if n < vc_dim - 1 or vc_dim < 2:
        return -mp.inf
    return (vc_dim - 1) / (2 * mp.e * n) * (1 - 1 / mpf(n))


def devroye_gyorfi_lugosi_agnostic_lower(n, vc_dim, bayes_risk):
    if vc_dim < 2 or not 0 < 2 * bayes_risk < 1:
        return -mp.inf
    if over((vc_dim - 1) / (2 * bayes_risk) * max(9, 1 / (1 - 2 * bayes_risk) ** 2), n):
        return -mp.inf
    return mp.sqrt(bayes_risk * (vc_dim - 1) / (24 * n)) * mp.exp(-8)


def main() -> None:
    table = Table()
    names = "epsilon delta vc_dim"
    for bound in (ehrenfeucht_necessary, blumer_necessary, anthony_bartlett_necessary):
        table.add(bound, names, SIZES)
    table.add(shalev_shwartz_necessary, names, SIZES)
    for bound in (anthony_bartlett_necessary_confidence, shalev_shwartz_necessary_confidence):
        table.add(bound, "epsilon delta", CONFIDENCES)
    table.add(
        mohri_realizable_lower,
        "n vc_dim delta",
        """
1000 10 0.01
1 2 0.001
1 5 0.01
1 6 0.01
1e12 1000000 1e-300
100 1 0.01
100 10 0.011
1e18 2 0.001
""",
    )
    table.add(
        mohri_agnostic_lower,
        "n vc_dim delta",
        """
1000 10 0.01
128 10 0.01
129 10 0.01
1 1 0.001
1e12 1000000 1e-300
1000 10 0.0156
1000 10 0.0157
1e18 1 0.001
1000 0 0.01
""",
    )
    table.add(
        devroye_gyorfi_lugosi_lower,
        "n vc_dim",
        """
1000 10
1 2
9 10
8 10
1e12 1000000
1e18 2
100 1
2 2
""",
    )
    table.add(
        devroye_gyorfi_lugosi_agnostic_lower,
        "n vc_dim bayes_risk",
        """
1000 10 0.1
404 10 0.1
405 10 0.1
1e12 1000000 0.4
100 2 0.49
1e18 50 1e-12
1000 10 0
1000 10 0.5
2551 2 0.49
2552 2 0.49
""",
    )
    table.write("necessary")


if __name__ == "__main__":
    main()
