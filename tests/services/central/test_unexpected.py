"""What goes wrong through our own fault is told as a problem, and tells nothing of anybody."""

import logging

import pytest

from services import wire
from services.central import acceptlog
from tests.services.central.conftest import Hall

PERSONAL = "演示人 999999190001010015"


def stumble(*_: object) -> None:
    raise RuntimeError(PERSONAL)


def test_an_error_of_our_own_is_a_problem_and_logged_without_what_it_was_about(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(acceptlog, "head", stumble)
    answer = hall.client.get(wire.LOG_PATH)
    assert answer.headers["Content-Type"] == wire.PROBLEM
    problem = wire.Problem.model_validate_json(answer.content)
    assert (answer.status_code, problem.status) == (500, 500)
    (record,) = [each for each in caplog.records if each.levelno >= logging.ERROR]
    assert "RuntimeError" in record.getMessage()
    assert "in stumble" in record.getMessage()
    assert PERSONAL not in answer.text + caplog.text


def test_the_next_one_is_served_again(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(acceptlog, "head", stumble)
        assert hall.client.get(wire.LOG_PATH).status_code == 500
    assert hall.client.get(wire.LOG_PATH).status_code == 200
