"""Document templates: DOCX files with Jinja fields and their Typst counterparts, a pair of them."""
