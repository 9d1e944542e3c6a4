"""Showing the offer on other people's pages: who may frame it, and what an embed consists of."""
