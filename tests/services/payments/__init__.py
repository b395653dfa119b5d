"""Payments, from the choice to the receipt."""
