// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/session_file.h"
#include "tests/core/io/table_files.h"

#include <csignal>
#include <limits>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace embedscope;
namespace fs = std::filesystem;

/// What goes into a session file comes out bit for bit, or one sentence says why not.
class TestSessionFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingComesBack();
    void theSameSessionGivesTheSameBytes();
    void isFoundByContent();
    void theSummaryHasNoTables();
    void aNewerVersionIsRefused();
    void unknownKeysDoNoHarm();
    void cutFilesAreRefused();
    void changedBytesAreRefusedOrHarmless();
    void aClaimIsHeldAgainstTheBytes_data();
    void aClaimIsHeldAgainstTheBytes();
    void aStopLeavesTheOldFile();
    void aKilledWriterLeavesAWholeFile();
    void linksFollowAMove();
    void aChangedOrMissingLinkIsNamed();

private:
    TableFolder m_folder;
};

namespace {

Result<void> save(const Session& session, const fs::path& path, const std::vector<SessionPart>& parts = {})
{
    Progress progress;
    return writeSession(session, parts, path, {}, progress);
}

Result<Session> open(const fs::path& path)
{
    Progress progress;
    return readSession(path, {}, progress);
}

/// With a value of each kind and the bytes that are hardest to keep.
Session sample(float first = 1.5F)
{
    Matrix weights(4, 3);
    weights << first, -0.0F, 3e-42F, std::numeric_limits<float>::quiet_NaN(), 1e38F, -7.25F,
        std::numeric_limits<float>::infinity(), 0.1F, 0.2F, 9.0F, 8.0F, 7.0F;
    const std::string nul("nul\0byte", 8);
    EmbeddingTable table = makeTable(weights, {"new\nline", nul, "\xff\xfe no utf-8", ""});
    table.addColumn(CategoryColumn{"class \xc3\x28", {"", "b\0c", "\xff"}, {2, -1, 0, 1}});
    table.addColumn(NumberColumn{"count", {1, std::numeric_limits<double>::quiet_NaN(), -0.0, 1e300}});
    Session session;
    session.program = "embedscope 9.9";
    session.sections["window"] = {{"arrangement", "train"}, {"formula", "king - \xff"}, {"quote", "\"\\\n"}};
    session.sections["empty"] = {};
    LinkedFile& text = session.links["text"];
    text.stamp = {"/data/\xff.tsv", 1ULL << 40U, 4000000000U};
    text.relative = "../\xfe.tsv";
    text.options = {{"format", "tsv"}};
    session.tables["table"] = std::make_shared<const EmbeddingTable>(std::move(table));
    session.tables["initial"] = std::make_shared<const EmbeddingTable>(makeTable(Matrix::Ones(1, 1), {"one"}));
    session.arrays["coordinates"] = Matrix(weights.leftCols(2));
    session.arrays["steps"] = std::vector<std::int64_t>{0, -1, std::numeric_limits<std::int64_t>::max()};
    session.arrays["loss"] = std::vector<double>{0.1, std::numeric_limits<double>::denorm_min()};
    session.arrays["none"] = std::vector<double>{};
    session.parts["checkpoint"] = std::string("any\0bytes", 9);
    return session;
}

bool sameBits(const std::vector<double>& a, const std::vector<double>& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](double x, double y) {
        return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y);
    });
}

void compareTables(const EmbeddingTable& a, const EmbeddingTable& b)
{
    QVERIFY(embedscope::sameBits(a.weights(), b.weights()));
    QVERIFY(a.vocabulary() == b.vocabulary());
    QCOMPARE(a.columns().size(), b.columns().size());
    for (std::size_t i = 0; i < a.columns().size(); ++i) {
        QCOMPARE(a.columns()[i].name, b.columns()[i].name);
        QCOMPARE(a.columns()[i].categories, b.columns()[i].categories);
        QCOMPARE(a.columns()[i].values, b.columns()[i].values);
    }
    QCOMPARE(a.numberColumns().size(), b.numberColumns().size());
    for (std::size_t i = 0; i < a.numberColumns().size(); ++i) {
        QCOMPARE(a.numberColumns()[i].name, b.numberColumns()[i].name);
        QVERIFY(sameBits(a.numberColumns()[i].values, b.numberColumns()[i].values));
    }
}

