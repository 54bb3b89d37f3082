"""What comes near to a held direction, and which forms are nearly the same: by the core and by the verifier alike."""

import pytest
from hypothesis import given, strategies as st

from audit.rules.forms.near import are_twins, find_near, read_texts
from selection.forms.json_text import list_texts
from selection.kernel.named import Named
from selection.projections.alike import is_same_form, name_near

HELD = (
    Named(code="vr", en="generic virtual-reality technology", zh="虚拟现实共性技术"),
    Named(code="sound", en="immersive sound", zh="沉浸声"),
)
ANSWER = "The centre measures loads of stage machinery and publishes how it found them, year by year."


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Research on virtual reality of a generic kind", ("vr",)),
        ("VIRTUAL\u2010REALITY for everyone", ("vr",)),
        ("面向文旅的虚拟现实共性研究", ("vr",)),
        ("virtual worlds. A reality of its own", ()),
        ("virtual worlds\nreality", ()),
        ("沉浸式声场", ()),
        ("沉浸声与immersive sound", ("sound",)),
        ("immersive light", ()),
        ("technology", ()),
        ("", ()),
    ],
)
def test_a_direction_is_near_where_most_of_its_words_stand_in_one_sentence(
    text: str, near: tuple[str, ...]
) -> None:
    assert name_near(["Another text", text], HELD) == near
    assert find_near(["Another text", text], HELD) == near


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (ANSWER.upper().replace(" ", "  "), True),
        (ANSWER + " And much, much more that stands in no other form: " + "0123456789" * 40, True),
        (ANSWER[:60], True),
        (ANSWER[:30] + "0123456789" * 9, False),
        ("", False),
    ],
)
def test_a_form_is_the_same_where_the_shorter_one_stands_in_the_other(other: str, same: bool) -> None:
    assert is_same_form([ANSWER], [other]) is same
    assert are_twins([other], [ANSWER]) is same


TEXTS = st.lists(
    st.text(
        st.sampled_from("abBZ09 .,\n\t-。；！虚拟现实沉浸声\u2010\u00e9\uff0e\u3000\u00bf\uff1b")
        | st.characters(),
        max_size=60,
    )
    | st.sampled_from(["virtual reality generic", "immersive sound", "虚拟现实共性", "沉浸声"]),
    max_size=4,
)


@given(TEXTS, TEXTS)
def test_the_verifier_finds_the_same(one: list[str], other: list[str]) -> None:
    assert find_near(one, HELD) == name_near(one, HELD)
    assert are_twins(one, other) is is_same_form(one, other)
    assert are_twins(one, one) is is_same_form(one, one)


@pytest.mark.parametrize("body", [b'{"a": ["x", {"b": "y"}], "c": 3, "d": null}', b"no JSON", b"\xff"])
def test_the_verifier_reads_the_same_texts(body: bytes) -> None:
    assert read_texts(body) == list_texts(body)
