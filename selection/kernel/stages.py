"""The stages of a round and of an application, how an application ends, and what each is called.

Who may do what in a stage stands with the stage: `selection/application/<stage>/commands.py` and
`selection/round/commands.py`. docs/process.md and its diagrams are generated from what these say.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from selection.kernel.unfinished import Unfinished, file_asking, file_of

Names = dict[str, tuple[str, str]]
"""Code -> (English, Chinese)."""


class Stage(StrEnum):
    """The stages of one application."""

    NEW = "new"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    RECOMMENDED = "recommended"
    CHECKING = "checking"
    MENDING = "mending"
    ELIGIBLE = "eligible"
    REVIEW = "review"
    SCORED = "scored"
    SURVEY = "survey"
    APPRAISAL = "appraisal"
    APPRAISED = "appraised"
    PROPOSED = "proposed"
    RESERVE = "reserve"
    NOTICE = "notice"
    HELD = "held"
    CLEARED = "cleared"
    ENDED = "ended"


class Outcome(StrEnum):
    """How an application ends; each ends in exactly one of these."""

    NEVER_SUBMITTED = "never-submitted"
    WITHDRAWN = "withdrawn"
    NOT_RECOMMENDED = "not-recommended"
    INELIGIBLE = "ineligible"
    NOT_REVIEWED = "not-reviewed"
    NOT_SHORTLISTED = "not-shortlisted"
    NOT_SELECTED = "not-selected"
    REMOVED = "removed"
    GIVEN_UP = "given-up"
    RULED_OUT = "ruled-out"
    LISTED = "listed"
    CANCELLED = "cancelled"


class RoundStage(StrEnum):
    """The stages of a round."""

    NEW = "new"
    CALL = "call"
    CHECKING = "checking"
    DRAWING = "drawing"
    REVIEW = "review"
    SHORTLISTING = "shortlisting"
    SURVEY = "survey"
    APPRAISAL = "appraisal"
    PROPOSAL = "proposal"
    NOTICE = "notice"
    APPROVAL = "approval"
    ISSUED = "issued"
    CANCELLED = "cancelled"


class ListStage(StrEnum):
    """The stages of a unit's recommendation list."""

    OPEN = "open"
    CLOSED = "closed"


class RegisterStage(StrEnum):
    """The installation's register is always open."""

    OPEN = "open"


AnyStage = Stage | RoundStage | ListStage | RegisterStage

Named = TypeVar("Named", bound=StrEnum)


def read_names(words: str, of: type[Named]) -> tuple[Named, ...]:
    """Return members from words with spaces between them.

    Raises Unfinished, with the file of the room that names it, for a word that is none.
    """
    known = {member.value: member for member in of}
    for word in words.split():
        if word not in known:
            raise Unfinished(f"{word} is no {of.__name__}: {file_asking()}")
    return tuple(known[word] for word in words.split())


def read_stages(stages: str | Iterable[AnyStage], of: type[AnyStage]) -> tuple[AnyStage, ...]:
    """Return stages of one kind, from words with spaces between them or as they are; raises as `read_names` does."""
    return read_names(stages if isinstance(stages, str) else " ".join(stages), of)


STAGES: Names = {
    "new": ("not yet submitted", "尚未提交"),
    "submitted": ("submitted", "已提交"),
    "withdrawn": ("withdrawn", "已撤回"),
    "recommended": ("recommended", "已推荐"),
    "checking": ("legality check", "合法性审查"),
    "mending": ("mending", "补正"),
    "eligible": ("eligible, waiting for its panel", "审查合格，待组建专家组"),
    "review": ("paper review", "材料评审"),
    "scored": ("scored", "评审已计分"),
    "survey": ("site survey", "现场实勘"),
    "appraisal": ("overall appraisal", "综合论证"),
    "appraised": ("appraised", "已论证"),
    "proposed": ("proposed", "拟建"),
    "reserve": ("in reserve", "备选"),
    "notice": ("public notice", "公示"),
    "held": ("held by an objection", "异议待办结"),
    "cleared": ("notice passed", "公示无异议"),
    "ended": ("ended", "已终结"),
}
"""The stages of an application."""

ROUND_STAGES: Names = {
    "new": ("not yet opened", "尚未开启"),
    "call": ("call and recommendation", "申报与推荐"),
    "checking": ("legality check", "合法性审查"),
    "drawing": ("drawing of panels", "抽取专家"),
    "review": ("paper review", "材料评审"),
    "shortlisting": ("shortlisting", "确定入围名单"),
    "survey": ("site survey", "现场实勘"),
    "appraisal": ("overall appraisal", "综合论证"),
    "proposal": ("proposal", "提出拟建名单"),
    "notice": ("public notice", "公示"),
    "approval": ("approval", "审批"),
    "issued": ("list issued", "名单已发布"),
    "cancelled": ("cancelled", "已取消"),
}

