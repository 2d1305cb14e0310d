"""Survey results from a file: from bytes to figures, or to a report by row.

:mod:`decoding` and :mod:`sheet` turn a file into rows, :mod:`columns` finds out which
column is which, :mod:`figures` reads one row, and :mod:`drafts` puts what was read
into the draft of a survey. Nothing is taken over unless every row is right.
"""
