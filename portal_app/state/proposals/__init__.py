"""State behind a proposal: as its applicant reads it, and as staff work on it."""
