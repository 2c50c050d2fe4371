"""Words of Vietnamese as plain rules: folding for comparison, numbers as they are spoken, terms of a meeting."""
