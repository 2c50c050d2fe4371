"""The log: one line for each event, with ids and never with content, and the ids that lead from line to line."""
