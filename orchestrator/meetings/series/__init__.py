"""Series: meetings that return by a rule (RFC 5545), each occurrence a meeting of its own."""
