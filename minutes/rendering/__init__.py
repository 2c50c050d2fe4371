"""A notice as a page: the same text as DOCX and as PDF, and the form checks that read either back."""
