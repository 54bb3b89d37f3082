"""The forms of acts whose rules have none: they ask for one text, as `one_text` does of an application."""

from selection.forms.form import Form, FormName, Forms
from selection.forms.one_text import ONE_TEXT

ONE_REVIEW = Form.model_validate(
    {
        "version": "one-review",
        "en": "Review",
        "zh": "评审意见",
        "sections": [
            {
                "code": "review",
                "en": "Review",
                "zh": "评审意见",
                "fields": [
                    {
                        "code": "text",
                        "kind": "text",
                        "characters": 200_000,
                        "lines": True,
                        "told": True,
                        "en": "Comment for the applicant",
                        "zh": "给申报单位的意见",
                        "required": True,
                    },
                ],
            }
        ],
    }
)

BUILT_IN: dict[FormName, Form] = {"application": ONE_TEXT, "review": ONE_REVIEW}
"""Each form that an act is held to, where the rules have none of that name; of any other name there is none then."""


def find_form(forms: Forms, name: FormName) -> Form | None:
    """Return the form that an act of these rules is filled in under; None where they ask for none."""
    given: Form | None = getattr(forms, name)
    return given or BUILT_IN.get(name)


def form_of(forms: Forms, name: FormName) -> Form:
    """Return the form of an act that always has one."""
    found = find_form(forms, name)
    assert found is not None
    return found
