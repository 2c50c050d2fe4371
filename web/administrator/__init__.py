"""The administrator's job: units, people, endpoints, accounts, caps, and reading the audit trail."""
