"""Files of the billing software become rows: CSV files by kind, and PDFs by invoice number.

A kind of file is one declaration in `kinds`. From it follow how a header is recognised (`sheets`), how a value is read
(`conventions`), how rows are staged (`staging`), checked and written (`statements`), and what is told (`reports`).
"""
