// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/plot_style.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace embedscope {

namespace {

constexpr std::array<QRgb, 11> kViridisAnchors{0xff440154, 0xff482475, 0xff414487, 0xff355f8d, 0xff2a788e, 0xff21918c,
                                               0xff22a884, 0xff44bf70, 0xff7ad151, 0xffbddf26, 0xfffde725};

constexpr std::array<QRgb, 10> kCategories{0xff4477aa, 0xffee6677, 0xff228833, 0xffccbb44, 0xff66ccee,
                                           0xffaa3377, 0xff9a9a9a, 0xff882255, 0xff44aa99, 0xff332288};

constexpr std::array<QRgb, 7> kDiverging{0xff2166ac, 0xff4393c3, 0xff92c5de, 0xffc4c7cc,
                                         0xfff4a582, 0xffd6604d, 0xffb2182b};
constexpr std::array<QRgb, 7> kDivergingOnDark{0xff6cb4f5, 0xff4393c3, 0xff3c6b92, 0xff5d626b,
                                               0xff9c584b, 0xffd6604d, 0xffff9a84};

// The darkest of them would sink into a dark window.
QColor readableOnDark(const QColor& colour)
{
    return colour.lightnessF() < 0.36F ? blended(colour, Qt::white, 0.35) : colour;
}

} // namespace

bool isDark(const QPalette& palette)
{
    return palette.color(QPalette::WindowText).lightness() > palette.color(QPalette::Window).lightness();
}

QColor blended(const QColor& a, const QColor& b, double amount)
{
    const auto mix = [amount](int from, int to) { return static_cast<int>(std::lround(from + (to - from) * amount)); };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

PlotColours plotColours(const QPalette& palette)
{
    const bool dark = isDark(palette);
    const QColor background = palette.color(QPalette::Base);
    const QColor text = palette.color(QPalette::Text);
    return {dark,
            background,
            text,
            blended(text, background, 0.33),
            blended(text, background, dark ? 0.80 : 0.86),
            dark ? QColor(0x6e, 0xa1, 0xff) : QColor(0x2f, 0x6f, 0xde),
            QColor(0xe8, 0x71, 0x0a),
            dark ? QColor(0x4c, 0xc3, 0x7d) : QColor(0x1a, 0x98, 0x50)};
}

std::vector<QColor> categoricalColours(bool dark)
{
    std::vector<QColor> colours(kCategories.begin(), kCategories.end());
    if (dark)
        std::ranges::transform(colours, colours.begin(), readableOnDark);
    return colours;
}

QColor viridis(double t)
{
    const double position = std::clamp(t, 0.0, 1.0) * (kViridisAnchors.size() - 1);
    const std::size_t index = std::min(static_cast<std::size_t>(position), kViridisAnchors.size() - 2);
    return blended(kViridisAnchors[index], kViridisAnchors[index + 1], position - static_cast<double>(index));
}

std::vector<QColor> divergingTable(bool dark)
{
    const auto& anchors = dark ? kDivergingOnDark : kDiverging;
    std::vector<QColor> table;
    for (int i = 0; i < 256; ++i) {
        // 254 is the last value, 255 stands for none.
        const double position = std::min(i, 254) / 254.0 * static_cast<double>(anchors.size() - 1);
        const std::size_t index = std::min(static_cast<std::size_t>(position), anchors.size() - 2);
        table.push_back(blended(anchors[index], anchors[index + 1], position - static_cast<double>(index)));
    }
    return table;
}

std::vector<QColor> viridisTable(bool dark)
{
    const double first = dark ? 0.18 : 0.0;
    const double last = dark ? 1.0 : 0.93;
    std::vector<QColor> table;
    for (int i = 0; i < 256; ++i)
        table.push_back(viridis(first + (last - first) * i / 255));
    return table;
}

} // namespace embedscope
