"""A transcript in, an issued and followed-up notice out."""
