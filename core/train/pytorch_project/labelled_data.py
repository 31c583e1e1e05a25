# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads labelled sentences: TSV or CSV with or without a header, JSON Lines, `__label__x text`, and `label text`.

Format and columns are found by content; what is given counts. The rules are those of the program that wrote this
project, so that the same file gives the same sentences.
"""
from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

FORMATS = ("tsv", "csv", "jsonl", "fasttext", "label-first")
FORMATS_WITH_COLUMNS = ("tsv", "csv", "jsonl")
SAMPLE_RECORDS = 5000
SAMPLE_BYTES = 4 << 20
SAMPLE_OBJECTS = 500
FEW_LINES = 20
LINES_TO_JUDGE_HEADER = 8
BLANKS = " \t\r\n\v\f"
PREFIX = "__label__"

# In the order of preference.
TEXT_NAMES = (
    "text sentence review content message comment tweet question document description utterance phrase body title"
).split()
LABEL_NAMES = (
    "label class category sentiment target polarity intent emotion topic labels stars rating score gold_label "
    "coarse_label y"
).split()

Row = list[str]


class DataError(Exception):
    """What is wrong with a file and what to do, as one sentence."""


@dataclass
class LabelledData:
    texts: list[str]
    labels: list[str]


@dataclass(frozen=True)
class Syntax:
    """How lines fall into cells: without a delimiter they do not. `quoted` is RFC 4180."""

    delimiter: str = ""
    quoted: bool = False


TSV = Syntax("\t")
COMMAS = Syntax(",", quoted=True)
SEMICOLONS = Syntax(";", quoted=True)


@dataclass
class Record:
    raw: str
    line: int


@dataclass
class Sample:
    """Rows to judge columns by. `names` are known where the objects of JSON have them."""

    rows: list[Row]
    columns: int
    names: list[str]


@dataclass
class Columns:
    text: int
    label: int
    count: int
    has_header: bool
    text_name: str
    label_name: str


def read_labelled_data(
    path: Path, format: str | None = None, text_column: str | None = None, label_column: str | None = None
) -> LabelledData:
    """Sentences with their labels in the order of the file; lines without a label are left out."""
    content = read_text(path)
    if format and format not in FORMATS_WITH_COLUMNS and (text_column or label_column):
        raise DataError(f"The format {format} has no columns: leave the column out, or choose tsv, csv or jsonl.")
    guess = guess_format(content, format, bool(text_column or label_column))
    if guess is None:
        raise DataError(
            f"{path}: its lines do not look like a label with a sentence; write the label and a tab before each "
            "sentence, or choose the format and the columns."
        )
    format, syntax = guess
    try:
        records = split_records(content, syntax)
        columns = None
        if format in FORMATS_WITH_COLUMNS:
            sample = sample_json(records) if format == "jsonl" else sample_delimited(records, syntax)
            columns = ColumnChooser(sample, text_column, label_column).choose()
            records = records[1:] if columns.has_header else records
        rows = [read_record(record, row_reader(format, syntax, columns)) for record in records]
    except ValueError as error:
        raise DataError(f"{path}: {error}.") from error
    rows = [(text, label) for text, label in rows if label]
    if not rows:
        raise DataError(f"{path}: no line has a label and a sentence; choose another file or label column.")
    texts, labels = zip(*rows)
    return LabelledData(list(texts), list(labels))


def read_text(path: Path) -> str:
    """UTF-8 with or without a byte order mark; each ill-formed byte becomes U+FFFD."""
    text = path.read_bytes().decode("utf-8", errors="surrogateescape")
    if "\0" in text:
        raise DataError(f"{path}: is not text in UTF-8; convert it first.")
    return re.sub("[\ud800-\udfff]", "\ufffd", text.removeprefix("\ufeff"))


def read_record(record: Record, read: Callable[[str], tuple[str, str]]) -> tuple[str, str]:
    try:
        return read(record.raw)
    except ValueError as error:
        raise ValueError(f"line {record.line} {error}") from error


# Records and cells.


def split_records(
    content: str, syntax: Syntax, limit: int | None = None, characters: int | None = None
) -> list[Record]:
    """The lines that are not blank; a quoted cell may hold line breaks."""
    records = []
    line = 1
    begin = 0
    end_of_sample = len(content) if characters is None else min(characters, len(content))
    while begin < end_of_sample and (limit is None or len(records) < limit):
        end = record_end(content, begin, syntax)
        if end < 0:
            raise ValueError(f"line {line}: a quoted field begins here and is never closed")
        raw = content[begin:end].removesuffix("\r")
        if raw.strip(BLANKS):
            records.append(Record(raw, line))
        line += 1 + raw.count("\n")
        begin = end + 1
    return records


def record_end(content: str, begin: int, syntax: Syntax) -> int:
    """End of the record at `begin`; -1 for a quote that is never closed."""
    end = find_or_end(content, "\n", begin)
    if not syntax.quoted or content.find('"', begin, end) < 0:
        return end
    stops = re.compile(f"[{syntax.delimiter}\n]")
    i = begin
    while True:
        i = cell_end(content, i, syntax, stops)
        if i < 0 or i >= len(content) or content[i] == "\n":
            return i
        i += 1


def cell_end(text: str, begin: int, syntax: Syntax, stops: re.Pattern) -> int:
    """Where the cell at `begin` stops; -1 for a quote that is never closed."""
    if syntax.quoted and text.startswith('"', begin):
        begin = quote_end(text, begin)
        if begin < 0:
            return -1
    found = stops.search(text, begin)
    return found.start() if found else len(text)


def quote_end(text: str, begin: int) -> int:
    """Behind the closing quote of the cell that begins with a quote at `begin`; -1 where there is none."""
    i = text.find('"', begin + 1)
    while i >= 0 and text.startswith('"', i + 1):
        i = text.find('"', i + 2)
    return i + 1 if i >= 0 else -1


def find_or_end(text: str, what: str, begin: int) -> int:
    found = text.find(what, begin)
    return found if found >= 0 else len(text)


def cell_borders(record: str, syntax: Syntax) -> list[tuple[int, int]]:
    """Begin and end of each raw cell, quotes included."""
    if not syntax.delimiter:
        return [(0, len(record))]
    stops = re.compile(f"[{syntax.delimiter}]")
    borders = []
    begin = 0
    while True:
        end = cell_end(record, begin, syntax, stops)
        end = len(record) if end < 0 else end
        borders.append((begin, end))
        if end == len(record):
            return borders
        begin = end + 1


def cell_text(cell: str, syntax: Syntax) -> str:
    """What a raw cell means: without its quotes, doubled quotes single, blanks at both ends gone."""
    if not syntax.quoted or not cell.startswith('"'):
        return cell.strip(BLANKS)
    behind = quote_end(cell, 0)
    behind = len(cell) if behind < 0 else behind
    inner = cell[1 : behind - 1] if behind >= 2 else ""
    return (inner.replace('""', '"') + cell[behind:]).strip(BLANKS)


def cells_of(record: str, syntax: Syntax) -> Row:
    return [cell_text(record[begin:end], syntax) for begin, end in cell_borders(record, syntax)]


# What one record says: its text and its label; an empty label means that it has none.


def row_reader(format: str, syntax: Syntax, columns: Columns | None) -> Callable[[str], tuple[str, str]]:
    if format == "fasttext":
        return read_fasttext
    if format == "label-first":
        return read_label_first
    if format == "jsonl":
        return lambda raw: read_json(raw, columns)
    return lambda raw: read_delimited(raw, syntax, columns)


def read_label_first(raw: str) -> tuple[str, str]:
    """Parted by the first blank."""
    label, text = re.fullmatch(r"[ \t]*([^ \t]*)(.*)", raw, re.DOTALL).groups()
    return text.strip(BLANKS), label


def read_fasttext(raw: str) -> tuple[str, str]:
    """All words that begin with __label__ are labels, of which the first counts."""
    text = label = ""
    for blanks, word in re.findall(r"([ \t]*)([^ \t]*)", raw):
        if not word.startswith(PREFIX):
            text += blanks + word
        elif not label:
            label = word[len(PREFIX) :]
    return text.strip(BLANKS), label


def read_delimited(raw: str, syntax: Syntax, columns: Columns) -> tuple[str, str]:
    """A record with too many cells has delimiters in its text: the surplus belongs there."""
    borders = cell_borders(raw, syntax)
    if len(borders) <= max(columns.text, columns.label):
        raise ValueError(f"has no label or no text: {len(borders)} columns where {columns.count} are expected")
    surplus = max(len(borders) - columns.count, 0)
    label_begin, label_end = borders[columns.label + (surplus if columns.label > columns.text else 0)]
    text = raw[borders[columns.text][0] : borders[columns.text + surplus][1]]
    label = cell_text(raw[label_begin:label_end], syntax)
    return (text.strip(BLANKS) if surplus else cell_text(text, syntax)), label


def read_json(raw: str, columns: Columns) -> tuple[str, str]:
    entry = parse_object(raw)
    if entry is None:
        raise ValueError("is not one whole JSON object")
    if columns.text_name not in entry:
        raise ValueError(f'has no "{columns.text_name}"')
    label = entry.get(columns.label_name)
    if isinstance(label, list) and label:
        label = label[0]  # of several the first counts
    return value_text(entry[columns.text_name]).strip(BLANKS), value_text(label).strip(BLANKS)


def parse_object(line: str) -> dict | None:
    try:
        value = json.loads(line)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def value_text(value: object) -> str:
    """Strings and numbers as they are, lists of them joined by blanks, "" for anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, (bool, int, float)):
        return json.dumps(value)
    if isinstance(value, list):
        return " ".join(value_text(item) for item in value if is_text_or_number(item))
    return ""


