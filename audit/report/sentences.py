"""The sentences of a report. A code without one is shown as it is, so that nothing found is ever left out."""

from collections import defaultdict

from audit.bundle import sentences as files
from audit.claims import Claim, Remark, Sentences, Verdict
from audit.decisions import register_again as register
from audit.histories import sentences as histories
from audit.log import sentences as logs, sentences_of_acts as acts
from audit.report import commitments, dismissals
from audit.report.param_words import choose_sentence, put_in_words
from audit.report.report import Report
from audit.rules.catalogue import SUBJECTS
from selection.kernel.counting import choose_words, fill
from selection.kernel.unfinished import Unfinished
from selection.process.both_languages import compare_languages

OWN_FINDINGS: Sentences = {
    "verifier-failed": (
        "This part could not be finished ({error}). Report it together with the bundle.",
        "该部分未能完成（{error}）。请连同证明包一并报告。",
    ),
    "not-looked-at": (
        "This part was not looked at, as was asked.",
        "依所选方式，未查看此部分。",
    ),
}
"""What can be found by the verification as a whole."""

OWN_LISTED: Sentences = {
    "answers-withheld": (
        "Of {counted:form|forms} that were handed in the bundle does not hold all answers: left out on purpose or"
        " erased. Whether those fit, and whether mending left what stays, was not looked at.",
        "有 {counted} 份已提交表单的答案未全部包含在证明包内：系有意略去或已清除，未核对其是否符合，"
        "也未核对补正是否保持了应当不变的答案。",
    ),
    "papers-withheld": (
        "The bundle does not hold {counted:list|lists} of papers that left: left out on purpose or erased. What left"
        " was not looked at there.",
        "有 {counted} 份已发出文件的清单未包含在证明包内：系有意略去或已清除，未核对所发出的文件。",
    ),
    "contents-absent": (
        "{counted:reference|references} to contents that the bundle does not hold, as it need not: erased or lost, as"
        " entries say, or named by acts that were refused or that are none of the round's.",
        "另有 {counted} 处引用的内容不在证明包内，且无须在内：条目载明已清除或丢失，"
        "或为被拒绝的操作、非本轮事项所引用。",
    ),
    "contents-lost": (
        "{counted:content was|contents were} lost in a restore and stored again under another salt, "
        "and the record says so. That this is what was referred to can't be proven.",
        "有 {counted} 处内容在恢复中丢失后以另一盐值重新存入，记录已载明；无法证明其即为原先所引用者。",
    ),
    "no-outside-checkpoint": (
        "No checkpoint kept outside was given. What is shown holds for this bundle; whether a later state exists "
        "can be told only against a checkpoint that someone else kept (--checkpoint FILE).",
        "未提供外部留存的检查点。以上结论就本证明包成立；是否存在更新的状态，须与他人留存的检查点比对"
        "（--checkpoint FILE）。",
    ),
    "timestamps-kept": (
        "{counted:time stamp|time stamps} by outside services in the bundle, not checked "
        "(--stamping FILE.pem).",
        "保存有外部机构的时间戳 {counted} 份，此处未予核验（--stamping FILE.pem）。",
    ),
    "not-by-workflow": (
        "{counted:entry|entries} {subject}: made elsewhere than in a workflow, so no history stands "
        "behind this.",
        "{counted} 条 {subject} 条目并非由工作流产生，因此没有对应的历史。",
    ),
}
"""What the verification as a whole lists without a claim."""

PARTS = (files, logs, acts, register, histories, commitments, dismissals, *SUBJECTS)
"""The modules that hold sentences beside what they say: of a whole package, or of one subject of the rules."""


def _put_together(table: str, own: Sentences) -> Sentences:
    """Return the sentences of all parts. Raises Unfinished for one that stands twice, or not in both languages."""
    found: Sentences = {}
    for name, said in ((__name__, own), *((part.__name__, getattr(part, table, {})) for part in PARTS)):
        file = f"{name.replace('.', '/')}.py"
        for code, pair in said.items():
            if code in found:
                raise Unfinished(f"{code} has two sentences, the second in {file}")
            for gap in compare_languages(*pair):
                raise Unfinished(f"{code} {gap}: {table} in {file}")
            found[code] = pair
    return found


CLAIMS = _put_together("CLAIMS", {})
FINDINGS = _put_together("FINDINGS", OWN_FINDINGS)
LISTED = _put_together("LISTED", OWN_LISTED)

