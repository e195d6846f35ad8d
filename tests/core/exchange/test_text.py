"""CSV and its relatives: encodings, separators, quotation marks, line ends."""

import pytest

from mainstay.core.exchange import read_table
from tests.core.exchange.files import cells, csv_file, refusal


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_encoding_is_found(encoding):
    table = read_table(csv_file("Key,Name\n1,Zażółć £\n", encoding), "a.csv")
    assert (table.headers, cells(table), table.warnings) == (("Key", "Name"), [("1", "Zażółć £")], ())


def test_what_is_not_utf_8_is_read_as_windows_1252_and_said_so():
    table = read_table(csv_file("Key,Cost £m\n1,Café\n", "cp1252"), "a.csv")
    assert (table.headers, cells(table)) == (("Key", "Cost £m"), [("1", "Café")])
    assert table.warnings == (
        "The file is not in UTF-8; it was read as Windows-1252. Check the accents, or save it as “CSV UTF-8”.",
    )


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator):
    text = separator.join(["Key", "Name", "Note"]) + "\n" + separator.join(["1", "Pumps", "a, b; c"[:1]]) + "\n"
    assert cells(read_table(csv_file(text), "a.csv")) == [("1", "Pumps", "a")]


def test_commas_within_cells_do_not_mislead_about_the_separator():
    table = read_table(csv_file("Key;Name;Tags\n1;A, b, c;x,y,z\n2;D, e, f;x,y,z\n"), "a.csv")
    assert cells(table) == [("1", "A, b, c", "x,y,z"), ("2", "D, e, f", "x,y,z")]


def test_a_first_line_may_name_the_separator():
    table = read_table(csv_file("sep=;\nKey;Name\n1;Pumps\n"), "a.csv")
    assert (table.headers, table.lines[0].number) == (("Key", "Name"), 3)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read(end):
    assert cells(read_table(csv_file(f"Key,Name{end}1,Pumps{end}2,Meters{end}"), "a.csv")) == [
        ("1", "Pumps"),
        ("2", "Meters"),
    ]


def test_quoted_cells_may_hold_line_breaks_and_rows_are_counted_as_a_spreadsheet_does():
    table = read_table(csv_file('Key,Name\n1,"Pumps\r\nand\rmeters"\n\n2,Depot\n'), "a.csv")
    assert [(line.number, line.cells) for line in table.lines] == [
        (2, ("1", "Pumps\nand\nmeters")),
        (4, ("2", "Depot")),
    ]


def test_titles_above_the_column_names_are_passed_over():
    table = read_table(csv_file("Project list of the PMO\n\nKey,Name,Cost\n1,Pumps,5\n"), "a.csv")
    assert (table.headers, table.lines[0].number) == (("Key", "Name", "Cost"), 4)


def test_empty_columns_at_the_end_and_nameless_ones_within_do_no_harm():
    table = read_table(csv_file("Key,,Name,,\n1,x,Pumps,,\n"), "a.csv")
    assert (table.headers, cells(table)) == (("Key", "Column B", "Name"), [("1", "x", "Pumps")])


def test_a_guarding_apostrophe_is_taken_off():
    assert cells(read_table(csv_file("Key,Name\n1,'=Pumps\n2,'plain'\n"), "a.csv")) == [
        ("1", "=Pumps"),
        ("2", "'plain'"),
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"Key,Name\n1,\x00\n", "Row 2: It holds a NUL character"),
        (b'Key,Name\n1,"Pumps\n2,Meters\n', "Row 2: A quotation mark is opened and not closed"),
        (b"Key,Name\n1,Pumps,5\n", "Row 2: It has 3 cells, but the header has 2."),
        (b"Key,Name\n1,Pumps\n2\n", "Row 3: It has 1 cells, but the header has 2."),
        (b"Key,Name,name \n1,Pumps,x\n", "Row 1, column “name”: The column name appears twice, in columns B and C."),
        (
            b"Key,Name\n1,\x07bell\n",
            "Row 2, column “Name”: The cell holds a character that no text has; type it anew.",
        ),
        (b"Key,Name\n", "The file has column names but no rows."),
        (b"\xef\xbb\xbf \n", "The file is empty."),
        (b"", "The file is empty."),
        (b"\x81\x8d\x8f\x90,\x9d\n1,2\n", "The file is not text in an encoding that can be read."),
        (b"%PDF-1.7 ...", "This is a PDF."),
        (b"<!doctype html><table>", "This is a web page or XML."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "This is an old or password-protected workbook."),
        (b"\xff\xfe\x00\xd8", "The file is not text in an encoding that can be read."),
    ],
)
def test_a_broken_file_is_refused_with_its_place(content, sentence):
    file = csv_file("")
    file.write(content)
    assert refusal(file).message.startswith(sentence)


def test_a_cell_that_is_too_long_is_refused_with_its_place():
    bad = refusal(csv_file(f"Key,Name\n1,{'x' * 20_001}\n"))
    assert bad.message == "Row 2, column “Name”: The cell has 20,001 characters; at most 20,000 fit."


def test_too_many_columns_are_refused():
    names = ",".join(f"c{number}" for number in range(501))
    assert refusal(csv_file(f"{names}\n{names}\n")).problem.message == "The file has more than 500 columns."


def test_a_million_rows_are_refused_at_the_first_one_too_many():
    bad = refusal(csv_file("Key,Name\n" + "1,Pumps\n" * 1_000_000))
    assert (bad.problem.row, bad.problem.message) == (50_002, "The file has more than 50,000 rows.")


def test_too_many_cells_are_refused():
    wide = ",".join(f"c{number}" for number in range(400))
    bad = refusal(csv_file(f"{wide}\n" + f"{',' * 399}x\n" * 7_501))
    assert (bad.problem.row, bad.problem.message) == (7_502, "The file has more than 3,000,000 cells.")


def test_a_file_that_is_too_large_is_not_read():
    assert refusal(csv_file("x" * (50 * 1024 * 1024 + 1))).problem.message == "The file has more than 50 MB."
