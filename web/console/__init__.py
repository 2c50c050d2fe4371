"""The operator's hour: one console per meeting, its wall for a second screen, and the list of those not ready."""
