// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <nlohmann/json.hpp>

using Json = nlohmann::json;

/// `preview` and `repair` from outside.
class TestCliPreview : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void previewsText();
    void aProblemIsPartOfThePreview();
    void repairs();
    void refusesWrongRepairs();

private:
    struct Outcome
    {
        int code = -1;
        Json json;
        QString error;
    };
    [[nodiscard]] Outcome run(const QStringList& arguments) const;
    [[nodiscard]] QString path(const char* name) const { return m_folder->filePath(QLatin1String(name)); }
    [[nodiscard]] QString write(const char* name, const QByteArray& content) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

TestCliPreview::Outcome TestCliPreview::run(const QStringList& arguments) const
{
    QProcess tool;
    tool.start(QStringLiteral(EMBEDSCOPE_CLI), arguments);
    if (!tool.waitForFinished(60000) || tool.exitStatus() != QProcess::NormalExit)
        return {};
    return {tool.exitCode(), Json::parse(tool.readAllStandardOutput().toStdString(), nullptr, false),
            QString::fromUtf8(tool.readAllStandardError())};
}

QString TestCliPreview::write(const char* name, const QByteArray& content) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("the test cannot write");
    return file.fileName();
}

void TestCliPreview::previewsText()
{
    QByteArray content = "30 2\n";
    for (int i = 0; i < 30; ++i)
        content += "w" + QByteArray::number(i) + ' ' + QByteArray::number(i) + " 0.1\n";
    const Outcome out = run({"preview", write("a.vec", content), "--json"});
    QCOMPARE(out.code, 0);
    QCOMPARE(out.json["format"], Json("word2vec"));
    QCOMPARE(out.json["header"], Json(true));
    QCOMPARE(out.json["rows"], Json(30));
    QCOMPARE(out.json["row_count"], Json("exact"));
    QCOMPARE(out.json["dim"], Json(2));
    QCOMPARE(out.json["encoding"], Json("UTF-8"));
    QCOMPARE(out.json["problem"], Json());
    QCOMPARE(out.json["first_rows"].size(), std::size_t(20));
    QCOMPARE(out.json["first_rows"][19], Json({{"token", "w19"}, {"values", {19.0, 0.1}}}));
}

void TestCliPreview::aProblemIsPartOfThePreview()
{
    const Outcome out = run({"preview", write("a.txt", "a 1 2\nb 1\nc 1 2\nd 3 4\n"), "--json"});
    QCOMPARE(out.code, 3);
    QCOMPARE(out.json["format"], Json("glove"));
    QCOMPARE(out.json["dim"], Json(2));
    QVERIFY(out.json["problem"].get<std::string>().find("line 2") != std::string::npos);
    QVERIFY(out.error.contains(QStringLiteral("line 2")));
    QCOMPARE(run({"preview", path("nowhere"), "--json"}).code, 3);
}

void TestCliPreview::repairs()
{
    const QString in = write("in.txt", "the 1 2\nof nan 4\nthe 5 6\nnew york 0 0\ncaf\xE9 7 8\n");
    const Outcome out = run({"repair", in, path("out.vec"), "--duplicates", "last", "--nan", "drop", "--drop-zero-rows",
                             "--utf8", "--blanks", "_", "--json"});
    QVERIFY2(out.code == 0, qPrintable(out.error));
    QCOMPARE(out.json["rows"], Json(2));
    QCOMPARE(out.json["repeated_dropped"], Json(1));
    QCOMPARE(out.json["nan_dropped"], Json(1));
    QCOMPARE(out.json["zero_dropped"], Json(1));
    QCOMPARE(out.json["tokens_encoded"], Json(1));
    QCOMPARE(out.json["tokens_joined"], Json(1));
    QFile file(path("out.vec"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("2 2\nthe 5 6\ncaf\xEF\xBF\xBD 7 8\n"));
}

void TestCliPreview::refusesWrongRepairs()
{
    const QString in = write("in.txt", "a 0 0\nb 0 0\n");
    QCOMPARE(run({"repair", in, path("out.txt"), "--duplicates", "middle"}).code, 2);
    const Outcome all = run({"repair", in, path("out.txt"), "--drop-zero-rows"});
    QCOMPARE(all.code, 4);
    QVERIFY(all.error.contains(QStringLiteral("drop every row")));
    QVERIFY(!QFile::exists(path("out.txt")));
}

QTEST_APPLESS_MAIN(TestCliPreview)
#include "tst_cli_preview.moc"
