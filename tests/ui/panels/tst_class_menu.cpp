// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/class_menu.h"
#include "ui/plot/map_view.h"

#include <QtTest>

using namespace embedscope;

class TestClassMenu : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void listsTheClasses();
    void checkingShowsAndHides();
    void isEmptyWithoutClasses();

private:
    [[nodiscard]] QStringList items();

    std::unique_ptr<MapView> m_view;
    std::unique_ptr<ClassMenu> m_menu;
};

void TestClassMenu::init()
{
    m_view = std::make_unique<MapView>();
    m_menu = std::make_unique<ClassMenu>(m_view.get());
    auto places = std::make_shared<Matrix>(3, 2);
    *places << 0, 0, 1, 0, 0, 1;
    m_view->setPicture({places, {}, {}, {}});
    // More classes than colours: two of them share one.
    m_view->setColours(std::make_shared<const std::vector<std::uint8_t>>(std::vector<std::uint8_t>{0, 1, 0}),
                       {Qt::red, Qt::blue, Qt::gray});
    m_view->setClassNames({QStringLiteral("R&D"), QStringLiteral("two"), QStringLiteral("three")}, 2,
                          std::make_shared<const std::vector<std::int32_t>>(std::vector<std::int32_t>{0, 1, 2}));
}

/// As they stand when the menu opens, with a plus where it is checked.
QStringList TestClassMenu::items()
{
    Q_EMIT m_menu->aboutToShow();
    QStringList texts;
    for (const QAction* action : m_menu->actions())
        texts.append((action->isChecked() ? QStringLiteral("+") : QStringLiteral("-")) + action->text());
    return texts;
}

void TestClassMenu::listsTheClasses()
{
    QCOMPARE(items(), QStringList({QStringLiteral("+R&&D"), QStringLiteral("+two"), QStringLiteral("+three")}));
    QCOMPARE(items().size(), 3); // once, however often it opens
}

void TestClassMenu::checkingShowsAndHides()
{
    (void)items();
    m_menu->actions().at(0)->trigger();
    QVERIFY(!m_view->pixelOf(0));
    QVERIFY(m_view->pixelOf(2)); // the same colour, but another class
    QCOMPARE(items(), QStringList({QStringLiteral("-R&&D"), QStringLiteral("+two"), QStringLiteral("+three")}));
    m_menu->actions().at(0)->trigger();
    QVERIFY(m_view->pixelOf(0));
}

void TestClassMenu::isEmptyWithoutClasses()
{
    m_view->setColours(nullptr);
    QVERIFY(items().isEmpty());
}

QTEST_MAIN(TestClassMenu)
#include "tst_class_menu.moc"
