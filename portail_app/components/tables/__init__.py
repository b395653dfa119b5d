"""Lists: their columns, what narrows them, their pages, and the total of what was chosen."""

from portail_app.components.tables.filters import filters, list_search, search, year_choice
from portail_app.components.tables.pagination import list_pages, pagination
from portail_app.components.tables.table import Column, cell, check_cell, head_cell, row, row_link, table, tick
from portail_app.components.tables.total import beside, first_beside, total, total_detail, total_line

__all__ = [
    "Column",
    "beside",
    "cell",
    "check_cell",
    "filters",
    "first_beside",
    "head_cell",
    "list_pages",
    "list_search",
    "pagination",
    "row",
    "row_link",
    "search",
    "table",
    "tick",
    "total",
    "total_detail",
    "total_line",
    "year_choice",
]
