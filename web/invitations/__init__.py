"""Screens of the invitations: the operator's page of a meeting, the personal page without an account, all mails."""
