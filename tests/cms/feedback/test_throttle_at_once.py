"""Many requests by one sender at the same instant (T46).

A module of its own: what commits cannot share a municipality with other tests.
"""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import connection

from cms.feedback import throttle
from cms.feedback.throttle import TooMany

CLIENT = "192.0.2.7"


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_no_more_than_five_pass():
    barrier, passed = Barrier(8), []

    def push():
        barrier.wait()
        try:
            throttle.count(CLIENT, "report")
            passed.append(1)
        except TooMany:
            pass
        finally:
            connection.close()

    threads = [Thread(target=push) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(passed) == 5
