"""What happened, in the words of a page: names for codes, numbers for ids, and no command of a terminal."""

from typing import Any

import pytest

from portal.acts.moments import tell_entries
from reading.models import ShownEntry
from reading.rounds import name_things
from selection.decision.register_views import UnitFact
from starter.demo.example import load_example

CALLED = {"expert-1": "Chen Yi", "officer-1": "Li Wen"}
UNIT = UnitFact(code="99SYNTH1", name_en="Institute of Light", name_zh="光学研究院", version=1)


def tell(language: str, *entries: tuple[str, dict[str, Any]]) -> list[tuple[str, str]]:
    """What entries say in a language, and why."""
    names = name_things(load_example().rules)
    shown = [ShownEntry(seq=seq, view=view_of(*entry)) for seq, entry in enumerate(entries)]
    told = tell_entries(shown, language, names, CALLED, {UNIT.code: UNIT})
    return [(moment.what, moment.why) for moment in told]


def view_of(kind: str, data: dict[str, Any]) -> dict[str, Any]:
    actor = {"person": "officer-1", "role": "officer"}
    return {"type": kind, "data": data, "at": "2026-11-29T03:00:00Z", "actor": actor, "rules": "0" * 64}


REFUSED = {"kind": "void-draw", "code": "draw-waiting", "params": {"draw": "draw-1"}, "digest": "0" * 64}


@pytest.mark.parametrize(
    ("language", "what", "why"),
    [
        ("en", "The act “Void a committed draw” was refused.", "“Void a committed draw” and a reason"),
        ("zh", "操作“作废已固定的抽取”被拒绝。", "使用“作废已固定的抽取”并说明理由"),
    ],
)
def test_a_refusal_names_the_act_and_no_command_of_a_terminal(language: str, what: str, why: str) -> None:
    [(said, because)] = tell(language, ("act.refused.v1", REFUSED))
    assert said == what
    assert "`" not in because
    assert why in because


def test_scores_and_units_have_the_names_of_the_rules_and_of_the_register() -> None:
    review = {
        "expert": "expert-1",
        "seat": 2,
        "scores": {"mechanism": "21", "positioning": "20.5"},
        "total": "41.5",
    }
    entries = (
        ("review.submitted.v1", review),
        ("application.recommended.v1", {"unit": "bj", "revision": 1}),
        ("application.co-building-confirmed.v1", {"co_builder": "99SYNTH1", "revision": 1}),
    )
    assert [what for what, _ in tell("en", *entries)] == [
        # In the order of the rules.
        "Chen Yi submitted the review of seat 2: functional positioning 20.5, joint-innovation mechanism 21; "
        "41.5 in all.",
        "Beijing department recommended version 1.",
        "Institute of Light confirmed its part as a co-builder in version 1.",
    ]
    assert "功能定位 20.5、协同创新机制 21，" in tell("zh", *entries)[0][0]


def test_a_level_has_its_name_and_of_a_hit_the_application_stands() -> None:
    sent_back = ("approval.sent-back.v1", {"level": "department", "proposal": 1, "items": ["0001"]})
    checked = ("integrity.checked.v1", {"proposal": 1, "hits": {"0001": {"id": "text-1", "sha256": "0"}}})
    said = [what for what, _ in tell("en", sent_back, checked)]
    assert said[0].startswith("Level head of the science, technology and education department sent"), said[0]
    assert said[1] == "The integrity check of proposal 1 was recorded; hits: 0001."


def test_objections_are_counted_and_their_ids_stand_nowhere() -> None:
    first, second = "0f3c5d6e-0000", "7a1b2c3d-0000"
    entries = [("objection.raised.v1", {"objection": name}) for name in (first, second)]
    settled = ("objection.settled.v1", {"objection": first, "outcome": "upheld"})
    assert [what for what, _ in tell("en", *entries, settled)] == [
        "Objection 1 was raised.",
        "Objection 2 was raised.",
        "Objection 1 was settled: upheld.",
    ]


def test_a_draw_names_its_source_and_when_and_a_shortlist_says_its_ranks() -> None:
    entries = (
        ("draw.committed.v1", {"draw": "main", "source": "ssq", "issue": "2025-11-25T21:15"}),
        ("round.shortlist-fixed.v1", {"listed": {"0001": 6, "0002": 12, "0003": 2}}),
    )
    source = load_example().rules.draws.find("ssq")
    assert source is not None
    assert [what for what, _ in tell("en", *entries)] == [
        f"Draw main was committed to the numbers of {source.en} 2025-11-25 21:15.",
        "The shortlist was fixed: 0003 at rank 2, 0001 at rank 6, 0002 at rank 12.",
    ]
    assert [what for what, _ in tell("zh", *entries)] == [
        f"抽取 main 已固定，以 {source.zh} 2025年11月25日 21:15 的号码公开。",
        "确定入围名单：0003（第 2 名）、0001（第 6 名）、0002（第 12 名）。",
    ]
