"""The purge of a meeting: what stays of it, who asks, who confirms, how it ends, and the protocol."""
