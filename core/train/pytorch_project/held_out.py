# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws the sentences that are held out for validation: from the same file with the same seed those that were held out
when the model was trained, so that none of them was learned."""
from __future__ import annotations

SPLIT_STREAM = 0x73706C6974
MASK = (1 << 64) - 1


def held_out(count: int, share: float, seed: int) -> set[int]:
    """The numbers of `share` of `count` sentences."""
    order = list(range(count))
    random = Xoshiro(seed ^ SPLIT_STREAM)
    for i in range(count, 1, -1):
        other = random.below(i)
        order[i - 1], order[other] = order[other], order[i - 1]
    return set(order[: int(share * count + 0.5)])


class Xoshiro:
    """xoshiro256++ (Blackman and Vigna 2019), seeded by splitmix64."""

    def __init__(self, seed: int):
        self.words = []
        for _ in range(4):
            seed = (seed + 0x9E3779B97F4A7C15) & MASK
            z = seed
            z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
            z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
            self.words.append(z ^ (z >> 31))

    def next(self) -> int:
        a, b, c, d = self.words
        result = (rotated((a + d) & MASK, 23) + a) & MASK
        c ^= a
        d ^= b
        self.words = [a ^ d, b ^ c, c ^ ((b << 17) & MASK), rotated(d, 45)]
        return result

    def below(self, bound: int) -> int:
        """A whole number in [0, bound), without bias (Lemire 2019)."""
        product = self.next() * bound
        if product & MASK < bound:
            threshold = (MASK + 1 - bound) % bound
            while product & MASK < threshold:
                product = self.next() * bound
        return product >> 64


def rotated(word: int, by: int) -> int:
    return ((word << by) | (word >> (64 - by))) & MASK
