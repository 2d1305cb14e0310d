"""What every error of the API looks like."""

from __future__ import annotations


def assert_problem(response, status):
    body = response.json()
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    assert body["type"] == "about:blank"
    assert response["Access-Control-Allow-Origin"] == "*"
    return body
