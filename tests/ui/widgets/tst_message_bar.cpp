// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/widgets/widget_checks.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

using namespace embedscope;

namespace {

Message error(const QString& text, const QString& details = {})
{
    return {.kind = Message::Kind::Error, .text = text, .details = details, .actionText = {}, .action = {}};
}

QToolButton* buttonNamed(QWidget& parent, const QString& name)
{
    for (auto* button : parent.findChildren<QToolButton*>())
        if (button->accessibleName() == name)
            return button;
    return nullptr;
}

} // namespace

class TestMessageBar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }

    void init()
    {
        m_window = std::make_unique<QWidget>();
        m_bar = new MessageBar;
        (new QVBoxLayout(m_window.get()))->addWidget(m_bar);
        m_window->resize(700, 300);
        QVERIFY(showActive(*m_window));
    }

    void startsHidden() { QVERIFY(!m_bar->isVisible()); }

    void showsTheNewestAndComesBackToTheOlder()
    {
        QSignalSpy changed(m_bar, &MessageBar::changed);
        m_bar->post(error(QStringLiteral("first")));
        m_bar->post(error(QStringLiteral("second")));
        QVERIFY(m_bar->isVisible());
        QCOMPARE(m_bar->text(), QStringLiteral("second"));
        m_bar->dismiss();
        QCOMPARE(m_bar->text(), QStringLiteral("first"));
        m_bar->dismiss();
        QVERIFY(!m_bar->isVisible());
        m_bar->dismiss();
        QCOMPARE(changed.size(), 4);
    }

    void theSameTextIsKeptOnce()
    {
        m_bar->post(error(QStringLiteral("a")));
        m_bar->post(error(QStringLiteral("b")));
        m_bar->post(error(QStringLiteral("a")));
        QCOMPARE(m_bar->count(), 2);
        QCOMPARE(m_bar->text(), QStringLiteral("a"));
    }

    void aFloodIsBounded()
    {
        for (int i = 0; i < 1000; ++i)
            m_bar->post(error(QString::number(i)));
        QCOMPARE(m_bar->count(), 20);
        QCOMPARE(m_bar->text(), QStringLiteral("999"));
        m_bar->dismissAll();
        QVERIFY(!m_bar->isVisible());
    }

    void actionRunsOnceAndCloses()
    {
        int runs = 0;
        m_bar->post({.kind = Message::Kind::Warning,
                     .text = QStringLiteral("The file changed."),
                     .details = {},
                     .actionText = QStringLiteral("Open Again"),
                     .action = [&] {
                         ++runs;
                         m_bar->post(error(QStringLiteral("posted by the action")));
                     }});
        auto* button = m_bar->findChild<QPushButton*>();
        QCOMPARE(button->text(), QStringLiteral("Open Again"));
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(runs, 1);
        QCOMPARE(m_bar->text(), QStringLiteral("posted by the action"));
        QVERIFY(!button->isVisible());
    }

    void detailsUnfoldAndFoldForTheNextMessage()
    {
        auto* details = m_bar->findChild<QPlainTextEdit*>();
        m_bar->post(error(QStringLiteral("bad"), QStringLiteral("line 7\nline 8")));
        QVERIFY(!details->isVisible());
        QTest::mouseClick(buttonNamed(*m_bar, QStringLiteral("Details")), Qt::LeftButton);
        QVERIFY(details->isVisible());
        QCOMPARE(details->toPlainText(), QStringLiteral("line 7\nline 8"));
        m_bar->post(error(QStringLiteral("worse"), QStringLiteral("line 9")));
        QVERIFY(!details->isVisible());
    }

    void copiesTextAndDetails()
    {
        m_bar->post(error(QStringLiteral("bad"), QStringLiteral("line 7")));
        QTest::mouseClick(buttonNamed(*m_bar, QStringLiteral("Copy the message")), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("bad\nline 7"));
    }

    void textIsShownAsItIsWritten()
    {
        m_bar->post(error(QStringLiteral("<b>x</b> & co")));
        bool found = false;
        for (const auto* label : m_bar->findChildren<QLabel*>())
            found = found || (label->text() == QStringLiteral("<b>x</b> & co") && label->textFormat() == Qt::PlainText);
        QVERIFY(found);
    }

    void escapeClosesItAndTheFocusIsNeverStolen()
    {
        auto* elsewhere = new QPushButton(m_window.get());
        elsewhere->show();
        elsewhere->setFocus();
        m_bar->post(error(QStringLiteral("bad")));
        QCOMPARE(QApplication::focusWidget(), elsewhere);
        buttonNamed(*m_bar, QStringLiteral("Close the message"))->setFocus();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(!m_bar->isVisible());
    }

    void screenReadersHearTheKind()
    {
        m_bar->post({.kind = Message::Kind::Warning,
                     .text = QStringLiteral("Two rows are alike."),
                     .details = QStringLiteral("x"),
                     .actionText = QStringLiteral("Show"),
                     .action = {}});
        QStringList names;
        for (const auto* label : m_bar->findChildren<QLabel*>())
            names << label->accessibleName();
        QVERIFY(names.contains(QStringLiteral("Warning: Two rows are alike.")));
        QCOMPARE(namelessWidgets(*m_window), QStringList());
    }

private:
    std::unique_ptr<QWidget> m_window;
    MessageBar* m_bar = nullptr;
};

QTEST_MAIN(TestMessageBar)
#include "tst_message_bar.moc"