OUTCOMES: Names = {
    "never-submitted": ("never submitted", "未提交"),
    "withdrawn": ("withdrawn", "申报单位撤回"),
    "not-recommended": ("not recommended by the deadline", "截止时未获推荐"),
    "ineligible": ("ineligible", "合法性审查未通过"),
    "not-reviewed": ("no panel could be formed", "未能组成评审专家组"),
    "not-shortlisted": ("not on the shortlist", "未列入入围名单"),
    "not-selected": ("not selected", "未入选"),
    "removed": ("removed after an objection", "因异议成立移出名单"),
    "given-up": ("given up by its applicant", "申报单位放弃"),
    "ruled-out": ("ruled out for fraud", "因弄虚作假取消资格"),
    "listed": ("on the issued list", "列入建设名单"),
    "cancelled": ("cancelled with the round", "随轮次取消"),
    "upheld": ("upheld", "成立"),
    "partly-upheld": ("partly upheld", "部分成立"),
    "dismissed": ("dismissed", "不成立"),
    "stands": ("the outcome stands", "维持原结果"),
}
"""How an application ends, and how an objection does."""

PHASES: Mapping[Stage, str] = MappingProxyType(
    {
        Stage.NEW: "intake",
        Stage.SUBMITTED: "intake",
        Stage.WITHDRAWN: "intake",
        Stage.RECOMMENDED: "intake",
        Stage.CHECKING: "review",
        Stage.MENDING: "review",
        Stage.ELIGIBLE: "review",
        Stage.REVIEW: "review",
        Stage.SCORED: "review",
        Stage.SURVEY: "choice",
        Stage.APPRAISAL: "choice",
        Stage.APPRAISED: "choice",
        Stage.PROPOSED: "choice",
        Stage.RESERVE: "choice",
        Stage.NOTICE: "choice",
        Stage.HELD: "choice",
        Stage.CLEARED: "choice",
        Stage.ENDED: "ended",
    }
)
"""What operators search applications by: the phase. Each change costs Temporal's server as much as half an act, so
the stages within a phase are told by the details and the record only."""


def after(stage: Stage) -> Stage:
    """Return where an application goes on from a stage; raise Unfinished if NEXT does not say."""
    if stage not in NEXT:
        raise Unfinished(f"nothing follows the stage {stage.value}: NEXT in {file_of(Stage)}")
    return NEXT[stage]


def between(first: Stage, last: Stage) -> tuple[Stage, ...]:
    """Return the stages of an application from one to another, both among them, in their order."""
    order = tuple(Stage)
    return order[order.index(first) : order.index(last) + 1]


def before(stage: Stage, first: Stage = Stage.CHECKING) -> tuple[Stage, ...]:
    """Return the stages of an application from one, the check if none is said, to the last before another."""
    return between(first, stage)[:-1]


def round_between(first: RoundStage, last: RoundStage) -> tuple[RoundStage, ...]:
    """Return the stages of a round from one to another, both among them, in their order."""
    order = tuple(RoundStage)
    return order[order.index(first) : order.index(last) + 1]


NEXT: dict[Stage, Stage] = {
    Stage.RECOMMENDED: Stage.CHECKING,
    Stage.CHECKING: Stage.ELIGIBLE,
    Stage.SCORED: Stage.SURVEY,
    Stage.SURVEY: Stage.APPRAISAL,
    Stage.APPRAISAL: Stage.APPRAISED,
}
"""Stage of an application -> where it goes on once the work of the stage is done; a new stage is put in between here.

Other ways out of a stage, such as an end, stand with the acts that lead there.
"""

_CHECKED = before(Stage.ELIGIBLE)
"""Where an application stands again whose check was reversed, whatever stage its round has come to."""

UNAPPRAISED = before(Stage.APPRAISED)
"""Where no application stands when centres are proposed."""

UNDECIDED = between(Stage.CHECKING, Stage.APPRAISED)
"""Where no application stands beside a proposal but one of which a decision was reversed."""

FINISHED_WHEN: dict[RoundStage, tuple[tuple[Stage, ...], RoundStage]] = {
    RoundStage.CHECKING: (before(Stage.ELIGIBLE, Stage.SUBMITTED), RoundStage.DRAWING),
    RoundStage.DRAWING: (before(Stage.REVIEW), RoundStage.REVIEW),
    RoundStage.REVIEW: (before(Stage.SCORED), RoundStage.SHORTLISTING),
    RoundStage.SHORTLISTING: (between(Stage.CHECKING, Stage.SCORED), RoundStage.SURVEY),
    RoundStage.SURVEY: ((*_CHECKED, *between(after(Stage.SCORED), Stage.SURVEY)), RoundStage.APPRAISAL),
    RoundStage.APPRAISAL: (
        (*_CHECKED, *before(Stage.APPRAISED, after(Stage.SCORED))),
        RoundStage.PROPOSAL,
    ),
    RoundStage.PROPOSAL: ((Stage.PROPOSED,), RoundStage.APPROVAL),
    RoundStage.NOTICE: ((Stage.PROPOSED, Stage.NOTICE), RoundStage.APPROVAL),
}
"""Stage of a round -> the stages of applications that must be empty for it to end, and what follows it.

A new stage before the proposal is waited for by its place. A proposal leads on by itself only where the rules have no
public notice.
"""
