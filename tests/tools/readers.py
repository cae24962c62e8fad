"""Reads a workbook with openpyxl and prints what it found as JSON: `python3 readers.py FILE`.

Whatever openpyxl complains about is in `complaints`, but for what it says of parts that it does not keep.
"""

import datetime
import json
import sys
import warnings

import openpyxl
from openpyxl.utils.datetime import to_excel


def value(cell):
    """Returns what stands in a cell; days as the numbers that are stored."""
    if isinstance(cell.value, datetime.datetime | datetime.date):
        return to_excel(cell.value)
    return cell.value


def cells(sheet):
    """Returns the values of a sheet by the names of their cells."""
    rows = sheet.iter_rows()
    return {cell.coordinate: value(cell) for row in rows for cell in row if cell.value not in (None, "")}


def main():
    path = sys.argv[1]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        stored = openpyxl.load_workbook(path, data_only=True)
        written = openpyxl.load_workbook(path)
    said = {str(warning.message) for warning in caught}
    sheets = stored.worksheets
    print(
        json.dumps(
            {
                "sheets": {sheet.title: cells(sheet) for sheet in sheets},
                "formulas": sum(
                    1 for sheet in written.worksheets for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
                ),
                "protected": [sheet.title for sheet in sheets if sheet.protection.sheet],
                "choices": sum(len(sheet.data_validations.dataValidation) for sheet in sheets),
                "complaints": sorted(words for words in said if not words.endswith("is not supported and will be removed")),
            }
        )
    )


main()
