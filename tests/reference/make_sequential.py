"""Reference values of bounds/sequential.py: boundaries at every n, betting, stopping rules."""

from mpmath import mp, mpf
from precise import bisect, kl, radius_where
from table import Table


def stitched(intrinsic_time, gamma_scale, start_time, stitching_ratio, stitching_exponent, delta):
    """Howard et al. 2021, Theorem 1."""
    eta, s = stitching_ratio, stitching_exponent
    v = max(intrinsic_time, start_time)
    ell = s * mp.log(mp.log(eta * v / start_time)) + mp.log(mp.zeta(s) / (delta * mp.log(eta) ** s))
    k1 = (mp.root(eta, 4) + 1 / mp.root(eta, 4)) / mp.sqrt(2)
    k2 = (mp.sqrt(eta) + 1) / 2
    linear = k2 * gamma_scale * ell
    return mp.sqrt(k1**2 * v * ell + linear**2) + linear


def howard_stitched(empirical_risk, n, stitching_ratio, stitching_exponent, delta):
    quarter = mpf(1) / 4
    boundary = stitched(n * quarter, 0, quarter, stitching_ratio, stitching_exponent, delta)
    return empirical_risk + boundary / n


def howard_stitched_rounded(empirical_risk, n, delta):
    inside = mp.log(mp.log(2 * n)) + mpf("0.72") * mp.log(mpf("5.2") / delta)
    return empirical_risk + mpf("0.85") * mp.sqrt(inside / n)


def normal_mixture(empirical_risk, n, mixture_rho, delta):
    """The two-sided boundary where the Gaussian mixture of exp(s S - s^2 v/2) reaches 1/delta."""
    v, rho = mpf(n) / 4, mixture_rho

    def log_mixture(t):
        return (mp.log(rho / (v + rho)) + (n * t) ** 2 / (v + rho)) / 2

    return empirical_risk + radius_where(lambda t: -log_mixture(t), mp.log(delta))


def hoeffding_every_n(empirical_risk, n, delta):
    """exp(-2 n t^2) = 6 delta / (pi^2 n^2)."""
    share = 6 * delta / (mp.pi**2 * mpf(n) ** 2)
    return empirical_risk + radius_where(lambda t: -2 * n * t**2, mp.log(share))


def bets(losses, delta, clock):
    """sqrt(2 ln(1/delta) / (clock(t) sigma2_{t-1})), the running variance of the paper."""
    found, total, squares, variance = [], mpf(0), mpf(0), mpf(1) / 4
    for t, x in enumerate(losses, start=1):
        found.append(mp.sqrt(-2 * mp.log(delta) / (clock(t) * variance)))
        total += x
        mean = (mpf(1) / 2 + total) / (t + 1)
        squares += (x - mean) ** 2
        variance = (mpf(1) / 4 + squares) / (t + 1)
    return found


def upper_end(losses, betting_cap, delta, clock):
    """The largest m in [0, 1] whose K-(m) = prod(1 - l_i (x_i - m)) has not reached 1/delta."""
    wagers = bets(losses, delta, clock)

    def rejected(m):
        capital = mpf(1)
        for wager, x in zip(wagers, losses, strict=True):
            capped = min(wager, betting_cap / (1 - m)) if m < 1 else wager
            capital *= 1 - capped * (x - m)
        return capital >= 1 / delta

    return bisect(rejected, mpf(0), mpf(1)) if rejected(mpf(1)) else mpf(1)


def lower_end(losses, betting_cap, delta, clock):
    """The smallest m in [0, 1] whose K+(m) = prod(1 + l_i (x_i - m)) has not reached 1/delta."""
    wagers = bets(losses, delta, clock)

    def accepted(m):
        capital = mpf(1)
        for wager, x in zip(wagers, losses, strict=True):
            capped = min(wager, betting_cap / m) if m > 0 else wager
            capital *= 1 + capped * (x - m)
        return capital < 1 / delta

    return mpf(0) if accepted(mpf(0)) else bisect(accepted, mpf(0), mpf(1))


def fixed_clock(losses):
    return lambda t: len(losses)


def every_clock(t):
    return t * mp.log(t + 1)


def betting(losses, betting_cap, delta):
    return upper_end(losses, betting_cap, delta, fixed_clock(losses))


def betting_lower(losses, betting_cap, delta):
    return lower_end(losses, betting_cap, delta, fixed_clock(losses))


def betting_every_n(losses, betting_cap, delta):
    return upper_end(losses, betting_cap, delta, every_clock)


def betting_every_n_lower(losses, betting_cap, delta):
    return lower_end(losses, betting_cap, delta, every_clock)


