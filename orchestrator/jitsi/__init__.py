"""The only place that knows Jitsi: tokens, reservations, events and public keys (plain values in and out, no HTTP)."""
