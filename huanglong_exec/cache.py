"""The cache that is allowed to be away: without Redis every read is a miss and every write is lost, quietly."""

import logging
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


class OneClient(RedisCacheClient):
    """Django makes a client for every key it asks; making one costs more than asking. One for reading, one for writing."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._made: dict[bool, Any] = {}

    def get_client(self, key=None, *, write=False):
        if write not in self._made:
            self._made[write] = super().get_client(key, write=write)
        return self._made[write]


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache; a connection error reads as a miss. Sessions stand in the database behind it."""

    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = OneClient

    def get(self, key, default=None, version=None):
        return self._forgive(lambda: super(ForgivingRedisCache, self).get(key, default, version), default)

    def set(self, *args, **kwargs):
        return self._forgive(lambda: super(ForgivingRedisCache, self).set(*args, **kwargs), None)

    def add(self, *args, **kwargs):
        return self._forgive(lambda: super(ForgivingRedisCache, self).add(*args, **kwargs), True)

    def delete(self, *args, **kwargs):
        return self._forgive(lambda: super(ForgivingRedisCache, self).delete(*args, **kwargs), False)

    def has_key(self, *args, **kwargs):
        return self._forgive(lambda: super(ForgivingRedisCache, self).has_key(*args, **kwargs), False)

    def touch(self, *args, **kwargs):
        return self._forgive(lambda: super(ForgivingRedisCache, self).touch(*args, **kwargs), False)

    def _forgive(self, call, instead):
        try:
            return call()
        except (RedisError, OSError):
            log.warning("cache away")
            return instead
