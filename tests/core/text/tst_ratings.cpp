// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/ratings.h"

#include "tests/core/text/text_files.h"

#include <QtTest>

using namespace embedscope;

namespace {

Result<RatingSet> read(const std::vector<std::filesystem::path>& paths)
{
    Progress progress;
    return readRatings(paths, {}, progress);
}

/// "user|item|value" of each rating, parted by blanks.
QByteArray printed(const RatingSet& set)
{
    QByteArray out;
    for (const Rating& rating : set.ratings) {
        const auto user = set.users[rating.user];
        const auto item = set.items[rating.item];
        out += (out.isEmpty() ? "" : " ") + QByteArray(user.data(), static_cast<qsizetype>(user.size())) + '|' +
               QByteArray(item.data(), static_cast<qsizetype>(item.size())) + '|' +
               QByteArray::number(static_cast<double>(rating.value));
    }
    return out;
}

} // namespace

class RatingsTest : public QObject
{
    Q_OBJECT

private slots:
    void readsEveryShape_data();
    void readsEveryShape();
    void aBadFileIsNamed_data();
    void aBadFileIsNamed();
    void theLastRatingOfAPairWins();
    void severalFilesAreOne();
    void aFileWithoutRatingsDoesNotMix();
    void illFormedTextIsMendedAndCounted();
    void stops();
    void filmTrust();
};

void RatingsTest::readsEveryShape_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("ratings");
    QTest::addColumn<QByteArray>("separator");
    QTest::addColumn<bool>("header");
    const QByteArray two = "a|x|3 b|y|4.5";
    QTest::newRow("blanks") << QByteArray("a x 3\nb y 4.5\n") << two << QByteArray("blanks") << false;
    QTest::newRow("several blanks, also at the ends")
        << QByteArray("  a  x   3 \n b y 4.5\n") << two << QByteArray("blanks") << false;
    QTest::newRow("tabs and times") << QByteArray("a\tx\t3\t881250949\nb\ty\t4.5\t891717742\n") << two
                                    << QByteArray("tab") << false;
    QTest::newRow("double colons") << QByteArray("a::x::3::978300760\nb::y::4.5::978302109\n") << two
                                   << QByteArray("::") << false;
    QTest::newRow("commas with a header")
        << QByteArray("userId,movieId,rating,timestamp\na,x,3,1\nb,y,4.5,2\n") << two << QByteArray("comma") << true;
    QTest::newRow("carriage returns, empty lines and no last line end")
        << QByteArray("a x 3\r\n\r\nb y 4.5") << two << QByteArray("blanks") << false;
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF"
                                                   "a x 3\nb y 4.5\n")
                                     << two << QByteArray("blanks") << false;
    QTest::newRow("names with blanks and commas, parted by tabs")
        << QByteArray("Ann Lee\tUp, up and away\t-1\nBo\tHeat\t1e1\n")
        << QByteArray("Ann Lee|Up, up and away|-1 Bo|Heat|10") << QByteArray("tab") << false;
    QTest::newRow("quoted commas and line breaks")
        << QByteArray("a,\"Heat, the \"\"film\"\"\",3\nb,\"y\nz\",4\n") << QByteArray("a|Heat, the \"film\"|3 b|y\nz|4")
        << QByteArray("comma") << false;
    QTest::newRow("a number sign is text")
        << QByteArray("#1 x 3\n#2 y 4\n") << QByteArray("#1|x|3 #2|y|4") << QByteArray("blanks") << false;
    QTest::newRow("without ratings") << QByteArray("a x\nb y\n") << QByteArray("a|x|1 b|y|1") << QByteArray("blanks")
                                     << false;
    QTest::newRow("without ratings, with a header")
        << QByteArray("user,item\na,x\nb,y\n") << QByteArray("a|x|1 b|y|1") << QByteArray("comma") << true;
    QTest::newRow("a time in place of the rating, as the header says")
        << QByteArray("user\titem\ttimestamp\na\tx\t881250949\n") << QByteArray("a|x|1") << QByteArray("tab") << true;
}

void RatingsTest::readsEveryShape()
{
    QFETCH(const QByteArray, content);
    const TextFile file(content);
    const auto set = read({file.path()});
    QVERIFY2(set.has_value(), set ? "" : describe(set.error()).c_str());
    QTEST(printed(*set), "ratings");
    const RatingFileReport& report = set->files.at(0);
    QTEST(QByteArray(ratingSeparatorName(report.separator).data()), "separator");
    QTEST(report.header, "header");
    QCOMPARE(report.kept, std::ssize(set->ratings));
    QCOMPARE(set->duplicates, 0);
}

