// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/fonts.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/style.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontMetricsF>
#include <QImage>
#include <QScrollBar>
#include <QSplitter>
#include <QStyleOptionSlider>
#include <QTest>
#include <QWindow>

#include <cmath>
#include <set>

using namespace embedscope;

namespace {

// W3C, Web Content Accessibility Guidelines 2.1, "relative luminance" and "contrast ratio".
double luminance(const QColor& color)
{
    const auto channel = [](float value) {
        const auto c = double(value);
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * channel(color.redF()) + 0.7152 * channel(color.greenF()) + 0.0722 * channel(color.blueF());
}

double contrast(const QColor& a, const QColor& b)
{
    const double low = std::min(luminance(a), luminance(b));
    const double high = std::max(luminance(a), luminance(b));
    return (high + 0.05) / (low + 0.05);
}

QImage imageOf(IconName name, int side, QIcon::Mode mode = QIcon::Normal)
{
    return icon(name).pixmap(QSize(side, side), 1.0, mode).toImage().convertToFormat(QImage::Format_ARGB32);
}

bool isEmpty(const QImage& image)
{
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (qAlpha(image.pixel(x, y)) > 128)
                return false;
    return true;
}

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { applyTheme(*qApp, ThemeChoice::Light); }

    void choiceDecidesTheColours()
    {
        QVERIFY(!themeColors(QApplication::palette()).dark);
        applyTheme(*qApp, ThemeChoice::Dark);
        QVERIFY(themeColors(QApplication::palette()).dark);
        QCOMPARE(QApplication::palette().color(QPalette::Window), QColor(0x23, 0x27, 0x2e));
        applyTheme(*qApp, ThemeChoice::Light);
        QCOMPARE(QApplication::palette().color(QPalette::Window), QColor(Qt::white));
    }

    void systemThemeIsReadAgainWhenItChanges()
    {
        applyTheme(*qApp, ThemeChoice::System);
        const QPalette before = QApplication::palette();
        QApplication::setPalette(themePalette(!themeColors(before).dark));
        QWindow window;
        QEvent change(QEvent::ThemeChange);
        QCoreApplication::sendEvent(&window, &change);
        QCOMPARE(QApplication::palette().color(QPalette::Window), before.color(QPalette::Window));
    }

    void chosenThemeStaysWhenTheSystemChanges()
    {
        applyTheme(*qApp, ThemeChoice::Dark);
        QWindow window;
        QEvent change(QEvent::ThemeChange);
        QCoreApplication::sendEvent(&window, &change);
        QVERIFY(themeColors(QApplication::palette()).dark);
    }

    void applyingTwiceKeepsOneStyle()
    {
        const QStyle* style = QApplication::style();
        applyTheme(*qApp, ThemeChoice::Dark);
        QCOMPARE(QApplication::style(), style);
        QVERIFY(qobject_cast<const Style*>(style) != nullptr);
    }

    void textIsReadable_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addRow("in the light theme") << false;
        QTest::addRow("in the dark theme") << true;
    }

    void textIsReadable()
    {
        QFETCH(bool, dark);
        const ThemeColors colors = themeColors(themePalette(dark));
        QCOMPARE_GE(contrast(colors.text, colors.surface), 7.0);
        QCOMPARE_GE(contrast(colors.text, colors.selection), 7.0);
        QCOMPARE_GE(contrast(colors.muted, colors.surface), 4.5);
        QCOMPARE_GE(contrast(colors.muted, colors.shade), 4.5);
        QCOMPARE_GE(contrast(colors.onAccent, colors.accent), 4.5);
        for (const QColor& kind : {colors.accent, colors.good, colors.warning, colors.bad})
            QCOMPARE_GE(contrast(kind, colors.surface), 4.5);
        QCOMPARE_GE(contrast(colors.mark, colors.surface), 2.9);
    }

