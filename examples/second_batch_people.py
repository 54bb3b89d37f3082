"""The synthetic people of the second batch: roles, employers and plainly invented names and mails."""

from typing import Any

POOL = 60
# Experts of these numbers work for hosts of applications, so that recusal has something to do.
EMPLOYED_BY_HOSTS = {1: "a01", 2: "a09", 3: "a12", 4: "a15", 5: "a17", 6: "a22", 7: "a28", 8: "a30"}
OFFICE = ("99SYNTH90000000001", "合成主管部门", "Synthetic ministry office")


def people_of(applications: list[dict[str, Any]], units: list[str]) -> list[dict[str, Any]]:
    """Return everyone who acts in the demo, as `selection person import` takes them."""
    people = [make_staff(role, index, OFFICE) for role, count in _STAFF for index in range(1, count + 1)]
    people += [_recommender(unit) for unit in units]
    people += [_agent(item) for item in applications]
    people += [_partner(item, place) for item in applications for place in range(len(item["co_builders"]))]
    hosts = {item["code"]: item["host"] for item in applications}
    people += [_expert(index, hosts) for index in range(1, POOL + 1)]
    people += [_outsider("surveyor", "踏勘人员", index, 700 + index) for index in range(1, 11)]
    people += [_outsider("examiner", "核查人员", index, 800) for index in range(1, 5)]
    people += [_outsider("objector", "异议人", index, 900 + index, "objector") for index in range(1, 4)]
    return people


_STAFF = (("officer", 2), ("supervisor", 2), ("auditor", 1), ("admin", 1), ("approver", 5))
_STAFF_ZH = {
    "officer": "经办人员",
    "supervisor": "监督人员",
    "auditor": "审计人员",
    "admin": "管理人员",
    "approver": "审批人",
}


def make_staff(role: str, index: int, office: tuple[str, str, str]) -> dict[str, Any]:
    """Return one of the staff; an office is its code and its names in Chinese and English."""
    code, chinese, english = office
    return make_person(
        f"{role}-{index}",
        {role: []},
        code,
        (f"合成{_STAFF_ZH[role]}{index}", f"Synthetic {role} {index}"),
        (chinese, english),
        "zh",
    )


def _recommender(unit: str) -> dict[str, Any]:
    return make_person(
        f"unit-{unit}",
        {"recommender": [unit]},
        f"99SYNTH8{sum(unit.encode()):010d}",
        (f"合成推荐人员{unit}", f"Synthetic recommender {unit}"),
        (f"合成推荐单位{unit}", f"Synthetic recommending unit {unit}"),
        "zh",
    )


def _agent(item: dict[str, Any]) -> dict[str, Any]:
    host, index = item["host"], item["code"][1:]
    return make_person(
        item["agent"],
        {"applicant": []},
        host["code"],
        (f"合成申报人{index}", f"Synthetic applicant {index}"),
        (host["name_zh"], host["name_en"]),
        "en" if int(index) % 5 == 0 else "zh",
    )


def _partner(item: dict[str, Any], place: int) -> dict[str, Any]:
    """Return who acts for a co-builder: the host is A of its application, the first co-builder B."""
    unit, label = item["co_builders"][place], f"{item['code'][1:]}{'bc'[place]}"
    return make_person(
        f"partner-{label}",
        {"applicant": []},
        unit["code"],
        (f"合成共建单位经办人{label}", f"Synthetic co-builder's agent {label}"),
        (unit["name_zh"], unit["name_en"]),
        "en" if int(item["code"][1:]) % 5 == 0 else "zh",
    )


def _expert(index: int, hosts: dict[str, Any]) -> dict[str, Any]:
    names = (f"合成专家{index:02d}", f"Synthetic expert {index:02d}")
    if index in EMPLOYED_BY_HOSTS:
        host = hosts[EMPLOYED_BY_HOSTS[index]]
        code, employer = host["code"], (host["name_zh"], host["name_en"])
    else:
        # Thirty-odd institutions, so that some have two or three experts in the pool.
        place = index % 34
        code = f"99SYNTH6{place:010d}"
        employer = (f"合成研究机构{place:02d}", f"Synthetic institution {place:02d}")
    language = "en" if index % 6 == 0 else "zh"
    return make_person(f"expert-{index:02d}", {"expert": []}, code, names, employer, language)


def _outsider(kind: str, chinese: str, index: int, serial: int, role: str = "") -> dict[str, Any]:
    return make_person(
        f"{kind}-{index:02d}",
        {role: []} if role else {},
        f"99SYNTH7{serial:010d}",
        (f"合成{chinese}{index}", f"Synthetic {kind} {index}"),
        (f"合成单位{serial}", f"Synthetic unit {serial}"),
        "zh",
    )


def make_person(
    person: str,
    roles: dict[str, list[str]],
    employer: str,
    names: tuple[str, str],
    employer_names: tuple[str, str],
    language: str,
) -> dict[str, Any]:
    """Return a person; names and employer's names are in Chinese and English."""
    place = 0 if language == "zh" else 1
    return {
        "person": person,
        "roles": roles,
        "employer": employer,
        "language": language,
        "identity": {
            "name": names[place],
            "mail": f"{person}@synthetic.example",
            "employer_name": employer_names[place],
        },
    }
