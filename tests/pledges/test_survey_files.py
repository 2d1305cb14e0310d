"""From the bytes of a results file to figures, or to a report by row."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest

from pledges.importing.decoding import MAX_BYTES
from pledges.importing.figures import Expectations, is_formula
from pledges.importing.mistakes import UnreadableFile
from pledges.importing.sheet import MAX_ROWS, read_sheet

EXPECTED = Expectations({"trygg-ute": "percent", "problemindex": "index_0_6"}, 720)
HEADINGS = "Indikator;Indelning;Grupp;Värde;Antal svar"


def sheet(text, encoding="utf-8", expected=EXPECTED):
    return read_sheet(BytesIO(text.encode(encoding)), expected)


def rows(*lines, headings=HEADINGS):
    return sheet("\n".join([headings, *lines]) + "\n")


def one(*cells):
    """The only figure of a row in the usual columns."""
    found = rows(";".join(cells))
    assert found.problems == []
    (figure,) = found.figures
    return figure


def refusal(*cells, headings=HEADINGS):
    """The only problem of a row."""
    found = rows(";".join(cells), headings=headings)
    assert found.figures == []
    (problem,) = found.problems
    return problem


def test_row_becomes_a_figure():
    figure = one("Trygg-Ute", "kön", "Kvinnor", "62,5", "365")

    assert figure.place == ("trygg-ute", "gender", "women")
    assert (figure.value, figure.n) == (Decimal("62.5"), 365)
    assert figure.margin is None
    assert figure.suppressed is False


@pytest.mark.parametrize(
    "headings",
    [
        "indikator;indelning;grupp;värde;antal svar",
        "Question;Breakdown;Group;Value;Answers",
        " INDICATOR_CODE ; dimension; group ;Result ;n",
    ],
)
def test_headings_are_swedish_or_english(headings):
    found = rows("trygg-ute;ålder;16–24;70;128", headings=headings)

    assert [f.place for f in found.figures] == [("trygg-ute", "age", "16-24")]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_columns_are_parted_in_three_ways(delimiter):
    text = delimiter.join(["n", "värde", "kod"]) + "\r\n"
    text += delimiter.join(["700", "71.5", "trygg-ute"]) + "\r\n"

    (figure,) = sheet(text).figures
    assert figure.value == Decimal("71.5")


def test_quoted_decimal_comma_stands_between_commas():
    (figure,) = sheet('kod,värde,n\ntrygg-ute,"71,5",700\n').figures

    assert figure.value == Decimal("71.5")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("71", "71"), ("71,5", "71.5"), ("71.5", "71.5"), (" 71,50 ", "71.5"),
        ("71 %", "71"), ("71,5%", "71.5"), ("0", "0"), ("+4,5", "4.5"),
    ],
)  # fmt: skip
def test_number_is_read_with_comma_or_point(written, value):
    assert one("trygg-ute", "", "", written, "700").value == Decimal(value)


@pytest.mark.parametrize("written", ["1 200", "1\u00a0200", "1\u202f200", "1200"])
def test_thousands_may_be_parted_by_a_space(written):
    expected = Expectations({"a": "count"}, None)
    (figure,) = sheet(
        f"kod;värde;n\na;{written};{written}\n", expected=expected
    ).figures

    assert (figure.value, figure.n) == (1200, 1200)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (("trygg-ute", "", "", "mycket", "700"), "Värde"),
        (("trygg-ute", "", "", "", "700"), "Värde"),
        (("trygg-ute", "", "", "1.200,5", "700"), "Värde"),
        (("trygg-ute", "", "", "٧١", "700"), "Värde"),
        (("trygg-ute", "", "", "NaN", "700"), "Värde"),
        (("trygg-ute", "", "", "1e2", "700"), "Värde"),
        (("trygg-ute", "", "", "71,555", "700"), "Värde"),
        (("trygg-ute", "", "", "101", "700"), "Värde"),
        (("trygg-ute", "", "", "−1", "700"), "Värde"),
        (("problemindex", "", "", "6,1", "700"), "Värde"),
        (("problemindex", "", "", "5 %", "700"), "Värde"),
        (("trygg-ute", "", "", "71", "721"), "Antal svar"),
        (("trygg-ute", "", "", "71", "70,5"), "Antal svar"),
        (("trygg-ute", "", "", "71", "-5"), "Antal svar"),
        (("trygg-ute", "", "", "71", "9" * 30), "Antal svar"),
        (("okand", "", "", "71", "700"), "Indikator"),
        (("", "", "", "71", "700"), "Indikator"),
        (("trygg-ute", "stjärntecken", "fisk", "71", "70"), "Indelning"),
        (("trygg-ute", "", "kvinnor", "71", "70"), "Grupp"),
        (("trygg-ute", "kön", "", "71", "70"), "Grupp"),
        (("trygg-ute", "kön", "alla", "71", "70"), "Grupp"),
        (("trygg-ute", "ålder", "x" * 41, "71", "70"), "Grupp"),
        (("trygg-ute", "ort", "Stor\u202evik", "71", "70"), "Grupp"),
    ],
)
def test_wrong_cell_is_named_by_row_and_column(cells, column):
    problem = refusal(*cells)

    assert (problem.row, problem.column) == (2, column)
    assert problem.message


@pytest.mark.parametrize(
    "cell",
    ['=1+1', "=HYPERLINK(0)", "+A1", "-A1+2", "@SUM(A1)", " =1+1", "＝1+1", "+", "-"],
)  # fmt: skip
def test_formula_is_refused_wherever_it_stands(cell):
    """A spreadsheet would calculate it, here and wherever it is taken next."""
    assert is_formula(cell)
    assert refusal("trygg-ute", "ort", cell, "71", "70").column == "Grupp"
    wider = HEADINGS + ";Anmärkning"
    problem = refusal("trygg-ute", "", "", "71", "700", cell, headings=wider)
    assert cell.strip() in problem.message


@pytest.mark.parametrize(
    "cell", ["-1", "+46", "-1,5", "-24", "- ", "", "Storvik", "16-24"]
)
def test_number_with_a_sign_is_no_formula(cell):
    assert is_formula(cell) is (cell == "- ")


def test_every_wrong_row_is_reported_and_numbered_as_a_spreadsheet_does():
    found = rows(
        "trygg-ute;;;71;700", "", "okand;;;71;700", "trygg-ute;;;mycket;700", ";;;;"
    )

    assert [problem.row for problem in found.problems] == [4, 5]


def test_same_figure_twice_names_both_rows():
    found = rows("trygg-ute;kön;kvinnor;62;365", "TRYGG-UTE;gender;women;63;365")

    (problem,) = found.problems
    assert problem.row == 3
    assert "2" in problem.message


def test_row_with_more_cells_than_headings_is_reported():
    assert refusal("trygg-ute", "", "", "71", "700", "extra").column == ""
    assert one("trygg-ute", "", "", "71", "700", "", "").n == 700


def test_row_that_ends_early_lacks_its_value():
    assert refusal("trygg-ute").column == "Värde"


def test_all_other_columns_are_read():
    headings = "kod;värde;n;felmarginal;jämförelse;jämförelsevärde;dold"
    found = rows("trygg-ute;71;700;3,3;Gävleborg;68,4;ja", headings=headings)

    (figure,) = found.figures
    assert figure.margin == Decimal("3.3")
    assert (figure.comparison_area, figure.comparison_value) == (
        "Gävleborg", Decimal("68.4"),
    )  # fmt: skip
    assert figure.suppressed is True


@pytest.mark.parametrize(
    ("column", "cell"), [("felmarginal", "-1"), ("felmarginal", "12345"), ("jämförelsevärde", "101"), ("dold", "kanske")]
)  # fmt: skip
def test_other_columns_are_checked_too(column, cell):
    problem = refusal("trygg-ute", "71", "700", cell, headings=f"kod;värde;n;{column}")

    assert problem.column == column


def test_column_that_is_not_used_is_remarked():
    found = rows("trygg-ute;71;700;x", headings="kod;värde;n;felmarginl")

    assert len(found.figures) == 1
    assert "felmarginl" in found.remarks[0]


@pytest.mark.parametrize(
    ("headings", "word"),
    [
        ("kod;n", "Värde"),
        ("värde;n", "Indikator"),
        ("kod;värde", "Antal svar"),
        ("a;b", "Indikator, Värde, Antal svar"),
    ],
)
def test_missing_column_is_named(headings, word):
    with pytest.raises(UnreadableFile, match=word):
        rows("x;y", headings=headings)


def test_two_columns_for_the_same_are_refused():
    with pytest.raises(UnreadableFile, match="resultat"):
        rows("trygg-ute;71;72;700", headings="kod;värde;resultat;n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_needs_no_remark(encoding):
    found = sheet(
        "kod;värde;n;grupp;indelning\ntrygg-ute;71;70;Åshammar;ort\n", encoding
    )

    assert found.remarks == []
    assert found.figures[0].group == "Åshammar"


def test_windows_encoding_is_assumed_aloud():
    found = sheet(
        "kod;värde;n;grupp;indelning\ntrygg-ute;71;70;Åshammar;ort\n", "cp1252"
    )

    assert found.figures[0].group == "Åshammar"
    assert "Windows-1252" in found.remarks[0]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ("kod;värde;n\n".encode("utf-16"), "UTF-16"),
        ("kod;värde;n\n".encode("utf-16-le"), "CSV UTF-8"),
        (b"PK\x03\x04\x14\x00", "CSV UTF-8"),
        (b"%PDF-1.7", "CSV UTF-8"),
        (b"\x81\x8d\x8f", "CSV UTF-8"),
        (b"kod;n\x00;v", "CSV UTF-8"),
        (b"", ""),
        (b"\xef\xbb\xbf\r\n \n", ""),
        ("kod;värde;n\n\n;;\n".encode(), ""),
        ('kod;värde;n\n"trygg'.encode() + b"x" * 140_000, "2"),
    ],
)
def test_file_that_is_no_table_is_refused_with_what_to_do(data, word):
    with pytest.raises(UnreadableFile) as refused:
        read_sheet(BytesIO(data), EXPECTED)

    assert word in str(refused.value)


def test_most_rows_that_are_allowed_are_read():
    expected = Expectations({"a": "percent"})
    lines = (f"a;ort;Ort {number};50;40" for number in range(MAX_ROWS))
    found = sheet("\n".join([HEADINGS, *lines]), expected=expected)

    assert len(found.figures) == MAX_ROWS
    assert found.problems == []


def test_hundred_thousand_rows_are_refused_before_they_are_read():
    text = HEADINGS + "\n" + "a;;;1;1\n" * 100_000
    assert len(text) < MAX_BYTES

    with pytest.raises(UnreadableFile, match="5 000"):
        sheet(text)


def test_large_file_is_never_read_to_its_end():
    file = BytesIO(b"a" * (MAX_BYTES * 3))

    with pytest.raises(UnreadableFile, match="2 MB"):
        read_sheet(file, EXPECTED)
    assert file.tell() == MAX_BYTES + 1


def test_report_ends_before_nobody_reads_it():
    found = rows(*["okand;;;1;1"] * 400)

    assert len(found.problems) == 200
    assert len(found.remarks) == 1
