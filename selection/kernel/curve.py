"""The curve BLS12-381 of `py-ecc`, imported once and when first asked for: it takes half a second.

The library lets Python call itself 100,000 deep as soon as it is imported. A text of as many brackets, which is refused
everywhere, would then end the process that reads it; so the limit is put back at once.
"""

import sys

_limit = sys.getrecursionlimit()
import py_ecc  # noqa: E402, F401

sys.setrecursionlimit(_limit)

from py_ecc.bls.g2_primitives import subgroup_check  # noqa: E402
from py_ecc.bls.hash_to_curve import hash_to_G1  # noqa: E402
from py_ecc.bls.point_compression import compress_G1, decompress_G1, decompress_G2  # noqa: E402
from py_ecc.optimized_bls12_381 import FQ12, G2, final_exponentiate, is_inf, neg, pairing  # noqa: E402

__all__ = [
    "FQ12",
    "G2",
    "compress_G1",
    "decompress_G1",
    "decompress_G2",
    "final_exponentiate",
    "hash_to_G1",
    "is_inf",
    "neg",
    "pairing",
    "subgroup_check",
]
