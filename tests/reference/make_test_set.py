"""Reference values of bounds/test_set.py: binomial and asymptotic limits, comparisons."""

from math import comb

from mpmath import mp, mpf
from precise import (
    beta_upper,
    binomial_lower,
    binomial_upper,
    crossing,
    normal_upper_quantile,
    radius_where,
)
from table import Table

COUNTS = (
    "errors n delta",
    """
192 600 0.025
0 1 0.5
1 1 0.5
0 1e12 0.05
5 1e6 1e-6
1000000 1e12 1e-12
10 10 0.001
9 10 0.001
8 10 0.001
999999999998 1e12 0.05
17 10000 1e-300
3 20 0.999
300000000000 1e12 0.05
""",
)
EXTREME = (
    COUNTS[0],
    """
999999999999 1e12 1e-300
999999999998 1e12 1e-300
500000 1e6 1e-300
0 50 1e-300
50 50 1e-300
2 1e15 1e-12
50 100 0.5
17 1e15 1e-12
500000000000000 1e15 0.001
""",
)
ASYMPTOTIC = (
    COUNTS[0],
    """
48 50 0.025
0 1 0.5
1 1 0.05
0 1e12 0.05
5 1e6 1e-6
10 10 0.001
3 20 0.999
17 10000 1e-300
300000 1e6 0.9
""",
)


def clopper_pearson(errors, n, delta):
    return binomial_upper(errors, n, delta)


def clopper_pearson_lower(errors, n, delta):
    return binomial_lower(errors, n, delta)


def clopper_pearson_several(errors, n, n_hypotheses, delta):
    return binomial_upper(errors, n, delta / n_hypotheses)


def clopper_pearson_several_lower(errors, n, n_hypotheses, delta):
    return binomial_lower(errors, n, delta / n_hypotheses)


def rule_of_three(n, delta):
    return -mp.log(delta) / n


def score_limit(errors, n, z):
    """The p with (p - k/n) / sqrt(p (1 - p) / n) = z."""
    mean = mpf(errors) / n
    if z == 0:
        return mean
    end = mpf(1) if z > 0 else mpf(0)
    if mean == end:
        return mean

    def score(p):
        return (p - mean) * abs(p - mean) - z * abs(z) * p * (1 - p) / n

    inside = mean + (end - mean) * mpf(10) ** -40
    return crossing(score, *sorted((inside, end)))


def wilson(errors, n, delta):
    return score_limit(errors, n, normal_upper_quantile(delta))


def wilson_lower(errors, n, delta):
    return score_limit(errors, n, -normal_upper_quantile(delta))


def normal_limit(centre, size, z):
    return centre + z * mp.sqrt(centre * (1 - centre) / size)


def wald(errors, n, delta):
    return normal_limit(mpf(errors) / n, n, normal_upper_quantile(delta))


def wald_lower(errors, n, delta):
    return normal_limit(mpf(errors) / n, n, -normal_upper_quantile(delta))


def agresti_coull(errors, n, delta):
    z = normal_upper_quantile(delta)
    return normal_limit((errors + z**2 / 2) / (n + z**2), n + z**2, z)


def agresti_coull_lower(errors, n, delta):
    z = normal_upper_quantile(delta)
    return normal_limit((errors + z**2 / 2) / (n + z**2), n + z**2, -z)


def jeffreys(errors, n, delta):
    if errors == n:
        return mpf(1)
    return beta_upper(errors + mpf(1) / 2, n - errors + mpf(1) / 2, delta)


def jeffreys_lower(errors, n, delta):
    if errors == 0:
        return mpf(0)
    return 1 - beta_upper(n - errors + mpf(1) / 2, errors + mpf(1) / 2, delta)


def hoeffding_several(empirical_risk, n, n_hypotheses, delta):
    """n_hypotheses exp(-2 n t^2) = delta."""
    goal = mp.log(delta) - mp.log(n_hypotheses)
    return empirical_risk + radius_where(lambda t: -2 * n * t**2, goal)


