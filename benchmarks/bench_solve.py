"""The VC sample size and the saw-tooth of Clopper-Pearson beside what one would write by hand.

By hand means doubling and bisection in floats on the same formula: with the Sauer sum from
`math.comb`, and with the closed (2en/d)^d; and for the saw-tooth a vectorised scan of every n.
"""

from fractions import Fraction
from math import comb, exp, lgamma, log

import numpy as np
from scipy import special
from timing import measure, table

from genbounds.registry import catalogue
from genbounds.solving import solve

VC = catalogue["vapnik_chervonenkis"]


def doubling_and_bisection(missed_at) -> int:
    high = 1
    while missed_at(high):
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if missed_at(middle) else (low, middle)
    return high


def by_hand_sauer(d: int, epsilon: float, delta: float) -> int:
    def missed(n: int) -> bool:
        growth = log(sum(comb(2 * n, i) for i in range(d + 1)))
        return 8 * (growth + log(4 / delta)) / n > epsilon**2

    return doubling_and_bisection(missed)


def by_hand_lgamma(d: int, epsilon: float, delta: float) -> int:
    def missed(n: int) -> bool:
        m = 2 * n
        logs = [lgamma(m + 1) - lgamma(i + 1) - lgamma(m - i + 1) for i in range(min(d, m) + 1)]
        top = max(logs)
        growth = top + log(sum(exp(x - top) for x in logs))
        return 8 * (growth + log(4 / delta)) / n > epsilon**2

    return doubling_and_bisection(missed)


def by_hand_closed(d: int, epsilon: float, delta: float) -> int:
    def missed(n: int) -> bool:
        return 2 * n < d or 8 * (d * (log(2 * n / d) + 1) + log(4 / delta)) / n > epsilon**2

    return doubling_and_bisection(missed)


def scan_clopper_pearson(rate: Fraction, target: float, delta: float, most: int) -> int:
    n = np.arange(1, most + 1)
    k = n * rate.numerator // rate.denominator
    missed = special.betaincc(k + 1, n - k, target) > delta
    return int(n[missed][-1]) + 1


def row(name: str, ours, hand) -> tuple[str, ...]:
    one, other = measure(ours), measure(hand)
    times = f"{one * 1e6:.1f}", f"{other * 1e6:.1f}", f"{other / one:.2f}"
    return name, str(ours()), str(hand()), *times


def main() -> None:
    rows = []
    for d, epsilon, delta in ((10, 0.05, 0.05), (100, 0.01, 1e-6)):
        facts = {"epsilon": epsilon, "delta": delta, "vc_dim": d}
        rows.append(
            row(
                f"Sauer sum, d={d}, eps={epsilon:g} / math.comb",
                lambda f=facts: solve(VC, "n", **f),
                lambda d=d, e=epsilon, p=delta: by_hand_sauer(d, e, p),
            )
        )
        rows.append(
            row(
                f"Sauer sum, d={d}, eps={epsilon:g} / lgamma",
                lambda f=facts: solve(VC, "n", **f),
                lambda d=d, e=epsilon, p=delta: by_hand_lgamma(d, e, p),
            )
        )
    for d, epsilon, delta in ((10, 0.05, 0.05), (10, 2e-6, 1e-6)):
        facts = {"epsilon": epsilon, "delta": delta, "vc_dim": d, "growth": "sauer-exp"}
        rows.append(
            row(
                f"(2en/d)^d, d={d}, eps={epsilon:g}",
                lambda f=facts: solve(VC, "n", **f),
                lambda d=d, e=epsilon, p=delta: by_hand_closed(d, e, p),
            )
        )
    rate, exact = Fraction(1, 50), catalogue["clopper_pearson"]
    rows.append(
        row(
            "Clopper-Pearson saw-tooth",
            lambda: solve(exact, "n", target=0.021, delta=0.05, empirical_risk=rate),
            lambda: scan_clopper_pearson(rate, 0.021, 0.05, 130_000),
        )
    )
    table(("problem", "genbounds", "by hand", "genbounds us", "by hand us", "ratio"), rows)


if __name__ == "__main__":
    main()
