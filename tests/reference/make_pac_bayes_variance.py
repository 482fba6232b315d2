"""Reference values of bounds/pac_bayes_variance.py: variances, second moments and the split kl."""

from make_pac_bayes import kl_above, kl_below
from mpmath import mp, mpf
from table import Table

UNEXPECTED = """
0.1 0.05 1 0.25 1000 0.05
0.02 0.02 1 0.5 55000 0.025
0 0 1 0.5 1 0.5
1 1 1 0.9990234375 100 0.999
1e-12 1e-12 1 1e-6 1e15 1e-12
0.5 0.25 0.5 1.5 1e6 1e-300
0.3 0.2 4 0.125 1e12 0.05
0.1 1e-9 1e-3 10 10 0.2
0.2 0.1 1 1 1000 0.05
0.2 0.1 2 0.75 1000 0.05
0.5 0.5 1 1e-9 1e12 0.05
0.5 0.5 1e-300 0.5 1000 0.05
0.5 0.5 1 1e-300 1000 0.05
0.5 0.5 0.999999999068677425384521484375 1 1e6 0.05
"""
KL = "10 5144 0 37 1e-9 1e4 1e8 0 1 1 1e4 10 0 1e-3".split()


def with_kl(cases: str, values: list[str], place: int) -> str:
    """The rows of `cases` with a KL in the given place."""
    rows = [line.split() for line in cases.strip().splitlines()]
    return "\n".join(
        " ".join([*row[:place], kl, *row[place:]]) for row, kl in zip(rows, values, strict=True)
    )


# -- Tolstikhin and Seldin ----------------------------------------------------------------------


def covers(low, ratio):
    """Points ratio^-1, ratio^-2, ... needed until one is at most `low`."""
    return int(mp.ceil(-mp.log(low) / mp.log(ratio)))


def tolstikhin_seldin_variance(sample_variance, kl, grid_ratio_variance, n, delta):
    if n < 2:
        return mp.inf
    if mp.isinf(kl):
        return mp.inf
    low = 2 / (mp.sqrt((n - 1) / -mp.log(delta) + 1) + 1)
    log_term = kl + mp.log(covers(low, grid_ratio_variance) / delta)
    first = (1 + grid_ratio_variance) * mp.sqrt(sample_variance * log_term / (2 * (n - 1)))
    return sample_variance + first + 2 * grid_ratio_variance * log_term / (n - 1)


def tolstikhin_seldin(
    empirical_risk, sample_variance, kl, grid_ratio_mean, grid_ratio_variance, n, delta
):
    if n < 2 or mp.isinf(kl):
        return mp.inf
    half = delta / 2
    variance = min(
        mpf(1) / 4, tolstikhin_seldin_variance(sample_variance, kl, grid_ratio_variance, n, half)
    )
    low = mp.sqrt(-4 * mp.log(half) / ((mp.e - 2) * n))
    log_term = kl + mp.log(max(1, covers(low, grid_ratio_mean) + 1) / half)
    if mp.sqrt(log_term / ((mp.e - 2) * variance)) <= mp.sqrt(n):
        spread = mp.sqrt((mp.e - 2) * variance * log_term / n)
        return empirical_risk + (1 + grid_ratio_mean) * spread
    return empirical_risk + 2 * log_term / n


def pac_bayes_bernstein(empirical_risk, variance, kl, bernstein_gamma, n, delta):
    if bernstein_gamma > 1:
        return mp.inf
    rate = (kl - mp.log(delta)) / (bernstein_gamma * n)
    return empirical_risk + (mp.e - 2) * bernstein_gamma * variance + rate


def pac_bayes_bennett(empirical_risk, variance, upper_loss, kl, bernstein_gamma, n, delta):
    """gamma/2 var times the mean of e^(s gamma b) for s of density 2 (1 - s)."""
    x = bernstein_gamma * upper_loss
    with mp.workdps(mp.dps + 700):
        factor = (mp.expm1(x) - x) / (bernstein_gamma * upper_loss**2)
    return empirical_risk + factor * variance + (kl - mp.log(delta)) / (bernstein_gamma * n)


# -- the un-expected Bernstein inequality -------------------------------------------------------


def pac_bayes_unexpected_bernstein(
    empirical_risk, second_moment, upper_loss, kl, bernstein_gamma, n, delta
):
    x = bernstein_gamma * upper_loss
    if x >= 1:
        return mp.inf
    with mp.workdps(mp.dps + 700):
        weight = (-x - mp.log1p(-x)) / (bernstein_gamma * upper_loss**2)
    rate = (kl - mp.log(delta)) / (bernstein_gamma * n)
    return empirical_risk + weight * second_moment + rate


