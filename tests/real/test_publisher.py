"""Publishing on the real broker: a return means that the broker has it."""

from collections.abc import Iterator
from dataclasses import dataclass

import kombu
import pytest

from shared.messaging.celery_app import make_celery, make_queue
from shared.messaging.publisher import CeleryPublisher, NotPublished, Queue
from shared.settings import CommonSettings
from tests import backends
from tests.real.fleet import until

pytestmark = pytest.mark.xdist_group("fleet")
ITEM = {"thing": "b1", "revision": 1, "correlation": "c", "sends": 1, "body": {"name": "Jeanne"}}


def settings(prefix: str, broker_url: str = backends.BROKER_URL) -> CommonSettings:
    return CommonSettings(
        service="booking",
        database_url="sqlite://",
        broker_url=broker_url,
        secret_keys=("k" * 32,),
        public_url="http://127.0.0.1:8000",
        network_name="Tablée",
        queue_prefix=prefix,
        demo=False,
        behind_proxy=False,
    )


@dataclass
class Post:
    publisher: CeleryPublisher
    broker: kombu.Connection
    prefix: str

    def queue(self) -> kombu.Queue:
        return make_queue(self.prefix, "capacity")(self.broker.default_channel)


@pytest.fixture
def post(queue_prefix: str) -> Iterator[Post]:
    app = make_celery(settings(queue_prefix))
    with kombu.Connection(backends.BROKER_URL, connect_timeout=4) as broker:
        publisher = CeleryPublisher(app, "booking", queue_prefix)
        yield Post(publisher, broker, queue_prefix)
        publisher.close()


def test_a_batch_is_one_celery_task_in_the_receivers_quorum_queue(post: Post) -> None:
    post.publisher.publish("capacity", "seats_request", [ITEM, ITEM])
    message = post.queue().get()
    assert message is not None
    assert message.headers["task"] == "capacity.seats_request.v1"
    assert message.payload[1] == {"sender": "booking", "items": [ITEM, ITEM]}


def test_no_personal_data_stands_in_the_headers(post: Post) -> None:
    post.publisher.publish("capacity", "seats_request", [ITEM])
    message = post.queue().get()
    assert message is not None
    assert "Jeanne" not in str(message.headers)


def test_a_message_that_no_queue_takes_is_an_error(post: Post) -> None:
    post.publisher.publish("capacity", "seats_request", [ITEM])
    post.queue().delete()
    with pytest.raises(NotPublished):
        post.publisher.publish("capacity", "seats_request", [ITEM])
    post.publisher.publish("capacity", "seats_request", [ITEM])  # on a new connection, which makes the queue again


def test_an_empty_queue_is_noticed_once_on_each_fresh_connection(post: Post) -> None:
    assert post.publisher.fresh_empty_queues(["capacity"]) == ["capacity"]
    assert post.publisher.fresh_empty_queues(["capacity"]) == []


def test_a_broker_that_is_not_there_is_an_error_before_anything_is_leased(queue_prefix: str) -> None:
    app = make_celery(settings(queue_prefix, broker_url="amqp://guest:guest@127.0.0.1:9//"))
    publisher = CeleryPublisher(app, "booking", queue_prefix)
    with pytest.raises(NotPublished):
        publisher.fresh_empty_queues(["capacity"])
    with pytest.raises(NotPublished):
        publisher.publish("capacity", "seats_request", [ITEM])


def test_a_queue_is_looked_at_and_nobody_is_at_it(post: Post) -> None:
    with pytest.raises(NotPublished):
        post.publisher.look("capacity")  # there is none yet
    post.publisher.publish("capacity", "seats_request", [ITEM])
    until(lambda: post.publisher.look("capacity") == Queue(unheard=1, hearers=0), what="one task waits")
