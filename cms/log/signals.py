"""What other parts are told of the log, inside the transaction that appends to it."""

from __future__ import annotations

from django.dispatch import Signal

#: Sent once for each row, after the head and its references are up to date.
#: Arguments: ``publication`` (the new row) and ``head``. A receiver that raises ends the
#: publication; what may wait until readers can see it belongs in `transaction.on_commit`.
appended = Signal()
