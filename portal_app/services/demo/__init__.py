"""What only a demonstration may do: let people in without a letter, and act for them."""

from portal_app.services.demo.commands import give_sign_in
from portal_app.services.demo.queries import stand_in

__all__ = ["give_sign_in", "stand_in"]
