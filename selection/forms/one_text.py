"""The form of a round whose rules have none: what every application states, and one text for all else."""

from selection.forms.form import Form, Forms

_ANY = ["any"]

ONE_TEXT = Form.model_validate(
    {
        "version": "one-text",
        "en": "Application",
        "zh": "申报书",
        "sections": [
            {
                "code": "application",
                "en": "Application",
                "zh": "申报",
                "fields": [
                    {
                        "code": "name_zh",
                        "kind": "text",
                        "en": "Name in Chinese",
                        "zh": "中文名称",
                        "entry": "name_zh",
                    },
                    {
                        "code": "name_en",
                        "kind": "text",
                        "en": "Name in English",
                        "zh": "英文名称",
                        "entry": "name_en",
                    },
                    {
                        "code": "field",
                        "kind": "choice",
                        "of": "fields",
                        "en": "Field",
                        "zh": "领域",
                        "required": True,
                        "entry": "field",
                    },
                    {
                        "code": "region",
                        "kind": "choice",
                        "of": "regions",
                        "en": "Region",
                        "zh": "地区",
                        "required": True,
                        "entry": "region",
                    },
                    {
                        "code": "priority",
                        "kind": "choice",
                        "of": "priorities",
                        "en": "Priority",
                        "zh": "优先方向",
                        "entry": "priority",
                    },
                    {
                        "code": "host",
                        "kind": "unit",
                        "schemes": _ANY,
                        "en": "Host unit",
                        "zh": "依托单位",
                        "required": True,
                        "entry": "host",
                    },
                    {
                        "code": "co_builders",
                        "kind": "unit",
                        "schemes": _ANY,
                        "many": True,
                        "en": "Co-builders",
                        "zh": "共建单位",
                        "entry": "co_builders",
                    },
                    {"code": "staff", "kind": "number", "en": "Staff", "zh": "人员数", "entry": "staff"},
                    {
                        "code": "fund_yuan",
                        "kind": "number",
                        "places": 2,
                        "measure": {"en": "yuan", "zh": "元"},
                        "en": "Funds",
                        "zh": "经费",
                        "entry": "fund_yuan",
                    },
                    {
                        "code": "form",
                        "kind": "text",
                        "characters": 200_000,
                        "lines": True,
                        "en": "The application as one text",
                        "zh": "申报书全文",
                        "required": True,
                    },
                    {
                        "code": "evidence",
                        "kind": "file",
                        "many": True,
                        "most": 100,
                        "en": "Evidence",
                        "zh": "证明材料",
                    },
                    {
                        "code": "pledge",
                        "kind": "file",
                        "en": "Pledge",
                        "zh": "承诺书",
                        "required": True,
                        "entry": "pledge",
                    },
                    {"code": "seals", "kind": "file", "en": "Seals", "zh": "盖章页", "entry": "seals"},
                    {
                        "code": "agreement",
                        "kind": "file",
                        "en": "Agreement",
                        "zh": "共建协议",
                        "entry": "agreement",
                    },
                    {
                        "code": "avoid",
                        "kind": "people",
                        "en": "Experts to avoid",
                        "zh": "回避专家",
                        "entry": "avoid",
                    },
                    {
                        "code": "team",
                        "kind": "people",
                        "en": "Leader and team, as far as they are registered",
                        "zh": "已登记的负责人和团队成员",
                        "entry": "team",
                    },
                ],
            }
        ],
    }
)
"""An application form like any other, so that there is one way to hand in and to check."""


def application_form(forms: Forms) -> Form:
    """Return the form that an application of these rules is filled in under."""
    return forms.application or ONE_TEXT
