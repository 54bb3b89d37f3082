"""Which applications are like one: by who bids, who hands in, and what their names share beyond what all have."""

import pytest

from selection.projections.similar import SHOWN, ComparedApplication, Overlap, find_similar

ONE = ComparedApplication(
    number="0001",
    name_en="Centre for Stage Machinery Safety",
    name_zh="舞台机械安全技术创新中心",
    field="stage",
    host="91110000MA00000001",
    co_builders=("91110000MA00000002",),
    agent="agent-1",
)


@pytest.mark.parametrize(
    ("other", "shared"),
    [
        ({"host": "91110000ma00000001"}, {"host": True}),
        ({"host": "x", "co_builders": (ONE.host, "y")}, {"units": (ONE.host,)}),
        ({"co_builders": ONE.co_builders}, {"units": ONE.co_builders}),
        ({"agent": "agent-1"}, {"agent": True}),
        (
            {"name_en": "Technology Centre for Safety of Stage Machinery"},
            {"words": ("stage", "machinery", "safety")},
        ),
        ({"name_zh": "舞台机械国家技术创新中心"}, {"words": ("舞台机械",)}),
        ({"name_en": "CENTRE for  Stage-Machinery Safety"}, {"name": True}),
        ({"name_zh": "舞台机械 安全（技术创新中心）"}, {"name": True}),
        ({"host": "91110000MA00000001", "field": "stage"}, {"host": True, "field": True}),
    ],
)
def test_what_two_share_is_told(other: dict[str, object], shared: dict[str, object]) -> None:
    (found,) = find_similar(ONE, [ONE, ComparedApplication.model_validate({"number": "0002", **other})])
    assert found == Overlap.model_validate({"number": "0002", **shared})


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"field": "stage"},
        {"name_en": "National Technology Innovation Centre for Mural Restoration"},
        {"name_zh": "国家壁画修复技术创新中心"},
        {"name_en": "Centre for the Machinery of Paper Mills in Towns"},
    ],
)
def test_a_field_or_what_all_such_centres_are_called_makes_none_alike(other: dict[str, object]) -> None:
    assert find_similar(ONE, [ONE, ComparedApplication.model_validate({"number": "0002", **other})]) == ()


def test_what_many_are_called_tells_nothing() -> None:
    many = [
        ComparedApplication(number=f"{at:04}", name_zh=f"舞台机械{'甲乙丙丁戊己'[at - 1]}中心")
        for at in range(2, 7)
    ]
    assert find_similar(ONE, [ONE, *many[:2]]) != ()
    assert find_similar(ONE, [ONE, *many]) == ()


def test_copies_do_not_hide_each_other() -> None:
    copies = [
        ComparedApplication(number=f"{at:04}", name_en=ONE.name_en, name_zh=ONE.name_zh) for at in range(2, 6)
    ]
    near = ComparedApplication(number="0006", name_en="Centre for the Safety of Stage Machinery")
    others = [ComparedApplication(number=f"{at:04}", agent=ONE.agent, host=ONE.host) for at in range(7, 17)]
    found = find_similar(ONE, [ONE, *others, *copies])
    assert [(item.number, item.name) for item in found[:4]] == [(f"{at:04}", True) for at in range(2, 6)]
    assert find_similar(ONE, [ONE, *copies, near])[-1] == Overlap(
        number="0006", words=("stage", "machinery", "safety")
    )


def test_a_name_of_usual_words_alone_is_told_where_it_is_the_same() -> None:
    usual = ComparedApplication(number="0001", name_en="National Technology Innovation Centre")
    assert find_similar(usual, [usual, usual.with_(number="0002")]) == (Overlap(number="0002", name=True),)


def test_the_likest_come_first_and_not_all_of_them() -> None:
    by_word = [ComparedApplication(number=f"{at:04}", name_zh="舞台机械") for at in range(10, 13)]
    by_host = [ComparedApplication(number=f"{at:04}", host=ONE.host, agent=ONE.agent) for at in range(20, 32)]
    found = find_similar(ONE, [*by_word, ONE, *by_host])
    assert [item.number for item in found] == [f"{at:04}" for at in range(20, 20 + SHOWN)]
    assert [item.number for item in find_similar(ONE, [*by_word, ONE, by_host[0]])] == [
        "0020",
        "0010",
        "0011",
        "0012",
    ]
