"""The first screen after the sign-in: what needs me."""
