"""What is said of the end of an application, in English and Chinese."""

from selection.process.room import Pairs

TIMELINE: dict[str, Pairs] = {
    "application.listed.v1": (
        ("The application is on the issued list, at place {place}.", "列入建设名单，第 {place} 位。"),
        ("The application is on the issued list.", "列入建设名单。"),
    ),
    "application.not-selected.v1": (
        ("The list was issued without the application.", "建设名单发布，未入选。"),
    ),
    "application.cancelled.v1": (("The application ended with its round.", "随轮次取消而终结。"),),
}
"""What happened, from the most that can be said to the least: the first is taken whose names the viewer may see."""
