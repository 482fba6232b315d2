"""Reference values of bounds/pac_bayes_extensions.py: Renyi, chi-square, one draw, margins."""

from make_complexity_calculus import add_lists
from make_pac_bayes import kl_above, maurer_budget
from mpmath import mp, mpf
from table import Table

CASES = """
0.1 10 1000 0.05
0.02 5144 55000 0.025
0 0 1 0.05
1 0 1 0.999
0 1e-9 10 0.999
1e-12 0 1e15 1e-12
0.5 1e4 1e6 1e-300
0.5 1e8 1e12 0.05
0.02 1e8 1e6 1e-12
1 37 100 0.5
0.25 inf 1000 0.05
"""


def begin_renyi(empirical_risk, renyi, n, delta):
    return kl_above(empirical_risk, maurer_budget(renyi, n, delta))


def alquier_guedj_chi2(chi2, n, delta):
    """Cauchy-Schwarz, Markov, and E (R - Rhat)^2 <= 1/(4n)."""
    return mp.sqrt((chi2 + 1) * (mpf(1) / (4 * n)) / delta)


def rivasplata(empirical_risk, log_density_ratio, n, delta):
    return kl_above(empirical_risk, maurer_budget(log_density_ratio, n, delta))


def rivasplata_gaussian(
    empirical_risk, squared_distance_drawn, squared_noise, prior_variance, n_priors, n, delta
):
    """ln dN(w, s)/dN(w_t, s) at w + noise, and ln T for the mixture of T priors."""
    ratio = (squared_distance_drawn - squared_noise) / (2 * prior_variance) + mp.log(n_priors)
    return rivasplata(empirical_risk, ratio, n, delta)


def viallard(empirical_risk, renyi, renyi_order, n, delta):
    """Markov over the draw and over the sample, delta/2 each, around Hoelder's inequality."""
    a = renyi_order
    drawn, sampled = a / (a - 1) * mp.log(2 / delta), mp.log(2 / delta)
    return kl_above(empirical_risk, (drawn + sampled + renyi + mp.log(2 * mp.sqrt(n))) / n)


def viallard_gaussian(empirical_risk, squared_distance, prior_variance, n_priors, n, delta):
    """Order 2: D_2 = |w - w_t|^2/s to the prior chosen, ln T more to the mixture."""
    renyi = 2 * squared_distance / (2 * prior_variance) + mp.log(n_priors)
    return viallard(empirical_risk, renyi, mpf(2), n, delta)


def chugg(kl, inverse_temperatures, variance_proxy, delta):
    """sum l (R - r) - s l^2/2 <= KL + ln(1/delta), over sum l."""
    total = sum(inverse_temperatures)
    if total == 0:
        return mp.inf
    spread = variance_proxy * sum(t * t for t in inverse_temperatures) / 2
    return (kl - mp.log(delta) + spread) / total


def gibbs_error(margins, weight_scale):
    """The mean of P(N(0, 1) > mu gamma)."""
    return sum(mp.erfc(weight_scale * m / mp.sqrt(2)) / 2 for m in margins) / len(margins)


def langford_shawe_taylor(signed_margins, weight_scale, delta):
    """Posterior N(mu w/|w|, I), prior N(0, I): KL = mu^2/2; Langford's n + 1."""
    n = len(signed_margins)
    budget = (weight_scale**2 / 2 + mp.log((n + 1) / delta)) / n
    return kl_above(gibbs_error(signed_margins, weight_scale), budget)


def check_pieces() -> None:
    # n kl <= ln(16 T sqrt n/delta^3) + |w - w_t|^2/s
    n, delta = 1000, mpf("0.05")
    printed = (mpf(3) / 2 + mp.log(16 * 5 * mp.sqrt(n) / delta**3)) / n
    found = viallard_gaussian(mpf("0.1"), mpf(3), mpf(2), 5, n, delta)
    assert abs(found / kl_above(mpf("0.1"), printed) - 1) < mpf(10) ** -80
    mean = mp.quad(lambda x: mp.npdf(x), [mpf("0.7"), 2, 5, 10, 25])
    assert abs(gibbs_error([mpf("0.35")], 2) / mean - 1) < mpf(10) ** -60


