"""Voice prints: who has consented, what is kept, withdrawing and erasing."""
