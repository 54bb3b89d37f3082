"""Make the synthetic applications and people of the young researchers' grant: `python -m examples.make_grant`.

It was run once and its files are kept beside the rules; a test shows that they are what it makes. Scheme, people,
institutions, codes and texts are all invented and say so.
"""

import json
from pathlib import Path
from typing import Any

from examples.second_batch_forms import write_form
from examples.second_batch_people import make_person, make_staff
from starter.demo.chance import number, pick, shuffle

SEED = "grant, 2026"
FOLDER = Path(__file__).parent / "grant"
POOL = 20
# Experts of these numbers work at institutions of applicants, so that recusal has something to do.
EMPLOYED_BY_HOSTS = {1: "g01", 2: "g04", 3: "g07"}
OFFICE = ("99SYNTH90000000002", "合成资助机构", "Synthetic funder")
STAFF = {"officer": 2, "supervisor": 2, "auditor": 1, "admin": 1, "approver": 1}

REGIONS = {
    "CN-BJ": ("Beijing", "北京"),
    "CN-LN": ("Liaoning", "辽宁"),
    "CN-SH": ("Shanghai", "上海"),
    "CN-ZJ": ("Zhejiang", "浙江"),
    "CN-HB": ("Hubei", "湖北"),
    "CN-SC": ("Sichuan", "四川"),
    "CN-GS": ("Gansu", "甘肃"),
}
# Field, region and topic of each application, in the order of their codes.
INTAKE: tuple[tuple[str, str, str, str], ...] = (
    ("heritage-science", "CN-GS", "salt damage in earthen sites", "土遗址盐害机理"),
    ("digital-humanities", "CN-BJ", "reading handwritten genealogies", "手写家谱文字识别"),
    ("stage-acoustics", "CN-SH", "acoustics of historic theatres", "古戏台声学特性"),
    ("tourism-environment", "CN-SC", "visitor flows on mountain paths", "山岳步道客流"),
    ("heritage-science", "CN-BJ", "pigments of mural paintings", "壁画颜料无损识别"),
    ("digital-humanities", "CN-ZJ", "maps of vanished canals", "消失运河的数字地图"),
    ("stage-acoustics", "CN-LN", "machine listening for folk songs", "民歌的机器听辨"),
    ("tourism-environment", "CN-HB", "noise at lakeside resorts", "湖滨度假地噪声"),
    ("heritage-science", "CN-SC", "bamboo slips in wet soil", "饱水竹简脱水"),
    ("digital-humanities", "CN-SH", "early advertisements as sources", "早期广告史料挖掘"),
    ("tourism-environment", "CN-GS", "water use of desert camps", "沙漠营地用水"),
    ("stage-acoustics", "CN-BJ", "materials for aircraft cabins", "飞机客舱材料"),
)

# What happens to whom, whatever the seed of the demo: see starter/demo/example.py for the meaning of each line.
STORY: dict[str, Any] = {
    "edited": ["g03"],
    "withdrawn": ["g05"],
    "late_submission": ["g08"],
    "unsealed": ["g10"],
    "grounds": {"g12": ["not-a-topic"]},
    "conflict_found": "g07",
    "corrected": "g02",
    "integrity_hit_on": 2,
    "sent_back": {
        "place": 1,
        "asks": {"en": "Say how the budget is spread over the years.", "zh": "请说明经费的年度安排。"},
        "adds": {
            "en": "the budget is now laid out by year, as the director asked",
            "zh": "已按负责人意见补充经费年度安排",
        },
    },
}


def main() -> None:
    """Write the files."""
    for name, text in grant().items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def grant() -> dict[str, str]:
    """Return every file by its path below the example's folder."""
    applications = [_application(place, *row) for place, row in enumerate(INTAKE, start=1)]
    files = {item["form"]: write_form(_answers(item)) for item in applications}
    files["applications.json"] = _json(applications)
    files["people.json"] = _json(_people(applications))
    files["story.json"] = _json(STORY)
    return files


