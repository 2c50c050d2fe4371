"""Document templates: DOCX files with Jinja fields and their Typst counterparts, one pair per kind of document."""
