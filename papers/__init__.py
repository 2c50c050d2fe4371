"""Administrative papers in the form of Decree 30/2020/NĐ-CP: plain content in, DOCX and PDF out, checks F01–F15."""
