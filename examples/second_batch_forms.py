"""The application forms of the synthetic applications: one text each, Chinese first, then English."""

from pathlib import Path
from typing import Any

from starter.demo.chance import number

Unit = dict[str, str]

TEMPLATE = Path(__file__).with_name("second_batch_form.md")
FIELDS_ZH = {
    "performance-equipment": "演艺装备",
    "artificial-intelligence": "人工智能",
    "smart-tourism": "智慧旅游",
    "entertainment-experience": "娱乐体验",
    "animation-games": "动漫游戏",
    "art-design": "艺术设计",
    "low-altitude": "低空文旅",
    "ice-snow": "冰雪旅游",
}


def form_text(item: dict[str, Any]) -> str:
    """Return the form: what a submission holds (docs/process-sources.md, stage 2), the four review contents too."""
    host, partners = item["host"], item["co_builders"]
    figures = _figures(item["code"])
    return TEMPLATE.read_text(encoding="utf-8").format_map(
        {
            **item,
            **{f"host_{name}": value for name, value in host.items()},
            "partners_zh": "、".join(unit["name_zh"] for unit in partners) or "无",
            "partners_en": ", ".join(unit["name_en"] for unit in partners) or "none",
            "serial": item["code"][1:],
            "field_zh": FIELDS_ZH[item["field"]],
            **figures,
            "pilot": figures["month"] + 4,
            "projects": figures["standards"] + 2,
        }
    )


def _figures(code: str) -> dict[str, int]:
    def of(name: str, least: int, span: int) -> int:
        return least + number(span, "form", code, name)

    return {
        "doctors": of("doctors", 6, 14),
        "patents": of("patents", 12, 60),
        "standards": of("standards", 1, 8),
        "metres": of("metres", 12, 60) * 100,
        "instruments": of("instruments", 20, 120),
        "firms": of("firms", 8, 40),
        "month": of("month", 3, 4),
    }
