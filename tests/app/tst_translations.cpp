// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QXmlStreamReader>
#include <QtTest>

/// Every string of the window is translated in every language that is offered, with the same places for arguments.
class TestTranslations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsUnfinished_data();
    void nothingIsUnfinished();
    void argumentsAreKept_data();
    void argumentsAreKept();
};

namespace {

struct Message
{
    QString source;
    QString translation;
    bool finished = true;
};

QList<Message> readMessages(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QXmlStreamReader xml(&file);
    QList<Message> messages;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == u"message") {
            messages.append(Message());
        } else if (xml.name() == u"source") {
            messages.last().source = xml.readElementText();
        } else if (xml.name() == u"translation") {
            messages.last().finished = !xml.attributes().hasAttribute(QStringLiteral("type"));
            messages.last().translation = xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
        }
    }
    return messages;
}

QStringList placesOf(const QString& text)
{
    static const QRegularExpression place(QStringLiteral("%(L?n|[1-9])"));
    QStringList places;
    for (auto it = place.globalMatch(text); it.hasNext();)
        places.append(it.next().captured());
    places.sort();
    return places;
}

void addLanguages()
{
    QTest::addColumn<QString>("path");
    const QDir folder(QStringLiteral(EMBEDSCOPE_SOURCE_DIR "/translations"));
    for (const QFileInfo& file : folder.entryInfoList({QStringLiteral("*.ts")}))
        QTest::newRow(qPrintable(file.fileName())) << file.filePath();
}

} // namespace

void TestTranslations::nothingIsUnfinished_data()
{
    addLanguages();
}

void TestTranslations::nothingIsUnfinished()
{
    QFETCH(QString, path);
    const auto messages = readMessages(path);
    QVERIFY(messages.size() > 300);
    int unfinished = 0;
    for (const Message& message : messages) {
        if (message.finished && !message.translation.isEmpty())
            continue;
        ++unfinished;
        qWarning() << "unfinished:" << message.source;
    }
    QCOMPARE(unfinished, 0);
}

void TestTranslations::argumentsAreKept_data()
{
    addLanguages();
}

void TestTranslations::argumentsAreKept()
{
    QFETCH(QString, path);
    for (const Message& message : readMessages(path))
        QVERIFY2(placesOf(message.source) == placesOf(message.translation), qPrintable(message.source));
}

QTEST_APPLESS_MAIN(TestTranslations)
#include "tst_translations.moc"
