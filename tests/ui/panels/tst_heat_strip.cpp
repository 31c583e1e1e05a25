// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/heat_strip.h"

#include "ui/panels/token_details.h"
#include "ui/widgets/theme.h"

#include <QLocale>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

#include <cmath>
#include <limits>

using namespace embedscope;

class TestHeatStrip : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void colours_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void colours()
    {
        QFETCH(const bool, dark);
        const QPalette palette = themePalette(dark);
        QCOMPARE(divergingColour(0, palette).rgb(), themeColors(palette).surface.rgb());
        QVERIFY(divergingColour(1, palette).red() > divergingColour(1, palette).blue());
        QVERIFY(divergingColour(-1, palette).blue() > divergingColour(-1, palette).red());
        QCOMPARE(divergingColour(std::nan(""), palette).rgb(), themeColors(palette).muted.rgb());
    }

    void eachDimensionHasItsCell()
    {
        HeatStrip strip;
        strip.resize(300, 22);
        strip.setVector((RowVector(3) << 2.0F, 0.0F, -2.0F).finished());
        strip.setPalette(themePalette(false));
        const QImage image = strip.grab().toImage();
        const double scale = image.devicePixelRatio();
        const auto at = [&](int x) {
            return image.pixelColor(static_cast<int>(x * scale), static_cast<int>(11 * scale));
        };
        QCOMPARE(at(50).rgb(), divergingColour(1, strip.palette()).rgb());
        QCOMPARE(at(150).rgb(), divergingColour(0, strip.palette()).rgb());
        QCOMPARE(at(250).rgb(), divergingColour(-1, strip.palette()).rgb());
    }

    void saysTheDimensionBelowThePointer()
    {
        HeatStrip strip;
        strip.resize(200, 22);
        strip.setVector((RowVector(4) << 0.431F, -1.0F, std::numeric_limits<float>::quiet_NaN(), 3.0F).finished());
        QCOMPARE(strip.dimensionAt(0), Index{0});
        QCOMPARE(strip.dimensionAt(49.9), Index{0});
        QCOMPARE(strip.dimensionAt(50), Index{1});
        QCOMPARE(strip.dimensionAt(199.9), Index{3});
        QCOMPARE(strip.dimensionAt(200), Index{-1});
        QCOMPARE(strip.dimensionAt(-1), Index{-1});
        QCOMPARE(strip.dimensionText(0), QStringLiteral("dim 0: 0.431"));
        QCOMPARE(strip.dimensionText(2), QStringLiteral("dim 2: NaN"));
    }

    void theKeyboardReadsValues()
    {
        HeatStrip strip;
        strip.resize(200, 22);
        strip.setVector((RowVector(3) << 1.0F, 2.0F, 3.0F).finished());
        strip.show();
        QVERIFY(QTest::qWaitForWindowExposed(&strip));
        strip.setFocus();
        const auto press = [&](Qt::Key key) {
            QTest::keyClick(&strip, key);
            return QToolTip::text();
        };
        QCOMPARE(press(Qt::Key_Right), QStringLiteral("dim 0: 1.000"));
        QCOMPARE(press(Qt::Key_Right), QStringLiteral("dim 1: 2.000"));
        QCOMPARE(press(Qt::Key_End), QStringLiteral("dim 2: 3.000"));
        QCOMPARE(press(Qt::Key_Right), QStringLiteral("dim 2: 3.000"));
        QCOMPARE(press(Qt::Key_Left), QStringLiteral("dim 1: 2.000"));
        QCOMPARE(press(Qt::Key_Home), QStringLiteral("dim 0: 1.000"));
    }

    void anEmptyStripPaintsAndReadsNothing()
    {
        HeatStrip strip;
        strip.resize(200, 22);
        QVERIFY(!strip.grab().isNull());
        QCOMPARE(strip.dimensionAt(10), Index{-1});
        QTest::keyClick(&strip, Qt::Key_Right);
    }

    void percentiles()
    {
        const float nan = std::numeric_limits<float>::quiet_NaN();
        QCOMPARE(percentileOf({1, 2, 3, 4}, 3), 75);
        QCOMPARE(percentileOf({1, nan, 3, 3}, 3), 100);
        QCOMPARE(percentileOf({1, 2, 3, 4}, 0.5F), 0);
        QCOMPARE(percentileOf({nan}, nan), 0);
    }
};

QTEST_MAIN(TestHeatStrip)
#include "tst_heat_strip.moc"
