"""The portal's paper: bills and receipts, drawn from values, without a database or a clock."""
