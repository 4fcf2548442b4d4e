"""Words that every layer may use: actor, clock, errors, identifiers, money, secrets, settings."""
