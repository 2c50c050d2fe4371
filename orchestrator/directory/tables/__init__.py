"""The directory from and to files: CSV and XLSX in, checked row by row, written whole or not at all; and out again."""
