"""The draw of panels."""

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Draw of panels", "抽取专家"),
    "lead": (
        "First you commit to a secret and to public numbers that nobody knows yet. The secret is made and deposited "
        "for you: nobody reads it before the draw is opened. Once the numbers are public, one person enters them, and "
        "another officer or a supervisor opens the draw. The panels follow from both, so that nobody chooses them.",
        "先固定一个秘密数，并指明尚无人知晓的公开号码。秘密数由系统生成并交存，公开前任何人都看不到。号码公布后由一人"
        "录入，再由另一名经办人员或监督人员公开。专家组由两者共同得出，任何人都不能挑选。",
    ),
    "pool": ("What this draw would be computed from", "本次抽取的依据"),
    "name": ("Draw", "抽取"),
    "commitment": ("Hash of the secret (SHA-256)", "秘密数的哈希（SHA-256）"),
    "applications": ("Applications", "申报数"),
    "seats": ("Seats to fill", "待补席位"),
    "alternates": ("Alternates", "备选专家人数"),
    "experts": ("Experts who may be drawn", "可抽取的专家"),
    "employers": ("Their employers", "所属单位数"),
    "numbers": ("Public numbers that open it", "用以公开抽取的号码"),
    "numbers-help": (
        "The draw waits for these. Only numbers that nobody can know yet are offered.",
        "本次抽取将等待所选号码公布。仅列出尚无人知晓的各期。",
    ),
    "no-numbers": ("Choose the public numbers that open the draw.", "请选择用以公开抽取的号码。"),
    "source": ("Source of the public numbers", "公开号码来源"),
    "issue": ("Issue", "期次"),
    "public-from": ("{issue} · {source} (public from {at})", "{issue} · {source}（{at}起公布）"),
    "commit": ("Check and sign", "核对并签名"),
    "waits": (
        "{name} is committed to the numbers of {numbers}. They are public from {public} on; an officer or supervisor "
        "who did not commit it opens it before {until}.",
        "{name} 已固定，以 {numbers} 的号码公开。号码于{public}起公布；"
        "须在{until}之前由固定者以外的经办人员或监督人员公开。",
    ),
    "unfilled": (
        "{name} filled no seat: no panels exist for {clashing}. Have more experts registered, or a limit of the rules "
        "changed, and commit another draw. What nobody can review, an officer and a supervisor settle.",
        "{name} 未能补上任何席位：{clashing}无法组成专家组。请增补登记专家，或修改规则中的限制，再另行固定一次抽取；"
        "确实无人可评的申报，由经办人员与监督人员商定专家组事宜。",
    ),
    "committing": ("The next draw is committed by the {post}.", "下一次抽取由{post}固定。"),
    "settle": ("Agree on the panel of {number}", "商定 {number} 的专家组事宜"),
    "filled-none": ("filled no seat", "未补上任何席位"),
    "past": ("Draws so far", "历次抽取"),
    "opened": ("opened", "已公开"),
    "voided": ("voided", "已作废"),
    "waiting": ("waits", "待公开"),
}
