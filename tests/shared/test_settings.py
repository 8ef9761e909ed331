"""A secret may stand in a file."""

from pathlib import Path

import pytest

from shared.settings import SECRETS, WrongSetting, with_files


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_read_from_its_file(name: str, tmp_path: Path) -> None:
    (tmp_path / "it").write_text("a secret, à garder\n")
    assert with_files({f"{name}_FILE": str(tmp_path / "it"), "OTHER": "1"})[name] == "a secret, à garder"


def test_nothing_else_is(tmp_path: Path) -> None:
    env = {"SSL_CERT_FILE": str(tmp_path / "nothing"), "PUBLIC_URL_FILE": str(tmp_path / "nothing"), "SECRET_KEYS": "k"}
    assert with_files(env) == env


def test_said_twice_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "it").write_text("one")
    with pytest.raises(WrongSetting, match="BROKER_URL and BROKER_URL_FILE"):
        with_files({"BROKER_URL": "another", "BROKER_URL_FILE": str(tmp_path / "it")})


def test_a_file_that_cannot_be_read_is_told_without_what_it_holds(tmp_path: Path) -> None:
    with pytest.raises(WrongSetting, match="SMTP_URL_FILE names a file that cannot be read"):
        with_files({"SMTP_URL_FILE": str(tmp_path / "nowhere")})
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    with pytest.raises(WrongSetting, match="cannot be read"):
        with_files({"SMTP_URL_FILE": str(tmp_path / "binary")})
