from starter.papers.blocks import CUT, LINES_LIMIT, TEXT_LIMIT, read_blocks

TYPED = "# 3 of 5\n- minus one\n> 60 %\n  1. first\n\tsecond\nan English line\n第二行\n\n\n\n* last *"


def test_blocks_hold_every_line_as_it_was_typed() -> None:
    blocks = read_blocks(TYPED)
    assert {block.kind for block in blocks} == {"paragraph"}
    assert "\n\n".join(block.text for block in blocks) == TYPED


def test_blanks_around_a_text_and_at_the_ends_of_lines_are_left_out() -> None:
    assert [block.text for block in read_blocks("\n\n a  \r\nb\t\n\n")] == [" a\nb"]


def test_text_beyond_what_is_printed_is_cut_and_that_is_said() -> None:
    for text in ("长" * (TEXT_LIMIT + 1), "a\n" * 500_000, "a\n字\n" * 500_000, "#\n\n" * LINES_LIMIT * 2):
        blocks = read_blocks(text)
        assert blocks[-1] == CUT
        assert len(blocks) <= LINES_LIMIT + 1
        assert sum(len(block.text) for block in blocks[:-1]) <= TEXT_LIMIT
    assert CUT not in read_blocks("长" * TEXT_LIMIT)
