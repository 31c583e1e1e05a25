// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/overflow_bar.h"

#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QtTest>

using namespace embedscope;

namespace {

QPushButton* wide(int width)
{
    auto* button = new QPushButton;
    button->setFixedWidth(width);
    return button;
}

} // namespace

class TestOverflowBar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_bar.reset(); }
    void showsEverythingWhereThereIsRoom();
    void givesWayInOrder();
    void aNarrowOneComesBackWhereAWideOneWent();
    void asksForTheRestAlone();
    void itsMenuHoldsWhatIsAway();
    void whatAnotherHidesStaysHidden();

private:
    std::unique_ptr<OverflowBar> m_bar;
    QPushButton* m_stays = nullptr;
    QPushButton* m_last = nullptr;
    QPushButton* m_first = nullptr;
};

void TestOverflowBar::init()
{
    m_bar = std::make_unique<OverflowBar>();
    m_stays = wide(100);
    m_last = wide(100);
    m_first = wide(100);
    m_bar->addWidget(m_stays);
    m_bar->addWidget(
        m_last, [](QMenu* menu) { menu->addAction(QStringLiteral("last")); }, 2);
    m_bar->addStretch();
    m_bar->addWidget(
        m_first, [](QMenu* menu) { menu->addAction(QStringLiteral("first")); }, 1);
    m_bar->resize(600, 40);
    m_bar->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_bar.get()));
}

void TestOverflowBar::showsEverythingWhereThereIsRoom()
{
    QVERIFY(m_bar->hiddenAway().empty());
    QVERIFY(m_first->isVisible());
    QVERIFY(!m_bar->more().isVisible());
}

void TestOverflowBar::givesWayInOrder()
{
    m_bar->resize(300, 40);
    QCOMPARE(m_bar->hiddenAway(), std::vector<QWidget*>{m_first});
    QVERIFY(m_bar->more().isVisible());
    QVERIFY(m_last->isVisible());
    m_bar->resize(170, 40);
    QCOMPARE(m_bar->hiddenAway().size(), 2U);
    QVERIFY(m_stays->isVisible());
    QTRY_VERIFY(m_bar->more().geometry().right() <= 170);
    m_bar->resize(600, 40);
    QVERIFY(m_bar->hiddenAway().empty());
    QVERIFY(m_first->isVisible());
}

void TestOverflowBar::aNarrowOneComesBackWhereAWideOneWent()
{
    m_last->setFixedWidth(300);
    m_bar->resize(340, 40);
    QTRY_COMPARE(m_bar->hiddenAway(), std::vector<QWidget*>{m_last});
    QVERIFY(m_first->isVisible());
}

void TestOverflowBar::asksForTheRestAlone()
{
    const int least = m_bar->minimumSizeHint().width();
    QVERIFY(least > 100);
    QVERIFY2(least < 200, qPrintable(QString::number(least)));
}

void TestOverflowBar::itsMenuHoldsWhatIsAway()
{
    m_bar->resize(300, 40);
    QMenu* menu = m_bar->more().menu();
    Q_EMIT menu->aboutToShow();
    QCOMPARE(menu->actions().front()->text(), QStringLiteral("first"));
    m_bar->resize(170, 40);
    Q_EMIT menu->aboutToShow();
    QCOMPARE(menu->actions().front()->text(), QStringLiteral("last"));
}

void TestOverflowBar::whatAnotherHidesStaysHidden()
{
    m_stays->hide();
    m_bar->resize(250, 40); // enough for the two that are left
    QTRY_VERIFY(m_bar->hiddenAway().empty());
    QVERIFY(!m_stays->isVisible());
}

QTEST_MAIN(TestOverflowBar)
#include "tst_overflow_bar.moc"
