"""The theorems of `proofs/coq` that steps of the paper's statements may refer to.

By file and name, the digest of the statement (with the sections and definitions that give it meaning).
Written by `python -m verified_grpo.proofs.tables`; a test compares it with the files that Coq's kernel
checks.
"""

from __future__ import annotations

THEOREMS: dict[str, dict[str, str]] = {
    "Amplification.v": {
        "amplification_margin": "d948aa58bbd92631d8ca92ebf9d887396f4b29ce0ff627b00ec946f1e990cac4",
    },
    "AtMostThree.v": {
        "Bmax_attained": "bb0bf49c29ba7c36f120a33392170e0be16f2f75e248a364206fc08c511d6878",
        "s3_uniform_contraction": "7d52395101067b967c735802c976ccaf8dcf0b98e8fbdb73b58d682a8776d3cc",
    },
    "Attraction.v": {
        "attraction": "799d1bde82a631bc9401b6f711fc8920f6cb835a0836e4a7186ebe1635358fd7",
        "attraction_at_Bmax": "a10673f6016057313b715b082ccf68c97d28871936ba5359cfed55792f6d8ed1",
    },
    "Basin.v": {
        "theorem_4": "fa57e1067a1be5784cbd2ddd616937183bb5155d0a34fcd8f363ac93447138ba",
        "theorem_6": "714c9a5613a4c59e71a4b3b90f2add03f337d950f2b069f7b40b43a7407e7707",
    },
    "Bmax.v": {
        "slope_bound": "2c2a6e327a507a0295443292a06620822d088c7008750cb1ff0ac58eab93b2e6",
    },
    "Cycles.v": {
        "s7_no_cycles": "7f2b139696a4c53e6a11226b07a592b53ad3aea7133a797aadc2a1cf884175fa",
    },
    "Errors.v": {
        "event_moves_by_total_variation": "c1dfed1afcc08433fee77207854b9326737139d55ad8e2f29399e5c29d28f94c",
        "s8_approximate_policies": "e2f76d89d58fef24253f0c7a06d3f270ec828c089d25f6f3de59e755d0e55223",
        "s8_for_h": "f93fe5f7d7a97b9712bf71e967249bb65aebb2e88a3c7bd317e551b54a00769a",
        "s8_limsup": "643c594be8ed2480edb2b94417373cd3bd9adb76702effae8da87406cc2bb2ab",
        "theorem_5": "5f21813549ef5d4af5d965b69024b00f342cb58f75eeb6cb1309912112abdc43",
    },
    "Existence.v": {
        "existence": "b19d2a4472dca0ca5098a7ab1be7bd6abec838501f504f31e44c0fe2eeef5410",
    },
    "Formulas.v": {
        "clipped_form": "d6a469a510a0842e2e70ca01c47e08a0c5fdc92a572ea6b25dbf512c9ec04bd6",
        "equation_4": "b29c65c3862a97820a068810bf87d3ce4c085270a514f39188ddc21aeb0e8a64",
        "h_symmetric": "c01b92f4fa6e77a55865fdbb3c97598bf76dae856ee245ee158fe314e4aa5a7e",
        "lemma_3_2": "934ca7e000b97668f82b4d4b54723d44c6c65d2d85e035596d048e69ef7c6840",
        "moments_of_the_reward": "d10aa26bcb2d866879a3dff5a0e33eb4617e5e6f4b47a04509f833858e7ffc19",
        "root_positive": "fe76d2d15a97fe1247d33c9fef2f603f150acb4ce4eea5b01066c545f6ccf437",
        "s5_one_below_half": "88ba462e71899d17ff8cb8e153c9aeadcc83d2ad3bfd9c6716eadb007fcc6d1e",
        "stabilisers_differ": "d8b00345f4949a0f3dda0dec9a5f5fd9e3221a545058e45bb02939ce724cbc74",
        "theorem_6_radius": "3081c4058c4d648886e4d9b30060a8192292966324bb202d7e8d1bb09648ad0a",
        "theorem_6_unique": "3439de6f300522160cc39a25d998cb468819bd33f733a211c5f3a9a2a1094894",
        "two_points_no_limit": "fcd3ce4fe312936070c018986d360c6b09ba87978fb577b1abd7e66f8a0d42cb",
        "weight_of_failure_rises": "8aa1754275bc6401f240bf7891f3af32d8f874c4424098aa2094eb766d99b59d",
        "weight_of_success_falls": "18764dfb40b56563de1d4bb3f03783cd28c9313f47b70f9257fb57900ae0adaa",
        "weights_in_order": "1d45b5c246d4ff8075ba93b6b8ac2e3332331559a1f2238727769d75b4d0bc09",
        "whitened_failure": "0a1da03a87135dee7821b0118cfe17c1826e48077eab0ee7b7e64ebc95ee54b1",
        "whitened_success": "61cfe7f0c6486fbd28d9c7fb77b6cbe7e2951710ed260eab5b458108405e7dc0",
    },
    "Judged.v": {
        "contrast_without_eps": "d9b9ac8f03a56870377966f67f875458cef1e8287ec078063f9917719c93e986",
        "limit_of_the_sequence": "18fbe2c5a83e4ccf2548006e865bf51e882c8aecab57d007d46b80ce375c347c",
        "remark_1_none": "a6f7762140c87cb0dc19df9b264dd2021cec91bf4ef1aac589ad8e6f0ca3ade6",
        "remark_1_one": "1f4d63a326b6359b7d8b028731a870f955111e0148765bcdfb12078e9b890cdd",
        "remark_1_two": "11f620796d964f794a08d865f663ea098cb85cc47906979f55aeac1f6dc5dfb1",
        "v7_rises_above_half": "dee80a4551ec6f95a83de61db1d4fe18638e8d7027715b2db539631b6d1865d4",
    },
    "Mirror.v": {
        "v3_mirror": "9b6b4bdd5e8863610348c049bdf5383e23825a457cdfd2e8955ee136aa3bf868",
        "v3_no_fixed_point": "9528831a0751c3d93faaa573a97097112d3634c823e47707e205a1467009437d",
        "v3_rises_without_bound": "f93006822fdfe9e3f88aea4bbb45b3432f5a32e73b1cd820f82ff4fc939dc3a0",
        "v4_mean_only": "393d046a4688ef7ab8e83bb57d01ed9d083ea548787f3e51d62d3deefd57bd09",
        "v4_mean_only_fixed_point": "db82a135323691d2d2f5ed0d17372ae3dbe2ba9be004dfcae4d7cd63b95ed23d",
        "v4_mean_only_mirror": "5b961fa0c7f74b1e3bb8cf259c1cd1d206e924e470d5bdeab635828ae7766211",
    },
    "PaperFixedPoints.v": {
        "B_bound": "205e2bba2d5550fcd4ef79a42a0ecd880c92500de1e8f285ca1ad7e39be58da5",
        "B_of_slope": "ded484b0ce7666d69135ec301f48ef9b19fa7da56c63dec27a31116ce7706605",
        "attraction_in_p": "ea7f08954861ac82e6c8cea56a4176a1fa1e609477456a1d6c0106580e7465ad",
        "figure_2": "d7a793837fb8142ad13d6a0b7c44040c2250610081658789698c37df1e04df35",
        "fixed_points_of_h": "65fb801d46f9b603e55b386e3b61e044b42abd0185c4bd4ff6ff0b9f7a3f3b7a",
        "h_iterates": "29eba294ed05fdd4abe1cbe9f5cc26352bd783d7093f2b1ead9a2445dab49a1e",
        "lemma_1_condition": "ea538e04304b4436d00f7446f848971e5ca468340015b51b722587b5382fe41d",
        "lemma_1_multiplier": "b3ac59c57bae04a0fcab9a7054bf4d8533f7affa45009984385b6b1bbf379e70",
        "proposition_1_existence": "9469ec17c13cce25feb2628fde48a9506e4b065587d08e3d5496880405f83ac4",
        "s1_amplification": "987a81110794b52bdc17eaf87bac0daaf928b011c5ef1aac7a397bf26e502574",
        "s2_at_most_three_in_p": "e76276a336763ae6fee81d93638cfb94016f184adae3b0712ce97d784f1db1af",
        "s2_count_above_Bmax": "80892e139e4d3a4341974a6d7f33dea0bb6d8bb42b273811f8db5e0241a0cda6",
        "s4_converges_in_p": "d2eb8892c93ee17ab1c4aa3cedf4a5ceaaef6e2c109eb6b537d1eac524750071",
        "s4_rises_in_p": "a775efb23fa7f56a3ea821e319866081e039b61a3a667c78e2b5a344d2a40a6e",
        "theorem_3": "30ae9f040d8fee0ad80505e2e9efa13b9157fd68c18cd6647bcbecaf5992f945",
        "theorem_4_in_p": "09baeeaa84d24f6ec0c00941eb8f44ca65c8a9b06023524049bcd0059b27f769",
    },
    "PaperMap.v": {
        "h_at_the_ends": "6aeb74126ff26ef8ac83a46d65039fd8065f7d5991d6a39625203fa64ddbc846",
        "h_of_sigma": "ef5ce79e7cbfa6068ac8737e06149263d530bcb2dafc593f94cd626f417bc783",
        "lemma_1": "e3d40b31d89cbe6c0db80f346ffdd9a2d0b2f9fcd57efdf69a4d0ed800b125cc",
        "lemma_2": "51a75927cd7037d7d4bd2c29f3a7935cd8692d4550ef266175df5ebfad53e6c6",
        "proposition_1_continuous": "5f40f871b81725f737c810e325afc3a37476a1c09b7227af1b1ad5f679550cf2",
        "proposition_1_decreasing": "1708077d5eda193b8f89c68f5e3e153552d0e885ca805a31868124512412dd68",
        "proposition_1_derivative": "bae294a598ae130ab784c385fd74fd680c9268cfe323b0d31ac2eb9df31d7b4e",
        "proposition_1_increasing": "212c78fb8dce203f334e34d6a5efec0141fa87fc89e05d67863921590513f75e",
        "proposition_1_minimum": "97c9e54ea6860acdacac841d0f042146d62846480ff5b62a4c3388c1c3bde46e",
        "proposition_1_signs": "d1575f8e705df513836ad900bd33f0b104cad67b80775438b69e062c72ad26da",
        "theorem_2": "c1baa874da938a151ebb2d73746804ddad57342136d327f6cb3fa2b119386d12",
    },
    "Periods.v": {
        "li_yorke_downward": "c8b660571ec65d31018a6c6d0694c7b4346ea390d46f280292a9a1aec25837aa",
        "period_three": "26f8444016b0d3aa311fb46144171776f2a0ac2b1772d6d6206a544cb0090afb",
    },
    "Policies.v": {
        "KL_nonnegative": "525904e285eef3704880b82f014a1503b6f3fe02bbdf5a99d17a10c3a4e88df5",
        "importance_weights_cancel": "513af876c05383bd83e0bb45a2cc998474eeefd8977f12f47eb7faea7637a2cf",
        "log_odds_of_the_tilted": "4deb1b70e18c1583f72b78a70e5cabfbd37c323351b91c8923dcaaf29b4d3887",
        "mass_of_a_reward": "71bda98bfd83b26efbdc1eb6fd95395b739e94dcca39662014fa1b4f520945a6",
        "objective_and_distance": "298ebfcfc2c3327789642680c863d49f4f42ea2e6128e0bc707dbd74f01dea1b",
        "objective_is_affine": "c241fbcc8dbfd419c9d15d455611e989355c946c7dab9e17522e396732828ef3",
        "success_of_the_tilted": "b7e62c003df42d5159bffcf3a936beb4c9cfaee05d30b7d3e0642c851075a15e",
        "sum_linear": "162f9c8a5e57cd78544b3e2aae9cf885397fb00b0597c8842455f839247d58ea",
        "theorem_1": "6a68e9dfe381b99b71e2702fa6367f4a971454d310ad9f0006821f778b3e0cf5",
        "tilted_is_a_policy": "4c3d1f8064f50cc44e363640c7dad6ed18d603995416b6efe34592392b2afdad",
    },
    "Sequences.v": {
        "s4_from_the_first_step": "83c7029de770df3e960f3804a276e84a612f9f0f7330278f054c7a6b96886ae5",
        "s4_lifts_the_half": "51efecbe6bfa45bdda754a82b42b1dd9287235a7c9970c6a7df4f6cac7ba742d",
        "v3_rises_to_one": "0eb54140f4ffe83485f99deef402db36799e353389dbc94902b53a12af99a5d7",
        "v4_mean_only_rises": "da398c7c550c5c43a34e9db298883ca509e0b9a34a8971f8228f5c0752090d57",
    },
    "Slope.v": {
        "gap_derivative": "3e7398eee125e312cd6d8f9bd61614506b2cc6e6791b67ce4dfe3388d9f54a38",
        "slope_sign": "74d45b236cfbfa135be8c4bb5c772920816abb3d5d1bf997487b8e2ac9106e20",
    },
    "SmallStepsMeanVar.v": {
        "n2_in_p": "940761213e21149990a003a0fe9b74a79c7553a97cff468fde2e985c6f00b3bf",
    },
    "TwoKL.v": {
        "T2_derivative": "24eac4c65f95314db21c6f3d8fe9c88fea5dc963f59b19be8d55f98739939e79",
        "s7_multiplier": "684aa6ef2eb2bac042306c357687fd0646820b42ad884708a3efa575c3dad08b",
        "s7_rises": "8850bbf1137d7f7684a9699491ef4991054011d1c059df9dad75435533368552",
        "s7_same_fixed_points": "95300125708477a15572571c7a93804d93771429f3f115310ee11d11fd9580b8",
    },
}
