"""A proposal for its applicant, and for staff."""
