from pathlib import Path

import pytest

from reading.models import RoundForm
from selection.forms.one_text import ONE_TEXT, application_form
from selection.forms.raw_answers import read_raw
from selection.forms.template import write_template
from selection.refusals.refused import Refused
from starter.cli.content_arguments import parse_argument
from starter.cli.failures import CommandFailed
from starter.cli.files_in import pairs, read_facts, read_typed
from starter.cli.options import hoist_global_options
from starter.cli.output import Output
from starter.cli.session import application
from starter.commands.register.person import format_roles, read_people
from starter.demo.example import load_example
from starter.people.filled_file import FilledFile
from starter.people.similarity import closest
from tables.layout import Column
from tables.writing import write_csv
from tests import factories as f


def write(tmp_path: Path, text: str, name: str = "facts.yaml") -> Path:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return file


def test_global_options_may_stand_anywhere_before_two_dashes() -> None:
    assert hoist_global_options(["round", "open", "r", "--as", "p", "--json", "f"]) == [
        "--as",
        "p",
        "--json",
        "round",
        "open",
        "r",
        "f",
    ]
    assert hoist_global_options(["text", "put", "r", "--", "--json"]) == ["text", "put", "r", "--", "--json"]
    assert hoist_global_options(["status", "--lang=zh"]) == ["--lang=zh", "status"]
    assert hoist_global_options(["status", "--as"]) == ["--as", "status"]


def test_numbers_with_a_point_and_dates_stay_as_they_were_written(tmp_path: Path) -> None:
    facts = read_facts(write(tmp_path, "score: 20.10\nday: 2025-03-01\ncount: 3\nyes: true"))
    assert facts == {"score": "20.10", "day": "2025-03-01", "count": 3, True: True}


@pytest.mark.parametrize("text", ["a: [", "a: &x 1\nb: *x", "[" * 5000, "a: !!python/name:os.system x", "\0"])
def test_a_broken_or_hostile_file_is_unreadable_and_nothing_of_it_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_facts(write(tmp_path, text))
    assert refused.value.code == "unreadable"
    assert refused.value.params["places"].startswith("(file)")


def test_a_file_that_is_not_utf_8_or_too_large_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "facts.yaml"
    file.write_bytes("名".encode("gbk"))
    with pytest.raises(Refused, match="unreadable"):
        read_facts(file)
    file.write_bytes(b"a" * 4_000_001)
    with pytest.raises(Refused, match="message-too-large"):
        read_facts(file)


ONE_TEXT_FORM = RoundForm(
    form=ONE_TEXT, fields=f.RULES.fields, regions=f.RULES.regions, priorities=f.RULES.priorities
)
SOUND = "field: equipment\nregion: CN-BJ\npriority: frontier\nhost: {code: A, kind: k, region: CN-BJ}\n"


def faults_of(folder: Path, text: str) -> list[tuple[str, str]]:
    return [(fault.path, fault.code) for fault in FilledFile(ONE_TEXT_FORM, write(folder, text)).check()]


def test_an_application_names_every_faulty_place_and_no_value(tmp_path: Path) -> None:
    text = "field: 7\nregion: CN-BJ\npriority: frontier\nhost: {code: A, 王: 1}\nform: {file: none.md}\n"
    text += "staff: about 30\nseals: {text: x, file: y}\nLi Si: 13800000000\n"
    assert faults_of(tmp_path, text) == [
        ("?", "unknown-field"),
        ("field", "not-a-choice"),
        ("host.kind", "missing"),
        ("host.region", "missing"),
        ("host.?", "unknown-field"),
        ("staff", "wrong-type"),
        ("form", "wrong-type"),
        ("pledge", "missing"),
        ("form", "file-unread"),
        ("seals", "file-unread"),
    ]


def test_contents_are_a_text_a_file_or_a_reference(tmp_path: Path) -> None:
    (tmp_path / "form.md").write_text("The form\n", encoding="utf-8")
    (tmp_path / "proof.pdf").write_bytes(b"%PDF-1.7")
    text = SOUND + "form: {file: form.md}\npledge: I pledge\nseals: {ref: file-1}\nfund_yuan: 1.5\n"
    assert faults_of(tmp_path, text + "evidence: [{file: proof.pdf}]\n") == []
    assert faults_of(tmp_path, text + "evidence: [{file: proof.pdf}, {file: none.pdf}]\n") == [
        ("evidence[1]", "file-unread")
    ]
    assert faults_of(tmp_path, text + "evidence: [{file: proof.pdf}, {file: ./proof.pdf}]\n") == [
        ("evidence", "repeated")
    ]


