"""The cache that is allowed to be away: without Redis every read is a miss and every write is lost, quietly."""

import logging

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache; a connection error reads as a miss. Sessions stand in the database behind it."""

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
