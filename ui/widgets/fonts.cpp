// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/fonts.h"

#include <QFontDatabase>
#include <QFontMetricsF>

#include <algorithm>

namespace embedscope {

namespace {

QFont scaled(QFont font, double factor)
{
    if (font.pixelSize() > 0)
        font.setPixelSize(std::max(1, qRound(font.pixelSize() * factor)));
    else
        font.setPointSizeF(font.pointSizeF() * factor);
    return font;
}

bool hasEqualFigures(const QFont& font)
{
    const QFontMetricsF metrics(font);
    const double width = metrics.horizontalAdvance(u'0');
    const QString digits = QStringLiteral("123456789");
    return std::all_of(digits.begin(), digits.end(),
                       [&](QChar digit) { return qFuzzyCompare(metrics.horizontalAdvance(digit), width); });
}

} // namespace

QFont captionFont(QFont base)
{
    base = scaled(base, 0.84);
    base.setCapitalization(QFont::AllUppercase);
    base.setWeight(QFont::DemiBold);
    base.setLetterSpacing(QFont::PercentageSpacing, 108);
    return base;
}

QFont smallFont(QFont base)
{
    return scaled(base, 0.88);
}

QFont titleFont(QFont base)
{
    base = scaled(base, 1.8);
    base.setWeight(QFont::DemiBold);
    return base;
}

QFont figureFont(const QFont& base)
{
    if (hasEqualFigures(base))
        return base;
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (base.pixelSize() > 0)
        fixed.setPixelSize(base.pixelSize());
    else
        fixed.setPointSizeF(base.pointSizeF());
    return fixed;
}

} // namespace embedscope