VERDICTS: dict[Verdict, tuple[str, str]] = {
    Verdict.PROVEN: ("proven", "已证明"),
    Verdict.REFUTED: ("refuted", "不属实"),
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


MISSING = (
    "Nothing was refuted, but {counted:content is|contents are} missing from the bundle, and no entry says that they"
    " were erased: somebody left them out. What needs them can't be proven; ask for the whole bundle.",
    "未发现不符，但证明包缺少 {counted} 份内容，且没有条目载明已清除，即被人略去。凡须以其为据者均无法证明，"
    "请索取完整的证明包。",
)
REDACTED = (
    "Redacted export: {counted:content|contents} withheld, as is usual for the public. Nothing that is here was"
    " refuted; what the withheld contents say can't be judged with this bundle.",
    "此为隐去内容的证明包：按对外提供的惯例隐去 {counted} 份内容。所含部分未发现不符；"
    "被隐去内容所述，凭此证明包无从核对。",
)
"""What is said of a bundle that calls itself redacted and lacks nothing that a redacted one holds."""


UNVOUCHED = (
    "Every claim is proven, but nobody outside vouches for when: the record is whole, signed, and as the rules require,"
    " and no witness and no time stamp whose keys were given (--witness, --stamping) covers it to its end.",
    "全部主张均已证明，但时间无外部佐证：记录完整、经签署，且符合规则；所提供的外部见证人或时间戳均未涵盖记录全部"
    "（--witness、--stamping）。",
)
IDLE = ("nothing of this kind occurred", "未发生此类事项")
"""What is said of a claim that holds because there was nothing to look at."""
LIMITS = (
    "Proven does not mean: that the person whose name a key bears is the one who used it; that scores, opinions and"
    " rulings are just; that anything happened when the record says, unless a witness or a time stamp from outside"
    " says so. Witnesses who cosigned the round's log as it is here: {witnesses}.",
    "“已证明”并不表示：密钥确由署名者本人使用；评分、意见和裁定公正；事项确在记录所载的时间发生"
    "（有外部见证人或时间戳佐证的除外）。对本轮日志现状签署确认的见证人：{witnesses}。",
)


DRAWS = (
    "{committed:draw of panels was|draws of panels were} committed; voided before anybody opened them: {voided}.",
    "共固定抽取 {committed} 次，其中在公开前作废 {voided} 次。",
)


def say_limits(report: Report, lang: str) -> str:
    """Return what a verdict does not mean, with the witnesses who vouch for the log."""
    none, between = (("none", ", "), ("无", "、"))[lang == "zh"]
    return fill(LIMITS[lang == "zh"], {"witnesses": between.join(report.witnesses) or none})


def say_draws(report: Report, lang: str) -> str:
    """Return how many draws were committed and how many of them voided; empty where none was committed."""
    committed, voided = report.count_draws(voided=False), report.count_draws(voided=True)
    return (
        fill(DRAWS[lang == "zh"], {"committed": str(committed), "voided": str(voided)}) if committed else ""
    )


def say_verdict(claim: Claim, lang: str) -> str:
    """Return how a claim stands, in a few words."""
    return (IDLE if claim.idle else VERDICTS[claim.verdict])[lang == "zh"]


def say_overall(report: Report, lang: str) -> str:
    """Return the sentence beside the verdict, in `en` or `zh`: what is missing, or that nobody vouches for when."""
    if report.verdict is Verdict.PROVEN and not report.vouched:
        return UNVOUCHED[lang == "zh"]
    missing = report.missing
    if report.verdict is Verdict.NOT_PROVABLE and missing is not None:
        said = REDACTED if report.redacted and missing.params["public"] == "0" else MISSING
        return fill(said[lang == "zh"], missing.params)
    return OVERALL[report.verdict][lang == "zh"]


def say_claim(claim: Claim, lang: str) -> str:
    """Return what is claimed, in `en` or `zh`."""
    return _fill_sentence(CLAIMS, claim.code, claim.params, lang)


def say_finding(claim: Claim, lang: str) -> str:
    """Return what was found instead, empty for a claim that is proven."""
    return _fill_sentence(FINDINGS, claim.finding, claim.params, lang) if claim.finding else ""


def say_listed(item: Remark, lang: str) -> str:
    """Return the sentence of what is listed without a claim."""
    return _fill_sentence(LISTED, item.code, {"counted": str(item.counted), "subject": item.subject}, lang)


def _fill_sentence(table: dict[str, tuple[str, str]], code: str, params: dict[str, str], lang: str) -> str:
    said = choose_sentence(code, params)
    if said not in table:
        return f"{code} {' '.join(f'{name}={value}' for name, value in params.items())}".strip()
    words = put_in_words(code, choose_words(params, lang), lang)
    return fill(table[said][lang == "zh"], defaultdict(lambda: "-", words))