def is_text_or_number(value: object) -> bool:
    return isinstance(value, (str, int, float)) and not isinstance(value, bool)


# The format.


def guess_format(content: str, format: str | None, columns_are_set: bool) -> tuple[str, Syntax] | None:
    """The format and its syntax, or None where the content does not look like labelled sentences."""
    if format == "tsv":
        return format, TSV
    if format:
        return format, csv_syntax(content) if format == "csv" else Syntax()
    lines = [record.raw for record in sample_of(content, Syntax())]
    guess = guess_of_lines(lines)
    if guess and not (columns_are_set and guess[0] == "fasttext"):
        return guess
    syntax = csv_syntax(content)
    if columns_are_set or names_columns(content, syntax):
        return "csv", syntax
    if is_label_first(lines):
        return "label-first", Syntax()
    return ("csv", syntax) if is_csv_by_content(content, syntax) else None


def guess_of_lines(lines: list[str]) -> tuple[str, Syntax] | None:
    if mostly(lines, 0.9, lambda line: line.strip(BLANKS).startswith("{") and line.strip(BLANKS).endswith("}")):
        return "jsonl", Syntax()
    if mostly(lines, 0.5, lambda line: line.startswith(PREFIX) or f" {PREFIX}" in line):
        return "fasttext", Syntax()
    if mostly(lines, 0.95, lambda line: "\t" in line):
        return "tsv", TSV
    return None