/// A session file around this session.json, written by the writer of zip archives itself: as a part it would be named
/// otherwise, so its name is put right afterwards.
fs::path withDescription(const TableFolder& folder, const std::string& json)
{
    Session session;
    session.parts["x.json"] = json;
    if (!save(session, folder.path("made")))
        qFatal("not written");
    std::string bytes = readBytes(folder.path("made"));
    // "session.json" and "parts/x.json" are of one length.
    const auto swapNames = [&bytes](const std::string& from, const std::string& to) {
        for (std::size_t at = bytes.find(from); at != std::string::npos; at = bytes.find(from, at + 1))
            bytes.replace(at, from.size(), to);
    };
    swapNames("session.json", "session.jsoX");
    swapNames("parts/x.json", "session.json");
    return folder.write("made", bytes);
}

} // namespace

void TestSessionFile::everythingComesBack()
{
    const Session before = sample();
    const std::string head = "in ";
    const std::string tail = "pieces";
    QVERIFY(save(before, m_folder.path("a"), {{"pieces", {head, tail}}}).has_value());
    const auto after = open(m_folder.path("a"));
    QVERIFY2(after.has_value(), after ? "" : describe(after.error()).c_str());
    QCOMPARE(after->program, before.program);
    QVERIFY(after->sections == before.sections);
    QVERIFY(after->links == before.links);
    QCOMPARE(after->tables.size(), before.tables.size());
    for (const auto& [name, table] : before.tables)
        compareTables(*table, *after->tables.at(name));
    QCOMPARE(after->arrays.size(), before.arrays.size());
    QVERIFY(embedscope::sameBits(std::get<Matrix>(after->arrays.at("coordinates")),
                                 std::get<Matrix>(before.arrays.at("coordinates"))));
    QVERIFY(after->arrays.at("steps") == before.arrays.at("steps"));
    QVERIFY(sameBits(std::get<std::vector<double>>(after->arrays.at("loss")), {0.1, 4.9406564584124654e-324}));
    QVERIFY(after->arrays.at("none") == before.arrays.at("none"));
    QCOMPARE(after->parts.at("checkpoint"), before.parts.at("checkpoint"));
    QCOMPARE(after->parts.at("pieces"), head + tail);
    QCOMPARE(after->field("window", "arrangement"), std::string("train"));
    QCOMPARE(after->field("window", "nothing"), std::string());
}

void TestSessionFile::theSameSessionGivesTheSameBytes()
{
    QVERIFY(save(sample(), m_folder.path("a")).has_value());
    QVERIFY(save(*open(m_folder.path("a")), m_folder.path("b")).has_value());
    QVERIFY(readBytes(m_folder.path("a")) == readBytes(m_folder.path("b")));
}

void TestSessionFile::isFoundByContent()
{
    QVERIFY(save(sample(), m_folder.path("any name")).has_value());
    QVERIFY(isSessionFile(m_folder.path("any name")));
    QVERIFY(!isSessionFile(m_folder.write("text.embedscope", "session.json")));
    QVERIFY(!isSessionFile(m_folder.path("nothing")));
    QVERIFY(!isSessionFile(sampleFolder()));
    const auto refused = open(m_folder.path("text.embedscope"));
    QCOMPARE(refused.error().code, ErrorCode::FormatUnknown);
}

void TestSessionFile::theSummaryHasNoTables()
{
    QVERIFY(save(sample(), m_folder.path("a")).has_value());
    const auto summary = readSessionSummary(m_folder.path("a"));
    QVERIFY(summary.has_value());
    QVERIFY(summary->sections == sample().sections);
    QVERIFY(summary->links == sample().links);
    QVERIFY(summary->tables.empty());
}

void TestSessionFile::aNewerVersionIsRefused()
{
    // Whatever else a newer version holds, or no longer holds.
    const auto path = withDescription(m_folder, R"({"format": "embedscope session", "version": 7, "tables": 3})");
    const auto refused = open(path);
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().code, ErrorCode::SessionNewer);
    QVERIFY(describe(refused.error())
                .find("was written by a newer Embedscope, version 7; this one reads up to "
                      "version 1") != std::string::npos);
}

