"""Spreadsheets and delimited text: a row a submission, or a form."""
