"""The application forms of the synthetic applications, filled in as their host units would write them."""

from typing import Any

import yaml

from starter.demo.chance import number, pick

Unit = dict[str, str]

HEADING = "# 合成数据，仅供演示：单位、人员、数字均为虚构。\n# Synthetic, for demonstration only: all is invented.\n"
TITLES = ("研究员 researcher", "高级工程师 senior engineer", "工程师 engineer", "副教授 associate professor")
TASKS = (
    "总体设计 system design",
    "样机研制 prototypes",
    "检测与标准 measurement and standards",
    "成果转化 transfer",
    "数据与软件 data and software",
    "试验运行 pilot operation",
)
DEVICES = (
    "合成试验台 synthetic test bench",
    "合成测量系统 synthetic measuring system",
    "合成计算集群 synthetic cluster",
    "合成采集设备 synthetic recording equipment",
)
PLEDGE = "我单位承诺申报材料真实有效（合成）。\nWe pledge that what we submit is true (synthetic)."
SEALS = "已加盖公章（合成）。\nSealed (synthetic)."
AGREEMENT = (
    "共建协议：共享设备、数据与成果（合成）。\nJoint agreement: shared equipment, data, results (synthetic)."
)


def form_file(item: dict[str, Any]) -> str:
    """Return an application's form as a YAML file: what a submission holds (docs/process-sources.md, stage 2)."""
    return write_form(_answers(item))


def write_form(answers: dict[str, Any]) -> str:
    """Return the answers to a form as a YAML file that says it is synthetic."""
    return HEADING + yaml.dump(
        answers,
        Dumper=_Lines,
        allow_unicode=True,
        sort_keys=False,
        width=1000,
        default_flow_style=False,
    )


class _Lines(yaml.SafeDumper):
    """Writes a text of several lines as such."""


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Lines.add_representer(str, _write_text)


def _answers(item: dict[str, Any]) -> dict[str, Any]:
    return {
        **_centre(item),
        **_people(item),
        **_basis(item),
        **_contents(item),
        **_plan(item),
        **_annexes(item),
    }


def _of(item: dict[str, Any], name: str, least: int, span: int) -> int:
    return least + number(span, "form", item["code"], name)


def _centre(item: dict[str, Any]) -> dict[str, Any]:
    partners = item["co_builders"]
    joint = {
        "co_builders": partners,
        "bid": "joint",
        "division": [
            {"unit": unit["code"], "task": pick(TASKS, "form", unit["code"]), "share": share}
            for unit, share in zip([item["host"], *partners], ("60.5", "25", "14.5"), strict=False)
        ],
    }
    return {
        "name_zh": item["title_zh"],
        "name_en": item["title_en"],
        "field": item["field"],
        "direction": f"{item['direction_zh']} {item['direction_en']}",
        "summary": f"围绕{item['direction_zh']}开展共性技术研发、试验与成果推广。"
        f" Research, trials and use of {item['direction_en']}.",
        "priority": item["priority"],
        "host": item["host"],
        **(joint if partners else {"bid": "alone"}),
    }


def _people(item: dict[str, Any]) -> dict[str, Any]:
    serial = item["code"][1:]
    units = [item["host"], *item["co_builders"]]
    contact = {"phone": f"+86 10 0000 00{serial}", "mail": f"centre-{serial}@synthetic.example"}
    return {
        "leader": {
            "name": f"合成负责人{serial}",
            "post": "中心主任 director",
            "title": TITLES[0],
            "degree": "博士 doctorate",
            "born": f"{_of(item, 'born', 1962, 20)}-0{_of(item, 'month born', 1, 9)}",
            **contact,
        },
        "leader_record": "主持行业项目，获同行认可（合成）。\nLed projects of the trade (synthetic).",
        "contact": {"name": f"合成联系人{serial}", "post": "秘书 secretary", **contact},
        "staff": item["staff"],
        "doctors": _of(item, "doctors", 6, 14),
        "team": [
            {
                "name": f"合成成员{serial}{'甲乙丙丁戊己'[place]}",
                "born": _of(item, f"born {place}", 1968, 28),
                "title": pick(TITLES, "form", item["code"], "title", place),
                "unit": units[place % len(units)]["name_zh"],
                "task": TASKS[place],
            }
            for place in range(_of(item, "team", 3, 4))
        ],
    }


