"""Columns to text, one small module a format; nothing here reads or writes files."""
