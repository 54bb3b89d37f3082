"""The kinds of papers: what each is called, and whether it is confidential."""

from enum import StrEnum
from typing import Literal

Language = Literal["en", "zh"]
Languages = Literal["en", "zh", "both"]
"""The languages of one paper; both stand one after the other in one file, Chinese first."""


class PaperKind(StrEnum):
    """The papers of the process; the value names the template."""

    RECEIPT = "receipt"
    APPLICATION = "application"
    REVIEW = "review"
    OPINIONS = "opinions"
    SURVEY = "survey"
    APPRAISAL = "appraisal"
    PROPOSAL = "proposal"
    NOTICE = "notice"
    OBJECTION = "objection"
    APPROVAL = "approval"
    LETTER = "letter"
    LIST = "list"
    CERTIFICATE = "certificate"


TITLES: dict[str, tuple[str, str]] = {
    PaperKind.RECEIPT: ("Receipt of submission", "申报受理回执"),
    PaperKind.APPLICATION: ("Application", "申报书"),
    PaperKind.REVIEW: ("Review sheet", "专家评审表"),
    PaperKind.OPINIONS: ("Collected opinions of the panel", "专家评审意见汇总"),
    PaperKind.SURVEY: ("Report of the site survey", "现场实勘报告"),
    PaperKind.APPRAISAL: ("Record of the overall appraisal", "综合论证记录"),
    PaperKind.PROPOSAL: ("Proposal", "拟建名单建议"),
    PaperKind.NOTICE: ("Public notice", "公示"),
    PaperKind.OBJECTION: ("Objection to the public notice and its ruling", "公示异议及处理意见"),
    PaperKind.APPROVAL: ("Approval sheet", "审批表"),
    PaperKind.LETTER: ("Decision letter", "遴选结果通知书"),
    PaperKind.LIST: ("Issued list", "建设名单"),
    PaperKind.CERTIFICATE: ("Certificate", "证书"),
}
"""In English and Chinese."""

CONFIDENTIAL = frozenset(
    {
        *(PaperKind.APPLICATION, PaperKind.REVIEW, PaperKind.OPINIONS, PaperKind.SURVEY, PaperKind.APPRAISAL),
        *(PaperKind.PROPOSAL, PaperKind.OBJECTION, PaperKind.APPROVAL),
    }
)
"""Papers that say on each first page that they are not for everyone."""