def sequential_probability_ratio(delta):
    return -mp.log(delta)


def sequential_probability_ratio_expected_size(risk, alternative_risk, delta, power_error):
    """Wald: E of the log likelihood ratio at the stop, over its drift under the alternative."""
    accept = power_error * mp.log(power_error / (1 - delta))
    reject = (1 - power_error) * mp.log((1 - power_error) / delta)
    return (accept + reject) / kl(alternative_risk, risk)


def dagum_karp_luby_ross(epsilon, delta):
    if epsilon >= 1:
        return mp.inf
    return 1 + (1 + epsilon) * 4 * (mp.e - 2) * mp.log(2 / delta) / epsilon**2


def samples() -> list[str]:
    """Data sets, in order: constant ones, and a few with decimals from a fixed recurrence."""
    mixed, state = [], 7
    for _ in range(50):
        state = (state * 137 + 59) % 1000
        mixed.append(f"0.{state:03d}")
    coins = ["1" if i % 3 == 0 else "0" for i in range(20)]
    return [
        "0",
        "1",
        "0.25",
        "0,1",
        "0.1,0.9",
        "0,0,0,0,0",
        "1,1,1,1,1",
        "0.1,0.2,0.05,0,1",
        ",".join(["0"] * 20),
        ",".join(["1"] * 20),
        ",".join(coins),
        ",".join(["0"] * 50),
        ",".join(["1"] * 50),
        ",".join(mixed),
        ",".join(["0.000001"] * 49 + ["1"]),
    ]


def add_betting(table: Table) -> None:
    for bound in (betting, betting_lower, betting_every_n, betting_every_n_lower):
        for data in samples():
            table.add(bound, "losses betting_cap delta", f"{data} 0.5 0.05")
        for data in samples()[7:14:3]:
            table.add(bound, "losses betting_cap delta", f"{data} 0.75 0.025\n{data} 0.5 1e-300")
            table.add(bound, "losses betting_cap delta", f"{data} 0.999 0.5\n{data} 0.1 0.999")


def main() -> None:
    table = Table()
    names = "intrinsic_time gamma_scale start_time stitching_ratio stitching_exponent delta"
    table.add(
        stitched,
        names,
        """
100 0 1 2 1.4 0.05
1 0 1 2 1.4 0.025
0.5 0 1 2 1.4 0.05
0 0.5 0.25 1.1 2 0.5
1e12 1 10 3 1.01 1e-300
1e18 0.3333333 1 2.041 1.4 0.999
25 2 25 10 5 0.01
""",
        bound="howard_stitched_boundary",
    )
    table.add(
        howard_stitched,
        "empirical_risk n stitching_ratio stitching_exponent delta",
        """
0.1 1000 2 1.4 0.05
0 1 2 1.4 0.5
1 1 1.1 1.1 0.999
0.5 1e12 2.041 1.4 1e-300
1e-12 1e18 3 2 0.025
0.3 2 10 5 0.01
""",
    )
    risk_cases = """
0.1 1000 0.05
0 1 0.5
1 1 0.999
0.5 1e12 1e-300
1e-12 1e18 0.025
0.3 2 0.01
"""
    table.add(howard_stitched_rounded, "empirical_risk n delta", risk_cases)
    table.add(hoeffding_every_n, "empirical_risk n delta", risk_cases)
    table.add(
        normal_mixture,
        "empirical_risk n mixture_rho delta",
        """
0.1 1000 10 0.05
0 1 1 0.5
1 1 0.000001 0.999
0.5 1e12 1e9 1e-300
1e-12 1e18 1e15 0.025
0.3 2 1000000 0.01
""",
    )
    add_betting(table)
    for delta in ("0.05", "0.5", "0.999", "1e-300", "1e-12", "0.01"):
        table.add_row(sequential_probability_ratio, {"delta": delta})
    size_names = "risk alternative_risk delta power_error"
    table.add(
        sequential_probability_ratio_expected_size,
        size_names,
        """
0.5 0.6 0.05 0.1
0.1 0.05 0.01 0.01
0.5 0.500001 0.05 0.2
0.3 1 0.05 0.05
0.01 0 0.05 0.5
0.2 0.25 1e-300 1e-12
0.2 0.25 0.999 0.0001
""",
    )
    table.add(
        dagum_karp_luby_ross,
        "epsilon delta",
        """
0.1 0.05
0.999999 0.5
0.01 1e-300
1e-6 0.999
0.5 0.01
1.5 0.05
""",
    )
    table.write("sequential")


if __name__ == "__main__":
    main()
