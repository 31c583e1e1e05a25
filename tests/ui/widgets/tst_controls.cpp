// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/widgets/widget_checks.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/form_row.h"
#include "ui/widgets/section_caption.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/toggle_switch.h"

#include <QApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace embedscope;

class TestControls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }

    void toggleObeysKeyboardAndMouse()
    {
        ToggleSwitch toggle;
        QSignalSpy toggled(&toggle, &QAbstractButton::toggled);
        QVERIFY(showActive(toggle));
        toggle.setFocus();
        QTest::keyClick(&toggle, Qt::Key_Space);
        QVERIFY(toggle.isChecked());
        QTest::mouseClick(&toggle, Qt::LeftButton);
        QVERIFY(!toggle.isChecked());
        QCOMPARE(toggled.size(), 2);
    }

    void toggleShowsItsStateWithoutColour()
    {
        ToggleSwitch toggle;
        toggle.resize(toggle.sizeHint());
        const auto knobIsRight = [&] {
            const QImage image = toggle.grab().toImage().convertToFormat(QImage::Format_Grayscale8);
            const int y = image.height() / 2;
            // The knob differs from the track in lightness at one of the ends.
            const auto lightness = [&](double share) {
                return image.pixelColor(int(image.width() * share), y).lightness();
            };
            return lightness(0.75) > lightness(0.25);
        };
        QVERIFY(!knobIsRight());
        toggle.setChecked(true);
        QVERIFY(knobIsRight());
    }

    void toggleIsACheckBoxToScreenReaders()
    {
        FormRow row(QStringLiteral("&Freeze the table"), new ToggleSwitch);
        QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(row.editor());
        QCOMPARE(accessible->role(), QAccessible::CheckBox);
        QCOMPARE(accessible->text(QAccessible::Name), QStringLiteral("Freeze the table"));
    }

    void firstSegmentIsChosen()
    {
        SegmentedControl control(QStringLiteral("Arrangement"));
        QCOMPARE(control.currentIndex(), -1);
        control.addSegment(QStringLiteral("Explore"));
        control.addSegment(QStringLiteral("Train"));
        QCOMPARE(control.currentIndex(), 0);
        QCOMPARE(control.count(), 2);
    }

    void arrowKeysMoveTheChoice()
    {
        SegmentedControl control(QStringLiteral("Arrangement"));
        control.addSegment(QStringLiteral("Explore"));
        control.addSegment(QStringLiteral("Train"));
        QSignalSpy changed(&control, &SegmentedControl::currentChanged);
        QVERIFY(showActive(control));
        control.findChild<QAbstractButton*>()->setFocus();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Right);
        QCOMPARE(control.currentIndex(), 1);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Left);
        QCOMPARE(control.currentIndex(), 0);
        QCOMPARE(changed.size(), 2);
        QCOMPARE(changed.last().first().toInt(), 0);
    }

    void choosingTheChosenSegmentTellsNobody()
    {
        SegmentedControl control(QStringLiteral("Arrangement"));
        control.addSegment(QStringLiteral("Explore"));
        control.addSegment(QStringLiteral("Train"));
        QSignalSpy changed(&control, &SegmentedControl::currentChanged);
        control.setCurrentIndex(0);
        control.setCurrentIndex(7);
        QVERIFY(changed.isEmpty());
    }

    void chipTellsAllItsPartsAndGivesWayWhenNarrow()
    {
        Chip chip(
            {{QStringLiteral("a-rather-long-name-of-a-file-of-vectors.txt")}, {QStringLiteral("9,163 × 50"), true}});
        QCOMPARE(chip.accessibleName(), QStringLiteral("a-rather-long-name-of-a-file-of-vectors.txt 9,163 × 50"));
        QCOMPARE_LT(chip.minimumSizeHint().width(), chip.sizeHint().width());
        chip.resize(chip.minimumSizeHint());
        QVERIFY(!chip.grab().isNull());
        chip.setParts({{QStringLiteral("raw")}});
        QCOMPARE(chip.minimumSizeHint(), chip.sizeHint());
    }

    void helpOfAFormRowFollowsTheSettings()
    {
        FormRow row(QStringLiteral("Largest norm"), new ToggleSwitch);
        const int without = row.sizeHint().height();
        row.setHelp(QStringLiteral("Rows are scaled down when they are looked up."));
        QCOMPARE_GT(row.sizeHint().height(), without);
        QCOMPARE(row.editor()->accessibleDescription(), row.help());
        row.setHelp({});
        QCOMPARE(row.sizeHint().height(), without);
    }

    void labelOfAFormRowIsTheBuddyOfItsEditor()
    {
        FormRow row(QStringLiteral("&Encoder"), new ToggleSwitch);
        QCOMPARE(row.findChild<QLabel*>()->buddy(), row.editor());
    }

    void captionKeepsItsTextAsWritten()
    {
        SectionCaption caption(QStringLiteral("Live switches"));
        QCOMPARE(caption.text(), QStringLiteral("Live switches"));
    }

    void everyControlHasAName()
    {
        QWidget form;
        auto* column = new QVBoxLayout(&form);
        column->addWidget(new FormRow(QStringLiteral("Freeze"), new ToggleSwitch));
        auto* control = new SegmentedControl(QStringLiteral("Arrangement"));
        control->addSegment(QStringLiteral("&Explore"));
        column->addWidget(control);
        QCOMPARE(namelessWidgets(form), QStringList());
        column->addWidget(new ToggleSwitch);
        QCOMPARE(namelessWidgets(form).size(), 1);
    }
};

QTEST_MAIN(TestControls)
#include "tst_controls.moc"
