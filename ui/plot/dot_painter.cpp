// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/dot_painter.h"

#include "ui/plot/dot_sorter.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace embedscope {

namespace {

// Two pixels, eight channels. Vector types of GCC and Clang, because neither makes vector instructions of the plain
// loop.
using Bytes = std::uint8_t __attribute__((vector_size(8)));
using Words = std::uint16_t __attribute__((vector_size(16)));

inline Words load(const void* memory)
{
    Bytes vector;
    std::memcpy(&vector, memory, sizeof vector);
    return __builtin_convertvector(vector, Words);
}

inline Words twice(QRgb colour)
{
    const std::array<QRgb, 2> two{colour, colour};
    return load(two.data());
}

inline void blendTwo(QRgb* below, Words colour, Words share)
{
    const Words product = load(below) * (255 - share) + colour * share + 128;
    const Words quotient = (product + (product >> 8)) >> 8; // exact division by 255, with rounding
    const Bytes blended = __builtin_convertvector(quotient, Bytes);
    std::memcpy(below, &blended, sizeof blended);
}

inline void blendOne(QRgb& below, Words colour, const std::uint8_t* opacity)
{
    const std::array<std::uint8_t, 8> shares{opacity[0], opacity[1], opacity[2], opacity[3]};
    std::array<QRgb, 2> target{below, 0};
    blendTwo(target.data(), colour, load(shares.data()));
    below = target[0];
}

void paintClipped(const DotBand& band, int left, int top, Words colour, const DotMask& mask)
{
    for (int y = std::max(0, band.top - top); y < std::min(mask.side, band.bottom - top); ++y)
        for (int x = std::max(0, -left); x < std::min(mask.side, band.width - left); ++x)
            blendOne(band.bits[(top + y) * band.stride + left + x], colour,
                     mask.opacity.data() + 4 * (y * mask.paddedSide + x));
}

inline void paintWhole(QRgb* corner, std::ptrdiff_t stride, Words colour, const DotMask& mask)
{
    const std::uint8_t* opacity = mask.opacity.data();
    for (int y = 0; y < mask.side; ++y, corner += stride)
        for (int x = 0; x < mask.paddedSide; x += kPixelsAtOnce) {
            blendTwo(corner + x, colour, load(opacity));
            opacity += 4 * kPixelsAtOnce;
        }
}

/// A small mask in registers, for a million dots that are all alike.
template <std::size_t kSide>
class SmallMask
{
public:
    explicit SmallMask(const DotMask& mask)
    {
        const std::uint8_t* opacity = mask.opacity.data();
        for (Words& share : m_shares) {
            share = load(opacity);
            opacity += 4 * kPixelsAtOnce;
        }
    }

    void operator()(QRgb* corner, std::ptrdiff_t stride, Words colour, const DotMask&) const
    {
        const Words* share = m_shares.data();
        for (std::size_t y = 0; y < kSide; ++y, corner += stride)
            for (std::size_t x = 0; x < kSide; x += kPixelsAtOnce)
                blendTwo(corner + x, colour, *share++);
    }

private:
    static constexpr std::size_t kPairs = (kSide + 1) / kPixelsAtOnce;
    std::array<Words, kSide * kPairs> m_shares;
};

template <class PaintWhole>
inline void paintAll(const DotBand& band, std::span<const std::uint32_t> dots, const std::uint8_t* shapes,
                     const DotLayer& layer, const PaintWhole& whole)
{
    for (std::size_t i = dots.size(); i-- > 0;) {
        const std::uint32_t dot = dots[i];
        const DotMask& mask = layer.masks[shapes ? shapes[i] : 0];
        const Words colour = twice(layer.colours[PackedDot::colour(dot)]);
        const int left = PackedDot::column(dot), top = PackedDot::row(dot) + band.top;
        if (left >= 0 && left + mask.paddedSide <= band.width && top >= band.top && top + mask.side <= band.bottom)
            whole(band.bits + top * band.stride + left, band.stride, colour, mask);
        else
            paintClipped(band, left, top, colour, mask);
    }
}

} // namespace

void paintDots(const DotBand& band, std::span<const std::uint32_t> dots, const std::uint8_t* shapes,
               const DotLayer& layer)
{
    const DotMask& mask = layer.masks.front();
    switch (shapes ? 0 : mask.side) {
    case 1:
        return paintAll(band, dots, nullptr, layer, SmallMask<1>(mask));
    case 2:
        return paintAll(band, dots, nullptr, layer, SmallMask<2>(mask));
    case 3:
        return paintAll(band, dots, nullptr, layer, SmallMask<3>(mask));
    case 4:
        return paintAll(band, dots, nullptr, layer, SmallMask<4>(mask));
    default:
        return paintAll(band, dots, shapes, layer, paintWhole);
    }
}

} // namespace embedscope
