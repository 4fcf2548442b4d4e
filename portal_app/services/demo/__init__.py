"""What only a demonstration may do: let people in without a letter."""

from portal_app.services.demo.commands import give_sign_in

__all__ = ["give_sign_in"]
