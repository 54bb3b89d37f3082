"""What can be chosen where posts of a round change: the posts that the visitor may change, and levels of approval."""

from typing import get_args

from portal.sheets.setting import Setting
from portal.sheets.sheet import Option
from selection.kernel.actor import Role
from selection.rules.holders import Post
from selection.wording.code_names import POSTS

THEIRS = "supervisors"
"""The post of supervisors, which officers change; supervisors change the others."""
NO_LEVEL = Option("", "none: it is not the post of an approver", "不适用：不是审批岗位", True)


async def list_posts(setting: Setting) -> tuple[Option, ...]:
    """Return the posts that may be changed in the visitor's role; one alone is chosen already."""
    theirs = setting.role is Role.OFFICER
    codes = [code for code in get_args(Post) if (code == THEIRS) is theirs]
    return tuple(Option(code, *POSTS[code], len(codes) == 1) for code in codes)


async def list_levels(setting: Setting) -> tuple[Option, ...]:
    """Return the levels of approval of the round; none of them is chosen at first."""
    names = await setting.visit.reads.rounds.get_names(setting.visit.subject, setting.spot.round)
    return (NO_LEVEL, *(Option(level.code, level.en, level.zh) for level in names.levels))
