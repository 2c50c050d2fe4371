"""The stages as functions from files and values to values: no database, no queue, no clock."""