    void everyIconShowsSomethingAndNoTwoAreAlike()
    {
        std::set<QByteArray> seen;
        int repeated = 0;
        for (int i = 0; i < kIconCount; ++i) {
            const QImage image = imageOf(static_cast<IconName>(i), 32);
            QVERIFY2(!isEmpty(image), qPrintable(QString::number(i)));
            const QByteArray bytes(reinterpret_cast<const char*>(image.constBits()), image.sizeInBytes());
            repeated += seen.insert(bytes).second ? 0 : 1;
        }
        QCOMPARE(repeated, 1); // Drop looks like Save
    }

    void iconsFollowTheTheme()
    {
        const QIcon kept = icon(IconName::Stop);
        const auto middle = [&] { return QColor(kept.pixmap(QSize(16, 16), 1.0).toImage().pixel(8, 8)); };
        QCOMPARE_LT(middle().lightnessF(), 0.3F);
        applyTheme(*qApp, ThemeChoice::Dark);
        QCOMPARE_GT(middle().lightnessF(), 0.7F);
    }

    void disabledIconsAreFainter()
    {
        const QColor usual = imageOf(IconName::Stop, 16).pixelColor(8, 8);
        const QColor disabled = imageOf(IconName::Stop, 16, QIcon::Disabled).pixelColor(8, 8);
        QCOMPARE_GT(disabled.lightnessF(), usual.lightnessF() + 0.3F);
    }

    void programHasItsMarkInAllSizes()
    {
        for (const int size : {16, 32, 48, 128, 256, 512})
            QVERIFY(appIcon().availableSizes().contains(QSize(size, size)));
        QVERIFY(!isEmpty(appIcon().pixmap(QSize(64, 64), 1.0).toImage().convertToFormat(QImage::Format_ARGB32)));
    }

    void figuresAreEquallyWide()
    {
        QFont uneven = QApplication::font();
        for (const QString& family : QFontDatabase::families()) {
            const QFontMetricsF metrics{QFont(family)};
            if (!qFuzzyCompare(metrics.horizontalAdvance(u'0'), metrics.horizontalAdvance(u'1')))
                uneven.setFamily(family);
        }
        const QFontMetricsF metrics(figureFont(uneven));
        for (const QChar digit : QStringLiteral("123456789"))
            QCOMPARE(metrics.horizontalAdvance(digit), metrics.horizontalAdvance(u'0'));
    }

    void captionsAreUpperCaseOnlyToTheEye()
    {
        QCOMPARE(captionFont(QApplication::font()).capitalization(), QFont::AllUppercase);
        QCOMPARE_LT(captionFont(QApplication::font()).pointSizeF(), QApplication::font().pointSizeF());
        QFont pixels;
        pixels.setPixelSize(20);
        QCOMPARE(smallFont(pixels).pixelSize(), 18);
    }

    void scrollBarPartsCoverTheBar()
    {
        QScrollBar bar(Qt::Vertical);
        bar.setRange(0, 1000000);
        bar.setPageStep(10);
        bar.setValue(500000);
        bar.resize(bar.sizeHint().width(), 400);
        QStyleOptionSlider option;
        option.initFrom(&bar);
        option.orientation = Qt::Vertical;
        option.maximum = bar.maximum();
        option.pageStep = bar.pageStep();
        option.sliderPosition = bar.value();
        const auto part = [&](QStyle::SubControl which) {
            return QApplication::style()->subControlRect(QStyle::CC_ScrollBar, &option, which, &bar);
        };
        QCOMPARE(part(QStyle::SC_ScrollBarSlider).height(), 28);
        QCOMPARE(part(QStyle::SC_ScrollBarSubPage).height() + part(QStyle::SC_ScrollBarAddPage).height(), 400 - 28);
        QVERIFY(part(QStyle::SC_ScrollBarAddLine).isEmpty());
        QVERIFY(std::abs(part(QStyle::SC_ScrollBarSlider).center().y() - 200) <= 1);
    }

    void separatorsAreOnePixelWide()
    {
        QSplitter splitter;
        splitter.addWidget(new QWidget);
        splitter.addWidget(new QWidget);
        QCOMPARE(splitter.handleWidth(), 1);
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
