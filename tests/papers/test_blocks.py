from starter.papers.blocks import CUT, LINES_LIMIT, TEXT_LIMIT, read_blocks


def test_blocks_hold_every_line_of_a_form() -> None:
    blocks = read_blocks("# 标题\n\n> 备注\n- 一项\n第一行，\n第二行\nan English line\nand another\n\nlast")
    assert [(block.kind, block.text) for block in blocks] == [
        ("heading", "标题"),
        ("remark", "备注"),
        ("item", "一项"),
        ("paragraph", "第一行，第二行\nan English line and another"),
        ("paragraph", "last"),
    ]


def test_text_beyond_what_is_printed_is_cut_and_that_is_said() -> None:
    for text in ("长" * (TEXT_LIMIT + 1), "a\n" * 500_000, "a\n字\n" * 500_000, "#\n" * LINES_LIMIT * 2):
        blocks = read_blocks(text)
        assert blocks[-1] == CUT
        assert len(blocks) <= LINES_LIMIT + 1
        assert sum(len(block.text) for block in blocks[:-1]) <= TEXT_LIMIT
    assert CUT not in read_blocks("长" * TEXT_LIMIT)