void TestSessionFile::unknownKeysDoNoHarm()
{
    const auto path = withDescription(m_folder, R"({"format": "embedscope session", "version": 1, "program": "p",
        "colour": [1, {"deep": null}], "sections": {"window": {"a": "1", "new": 5, "newer": {"x": []}}, "other": {}},
        "links": {}, "tables": {}, "arrays": [], "parts": [], "else": {}})");
    const auto read = open(path);
    QVERIFY2(read.has_value(), read ? "" : describe(read.error()).c_str());
    QCOMPARE(read->sections.at("window"), (Fields{{"a", "1"}}));
}

void TestSessionFile::cutFilesAreRefused()
{
    QVERIFY(save(sample(), m_folder.path("a")).has_value());
    const std::string bytes = readBytes(m_folder.path("a"));
    for (std::size_t length = 0; length < bytes.size(); length += length < 200 ? 1 : 37) {
        const auto refused = open(m_folder.write("cut", bytes.substr(0, length)));
        QVERIFY2(!refused.has_value(), std::to_string(length).c_str());
        QVERIFY(!describe(refused.error()).empty());
    }
    QVERIFY(!open(m_folder.write("cut", bytes.substr(0, bytes.size() - 1))).has_value());
}

void TestSessionFile::changedBytesAreRefusedOrHarmless()
{
    QVERIFY(save(sample(), m_folder.path("a")).has_value());
    const std::string bytes = readBytes(m_folder.path("a"));
    const Session before = sample();
    int refusals = 0;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::string changed = bytes;
        changed[at] = static_cast<char>(changed[at] ^ 0x55);
        const auto read = open(m_folder.write("changed", changed));
        if (!read) {
            ++refusals;
            continue;
        }
        // What is read all the same, such as with a changed date, is what was written.
        for (const auto& [name, table] : read->tables)
            compareTables(*before.tables.at(name), *table);
        QVERIFY(read->sections == before.sections && read->links == before.links);
    }
    QVERIFY(refusals > static_cast<int>(bytes.size() / 3 / 2));
}

void TestSessionFile::aClaimIsHeldAgainstTheBytes_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto with = [](const char* what) {
        return QByteArray(R"({"format": "embedscope session", "version": 1, "program": "p", "sections": {},
            "links": {}, "tables": {}, "arrays": [], "parts": [], )") +
               what + "}";
    };
    QTest::newRow("a table that is not there") << with(R"("tables": {"t": {"columns": [], "numbers": []}})");
    QTest::newRow("an array that is not there") << with(R"("arrays": ["a"])");
    QTest::newRow("a part that is not there") << with(R"("parts": ["../../etc/passwd"])");
    QTest::newRow("a number for a path") << with(R"("links": {"t": {"path": 3}})");
    QTest::newRow("an odd hex text") << with(R"("parts": [{"hex": "abc"}])");
    QTest::newRow("no hex") << with(R"("parts": [{"hex": "zz"}])");
    QTest::newRow("a negative version") << QByteArray(R"({"format": "embedscope session", "version": -1})");
    QTest::newRow("no version") << QByteArray(R"({"format": "embedscope session"})");
    QTest::newRow("no JSON") << QByteArray("session");
    QTest::newRow("another file") << QByteArray(R"({"format": "other", "version": 1})");
    QTest::newRow("a list") << QByteArray("[1]");
    QTest::newRow("a well of brackets") << QByteArray(200000, '[');
    QTest::newRow("a flood of numbers") << QByteArray("[") + QByteArray(6 << 20, '0');
}

void TestSessionFile::aClaimIsHeldAgainstTheBytes()
{
    QFETCH(QByteArray, json);
    const auto read = open(withDescription(m_folder, json.toStdString()));
    QVERIFY(!read.has_value());
    QVERIFY(read.error().code == ErrorCode::FileDamaged || read.error().code == ErrorCode::FormatUnknown);
}

