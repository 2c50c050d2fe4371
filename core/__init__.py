"""Foundations without a domain: settings, database, storage, queue, outbox, audit, rights, life cycles."""
