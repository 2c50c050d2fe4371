"""The notice as a record: content, revisions, approval, number and issue."""