void TestSessionFile::aStopLeavesTheOldFile()
{
    QVERIFY(save(sample(), m_folder.path("a")).has_value());
    const std::string before = readBytes(m_folder.path("a"));
    const auto names = m_folder.names();
    std::stop_source source;
    source.request_stop();
    Progress progress;
    const auto stopped = writeSession(sample(2), {}, m_folder.path("a"), source.get_token(), progress);
    QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
    QVERIFY(readBytes(m_folder.path("a")) == before);
    QCOMPARE(m_folder.names(), names);
    const auto read = readSession(m_folder.path("a"), source.get_token(), progress);
    QCOMPARE(read.error().code, ErrorCode::Cancelled);
}

void TestSessionFile::aKilledWriterLeavesAWholeFile()
{
    const TableFolder folder;
    Session sessions[2];
    for (int i = 0; i < 2; ++i) {
        sessions[i].sections["which"]["one"] = std::to_string(i);
        sessions[i].parts["bulk"] = std::string(std::size_t{4} << 20U, i == 0 ? 'a' : 'b');
    }
    QVERIFY(save(sessions[0], folder.path("s")).has_value());
    int seen[2] = {0, 0};
    for (int round = 0; round < 50; ++round) {
        const pid_t child = ::fork();
        QVERIFY(child >= 0);
        if (child == 0)
            for (int i = 0;; ++i)
                static_cast<void>(save(sessions[i % 2], folder.path("s")));
        std::this_thread::sleep_for(std::chrono::microseconds(2000 + round * 397));
        QCOMPARE(::kill(child, SIGKILL), 0);
        QCOMPARE(::waitpid(child, nullptr, 0), child);
        const auto read = open(folder.path("s"));
        QVERIFY2(read.has_value(), read ? "" : describe(read.error()).c_str());
        const int which = read->field("which", "one") == "1" ? 1 : 0;
        QVERIFY(read->parts.at("bulk") == sessions[which].parts.at("bulk"));
        ++seen[which];
    }
    QVERIFY(seen[0] > 0 && seen[1] > 0); // else nothing was written before it was killed
}

void TestSessionFile::linksFollowAMove()
{
    const fs::path home = m_folder.path("home");
    fs::create_directories(home / "data");
    const fs::path text = m_folder.write("home/data/text.tsv", "a\tone\n");
    const auto link = linkTo(text, home / "work.embedscope");
    QVERIFY(link.has_value());
    QCOMPARE(link->relative, std::string("data/text.tsv"));
    QCOMPARE(*locate(*link, home / "work.embedscope"), text);
    // Moved together, the old place taken by another file: the one that moved along counts.
    const fs::path away = m_folder.path("away");
    fs::rename(home, away);
    fs::create_directories(home / "data");
    m_folder.write("home/data/text.tsv", "a\tone\n");
    QCOMPARE(*locate(*link, away / "work.embedscope"), away / "data/text.tsv");
    // The session alone was moved.
    QCOMPARE(*locate(*link, m_folder.path("elsewhere") / "work.embedscope"), text);
    // A copy beside the session.
    fs::remove_all(home);
    fs::create_directories(m_folder.path("third"));
    m_folder.write("third/text.tsv", "a\tone\n");
    QCOMPARE(*locate(*link, m_folder.path("third") / "s.embedscope"), m_folder.path("third") / "text.tsv");
    fs::remove_all(away);
}

void TestSessionFile::aChangedOrMissingLinkIsNamed()
{
    const fs::path text = m_folder.write("t.tsv", "a\tone\n");
    const auto link = linkTo(text, m_folder.path("s"));
    m_folder.write("t.tsv", "a\ttwo\n");
    const auto changed = locate(*link, m_folder.path("s"));
    QCOMPARE(changed.error().code, ErrorCode::LinkChanged);
    QCOMPARE(changed.error().args.at(1), text.string());
    fs::remove(text);
    const auto missing = locate(*link, m_folder.path("s"));
    QCOMPARE(missing.error().code, ErrorCode::LinkMissing);
    QCOMPARE(missing.error().args.at(1), text.string());
    QCOMPARE(linkTo(text, m_folder.path("s")).error().code, ErrorCode::FileNotFound);
}

QTEST_APPLESS_MAIN(TestSessionFile)
#include "tst_session_file.moc"
