"""Every entry of the page on PAC-Bayes, section A; see `entries`."""

BOUNDS = {
    # the square root and the relative entropy
    "pb_mcallester_2sqrtn": "mcallester",
    "pb_mcallester_1999": "mcallester_1999",
    "pb_mcallester_2003": "mcallester_2003",
    "pb_kl": "pac_bayes_kl",
    "pb_kl_xi": "pac_bayes_kl_exact",
    "pb_kl_seeger_nplus1": "seeger",
    "pb_kl_langford_nminus1": "langford_seeger",
    "pb_kl_betting": "coin_betting_kl",
    "pb_refined_pinsker": "mcallester_refined",
    "pb_quadratic": "pac_bayes_quadratic",
    # parameters
    "pb_catoni": "catoni",
    "pb_catoni_linear": "catoni_linear",
    "pb_catoni_zhou": "zhou",
    "pb_alquier_linear": "alquier",
    "pb_lambda": "pac_bayes_lambda",
    "pb_lambda_lower": "pac_bayes_lambda_lower",
    "pb_dropout": "mcallester_dropout",
    # variances and second moments
    "pb_tolstikhin_seldin": "tolstikhin_seldin",
    "pb_ts_variance": "tolstikhin_seldin_variance",
    "pb_bernstein_oracle": "pac_bayes_bernstein",
    "pb_bennett_oracle": "pac_bayes_bennett",
    "unexpected_bernstein": "unexpected_bernstein",
    "pb_unexpected_bernstein": "pac_bayes_unexpected_bernstein",
    "pb_unexpected_bernstein_grid": "pac_bayes_unexpected_bernstein_grid",
    "split_kl": "split_kl",
    "pb_split_kl": "pac_bayes_split_kl",
    # other divergences, one draw, every n
    "pb_renyi_kl": "begin_renyi",
    "pb_chi2_gap": "alquier_guedj_chi2",
    "pb_disintegrated_rivasplata": "rivasplata",
    "pb_disintegrated_nn": "rivasplata_gaussian",
    "pb_disintegrated_viallard": "viallard",
    "viallard_gaussian": "viallard_gaussian",
    "pb_chugg_subgaussian": "chugg",
    # networks and linear classifiers
    "pb_linear_margin": "langford_shawe_taylor",
    "dr_bound": "dziugaite_roy",
    "dr_pinsker_term": "dziugaite_roy_excess",
    "dziugaite_roy_private": "dziugaite_roy_private",
    "pb_compression_lotfi": "lotfi",
}

# A paragraph or half a sentence of the page, without an entry: found by the public name.
UNNAMED = {
    "catoni_grid": "A8, the union over a grid of C",
    "catoni_uniform": "A8, valid for all C simultaneously (Rodriguez-Galvez et al. 2024)",
    "alquier_grid": "A9, the union over a grid of lambda",
    "mcallester_linear": "A26, with KL in place of the dropout posterior's",
}

PART_OF = {
    "pb_kl_test_set": ("chernoff", "A14: a posterior fixed in advance, KL = 0, needs no 2 sqrt n"),
    "pb_kl_test_set_exact": ("clopper_pearson", "A14: the same for 0-1 loss"),
    "pb_lambda_opt": ("pac_bayes_quadratic", "A10: the least value over the trade-off"),
    "pb_mcallester_n": ("mcallester", "A1: solve for n, the closed form by Lambert's W"),
    "pb_kl_n": ("pac_bayes_kl", "N4: solve for n"),
    "pb_data_dependent_prior": (
        "pac_bayes_kl",
        "A23: n and the empirical risk are those of the observations that the prior has not seen",
    ),
    "pb_general_convex_kl": ("pac_bayes_kl_exact", "A16 with D = kl"),
    "pb_general_convex_catoni": ("catoni", "A16 with D = -ln(1 - p (1 - e^-C)) - C q"),
    "dr_penalty": ("dziugaite_roy", "the cost that it inverts"),
    "dr_pipeline": (
        "dziugaite_roy",
        "A21: empirical_risk=gb.monte_carlo_risk(...), prior_index=gb.prior_index(variance)",
    ),
    "pbb_certificate": (
        "pac_bayes_kl",
        "A22: empirical_risk=gb.monte_carlo_risk(...), whose delta comes out of the bound's",
    ),
}

ELSEWHERE = {
    "pb_general_convex": "genbounds.convex_distances.general_convex: its D is a function",
    "mc_upper": "genbounds.monte_carlo.monte_carlo_risk: an estimate, which any bound takes",
    "kl_gauss_iso": "genbounds.divergences.gaussian_kl",
    "kl_gauss_diag": "genbounds.divergences.gaussian_kl",
    "renyi_gauss_equal": "genbounds.divergences.gaussian_renyi",
    "kl_laplace": "genbounds.divergences.laplace_kl",
    "kl_categorical": "genbounds.divergences.categorical_kl",
    "universal_prior_kl": "genbounds.divergences.compression_kl",
    "pb_kuzborskij_szepesvari": "A18: the constants of its logarithms are not confirmed",
}
