"""A payment from the choice to the receipt, over real HTTP."""
