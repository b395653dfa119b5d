"""Files of the billing software become rows: CSV files by kind, and PDFs by invoice number.

A kind of file is one declaration in `kinds`. From it follow how a header is recognised (`sheets`), how a cell is read
(`conventions`, `converters`), how rows are staged (`staging`), checked and written (`statements`, `csv_files`), and
what is told (`reports`). `pdf_files` has the PDFs, `runs` the whole import.
"""