def test_what_is_typed_stays_what_was_typed(tmp_path: Path) -> None:
    typed = read_typed(write(tmp_path, "phone: 010\nanswer: no\nday: 2024-01-01\nsum: 1e3\nnothing:\n"))
    assert typed == {"phone": "010", "answer": "no", "day": "2024-01-01", "sum": "1e3", "nothing": None}
    with pytest.raises(Refused, match="unreadable"):
        read_typed(write(tmp_path, "a: 1\nb: 2\na: 3\n"))
    with pytest.raises(Refused, match="unreadable"):
        read_typed(write(tmp_path, "a: &x [1]\nb: *x\n"))


def test_a_template_as_it_is_written_reads_as_no_answers(tmp_path: Path) -> None:
    rules = load_example().rules
    form = RoundForm(
        form=application_form(rules.forms),
        fields=rules.fields,
        regions=rules.regions,
        priorities=rules.priorities,
    )
    file = write(tmp_path, write_template(form.form, form))
    assert set(read_typed(file)) == set(form.form.by_code)
    assert read_raw(form.form, read_typed(file), lambda path, _: path) == {}
    asked = [code for code, field in form.form.by_code.items() if field.required and field.shown is None]
    assert [fault.path for fault in FilledFile(form, file).check()] == asked


def test_a_typed_text_is_itself_a_file_or_a_reference(tmp_path: Path) -> None:
    assert parse_argument("why").text == "why"
    assert parse_argument("ref:text-1").ref == "text-1"
    assert parse_argument(f"@{write(tmp_path, '理由', 'why.md')}").text == "理由"
    with pytest.raises(Refused, match="missing"):
        parse_argument("  ")


def test_pairs_are_named_once_and_never_empty() -> None:
    assert pairs(["a=1", "b=x=y"], "--score") == {"a": "1", "b": "x=y"}
    for given in (["a"], ["a="], ["=1"], ["a=1", "a=2"]):
        with pytest.raises(Refused) as refused:
            pairs(given, "--score")
        assert refused.value.params == {"places": "--score"}


def test_an_application_is_named_by_round_and_number() -> None:
    assert application("r/0001") == "application/r/0001"
    assert application("application/r/0001") == "application/r/0001"
    for text in ("0001", "r/", "/1", "a/b/c", "round/r/1", "r/" + "9" * 100):
        with pytest.raises(Refused, match="unknown-application"):
            application(text)


async def test_people_come_from_csv_and_from_yaml_alike(tmp_path: Path) -> None:
    table = (
        "person,name,mail,language,employer,employer_name,roles\n"
        "unit-bj,王,w@bj.example,zh,91X,部门,recommender=bj,\nexpert-1,Li,l@x.example,en,92X,,expert objector\n"
    )
    facts = (
        "- {person: unit-bj, roles: {recommender: [bj]}, employer: 91X,"
        " identity: {name: 王, mail: w@bj.example, employer_name: 部门}}\n"
        "- {person: expert-1, language: en, roles: {expert: [], objector: []}, employer: 92X,"
        " identity: {name: Li, mail: l@x.example}}\n"
    )
    from_table = await read_people(Output("en"), write(tmp_path, table, "people.csv"))
    assert from_table == await read_people(Output("en"), write(tmp_path, facts))
    assert [format_roles(item) for item in from_table] == [["recommender=bj"], ["expert", "objector"]]


async def test_faulty_people_are_named_by_row_and_place_only(tmp_path: Path) -> None:
    table = "person,name,mail,roles\nexpert-1,Li,l@x.example,expert\nZhang San,,m@x.example,king\n"
    out = Output("en", as_json=True)
    with pytest.raises(CommandFailed, match="table-faulty") as failed:
        await read_people(out, write(tmp_path, table, "people.csv"))
    assert failed.value.params == {"count": "3"}
    assert [(fault["cell"], fault["code"]) for fault in out.document["faults"]] == [
        ("A3", "cell-unfit"),
        ("B3", "cell-missing"),
        ("D3", "cell-unfit"),
    ]
    assert "Zhang" not in str(out.document)
    assert "king" not in str(out.document)


def test_likeness_puts_the_direction_that_stands_in_the_text_first() -> None:
    from selection.kernel.named import Named

    directions = [
        Named(code="sound", en="immersive sound", zh="沉浸声"),
        Named(code="light", en="intelligent light and shadow application", zh="智能光影应用"),
    ]
    rows = closest("申报方向\n基于智能光影应用的演艺空间\n", directions, "zh")
    assert (rows[0]["code"], rows[0]["ratio"]) == ("light", "1.00")
    assert [row["ratio"] for row in closest("", directions, "en")] == ["0.00", "0.00"]


def test_a_csv_cell_is_never_a_formula(capsys: pytest.CaptureFixture[str]) -> None:
    import sys

    columns = [Column(code, ("", ""), ("", "")) for code in ("number", "reviewers")]
    write_csv(sys.stdout, columns, [{"number": "=1+1", "reviewers": ["a", "b"]}, {}])
    assert capsys.readouterr().out == "number,reviewers\n'=1+1,a b\n,\n"
