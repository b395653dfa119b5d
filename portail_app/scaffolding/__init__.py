"""A new kind of data, written as the others are: entity, table, service, state, page and test, for `portail new`."""