def mostly(lines: list[str], share: float, holds: Callable[[str], bool]) -> bool:
    return bool(lines) and sum(map(holds, lines)) >= share * len(lines)


def sample_of(content: str, syntax: Syntax) -> list[Record]:
    """The first records, or none where they cannot be cut this way."""
    try:
        return split_records(content, syntax, SAMPLE_RECORDS, SAMPLE_BYTES)
    except ValueError:
        return []


def csv_syntax(content: str) -> Syntax:
    """Commas where nothing speaks for semicolons."""
    if names_columns(content, COMMAS):
        return COMMAS
    if names_columns(content, SEMICOLONS):
        return SEMICOLONS
    only_semicolons = not is_even(content, COMMAS) and is_even(content, SEMICOLONS)
    return SEMICOLONS if only_semicolons else COMMAS


def names_columns(content: str, syntax: Syntax) -> bool:
    """Whether the first record holds names of columns."""
    try:
        records = split_records(content, syntax, 1)
    except ValueError:
        return False
    return bool(records) and names_both_columns(cells_of(records[0].raw, syntax))


def is_even(content: str, syntax: Syntax) -> bool:
    """Whether nearly all records have as many cells as the first, at least two."""
    lines = [record.raw for record in sample_of(content, syntax)]
    if not lines:
        return False
    cells = len(cell_borders(lines[0], syntax))
    return cells >= 2 and mostly(lines, 0.95, lambda line: len(cell_borders(line, syntax)) == cells)


