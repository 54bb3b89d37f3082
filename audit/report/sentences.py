"""The sentences of a report. A code without one is shown as it is, so that nothing found is ever left out."""

from collections import defaultdict

from audit.claims import Claim, Verdict
from audit.report import sentences_histories, sentences_log, sentences_rules as sentences_outcomes
from audit.report.report import Listed
from selection.kernel.counting import fill

PARTS = (sentences_log, sentences_histories, sentences_outcomes)
CLAIMS = {code: pair for part in PARTS for code, pair in part.CLAIMS.items()}
FINDINGS = {code: pair for part in PARTS for code, pair in part.FINDINGS.items()}
LISTED = {code: pair for part in PARTS for code, pair in part.LISTED.items()}

VERDICTS: dict[Verdict, tuple[str, str]] = {
    Verdict.PROVEN: ("proven", "已证明"),
    Verdict.REFUTED: ("refuted", "已证伪"),
    Verdict.NOT_PROVABLE: ("not provable", "无法证明"),
}
OVERALL: dict[Verdict, tuple[str, str]] = {
    Verdict.PROVEN: (
        "Every claim is proven: the record is whole, signed, and as the rules require.",
        "全部主张均已证明：记录完整、经签署，且符合规则。",
    ),
    Verdict.REFUTED: (
        "The bundle is not a true record: what differs is named, with its place.",
        "本证明包不是真实记录：不符之处及其位置均已列明。",
    ),
    Verdict.NOT_PROVABLE: (
        "Nothing was refuted, but not every claim can be proven with what was given; each says why.",
        "未发现不符，但凭所提供的材料无法证明全部主张；原因已逐项注明。",
    ),
}


def claimed(claim: Claim, lang: str) -> str:
    """Return what is claimed, in `en` or `zh`."""
    return _filled(CLAIMS, claim.code, claim.params, lang)


def found(claim: Claim, lang: str) -> str:
    """Return what was found instead, empty for a claim that is proven."""
    return _filled(FINDINGS, claim.finding, claim.params, lang) if claim.finding else ""


def listed(item: Listed, lang: str) -> str:
    """Return the sentence of what is listed without a claim."""
    return _filled(LISTED, item.code, {"counted": str(item.counted), "subject": item.subject}, lang)


def _filled(table: dict[str, tuple[str, str]], code: str, params: dict[str, str], lang: str) -> str:
    if code not in table:
        return f"{code} {' '.join(f'{name}={value}' for name, value in params.items())}".strip()
    return fill(table[code][lang == "zh"], defaultdict(lambda: "-", params))
