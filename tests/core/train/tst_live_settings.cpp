// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/live_settings.h"

#include <QtTest>

#include <limits>

using namespace embedscope;

class TestLiveSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fieldsComeBackAsTheyWere();
    void onlyWhatChangedIsLogged();
    void badValuesAreRefused_data();
    void badValuesAreRefused();
    void badTextsAreRefused_data();
    void badTextsAreRefused();
    void negativePaddingCountsFromTheEnd();
};

void TestLiveSettings::fieldsComeBackAsTheyWere()
{
    LiveSettings settings;
    settings.freeze = true;
    settings.padding_idx = 0;
    settings.lr = 0.1;
    settings.max_norm = 1.0 / 3;
    settings.norm_type = std::numeric_limits<double>::infinity();
    settings.scale_grad_by_freq = true;
    settings.zero_padding_row = 2;
    settings.clear_table_state = 3;
    const auto back = withFields({}, toFields(settings));
    QVERIFY(back.has_value());
    QVERIFY(*back == settings);
    const auto defaults = withFields(settings, toFields(LiveSettings{}));
    QVERIFY(defaults.has_value());
    QVERIFY(*defaults == LiveSettings{});
}

void TestLiveSettings::onlyWhatChangedIsLogged()
{
    LiveSettings before;
    LiveSettings after = before;
    QVERIFY(changedFields(before, after).empty());
    after.freeze = true;
    after.padding_idx = 4;
    const Fields expected{{"freeze", "on"}, {"padding_idx", "4"}};
    QCOMPARE(changedFields(before, after), expected);
}

void TestLiveSettings::badValuesAreRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("sparse");
    QTest::newRow("padding beyond the table") << "padding_idx"
                                              << "10" << false;
    QTest::newRow("padding before the table") << "padding_idx"
                                              << "-11" << false;
    QTest::newRow("max_norm zero") << "max_norm"
                                   << "0" << false;
    QTest::newRow("max_norm negative") << "max_norm"
                                       << "-1" << false;
    QTest::newRow("negative rate") << "lr"
                                   << "-0.1" << false;
    QTest::newRow("infinite rate") << "lr"
                                   << "inf" << false;
    QTest::newRow("scaling a sparse gradient") << "scale_grad_by_freq"
                                               << "on" << true;
}

void TestLiveSettings::badValuesAreRefused()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(bool, sparse);
    const auto settings = withFields({}, {{name.toStdString(), value.toStdString()}});
    QVERIFY(settings.has_value());
    QVERIFY(!validated(*settings, 10, sparse).has_value());
    QVERIFY(validated(LiveSettings{}, 10, sparse).has_value());
}

void TestLiveSettings::badTextsAreRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::newRow("no switch") << "freeze"
                               << "maybe";
    QTest::newRow("no number") << "lr"
                               << "fast";
    QTest::newRow("half a row") << "padding_idx"
                                << "1.5";
    QTest::newRow("an unknown name") << "frozen"
                                     << "on";
}

void TestLiveSettings::badTextsAreRefused()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    const auto settings = withFields({}, {{name.toStdString(), value.toStdString()}});
    QVERIFY(!settings.has_value());
    QCOMPARE(settings.error().code, ErrorCode::ValueRefused);
}

void TestLiveSettings::negativePaddingCountsFromTheEnd()
{
    LiveSettings settings;
    settings.padding_idx = -1;
    const auto resolved = validated(settings, 10, false);
    QVERIFY(resolved.has_value());
    QCOMPARE(*resolved->padding_idx, std::int64_t(9));
}

QTEST_APPLESS_MAIN(TestLiveSettings)
#include "tst_live_settings.moc"