def is_csv_by_content(content: str, syntax: Syntax) -> bool:
    return is_even(content, syntax) and has_class_column(sample_delimited(sample_of(content, syntax), syntax))


def is_label_first(lines: list[str]) -> bool:
    pairs = [read_label_first(line) for line in lines]
    for _, label in pairs:
        if re.search("[,;]", label) or not (has_letter(label) or re.search("[0-9]", label)):
            return False
    count = len(pairs)
    with_text = sum(has_letter(text) for text, _ in pairs)
    labels = {label for _, label in pairs}
    few_label_like = all(looks_like_label(label) for label in labels) and (count < 4 or len(labels) * 2 <= count)
    return count > 0 and with_text * 2 > count and (len(labels) <= class_limit(count) or few_label_like)


def looks_like_label(word: str) -> bool:
    """A whole number, or capitals with a finer class behind a colon."""
    return bool(re.fullmatch(r"[+-]?[0-9]+", word) or re.match(r"[A-Z]{2,}(:|$)", word))


# The columns.


def names_both_columns(cells: Row) -> bool:
    return find_known(cells, TEXT_NAMES) is not None and find_known(cells, LABEL_NAMES) is not None


def find_known(cells: Row, names: list[str]) -> int | None:
    low = [re.sub("[A-Z]+", lambda found: found[0].lower(), cell) for cell in cells]
    return next((low.index(name) for name in names if name in low), None)


def class_limit(lines: int) -> int:
    """More different values than this in so many lines are no classes."""
    return lines // 2 if lines < FEW_LINES else min(max(lines // 20, 10), 1000)


def has_letter(text: str) -> bool:
    return bool(re.search("[A-Za-z\x80-\U0010ffff]", text))


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return bool(text.strip() == text and "_" not in text)


def sample_delimited(records: list[Record], syntax: Syntax) -> Sample:
    rows = [cells_of(record.raw, syntax) for record in records[:SAMPLE_RECORDS]]
    counts = Counter(map(len, rows))
    columns = min(counts, key=lambda cells: (-counts[cells], cells), default=0)
    # Odd rows would spoil the judgement of a column; the first may be a header all the same.
    return Sample(rows[:1] + [row for row in rows[1:] if len(row) == columns], columns, [])


def sample_json(records: list[Record]) -> Sample:
    """The columns are the keys in order of appearance."""
    parsed = [parse_object(record.raw) for record in records[:SAMPLE_OBJECTS]]
    objects = [entry for entry in parsed if entry is not None]
    names = list(dict.fromkeys(key for entry in objects for key in entry))
    rows = [[value_text(entry.get(name)) for name in names] for entry in objects]
    return Sample(rows, len(names), names)


@dataclass
class Statistics:
    distinct: int
    empty: int
    with_letters: int
    mean_length: float

    @classmethod
    def of(cls, rows: list[Row], column: int) -> Statistics:
        cells = [row[column] if column < len(row) else "" for row in rows]
        return cls(
            distinct=len(set(cells) - {""}),
            empty=cells.count(""),
            with_letters=sum(map(has_letter, cells)),
            mean_length=sum(len(cell.encode()) for cell in cells) / len(cells) if cells else 0,
        )

    def unlikeness(self, lines: int) -> int:
        """0 for a column whose values look like classes, 1 for one single value, 2 for anything else."""
        if self.empty * 2 > lines or self.distinct == 0:
            return 2
        if self.distinct == 1:
            return 1
        return 0 if self.distinct <= class_limit(lines) else 2


def has_class_column(sample: Sample) -> bool:
    lines = len(sample.rows)
    for i in range(sample.columns):
        words = all(i < len(row) and row[i] and " " not in row[i] for row in sample.rows)
        if Statistics.of(sample.rows, i).unlikeness(lines) == 0 or (lines < FEW_LINES and words):
            return True
    return False