def _application(place: int, field: str, region: str, english: str, chinese: str) -> dict[str, Any]:
    code = f"g{place:02d}"
    kind = pick(("university", "university", "institute"), SEED, code, "kind")
    names = {"university": ("university", "大学"), "institute": ("institute", "研究院")}[kind]
    expert = shuffle([f"expert-{index:02d}" for index in range(1, POOL + 1)], SEED, code)[0]
    return {
        "code": code,
        "agent": f"host-{code[1:]}",
        "title_en": f"Synthetic project: {english}",
        "title_zh": f"合成项目：{chinese}",
        "field": field,
        "host": {
            "code": f"99SYNTH1{place:010d}",
            "kind": kind,
            "region": region,
            "name_en": f"Synthetic {names[0]} {code[1:]} ({REGIONS[region][0]})",
            "name_zh": f"合成{names[1]}{code[1:]}（{REGIONS[region][1]}）",
        },
        "form": f"applications/{code}.yaml",
        "fund_yuan": str((12 + number(30, SEED, code, "budget")) * 10_000),
        "avoid": [expert] if place % 4 == 2 else [],
    }


def _answers(item: dict[str, Any]) -> dict[str, Any]:
    serial, budget = item["code"][1:], int(item["fund_yuan"])
    zh, en = item["title_zh"].removeprefix("合成项目："), item["title_en"].removeprefix("Synthetic project: ")
    people, travel = budget * 5 // 10, budget * 2 // 10
    return {
        "title_zh": item["title_zh"],
        "title_en": item["title_en"],
        "field": item["field"],
        "abstract_zh": f"本项目研究{zh}，建立可重复的测量方法，公开数据与代码，并与三家机构共同验证结果（合成）。",
        "abstract_en": f"We study {en}, build a method of measurement that others can repeat, publish data and code, "
        "and test the results with three institutions (synthetic).",
        "applicant": {
            "name": f"合成申请人{serial}",
            "post": "副研究员 associate researcher",
            "title": "副研究员 associate researcher",
            "degree": "博士 doctorate",
            "born": f"{1988 + number(8, SEED, serial, 'born')}-0{1 + number(9, SEED, serial, 'month born')}",
            "phone": f"+86 10 0000 01{serial}",
            "mail": f"applicant-{serial}@synthetic.example",
        },
        "doctorate": f"{2017 + number(8, SEED, serial, 'doctorate')}-06-30",
        "institution": item["host"],
        "plan": f"第一年完成{zh}的实验设计，第二年采集数据，第三年验证并公开成果。\n"
        "Design in the first year, measurements in the second, tests and publication in the third.",
        "milestones": [
            {"month": 8 + number(5, SEED, serial, "month"), "aim": "完成实验设计 design complete"},
            {"month": 22, "aim": "完成数据采集 data collected"},
            {"month": 36, "aim": "公开数据与论文 data and papers public"},
        ],
        "budget": item["fund_yuan"],
        "costs": [
            {"cost": "people", "yuan": str(people)},
            {"cost": "equipment", "yuan": str(budget - people - travel)},
            {"cost": "travel", "yuan": str(travel)},
        ],
        "consent": "依托机构同意申报（合成，已盖章）。\nThe institution consents (synthetic, sealed).",
        "pledge": "本人承诺申请材料真实、研究守信（合成）。\nI pledge that all I submit is true (synthetic).",
        **({"avoid": item["avoid"]} if item["avoid"] else {}),
    }


def _people(applications: list[dict[str, Any]]) -> list[dict[str, Any]]:
    people = [
        make_staff(role, index, OFFICE) for role, count in STAFF.items() for index in range(1, count + 1)
    ]
    people += [_agent(item) for item in applications]
    hosts = {item["code"]: item["host"] for item in applications}
    return people + [_expert(index, hosts) for index in range(1, POOL + 1)]


def _agent(item: dict[str, Any]) -> dict[str, Any]:
    host, serial = item["host"], item["code"][1:]
    return make_person(
        item["agent"],
        {"applicant": []},
        host["code"],
        (f"合成申请人{serial}", f"Synthetic applicant {serial}"),
        (host["name_zh"], host["name_en"]),
        "en" if int(serial) % 5 == 0 else "zh",
    )


def _expert(index: int, hosts: dict[str, Any]) -> dict[str, Any]:
    if index in EMPLOYED_BY_HOSTS:
        host = hosts[EMPLOYED_BY_HOSTS[index]]
        code, employer = host["code"], (host["name_zh"], host["name_en"])
    else:
        # Fifteen institutions, so that a few have two reviewers in the pool.
        place = index % 15
        code = f"99SYNTH5{place:010d}"
        employer = (f"合成评审机构{place:02d}", f"Synthetic institution {place:02d}")
    names = (f"合成评审人{index:02d}", f"Synthetic reviewer {index:02d}")
    language = "en" if index % 6 == 0 else "zh"
    return make_person(f"expert-{index:02d}", {"expert": []}, code, names, employer, language)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    main()
