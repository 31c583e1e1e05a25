#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws the program's mark, a constellation of dots with one orange, as embedscope-<size>.png beside this script.

Standard library only. Run it again after a change of shape or colour, and commit the pictures.
"""
import math
import pathlib
import struct
import zlib

SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
BACK, LINE, DOT, MARK = (0x1f, 0x2a, 0x44), (0x5b, 0x79, 0xb5), (0xdc, 0xe7, 0xff), (0xf5, 0x8a, 0x1f)
CENTRE = (0.53, 0.47)
# x, y, radius on a square of side 1; the smallest sizes leave out the faint ones.
NEIGHBOURS = ((0.25, 0.30, 0.062), (0.76, 0.24, 0.052), (0.80, 0.66, 0.062), (0.36, 0.76, 0.055))
FAINT = ((0.19, 0.57, 0.030), (0.50, 0.18, 0.028), (0.60, 0.83, 0.028))
SAMPLES = 4


def inside_square(x, y):
    radius, low, high = 0.22, 0.02, 0.98
    dx = max(low + radius - x, 0, x - high + radius)
    dy = max(low + radius - y, 0, y - high + radius)
    return math.hypot(dx, dy) <= radius


def near_segment(x, y, a, b, width):
    length = (b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2
    t = max(0.0, min(1.0, ((x - a[0]) * (b[0] - a[0]) + (y - a[1]) * (b[1] - a[1])) / length))
    return math.hypot(x - a[0] - t * (b[0] - a[0]), y - a[1] - t * (b[1] - a[1])) <= width


def colour(x, y, size):
    if not inside_square(x, y):
        return None
    grow = 1.35 if size <= 32 else 1.0
    if math.hypot(x - CENTRE[0], y - CENTRE[1]) <= 0.115 * (1.15 if size <= 32 else 1.0):
        return MARK
    for dot in NEIGHBOURS + (FAINT if size > 32 else ()):
        if math.hypot(x - dot[0], y - dot[1]) <= dot[2] * grow:
            return DOT
    if any(near_segment(x, y, CENTRE, dot, 0.014 * grow) for dot in NEIGHBOURS):
        return LINE
    return BACK


def pixel(column, row, size):
    total, covered = [0, 0, 0], 0
    for i in range(SAMPLES * SAMPLES):
        x = (column + (i % SAMPLES + 0.5) / SAMPLES) / size
        y = (row + (i // SAMPLES + 0.5) / SAMPLES) / size
        rgb = colour(x, y, size)
        if rgb:
            covered += 1
            total = [t + c for t, c in zip(total, rgb)]
    if not covered:
        return bytes(4)
    return bytes([round(t / covered) for t in total] + [round(255 * covered / SAMPLES ** 2)])


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(size):
    rows = b"".join(b"\0" + b"".join(pixel(c, r, size) for c in range(size)) for r in range(size))
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


if __name__ == "__main__":
    for size in SIZES:
        pathlib.Path(__file__).with_name(f"embedscope-{size}.png").write_bytes(png(size))