class ColumnChooser:
    """Finds the columns by the options, then by the names of the header, then by content: the label column has the
    fewest different values, or else the shorter ones; the text column has the longest values of the others."""

    def __init__(self, sample: Sample, text_column: str | None, label_column: str | None):
        self.sample = sample
        self.names = sample.names or (sample.rows[0] if sample.rows else [])
        self.text_column = text_column
        self.label_column = label_column

    def choose(self) -> Columns:
        if self.sample.columns < 2:
            raise ValueError("its lines have one column; write the label and a tab before each sentence")
        text = self.resolve(self.text_column, "text")
        label = self.resolve(self.label_column, "label")
        if text is not None and text == label:
            raise ValueError("text and label are in two different columns; choose them")
        named = any(column in self.names for column in (self.text_column, self.label_column) if column)
        has_header = not self.sample.names and (named or self.first_row_is_header())
        if has_header or self.sample.names:
            text, label = self.by_known_names(text, label)
        rows = self.sample.rows[1:] if has_header else self.sample.rows
        statistics = [Statistics.of(rows, i) for i in range(self.sample.columns)]
        if label is None:
            label = self.label_by_content(statistics, len(rows), text)
        if text is None:
            text = self.text_by_content(statistics, len(rows), label)
        return Columns(text, label, self.sample.columns, has_header, self.name(text), self.name(label))

    def resolve(self, wanted: str | None, what: str) -> int | None:
        """A name of the header, or a column number from 1."""
        if wanted is None:
            return None
        if wanted in self.names:
            return self.names.index(wanted)
        if re.fullmatch(r"\+?[0-9]+", wanted) and 1 <= int(wanted) <= self.sample.columns:
            return int(wanted) - 1
        raise ValueError(f'there is no {what} column "{wanted}"; the columns are {", ".join(self.names)}')

    def name(self, column: int) -> str:
        return self.sample.names[column] if self.sample.names else str(column + 1)

    def first_row_is_header(self) -> bool:
        if names_both_columns(self.names):
            return True
        rows = self.sample.rows
        if len(rows) < LINES_TO_JUDGE_HEADER or any(" " in name or is_number(name) for name in self.names):
            return False
        if any(i < len(row) and row[i] == name for row in rows[1:] for i, name in enumerate(self.names)):
            return False
        # Sentences of a single word are rare: a first row that is nothing but single words, none of which comes again,
        # names the columns.
        known = find_known(self.names, TEXT_NAMES) is not None or find_known(self.names, LABEL_NAMES) is not None
        with_blank = sum(any(" " in cell for cell in row) for row in rows[1:])
        return known or with_blank * 2 > len(rows) - 1

    def by_known_names(self, text: int | None, label: int | None) -> tuple[int | None, int | None]:
        text = find_known(self.names, TEXT_NAMES) if text is None else text
        label = find_known(self.names, LABEL_NAMES) if label is None else label
        if text is not None and text == label:
            return (text, None) if self.text_column else (None, label)
        return text, label

    @staticmethod
    def label_by_content(statistics: list[Statistics], lines: int, text: int | None) -> int:
        candidates = [i for i, column in enumerate(statistics) if i != text and column.distinct > 0]
        if not candidates:
            raise ValueError("every label is empty; choose another label column")
        rank = [(column.unlikeness(lines), column.distinct, column.mean_length) for column in statistics]
        label = min(candidates, key=rank.__getitem__)
        if statistics[label].unlikeness(lines) == 2 and lines >= FEW_LINES:
            raise ValueError(
                f"column {label + 1} is the likeliest, but {statistics[label].distinct} different values in {lines} "
                "lines are no classes; choose the label column"
            )
        return label

    @staticmethod
    def text_by_content(statistics: list[Statistics], lines: int, label: int) -> int:
        """The column with the longest values among those that mostly have letters."""
        candidates = [i for i, column in enumerate(statistics) if i != label and column.with_letters * 2 > lines]
        if not candidates:
            raise ValueError("no column beside the labels holds sentences; choose the text column")
        return max(candidates, key=lambda i: statistics[i].mean_length)
