"""Voice prints of people who consented: enrolled from corrected meetings, sealed, compared, erased for good."""
