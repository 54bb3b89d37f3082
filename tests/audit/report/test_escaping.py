"""What a made-up bundle says steers no page that tells of it: reports, drawings and replays mark it by its code."""

from audit.report.page import both, document, escape, write_heading
from audit.what_if.drawing import Drawing
from portal.proofs.replaying import mark_texts

FORGED = "a\x1b\u202e\u2066\U000e0041<b>"
MARKED = "a[U+001B][U+202E][U+2066][U+E0041]"


def test_no_text_of_a_page_steers_it() -> None:
    for said in (escape(FORGED), both(FORGED, FORGED), write_heading(FORGED, FORGED), document(FORGED, ())):
        assert f"{MARKED}&lt;b&gt;" in said
        assert not set(FORGED[1:5]) & set(said)


def test_no_text_of_a_drawing_steers_it() -> None:
    drawing = Drawing(100, FORGED)
    drawing.text(0, 0, FORGED)
    assert drawing.inline().count(f"{MARKED}&lt;b&gt;") == 2


def test_no_text_of_a_replay_steers_its_page() -> None:
    assert mark_texts({"facts": [{"said": FORGED, "at": 3, "none": None}]}) == {
        "facts": [{"said": f"{MARKED}<b>", "at": 3, "none": None}]
    }
