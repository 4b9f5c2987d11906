"""Outlet against outlet: estimates of what each covers, omits, quotes, words and frames differently."""
