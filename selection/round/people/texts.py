"""What is said of the posts of a running round, in English and Chinese."""

from selection.decision.aggregate import Event
from selection.kernel.stages import Names
from selection.process.letter import Letter, Texts, Writer, letters_to
from selection.process.room import Pairs
from selection.round.people.events import PostChanged
from selection.round.state import RoundState

TIMELINE: dict[str, Pairs] = {
    "round.post-changed.v1": (
        (
            "A post of the round changed ({post}): added {added}; removed {removed}.",
            "本轮岗位变动（{post}）：增加 {added}；撤下 {removed}。",
        ),
        ("A post of the round changed.", "本轮岗位有变动。"),
    ),
}
"""What happened, from the most that can be said to the least."""

REFUSALS: Names = {
    "post-not-yours": (
        "Supervisors change every post of a round but their own; officers change the supervisors' ({post}). Ask"
        " two of them.",
        "除监督人员自身岗位由经办人员变动外，本轮其他岗位均由监督人员变动（{post}）。请由其中两人办理。",
    ),
    "post-unchanged": (
        "Nobody is added and nobody removed; name at least one person.",
        "既未增加也未撤下任何人；请至少指明一人。",
    ),
    "own-post": (
        "Nobody gives a post to themselves or takes it from themselves; another person must sign this.",
        "任何人不得任免本人岗位；须由他人签名办理。",
    ),
    "post-held": (
        "{person} holds this post already; leave them out.",
        "{person} 已在此岗位；请勿重复列入。",
    ),
    "post-not-held": (
        "{person} does not hold this post; name somebody who does.",
        "{person} 不在此岗位；请指明在岗人员。",
    ),
    "post-too-few": (
        "At least {least:person|people} must keep this post ({post}); add somebody in the same act.",
        "此岗位（{post}）至少须留 {least} 人；请在同一操作中补充人员。",
    ),
    "post-clash": (
        "Somebody named has another post of the round that must not meet this one ({post}); remove them there"
        " first, or name another person.",
        "所列人员在本轮另有不得兼任的岗位（{post}）；请先撤下该岗位，或另择他人。",
    ),
}
"""Why an act is refused: code -> (English, Chinese)."""


def _tell(event: PostChanged, state: RoundState) -> list[Letter]:
    params = {"round": state.round, "post": event.post, "level": event.level or "-"}
    return [
        *letters_to(event.added, "post-given", params),
        *letters_to(event.removed, "post-taken", params),
    ]


WRITES: dict[type[Event], Writer[RoundState]] = {PostChanged: _tell}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "post-given": {
        "en": (
            "Round {round}: you were given a post ({post})",
            "You hold a post of round {round} from now on: {post} (level: {level}). Two people signed this, and the"
            " reason is in the record. `selection tasks` shows what waits for you.",
        ),
        "zh": (
            "{round} 轮次：您已被任命（{post}）",
            "自即时起，您担任 {round} 轮次的岗位：{post}（层级：{level}）。此事经两人签名，理由载于记录。"
            "待办事项见 `selection tasks`。",
        ),
    },
    "post-taken": {
        "en": (
            "Round {round}: a post of yours ended ({post})",
            "You no longer hold this post of round {round}: {post} (level: {level}). What you did before stands. Two"
            " people signed this, and the reason is in the record.",
        ),
        "zh": (
            "{round} 轮次：您的岗位已结束（{post}）",
            "您不再担任 {round} 轮次的岗位：{post}（层级：{level}）。您此前办理的事项仍然有效。"
            "此事经两人签名，理由载于记录。",
        ),
    },
}
"""What the letters say."""
