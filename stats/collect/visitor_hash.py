"""Pseudonyms of visitors. A visitor is a combination of address, browser and host.

The hash is made in two steps, so that a request needs no database: the request hashes under a key derived from
SECRET_KEY and the day, and the drainer hashes the result under the random salt of the day, which is deleted after two
days."""

from hashlib import blake2b

from ..spool_format import MAX_AGENT

HASH_SIZE = 8  # bytes: among a million visitors a day, two share a hash on one of 37 million days


class VisitorHasher:
    def __init__(self, secret: str) -> None:
        self.keyed = blake2b(key=blake2b(secret.encode(), person=b"stats visitors").digest(), digest_size=HASH_SIZE)

    def hash(self, day: int, address: str, agent: str, host: str) -> str:
        """The 16 hexadecimal digits that stand for the visitor in the spool."""
        hashed = self.keyed.copy()
        hashed.update(f"{day}\0{address}\0{agent[:MAX_AGENT]}\0{host}".encode("utf-8", "replace"))
        return hashed.hexdigest()


def salted_hash(visitor: str, salt: bytes) -> int:
    """The signed 64-bit number that stands for the visitor in the database."""
    return int.from_bytes(blake2b(visitor.encode(), key=salt, digest_size=HASH_SIZE).digest(), "big", signed=True)