def main() -> None:
    check_pieces()
    table = Table()
    table.add(begin_renyi, "empirical_risk renyi n delta", CASES)
    table.add(
        alquier_guedj_chi2,
        "chi2 n delta",
        """
10 1000 0.05
5144 55000 0.025
0 1 0.5
1e-9 10 0.999
0 1e15 1e-12
1e4 1e6 1e-300
1e8 1e12 0.05
37 100 0.25
inf 1000 0.05
""",
    )
    table.add(
        rivasplata,
        "empirical_risk log_density_ratio n delta",
        CASES.replace("inf", "100")
        + """0.1 -5 1000 0.05
0.1 -1000 1000 0.05
0 -1e8 10 1e-12
1 -1e8 1e6 1e-300
""",
    )
    table.add(
        rivasplata_gaussian,
        "empirical_risk squared_distance_drawn squared_noise prior_variance n_priors n delta",
        """
0.1 120 100 0.5 10 1000 0.05
0.02 5e4 4e4 1 1 55000 0.025
0 0 0 1 1 1 0.5
0 1e-9 0 1e-4 100 10 0.999
1e-12 3 2 0.01 7 1e15 1e-12
0.5 1e4 0 0.25 1e9 1e6 1e-300
0.3 1e8 1e6 1e-3 20 1e12 0.05
1 74 1 1 5 100 0.5
0.1 1 1000 0.25 10 1000 0.05
""",
    )
    table.add(
        viallard,
        "empirical_risk renyi renyi_order n delta",
        """
0.1 10 2 1000 0.05
0.02 5144 1.5 55000 0.025
0 0 2 1 0.5
0 1e-9 10 10 0.999
1e-12 0 3 1e15 1e-12
0.5 1e4 1.0009765625 1e6 1e-300
0.3 1e8 1e9 1e12 0.05
1 37 1.25 100 0.5
0.5 1e8 2 2 1e-12
0.02 100 1.0009765625 1e6 0.05
0.25 inf 2 1000 0.05
""",
    )
    table.add(
        viallard_gaussian,
        "empirical_risk squared_distance prior_variance n_priors n delta",
        """
0.1 3 2 5 1000 0.05
0.02 5144 1 1 55000 0.025
0 0 1 1 1 0.5
0 1e-9 1e-4 100 10 0.999
1e-12 0 0.01 7 1e15 1e-12
0.5 1e4 0.25 1e9 1e6 1e-300
0.3 1e8 10 20 1e12 0.05
1 37 1 5 100 0.5
0.5 1e8 1e-3 10 2 1e-12
""",
    )
    add_lists(
        table,
        chugg,
        "kl inverse_temperatures variance_proxy delta",
        """
10 0.1,0.2,0.3 0.25 0.05
0 1, 0.25 0.5
1e-9 1,0,0,2 1 0.999
1e4 10,20,30,40,50 0.25 1e-300
1e8 1e4,2e4,3e4 0.01 1e-12
5144 0.5,0.5,0.5,0.5,0.5,0.5,0.5,0.5 4 0.025
0 1e-9,1e-9 1e-6 1e-12
37 1,0.5,0.25,0.125 0.25 0.05
inf 1,2 0.25 0.05
""",
    )
    add_lists(
        table,
        langford_shawe_taylor,
        "signed_margins weight_scale delta",
        """
0.5,0.25,-0.1,0.8,0.3 3 0.05
1, 1e-9 0.5
-1,-1 5 0.999
1,1,1,1,1,1,1,1 8 1e-12
0,0,0,0 1 1e-300
0.9,0.8,0.7,0.95,0.85,0.75,0.6,0.99,0.5,0.4 20 0.05
0.001,-0.002,0.003 1e3 0.05
1e-9,1,0.5 1e-3 0.9
1,0.5,-0.5 1e9 0.1
""",
    )
    many = ",".join(["0.9"] * 150 + ["0.25"] * 40 + ["-0.125"] * 10)
    add_lists(
        table,
        langford_shawe_taylor,
        "signed_margins weight_scale delta",
        f"{many} 4 0.05\n{many} 1 1e-12\n{many} 9 0.999",
    )
    table.write("pac_bayes_extensions")


if __name__ == "__main__":
    main()
