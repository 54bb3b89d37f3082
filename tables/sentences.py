"""What people read of a table: each fault in a sentence with its cure, in English and Chinese."""

from collections.abc import Mapping

from selection.kernel.counting import fill
from tables.grid import TableFault

FAULTS: dict[str, tuple[str, str]] = {
    "cell-choice": (
        "Not one of the choices: write one of {choices}.",
        "不在可选值之内：请填写以下之一：{choices}。",
    ),
    "cell-lossy": (
        "The file no longer holds what was typed: format the cell as text and type it again.",
        "文件中已不是原先输入的内容：请将单元格设为文本格式后重新输入。",
    ),
    "cell-missing": ("Empty, but needed: fill it in.", "必填项为空：请填写。"),
    "cell-repeated": (
        "Stands in row {row} already: keep one of the two rows.",
        "与第 {row} 行重复：请只保留其中一行。",
    ),
    "cell-unfit": ("Cannot be read; expected: {help}", "填写内容不符合要求，应为：{help}"),
    "column-missing": (
        "The column “{column}” is missing: add it, or take a new template.",
        "缺少“{column}”列：请补上，或重新下载模板。",
    ),
    "column-twice": ("This column stands twice: delete one.", "该列重复：请删除其中一列。"),
    "column-unknown": (
        "Not a column of this table: correct its title, or delete it.",
        "不是本表的列：请更正列名或删除该列。",
    ),
    "file-unread": (
        "No file of at most 20 MB that the folder of this table holds: correct its path, such as files/proof.pdf.",
        "表格所在文件夹内没有该文件，或文件超过 20 MB：请更正路径，如 files/proof.pdf。",
    ),
    "file-unclear": (
        "Another cell names another file that is called the same: give the two files different names.",
        "另一单元格引用了不同文件夹中的同名文件：请将两个文件改为不同名称。",
    ),
    "file-unsent": (
        "No file of this name was sent: choose it together with the table, or correct the name.",
        "尚未上传该名称的文件：请与表格一并选择该文件，或更正文件名。",
    ),
    "row-id-unfit": (
        "No row id: at most 40 characters in one line, none of them hidden.",
        "不是有效的行编号：应为一行、至多 40 个字符，且无不可见字符。",
    ),
    "row-unknown": (
        "No row of the first sheet has this id: write the one that it belongs to.",
        "第一个工作表中没有该行编号：请填写所属的行编号。",
    ),
    "sheet-unknown": (
        "Not a sheet of this table: correct its name, delete it, or begin the name with #.",
        "不是本表的工作表：请更正名称、删除，或在名称前加 #。",
    ),
    "table-empty": ("No row is filled in under the headings.", "表头之下没有任何已填写的行。"),
}
"""By code; what a fault's parameters hold is a code, a title or a count, never what somebody typed."""

REFUSALS: dict[str, tuple[str, str]] = {
    "table-cell-too-long": (
        "A cell in row {row} holds more than {characters} characters: shorten it, or hand that text in as a file.",
        "第 {row} 行有单元格超过 {characters} 个字符：请缩短，或将该内容作为文件提交。",
    ),
    "table-doctype": (
        "The file holds a DOCTYPE, which no spreadsheet program writes: save it as XLSX or CSV again and send that.",
        "文件中含有 DOCTYPE 声明，电子表格软件不会写入这种声明：请重新另存为 XLSX 或 CSV 后再提交。",
    ),
    "table-file-too-large": (
        "The file is larger than {megabytes} MB: part it into several tables.",
        "文件超过 {megabytes} MB：请拆分为多张表。",
    ),
    "table-malformed": (
        "The file cannot be read as a table (row {row}): save it as XLSX or CSV again and send that.",
        "文件无法按表格读取（第 {row} 行）：请重新另存为 XLSX 或 CSV 后再提交。",
    ),
    "table-no-sheet": (
        "There is no such sheet; the file has: {sheets}.",
        "没有这个工作表；文件中有：{sheets}。",
    ),
    "table-not-text": (
        "The file is neither XLSX nor text: save it as XLSX, or as CSV in UTF-8.",
        "文件既不是 XLSX 也不是文本：请另存为 XLSX，或 UTF-8 编码的 CSV。",
    ),
    "table-too-deep": (
        "The file is nested deeper than any spreadsheet program writes: save it as XLSX or CSV again and send that.",
        "文件内部嵌套过深，电子表格软件不会这样写入：请重新另存为 XLSX 或 CSV 后再提交。",
    ),
    "table-too-many-cells": (
        "The sheets have more cells than are read (at most {cells} that are filled in): delete empty rows and columns "
        "that have a format, or part the table.",
        "工作表的单元格过多（已填写的至多 {cells} 个）：请删除带格式的空行和空列，或拆分表格。",
    ),
    "table-too-many-columns": (
        "A sheet has at most {columns} columns: delete the others, or part the table.",
        "每个工作表至多 {columns} 列：请删除多余的列，或拆分表格。",
    ),
    "table-too-many-rows": (
        "A sheet has at most {rows} rows: part the table.",
        "每个工作表至多 {rows} 行：请拆分表格。",
    ),
    "table-too-many-sheets": (
        "A file has at most {sheets} sheets: delete the others.",
        "每个文件至多 {sheets} 个工作表：请删除多余的工作表。",
    ),
    "table-too-much-memory": (
        "Reading the file takes more than {megabytes} MB of memory: delete pictures, formats and sheets that are not "
        "needed, or part the table.",
        "读取该文件所需内存超过 {megabytes} MB：请删除不需要的图片、格式和工作表，或拆分表格。",
    ),
    "table-too-much-text": (
        "The cells hold more than {characters} characters together: part the table.",
        "各单元格合计超过 {characters} 个字符：请拆分表格。",
    ),
    "table-too-slow": (
        "Reading the file takes more than {seconds} seconds: delete formats and sheets that are not needed, or part "
        "the table; where much is going on, send it again later.",
        "读取该文件所需时间超过 {seconds} 秒：请删除不需要的格式和工作表，或拆分表格；系统繁忙时请稍后重新提交。",
    ),
    "table-unpacks-too-large": (
        "The file holds more than {megabytes} MB once it is unpacked, or too many parts: delete pictures, formats and "
        "sheets that are not needed, or part the table.",
        "文件解压后超过 {megabytes} MB，或所含部件过多：请删除不需要的图片、格式和工作表，或拆分表格。",
    ),
}


def describe_fault(fault: TableFault, lang: int) -> str:
    """Return a fault's sentence; `lang` is 0 for English and 1 for Chinese."""
    return fault.said or fill(FAULTS[fault.code][lang], fault.params)


def describe_refusal(code: str, params: Mapping[str, str], lang: int) -> str:
    """Return the sentence of a file that cannot be read as a table."""
    return fill(REFUSALS[code][lang], params)
