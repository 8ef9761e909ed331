"""nginx with TLS, as docs/install.md has it, with a certificate of our own."""

import subprocess

import urllib3

from deploy.verify_containers.say import check, say
from deploy.verify_containers.stack import Stack

PLAIN, SECURE = "http://127.0.0.1:8080", "https://127.0.0.1:8443"


def put_on_tls(stack: Stack) -> None:
    """Give nginx a certificate, and make it anew."""
    folder = stack.clone / "certificates"
    folder.mkdir()
    names = ["-subj", "/CN=tablee", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"]
    files = ["-keyout", "privkey.pem", "-out", "fullchain.pem"]
    subprocess.run(  # noqa: S603
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *names, *files],  # noqa: S607
        cwd=folder,
        check=True,
        capture_output=True,
    )
    (folder / "privkey.pem").chmod(0o644)  # nginx is another user there
    stack.configure(NGINX_CONF="tls", TLS_FOLDER=str(folder))
    stack.compose("up", "-d", "--no-deps", "nginx")


def look_at_tls(stack: Stack) -> None:
    """All that is asked for without TLS is sent on to it, and it answers under that certificate. Raises Unverified."""
    http = urllib3.PoolManager(ca_certs=str(stack.clone / "certificates/fullchain.pem"), timeout=5.0, retries=False)
    sent_on = http.request("GET", f"{PLAIN}/my/bookings?lang=en", redirect=False)
    check(sent_on.status == 301, f"without TLS it answers {sent_on.status}")
    check(sent_on.headers["Location"] == "https://127.0.0.1/my/bookings?lang=en", "it is sent on elsewhere")
    page = http.request("GET", f"{SECURE}/my/bookings?lang=en")
    check(page.status == 200 and b"My bookings" in page.data, f"with TLS it answers {page.status}")
    say("nginx with TLS: plain requests are sent on to it, and it answers under its certificate")
