"""One's own account: sign in, sign out, change the password."""
