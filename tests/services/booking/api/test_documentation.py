"""The API describes itself."""

from flask.testing import FlaskClient


def test_openapi(client: FlaskClient) -> None:
    spec = client.get("/api/docs/openapi.json").json
    assert spec is not None and spec["openapi"] == "3.1.0"
    assert set(spec["paths"]) == {
        "/api/v1/bookings",
        "/api/v1/bookings/{token}",
        "/api/v1/bookings/{token}/offer",
        "/api/v1/sittings",
        "/api/v1/sittings/{sitting_id}",
    }
    create = spec["paths"]["/api/v1/bookings"]["post"]
    assert {"202", "422"} <= set(create["responses"])
    assert any(parameter.get("name") == "Idempotency-Key" for parameter in create["parameters"])


def test_its_page_loads_nothing_from_elsewhere(client: FlaskClient) -> None:
    page = client.get("/api/docs")
    assert page.status_code == 200
    assert "swagger-ui-bundle.js" in page.text and "http" not in page.text.split("</head>")[0].replace("http-equiv", "")