def unexpected_bernstein(empirical_risk, second_moment, upper_loss, bernstein_gamma, n, delta):
    return pac_bayes_unexpected_bernstein(
        empirical_risk, second_moment, upper_loss, mpf(0), bernstein_gamma, n, delta
    )


def pac_bayes_unexpected_bernstein_grid(empirical_risk, second_moment, upper_loss, kl, n, delta):
    k = max(1, int(mp.ceil(mp.log(mp.sqrt(n / -mp.log(delta)) / 2) / mp.log(2))))
    return min(
        pac_bayes_unexpected_bernstein(
            empirical_risk, second_moment, upper_loss, kl, 1 / (2**i * upper_loss), n, delta / k
        )
        for i in range(1, k + 1)
    )


# -- split kl -----------------------------------------------------------------------------------


def split(positive_part, negative_part, split_point, lowest_loss, highest_loss, budget):
    """mu + E Z+ - E Z-, each bounded on its own range by the kl at half of delta."""
    above, below = highest_loss - split_point, split_point - lowest_loss
    if positive_part > above or negative_part > below:
        raise ValueError("parts outside of their range")
    gain = above * kl_above(positive_part / above, budget) if above > 0 else 0
    loss = below * kl_below(negative_part / below, budget) if below > 0 else 0
    return split_point + gain - loss


def split_kl(positive_part, negative_part, split_point, lowest_loss, highest_loss, n, delta):
    budget = mp.log(2 / delta) / n
    return split(positive_part, negative_part, split_point, lowest_loss, highest_loss, budget)


def pac_bayes_split_kl(
    positive_part, negative_part, split_point, lowest_loss, highest_loss, kl, n, delta
):
    budget = (kl + mp.log(4 * mp.sqrt(n) / delta)) / n
    return split(positive_part, negative_part, split_point, lowest_loss, highest_loss, budget)


def check_pieces() -> None:
    x, b = mpf("0.7"), mpf("0.5")
    integral = mp.quad(lambda s: 2 * (1 - s) * mp.exp(s * x), [0, 1])
    direct = pac_bayes_bennett(0, mpf(1), b, -mp.log(2), x / b, 1, mpf(1) / 2)
    assert abs(direct - x / b / 2 * integral) < mpf(10) ** -80
    # the grid of Tolstikhin and Seldin: (V + A/l)/(1 - l/2) at l between l*/c and l* stays below
    v, a, c = mpf("0.1"), mpf("0.03"), mpf("1.15")
    best = 2 / (mp.sqrt(2 * v / a + 1) + 1)
    formula = v + (1 + c) * mp.sqrt(v * a / 2) + 2 * c * a
    for i in range(21):
        point = best / c ** (mpf(i) / 20)
        assert (v + a / point) / (1 - point / 2) <= formula
    # the moment behind the un-expected Bernstein: E exp(g (m - X) - w X^2) <= 1 for coins on {0, b}
    g = mpf("0.9") / b
    w = -g * b - mp.log1p(-g * b)
    for p in (mpf("0.01"), mpf("0.3"), mpf("0.9")):
        assert (1 - p) * mp.exp(g * p * b) + p * mp.exp(g * (p * b - b) - w) <= 1


