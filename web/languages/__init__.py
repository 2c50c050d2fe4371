"""Which language a person reads, and where its words come from: Vietnamese first, English second."""
