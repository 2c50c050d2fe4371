"""What is measured, against what: each benchmark prints JSON, one line for each result."""