def main() -> None:
    check_pieces()
    table = Table()
    table.add(
        tolstikhin_seldin,
        "empirical_risk sample_variance kl grid_ratio_mean grid_ratio_variance n delta",
        """
0.1 0.09 10 1.15 1.15 1000 0.05
0.02 0.0196 5144 1.15 1.15 55000 0.025
0 0 173.1 1.15 1.15 1000 0.05
0 0 173.2 1.15 1.15 1000 0.05
0 0 0 1.5 2 2 0.5
0.5 0.5 1e-9 1.05 1.1 2 0.999
1e-12 1e-12 0 1.15 1.15 1e15 1e-12
0.5 0.25 1e4 1.01 1.02 1e6 1e-300
0.3 0.2 1e8 1.15 1.3 1e12 0.05
1 0.01 37 1.2 1.2 100 0.5
0.2 0.1 10 1.15 1.15 1 0.05
0.2 0.1 1e8 1.15 1.15 10 0.05
0.2 0.1 inf 1.15 1.15 1000 0.05
""",
    )
    table.add(
        tolstikhin_seldin_variance,
        "sample_variance kl grid_ratio_variance n delta",
        """
0.09 10 1.15 1000 0.05
0.0196 5144 1.15 55000 0.025
0 0 2 2 0.5
0.5 1e-9 1.1 2 0.999
1e-12 0 1.15 1e15 1e-12
0.25 1e4 1.02 1e6 1e-300
0.2 1e8 1.3 1e12 0.05
0.1 10 1.15 1 0.05
0.01 37 1.2 100 0.5
0.1 inf 1.15 1000 0.05
""",
    )
    table.add(
        pac_bayes_bernstein,
        "empirical_risk variance kl bernstein_gamma n delta",
        """
0.1 0.09 10 0.5 1000 0.05
0.02 0.0196 5144 1 55000 0.025
0 0 0 1 1 0.5
1 0.25 1e-9 0.001 10 0.999
1e-12 1e-12 0 1e-6 1e15 1e-12
0.5 0.25 1e4 0.1 1e6 1e-300
0.3 0.2 1e8 0.01 1e12 0.05
0 0.1 37 0.75 100 0.5
0.1 0.09 10 1.5 1000 0.05
0.1 0.09 inf 0.5 1000 0.05
""",
    )
    table.add(
        pac_bayes_bennett,
        "empirical_risk variance upper_loss kl bernstein_gamma n delta",
        """
0.1 0.09 1 10 0.5 1000 0.05
0.02 0.0196 1 5144 1 55000 0.025
0 0 1 0 1 1 0.5
1 0.25 0.5 1e-9 3 10 0.999
1e-12 1e-12 1 0 1e-6 1e15 1e-12
0.5 0.25 1 1e4 0.1 1e6 1e-300
0.3 0.2 4 1e8 0.01 1e12 0.05
0 0.1 1e-3 37 10 100 0.5
0.1 0.01 1 10 5 1000 0.05
0.1 0.09 1 inf 0.5 1000 0.05
0.5 0.25 1e-6 1 1e-6 1e15 0.05
0.1 0.09 1e-300 10 0.5 1000 0.05
0.1 0.09 1 10 1e-300 1000 0.05
0 1e-12 700 10 1 1000 0.05
""",
    )
    names = "empirical_risk second_moment upper_loss bernstein_gamma n delta"
    table.add(unexpected_bernstein, names, UNEXPECTED)
    names = "empirical_risk second_moment upper_loss kl bernstein_gamma n delta"
    table.add(pac_bayes_unexpected_bernstein, names, with_kl(UNEXPECTED, KL, 3))
    table.add(pac_bayes_unexpected_bernstein, names, "0.1 0.05 1 inf 0.25 1000 0.05")
    table.add(
        pac_bayes_unexpected_bernstein_grid,
        "empirical_risk second_moment upper_loss kl n delta",
        """
0.1 0.05 1 10 1000 0.05
0.02 0.02 1 5144 55000 0.025
0 0 1 0 1 0.5
1 1 1 1e-9 100 0.999
1e-12 1e-12 1 0 1e15 1e-12
0.5 0.25 0.5 1e4 1e6 1e-300
0.3 0.2 4 1e8 1e12 0.05
0.1 1e-9 1e-3 37 10 0.2
0.5 0.5 1 1e-9 1e12 0.05
0.25 1 2 0 1000000 0.5
0.25 0 1e-300 10 1000 0.05
0.1 0.05 1 inf 1000 0.05
""",
    )
    parts = """
0.1 0.05 0 -1 1 1000 0.05
0 0 0.5 0 1 1 0.5
0.5 0.5 0.5 0 1 10 0.999
1e-12 0 0 -1 1 1e15 1e-12
0.02 0 0 0 1 55000 0.025
0 0.25 1 0 1 1000 0.05
0.3 0.1 0.25 -2 3 1e6 1e-300
0 1 0 -1 1 100 1e-6
0.5 1e-9 0.25 -0.5 1.25 1e12 0.05
"""
    names = "positive_part negative_part split_point lowest_loss highest_loss n delta"
    table.add(split_kl, names, parts)
    values = "10 0 1e-9 0 5144 37 1e4 2.5 1e8".split()
    names = "positive_part negative_part split_point lowest_loss highest_loss kl n delta"
    table.add(pac_bayes_split_kl, names, with_kl(parts, values, 5))
    table.add(pac_bayes_split_kl, names, "0.1 0.05 0 -1 1 inf 1000 0.05")
    table.write("pac_bayes_variance")


if __name__ == "__main__":
    main()
