"""Figures and states in words, in the templates of the staff."""

from __future__ import annotations

from django import template

from pledges import words

register = template.Library()
register.filter("figure", words.figure)
register.filter("status_words", words.status_words)
register.filter("target", words.target)
