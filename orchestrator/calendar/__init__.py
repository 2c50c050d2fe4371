"""The working calendar: which days the office works, kept by the administrator, asked by every deadline."""
