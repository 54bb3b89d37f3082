"""Tables that people fill in and take away: XLSX and CSV as rows of text, each fault with its place and its cure.

Bytes in, bytes out: nothing here opens a file, a connection or the record. What somebody sent is read by reading.py, in
a process of its own (child.py). openpyxl is imported where a workbook is read or written: it takes numpy along, and a
process that has no workbook does without both.
"""
