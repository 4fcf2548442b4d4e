"""Readings of people and their invitations."""
