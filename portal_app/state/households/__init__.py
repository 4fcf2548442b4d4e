"""What pages of households and of who may see whose data show."""