def _basis(item: dict[str, Any]) -> dict[str, Any]:
    serial, fund = item["code"][1:], int(item["fund_yuan"])
    count = _of(item, "patents", 1, 4)
    return {
        "space": _of(item, "metres", 12, 60) * 100,
        "equipment": [
            {
                "name": name,
                "count": _of(item, f"count {name}", 1, 40),
                "value": f"{_of(item, name, 20, 900)}.5",
            }
            for name in DEVICES[: _of(item, "devices", 2, 3)]
        ],
        "fund_yuan": item["fund_yuan"],
        "funds": [
            {"source": "own", "year": 2024, "yuan": str(fund * 6 // 10)},
            {"source": "government", "year": 2025, "yuan": str(fund - fund * 6 // 10)},
        ],
        "patents": [
            {
                "title": f"{item['direction_zh']}相关方法{'一二三四'[place]}（合成）",
                "number": f"SYNTH{serial}{place}",
                "granted": f"202{_of(item, f'year {place}', 0, 4)}-0{_of(item, f'month {place}', 1, 9)}-15",
                "kind": pick(("invention", "utility-model", "software"), "form", item["code"], place),
            }
            for place in range(count)
        ],
        "results": [
            {
                "title": f"{item['direction_zh']}示范应用（合成）",
                "year": 2023,
                "effect": f"服务企业 {_of(item, 'firms', 8, 40)} 家 firms served",
            }
        ],
    }


def _contents(item: dict[str, Any]) -> dict[str, Any]:
    firms, projects = _of(item, "firms", 8, 40), _of(item, "standards", 3, 8)
    zh, en = item["direction_zh"], item["direction_en"]
    return {
        "positioning": f"面向{zh}的共性关键技术，提供研发、中试、检测与成果转化服务，拟服务企业 {firms} 家。\n"
        f"Generic key technologies of {en}: research, pilot tests, measurement and transfer, for {firms} firms.",
        "mechanism": "设理事会与技术委员会，共建单位共享设备与数据，知识产权按贡献约定，收益用于后续研发。\n"
        "A council and a technical board; shared equipment and data; rights by contribution.",
        "technical": f"已形成样机与中试线，近三年完成 {projects} 项行业项目，关键指标由第三方检测。\n"
        f"A prototype and a pilot line exist; {projects} projects of the trade in three years; measured by others.",
        "conditions": "依托单位保障场地、人员编制与经费，设专账管理，安全与伦理审查制度健全。\n"
        "The host unit provides space, posts and funds under an account of their own; safety is reviewed.",
    }


def _plan(item: dict[str, Any]) -> dict[str, Any]:
    month = _of(item, "month", 3, 4)
    aims = (
        (month, "完成组建 formed", "机构与章程 statutes"),
        (month + 4, "建成中试平台 pilot platform", "平台试运行 trial run"),
        (12, "申请验收 request for acceptance", "验收材料 documents"),
    )
    return {
        "plan": "分组建、中试、验收三步，经费按年度拨付，每季度公开进展。\n"
        "Three steps: forming, pilot, acceptance; funds by year; progress published each quarter.",
        "milestones": [{"month": at, "aim": aim, "measure": measure} for at, aim, measure in aims],
    }


def _annexes(item: dict[str, Any]) -> dict[str, Any]:
    proof = f"合成证明材料：{item['direction_zh']}检测报告。\nSynthetic evidence: a measurement report."
    return {
        **({"agreement": AGREEMENT} if item["co_builders"] else {}),
        "seals": SEALS,
        "pledge": PLEDGE,
        "evidence": [{"shows": "关键指标 key figures", "file": {"text": proof}}],
        **({"avoid": item["avoid"]} if item["avoid"] else {}),
    }
