"""A Bloom filter (Bloom 1970) of all lines of the training corpus, small enough for a web page.

File: "BLM1", then m (bits), k (hashes), n (items) as little-endian uint32, then the bits, lowest bit of a
byte first. Hash: two FNV-1a 32-bit hashes over the UTF-16 code units of the line, one unit at a time, from
two different starts; bit i of an item is (h1 + i * h2) mod 2^32 mod m with h2 made odd (Kirsch &
Mitzenmacher 2006).
"""

import math
import struct
from collections.abc import Iterable
from pathlib import Path

MAGIC = b"BLM1"
OFFSETS = (0x811C9DC5, 0x5BD1E995)
PRIME = 0x01000193
MASK = 0xFFFFFFFF


def fnv1a(text: str, offset: int) -> int:
    units = struct.unpack(f"<{len(data := text.encode('utf-16-le')) // 2}H", data)
    value = offset
    for unit in units:
        value = ((value ^ unit) * PRIME) & MASK
    return value


class Bloom:
    def __init__(self, bits: int, hashes: int, items: int, table: bytearray) -> None:
        self.bits, self.hashes, self.items, self.table = bits, hashes, items, table

    @classmethod
    def of(cls, lines: Iterable[str], bits_per_item: int) -> "Bloom":
        lines = set(lines)
        bits = -(-len(lines) * bits_per_item // 8) * 8
        bloom = cls(bits, round(bits_per_item * math.log(2)), len(lines), bytearray(bits // 8))
        for line in lines:
            for bit in bloom.positions(line):
                bloom.table[bit >> 3] |= 1 << (bit & 7)
        return bloom

    def positions(self, line: str) -> list[int]:
        h1, h2 = fnv1a(line, OFFSETS[0]), fnv1a(line, OFFSETS[1]) | 1
        return [((h1 + i * h2) & MASK) % self.bits for i in range(self.hashes)]

    def __contains__(self, line: str) -> bool:
        return all(self.table[bit >> 3] >> (bit & 7) & 1 for bit in self.positions(line))

    def write(self, path: Path) -> None:
        path.write_bytes(MAGIC + struct.pack("<3I", self.bits, self.hashes, self.items) + self.table)

    @classmethod
    def read(cls, path: Path) -> "Bloom":
        content = path.read_bytes()
        if content[:4] != MAGIC:
            raise ValueError(f"{path} is no Bloom filter")
        return cls(*struct.unpack("<3I", content[4:16]), bytearray(content[16:]))
