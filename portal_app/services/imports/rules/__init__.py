"""What a feed may hold: cells, fields, record types and the checks across them."""
