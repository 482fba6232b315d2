"""Reference values of the divergences: functions, not bounds, so in a folder of their own.

Rows {function, arguments in order, value}; a list in brackets is one argument.
"""

import json
from collections.abc import Callable
from pathlib import Path

from make_pac_bayes import xi
from mpmath import mp, mpf
from precise import kl
from table import digits

FOLDER = Path(__file__).parent / "functions"


def entries(*vectors) -> list[tuple[mpf, ...]]:
    """The coordinates of vectors and scalars together, a scalar standing for every coordinate."""
    size = max(len(v) if isinstance(v, list) else 1 for v in vectors)
    long = [v if isinstance(v, list) else [v] * size for v in vectors]
    return list(zip(*long, strict=True))


def gaussian_kl(posterior_mean, posterior_variance, prior_mean, prior_variance):
    total = mpf(0)
    each = entries(posterior_mean, posterior_variance, prior_mean, prior_variance)
    for m, s, m0, s0 in each:
        total += (s / s0 - 1 - mp.log(s / s0) + (m - m0) ** 2 / s0) / 2
    return total


def gaussian_renyi(posterior_mean, prior_mean, variance, order):
    return (
        order
        / 2
        * sum((m - m0) ** 2 / s for m, m0, s in entries(posterior_mean, prior_mean, variance))
    )


def laplace_kl(posterior_mean, posterior_scale, prior_mean, prior_scale):
    total = mpf(0)
    for m, b, m0, b0 in entries(posterior_mean, posterior_scale, prior_mean, prior_scale):
        apart = abs(m - m0)
        total += mp.log(b0 / b) + (apart + b * mp.exp(-apart / b)) / b0 - 1
    return total


def categorical_kl(posterior, prior):
    total = mpf(0)
    for q, p in zip(posterior, prior, strict=True):
        if q > 0:
            total += q * mp.log(q / p) if p > 0 else mp.inf
    return total


def bernoulli_kl(posterior, prior):
    with mp.workdps(700):
        return kl(posterior, prior)


def compression_kl(bits):
    """-ln of the prior 2^-bits bits^-2."""
    return bits * mp.log(2) + 2 * mp.log(bits)


def point_mass_kl(prior_probability):
    return -mp.log(prior_probability)


def log_xi(n):
    return mp.log(xi(int(n)))


def kl_by_quadrature(log_q: Callable, log_p: Callable, points: list) -> mpf:
    return mp.quad(lambda x: mp.exp(log_q(x)) * (log_q(x) - log_p(x)), points)


def check_pieces() -> None:
    """Against the integrals that define them."""

    def normal(m, s):
        return lambda x: -((x - m) ** 2) / (2 * s) - mp.log(2 * mp.pi * s) / 2

    def laplace(m, b):
        return lambda x: -abs(x - m) / b - mp.log(2 * b)

    m, s, m0, s0 = mpf("0.3"), mpf("0.5"), mpf(-1), mpf(2)
    with mp.workdps(40):
        line = [-60, -20, -10, -5, -2, m0, 0, m, 1, 2, 5, 10, 20, 60]
        for density, closed in ((normal, gaussian_kl), (laplace, laplace_kl)):
            found = kl_by_quadrature(density(m, s), density(m0, s0), line)
            assert abs(found / closed(m, s, m0, s0) - 1) < mpf(10) ** -25
        a = mpf(3)
        log_q, log_p = normal(m, s), normal(m0, s)
        moment = mp.quad(lambda x: mp.exp(a * log_q(x) + (1 - a) * log_p(x)), line)
        assert abs(mp.log(moment) / (a - 1) / gaussian_renyi(m, m0, s, a) - 1) < mpf(10) ** -25


CASES = {
    gaussian_kl: """
0.3 0.5 -1 2
[0.3,0.1,-0.2] 0.01 [0,0.05,-0.25] 0.02
[1,2,3,4] [0.1,0.2,0.3,0.4] 0 1
[0.5,-0.5] [1e-4,2] [0.25,-0.5] [1,1e-3]
[1e-3,2e-3] 1 [0,0] 1
1 4 1 4
0 1e-100 0 1
1e6 1 -1e6 1e-6
0 1.00000000023283064365386962890625 0 1
[0,0] 1 [0,0] 1e12
""",
    gaussian_renyi: """
0.3 -1 2 2
[0.3,0.1,-0.2] [0,0.05,-0.25] 0.02 1.5
[1,2,3,4] 0 1 10
[0.5,-0.5] [0.25,-0.5] [1,1e-3] 2
1e6 -1e6 1e-6 3
1 1 4 2
[1e-9,0] [0,0] 1 1.0009765625
0.5 0 0.25 1e6
""",
    laplace_kl: """
0.3 0.5 -1 2
[0.3,0.1,-0.2] 0.01 [0,0.05,-0.25] 0.02
[1,2,3,4] [0.1,0.2,0.3,0.4] 0 1
[0.5,-0.5] [1e-4,2] [0.25,-0.5] [1,1e-3]
1 4 1 4
0 1e-100 0 1
1e6 1 -1e6 1e-6
1 1 0 1
9.5367431640625e-7 1 0 1
""",
    categorical_kl: """
[0.5,0.5] [0.25,0.75]
[1,0,0] [0.25,0.25,0.5]
[0.2,0.3,0.5] [0.2,0.3,0.5]
[0.5,0.5] [1,0]
[0.1,0.2,0.3,0.4] [0.25,0.25,0.25,0.25]
[0.5,0.25,0.25] [0.999999999,5e-10,5e-10]
""",
    bernoulli_kl: """
0.5 0.25
0.1 0.2
0 0.5
1 0.5
0.25 0.25
0.5 0
0.5 1
0 1e-300
1 1e-300
1e-12 2e-12
0.5 0.50000000023283064365386962890625
0.02 1e-9
""",
    compression_kl: """
2
2.5
37
1e4
1e8
""",
    point_mass_kl: """
1
0.5
0.99999999976716935634613037109375
1e-300
1e-9
0.3
""",
    log_xi: """
1
2
3
10
100
1000
55000
1e6
1e12
1e15
""",
}


def parsed(text: str):
    """A number, or in brackets several, as decimals."""
    return text[1:-1].split(",") if text.startswith("[") else text


def numbers(argument):
    return [mpf(x) for x in argument] if isinstance(argument, list) else mpf(argument)


def main() -> None:
    check_pieces()
    rows = []
    for function, cases in CASES.items():
        for line in cases.strip().splitlines():
            arguments = [parsed(text) for text in line.split()]
            value = digits(function(*map(numbers, arguments)))
            rows.append({"function": function.__name__, "arguments": arguments, "value": value})
    lines = ",\n".join(" " + json.dumps(row) for row in rows)
    (FOLDER / "divergences.json").write_text(f"[\n{lines}\n]\n")
    print(f"functions/divergences.json: {len(rows)} rows, {len(CASES)} functions")


if __name__ == "__main__":
    main()
