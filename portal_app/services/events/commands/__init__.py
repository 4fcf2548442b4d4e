"""Events written and sent; the tokens and addresses by which other systems get them."""
