"""The registrar's job: number and issue, hand out the files, distribute."""
