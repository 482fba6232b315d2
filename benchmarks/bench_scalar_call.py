"""A validated scalar call of a closed form beside the hand-written `math` expression."""

from math import log, sqrt

from timing import measure, table

from genbounds.registry import catalogue


def hoeffding(empirical_risk: float, n: int, delta: float) -> float:
    return empirical_risk + sqrt(log(1 / delta) / (2 * n))


def maurer_pontil(empirical_risk: float, sample_variance: float, n: int, delta: float) -> float:
    cost = log(2 / delta)
    return empirical_risk + sqrt(2 * sample_variance * cost / n) + 7 * cost / (3 * (n - 1))


def finite_hoeffding(empirical_risk: float, n: int, log_cardinality: float, delta: float) -> float:
    return empirical_risk + sqrt((log_cardinality + log(1 / delta)) / (2 * n))


CASES = {
    hoeffding: {"empirical_risk": 0.1, "n": 1000, "delta": 0.05},
    maurer_pontil: {"empirical_risk": 0.1, "sample_variance": 0.09, "n": 1000, "delta": 0.05},
    finite_hoeffding: {"empirical_risk": 0.1, "n": 1000, "log_cardinality": 7.0, "delta": 0.05},
}


def main() -> None:
    rows = []
    for by_hand, facts in CASES.items():
        bound = catalogue[by_hand.__name__]
        assert abs(bound(**facts) - by_hand(**facts)) < 1e-14
        ours = measure(lambda b=bound, f=facts: b(**f))
        hand = measure(lambda h=by_hand, f=facts: h(**f))
        rows.append((bound.name, f"{ours * 1e9:.0f}", f"{hand * 1e9:.0f}", f"{ours / hand:.1f}"))
    table(("validated call", "genbounds ns", "math by hand ns", "ratio"), rows)


if __name__ == "__main__":
    main()
