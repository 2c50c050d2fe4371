"""How this house's papers look and who signs them: own templates, patterns of header and signer, as data."""