def sign_test(errors_first_only, errors_second_only):
    total, fewest = (
        errors_first_only + errors_second_only,
        min(errors_first_only, errors_second_only),
    )
    return min(mpf(1), mpf(2 * sum(comb(total, i) for i in range(fewest + 1))) / mpf(2) ** total)


def risk_difference(errors_first_only, errors_second_only, n, delta):
    return binomial_upper(errors_first_only, n, delta / 2) - binomial_lower(
        errors_second_only, n, delta / 2
    )


def risk_difference_lower(errors_first_only, errors_second_only, n, delta):
    return binomial_lower(errors_first_only, n, delta / 2) - binomial_upper(
        errors_second_only, n, delta / 2
    )


def one_sided_difference(worse, better, n, delta):
    """P(disagree) (2 P(the first alone errs | disagree) - 1) from above, each part at delta/2."""
    disagree = binomial_upper(worse + better, n, delta / 2)
    share = binomial_upper(worse, worse + better, delta / 2)
    return disagree * max(2 * share - 1, mpf(0))


def conditional_difference(errors_first_only, errors_second_only, n, delta):
    return one_sided_difference(errors_first_only, errors_second_only, n, delta)


def conditional_difference_lower(errors_first_only, errors_second_only, n, delta):
    return -one_sided_difference(errors_second_only, errors_first_only, n, delta)


def main() -> None:
    table = Table()
    for bound in (clopper_pearson, clopper_pearson_lower):
        table.add(bound, *COUNTS)
        table.add(bound, *EXTREME)
    for bound in (clopper_pearson_several, clopper_pearson_several_lower):
        table.add(
            bound,
            "errors n n_hypotheses delta",
            """
192 600 1 0.025
192 600 1000 0.025
0 100 20 0.05
0 1e12 1e300 0.05
3 50 1e300 0.5
50 50 7 0.1
49 50 7 0.1
1 1e6 1000000 0.999
""",
        )
    table.add(
        rule_of_three,
        "n delta",
        """
30 0.05
1 0.5
1 1e-300
1e12 0.05
1e18 1e-300
100 0.999
""",
    )
    for bound in (wilson, wilson_lower, wald, wald_lower, agresti_coull, agresti_coull_lower):
        table.add(bound, *ASYMPTOTIC)
    for bound in (jeffreys, jeffreys_lower):
        table.add(bound, *ASYMPTOTIC)
        table.add(bound, COUNTS[0], "9 10 0.01\n1 10 0.01\n2 1e9 0.05")
    table.add(
        hoeffding_several,
        "empirical_risk n n_hypotheses delta",
        """
0.1 10000 1000 0.05
0 1 1 0.5
1 1e12 1e300 1e-300
0.5 50 20 0.999
1e-12 1e18 7 0.01
0.25 1 3 1e-6
""",
    )
    table.add(
        sign_test,
        "errors_first_only errors_second_only",
        "300 220\n0 0\n1 0\n0 5\n10 10\n600 400\n3000 2500\n1 60",
    )
    for bound in (risk_difference, risk_difference_lower):
        table.add(
            bound,
            "errors_first_only errors_second_only n delta",
            """
30 22 1000 0.05
0 0 10 0.05
0 10 10 0.1
10 0 10 0.1
5 3 1e6 1e-6
0 1 1 0.999
2 17 1e12 1e-300
""",
        )
    for bound in (conditional_difference, conditional_difference_lower):
        table.add(
            bound,
            "errors_first_only errors_second_only n delta",
            """
30 22 1000 0.05
0 0 10 0.05
0 10 10 0.1
10 0 10 0.1
0 1 1 0.999
1 0 1e12 0.999
5 3 1e6 1e-6
2 17 1e12 1e-300
0 0 1e12 1e-12
220 300 10000 0.05
243 277 10000 0.05
500000 500000 1e6 1e-300
400000000000 399999900000 1e12 0.05
49 50 100 0.999
""",
        )
    table.write("test_set")


if __name__ == "__main__":
    main()
