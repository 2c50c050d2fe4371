"""Outgoing mail: rows written in the transaction of the deed, sent by the queue `mail`, bounces read back.

Exactly once as far as SMTP allows: one row per dedupe key, one sender at a time (claim), one Message-ID for good. What
is left is a process that dies between the server's "250" and our mark: such a mail goes out again under the same
Message-ID and is marked, because an invitation that came twice is better than one that never came.
"""
