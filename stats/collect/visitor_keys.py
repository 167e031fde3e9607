"""Who is one visitor: an address, a browser and a host, as a hash that nobody can turn back.

Two steps, so that the request needs no database: the request hashes under a key made of SECRET_KEY and the day; the
drainer hashes the result again under the day's random salt, which is thrown away after two days."""

from hashlib import blake2b

from .spool_format import MAX_AGENT

HASH_SIZE = 8  # bytes: two of a million visitors a day share one in 1 of 37 million days


class VisitorKeys:
    """What the request writes down for a visitor: 16 hexadecimal digits."""

    def __init__(self, secret: str) -> None:
        self.keyed = blake2b(key=blake2b(secret.encode(), person=b"stats visitors").digest(), digest_size=HASH_SIZE)

    def of(self, day: int, address: str, agent: str, host: str) -> str:
        hashed = self.keyed.copy()
        hashed.update(f"{day}\0{address}\0{agent[:MAX_AGENT]}\0{host}".encode("utf-8", "replace"))
        return hashed.hexdigest()


def under_salt(visitor: str, salt: bytes) -> int:
    """What the database keeps for two days: a signed 64-bit number."""
    return int.from_bytes(blake2b(visitor.encode(), key=salt, digest_size=HASH_SIZE).digest(), "big", signed=True)
