"""The reference that the tests compare with: the msgpack package for Python (Debian: python3-msgpack).

reference.py pack    prints documents: for each a line of JSON that describes it and a line with its bytes in hexadecimal digits
reference.py unpack  reads lines of hexadecimal digits and prints the line of JSON that describes each
"""

import json
import random
import struct
import sys

import msgpack


class Single(float):
    """A float that is packed with 32 bits."""


class Pairs(list):
    """A map as its pairs in order."""


def describe(value):
    """The same text as Document.Describe writes, exact to the bit."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        return {"f64": struct.pack(">d", value).hex()}
    if isinstance(value, str):
        return {"str": value.encode("utf-8").hex()}
    if isinstance(value, bytes):
        return {"bin": value.hex()}
    if isinstance(value, msgpack.Timestamp):
        return {"time": [value.seconds, value.nanoseconds]}
    if isinstance(value, msgpack.ExtType):
        return {"ext": [value.code, value.data.hex()]}
    if isinstance(value, Pairs):
        return {"map": [[describe(key), describe(item)] for key, item in value]}
    return [describe(item) for item in value]


def pack(value, packer, single_packer):
    """Packs by hand only what the package chooses by option or type: 32-bit floats, and maps as pairs."""
    if isinstance(value, Single):
        return single_packer.pack(float(value))
    if isinstance(value, Pairs):
        body = b"".join(pack(key, packer, single_packer) + pack(item, packer, single_packer) for key, item in value)
        return packer.pack_map_header(len(value)) + body
    if isinstance(value, list):
        return packer.pack_array_header(len(value)) + b"".join(pack(item, packer, single_packer) for item in value)
    return packer.pack(value)


BOUNDARIES = [sign * (2**bits) + offset for sign in (1, -1) for bits in (0, 5, 7, 8, 15, 16, 31, 32, 63, 64) for offset in (-1, 0, 1)]


def draw(generator, depth):
    kind = generator.randrange(12 if depth > 0 else 10)
    if kind == 0:
        return None
    if kind == 1:
        return generator.random() < 0.5
    if kind == 2:
        return generator.choice([number for number in BOUNDARIES if -(2**63) <= number < 2**64])
    if kind == 3:
        return generator.getrandbits(generator.randrange(1, 64)) * generator.choice([1, -1])
    if kind == 4:
        return Single(struct.unpack(">f", struct.pack(">f", generator.gauss(0, 1000)))[0])
    if kind == 5:
        return generator.gauss(0, 1e100)
    length = generator.choice([0, 1, 2, 4, 8, 16, 31, 32, 100, 255, 256, 300])
    if kind == 6:
        return "".join(chr(generator.choice([generator.randrange(0xD800), generator.randrange(0xE000, 0x110000)])) for _ in range(length // 2))
    if kind == 7:
        return generator.randbytes(length)
    if kind == 8:
        return msgpack.Timestamp(generator.choice([generator.randrange(2**32), generator.randrange(2**34), generator.randrange(-(2**35), 2**37)]),
                                 generator.choice([0, 100 * generator.randrange(10**7)]))
    if kind == 9:
        return msgpack.ExtType(generator.randrange(128), generator.randbytes(length))
    if kind == 10:
        return [draw(generator, depth - 1) for _ in range(generator.randrange(20))]
    return Pairs((f"key {i}", draw(generator, depth - 1)) for i in range(generator.randrange(20)))


def main():
    if sys.argv[1] == "pack":
        packer, single_packer = msgpack.Packer(), msgpack.Packer(use_single_float=True)
        generator = random.Random(1)
        for _ in range(300):
            value = draw(generator, 4)
            print(json.dumps(describe(value), separators=(",", ":")))
            print(pack(value, packer, single_packer).hex())
        for count in (65535, 65536):
            for value in ([0] * count, Pairs([(0, 0)] * count), "x" * count, b"x" * count, msgpack.ExtType(5, b"x" * count)):
                print(json.dumps(describe(value), separators=(",", ":")))
                print(pack(value, packer, single_packer).hex())
    else:
        for line in sys.stdin:
            value = msgpack.unpackb(bytes.fromhex(line), raw=False, strict_map_key=False, object_pairs_hook=Pairs, max_ext_len=1 << 20)
            print(json.dumps(describe(value), separators=(",", ":")))


main()
