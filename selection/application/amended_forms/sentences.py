"""What is said of a form that changed in an application, in English and Chinese."""

from selection.kernel.stages import Names
from selection.process.room import Pairs

TIMELINE: dict[str, Pairs] = {
    "application.form-changed.v1": (
        (
            "The application form changed from version {was} to {form_version}; what does not fit it: {faults_count}.",
            "申报表由 {was} 版改为 {form_version} 版，不符之处：{faults_count}。",
        ),
        (
            "The application form changed from version {was} to {form_version}.",
            "申报表由 {was} 版改为 {form_version} 版。",
        ),
        ("The application form changed.", "申报表变更。"),
    ),
    "application.work-form-changed.v1": (
        (
            "The form changed from version {was} to {form_version}: {form_name}.",
            "表单（{form_name}）由 {was} 版改为 {form_version} 版。",
        ),
        ("A form changed.", "表单变更。"),
    ),
}
"""What happened, from the most that can be said to the least: the first is taken whose names the viewer may see."""

TASKS: Names = {
    "submit-anew": ("look again: the application form changed", "重新查看：申报表已变更"),
    "correct-review": ("look again: the review form changed", "重新查看：评审表已变更"),
}
"""What is awaited of people, by the kind of the task."""
