"""Outlet against outlet: differences, omissions, words."""
