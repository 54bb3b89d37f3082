"""What is said of an application's place in the proposal, in English and Chinese."""

from selection.process.room import Pairs

TIMELINE: dict[str, Pairs] = {
    "application.proposed.v1": (
        (
            "Proposal {proposal} names the application, at place {rank}.",
            "列入第 {proposal} 版拟建名单，第 {rank} 位。",
        ),
        ("Proposal {proposal} names the application.", "列入第 {proposal} 版拟建名单。"),
        ("The application was proposed.", "列入拟建名单。"),
    ),
    "application.in-reserve.v1": (
        ("Proposal {proposal} does not name the application.", "未列入第 {proposal} 版拟建名单，列为备选。"),
        ("The application was not proposed.", "未列入拟建名单，列为备选。"),
    ),
}
"""What happened, from the most that can be said to the least: the first is taken whose names the viewer may see."""