void RatingsTest::aBadFileIsNamed_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char* name, const QByteArray& content, ErrorCode code, const QByteArray& says) {
        QTest::newRow(name) << content << static_cast<int>(code) << says;
    };
    const QByteArray good = "a x 3\nb y 4\nc z 5\nd x 1\ne y 2\n";
    row("empty", "", ErrorCode::FileEmpty, "empty");
    row("blank lines only", "\n \n\n", ErrorCode::FormatRefused, "2 to 4 columns");
    row("binary", QByteArray("a x 3\nb\0y 4\n", 12), ErrorCode::FileNotText, "line 2");
    row("one word a line", "a\nb\nc\n", ErrorCode::FormatRefused, "2 to 4 columns");
    row("prose", "It was a dark and stormy night;\nthe rain fell in torrents, except now\n", ErrorCode::FormatRefused,
        "2 to 4 columns");
    row("a line without its rating", good + "f z\n", ErrorCode::FileDamaged, "line 6: has 2 columns where 3");
    row("a line with more", good + "f z 1 2 3\n", ErrorCode::FileDamaged, "line 6: has 5 columns where 3");
    row("a rating in words", good + "f z good\n", ErrorCode::FileDamaged, "line 6: the rating \"good\"");
    row("not a number", good + "f z nan\n", ErrorCode::FileDamaged, "line 6: the rating \"nan\"");
    row("infinite", good + "f z inf\n", ErrorCode::FileDamaged, "line 6: the rating \"inf\"");
    row("too large for a float", good + "f z 1e39\n", ErrorCode::FileDamaged, "line 6: the rating \"1e39\"");
    row("a rating in words in the first line", "1 2 good\n" + good, ErrorCode::FileDamaged, "line 1: the rating");
    row("a very long rating", good + "f z " + QByteArray(100000, 'q') + "\n", ErrorCode::FileDamaged, "qqq...\"");
    row("no user", "a,x,3\n,y,4\n", ErrorCode::FileDamaged, "line 2: names no user");
    row("no item", "a\tx\t3\nb\t\t4\n", ErrorCode::FileDamaged, "line 2: names no item");
    row("an open quote", "a,x,3\nb,y,4\nc,z,5\nd,x,1\ne,\"y,5\n", ErrorCode::FileDamaged, "line 5");
    row("a header alone", "user,item,rating\n", ErrorCode::FormatRefused, "no rating");
    row("columns in another order", "rating,user,item\n3,a,x\n", ErrorCode::FormatRefused, "user, item, rating");
    row("items first", "item\tuser\trating\nx\ta\t3\n", ErrorCode::FormatRefused, "user, item, rating");
}

void RatingsTest::aBadFileIsNamed()
{
    QFETCH(const QByteArray, content);
    QFETCH(const int, code);
    QFETCH(const QByteArray, says);
    const TextFile file(content);
    const auto set = read({file.path()});
    QVERIFY(!set);
    const QByteArray text = QByteArray::fromStdString(describe(set.error()));
    QVERIFY2(static_cast<int>(set.error().code) == code, text);
    QVERIFY2(text.contains(says) && text.contains(file.path().c_str()) && text.size() < 400, text);
}

void RatingsTest::theLastRatingOfAPairWins()
{
    const TextFile file("a x 1\nb x 2\na x 3\na y 4\nb y 1\na x 5\n");
    const auto set = read({file.path()});
    QVERIFY(set.has_value());
    QCOMPARE(printed(*set), QByteArray("b|x|2 a|y|4 b|y|1 a|x|5"));
    QCOMPARE(set->duplicates, 2);
    QCOMPARE(set->files[0].kept, 4);
    QCOMPARE(set->files[0].lines, 6);
}

void RatingsTest::severalFilesAreOne()
{
    const TextFile first("a x 1\nb y 2\n");
    const TextFile second("user,item,rating\nb,y,3\nc,x,4\n");
    const auto set = read({first.path(), second.path()});
    QVERIFY(set.has_value());
    QCOMPARE(printed(*set), QByteArray("a|x|1 b|y|3 c|x|4"));
    QCOMPARE(set->files[0].kept, 1); // the second file has the later rating
    QCOMPARE(set->files[1].kept, 2);
    QCOMPARE(set->users.size(), 3);
}

void RatingsTest::aFileWithoutRatingsDoesNotMix()
{
    const TextFile with("a x 1\n");
    const TextFile without("a x\n");
    const auto set = read({with.path(), without.path()});
    QVERIFY(!set && set.error().code == ErrorCode::FormatRefused);
    QVERIFY(read({without.path()}).value().hasValues == false);
}

void RatingsTest::illFormedTextIsMendedAndCounted()
{
    const TextFile file("a x 3\nb\xFF y 4\n");
    const auto set = read({file.path()});
    QVERIFY(set.has_value());
    QCOMPARE(set->files[0].invalidUtf8, 1);
    QVERIFY(set->users.contains("b\xEF\xBF\xBD"));
}

void RatingsTest::stops()
{
    const TextFile file("a x 3\n");
    std::stop_source source;
    source.request_stop();
    Progress progress;
    const std::vector<std::filesystem::path> paths{file.path()};
    const auto set = readRatings(paths, source.get_token(), progress);
    QVERIFY(!set && set.error().code == ErrorCode::Cancelled);
}

void RatingsTest::filmTrust()
{
    const std::filesystem::path folder = std::filesystem::path(qgetenv("EMBEDSCOPE_DATA").toStdString()) / "filmtrust";
    std::vector<std::filesystem::path> paths;
    for (int part = 0; part < 4; ++part)
        paths.push_back(folder / ("ratings_" + std::to_string(part) + ".txt"));
    for (const auto& path : paths)
        if (!std::filesystem::exists(path))
            QSKIP(("EMBEDSCOPE_DATA has no " + path.string()).c_str());
    // Guo, Zhang, Yorke-Smith 2013: 1,508 users, 2,071 items, 35,497 ratings, of which three are given twice.
    const auto set = read(paths);
    QVERIFY(set.has_value());
    QCOMPARE(set->users.size(), 1508);
    QCOMPARE(set->items.size(), 2071);
    QCOMPARE(std::ssize(set->ratings), 35494);
    QCOMPARE(set->duplicates, 3);
}

QTEST_APPLESS_MAIN(RatingsTest)
#include "tst_ratings.moc"
