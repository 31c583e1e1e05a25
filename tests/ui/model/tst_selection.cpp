// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/selection.h"

#include <QSignalSpy>
#include <QTest>

using namespace embedscope;
using Rows = Selection::Rows;

class TestSelection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsRowsInOrderAndOnce();
    void addsAndRemoves();
    void inverts();
    void tellsOnlyWhatChanged();
    void keepsSharedRowsOfBefore();
    void clearsAll();
};

void TestSelection::keepsRowsInOrderAndOnce()
{
    Selection selection;
    QVERIFY(!selection.hasRows());
    selection.setRows({7, 2, 7, 5, 2});
    QCOMPARE(selection.rows(), (Rows{2, 5, 7}));
    QVERIFY(selection.contains(5));
    QVERIFY(!selection.contains(6));
}

void TestSelection::addsAndRemoves()
{
    Selection selection;
    selection.setRows({4, 1});
    selection.addRows({9, 4, 0});
    QCOMPARE(selection.rows(), (Rows{0, 1, 4, 9}));
    selection.removeRows({4, 3, 0});
    QCOMPARE(selection.rows(), (Rows{1, 9}));
    selection.changeRows({3}, Selection::Combine::Replace);
    QCOMPARE(selection.rows(), (Rows{3}));
    selection.clearRows();
    QVERIFY(!selection.hasRows());
}

void TestSelection::inverts()
{
    Selection selection;
    selection.setRows({1, 3});
    selection.invertRows(5);
    QCOMPARE(selection.rows(), (Rows{0, 2, 4}));
    selection.invertRows(5);
    QCOMPARE(selection.rows(), (Rows{1, 3}));
}

void TestSelection::tellsOnlyWhatChanged()
{
    Selection selection;
    QSignalSpy rows(&selection, &Selection::rowsChanged);
    QSignalSpy selected(&selection, &Selection::selectedChanged);
    selection.setRows({2, 1});
    QCOMPARE(rows.count(), 1);
    selection.setRows({1, 2, 2});
    selection.addRows({1});
    selection.removeRows({5});
    QCOMPARE(rows.count(), 1);
    QCOMPARE(selected.count(), 0);
    selection.select(1);
    QCOMPARE(rows.count(), 1);
}

void TestSelection::keepsSharedRowsOfBefore()
{
    Selection selection;
    selection.setRows({1});
    const auto before = selection.sharedRows();
    selection.setRows({2});
    QCOMPARE(*before, (Rows{1}));
}

void TestSelection::clearsAll()
{
    Selection selection;
    selection.setRows({1});
    selection.select(3);
    selection.hover(4);
    selection.clear();
    QVERIFY(!selection.hasRows() && !selection.selected() && !selection.hovered());
}

QTEST_GUILESS_MAIN(TestSelection)
#include "tst_selection.moc"
