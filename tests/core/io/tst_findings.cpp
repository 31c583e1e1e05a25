// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "tests/core/io/table_files.h"
#include "tests/fuzz/table_check.h"
#include "tests/fuzz/target.h"

using namespace embedscope;

/// What the fuzz targets ever found (tests/data/findings/TARGET), and every sample, through the same readers by the
/// ordinary compiler: a fault that was mended stays away where nobody fuzzes.
class TestFindings : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { setThreadCount(1); }
    void cleanupTestCase() { setThreadCount(0); }
    void findingsStayMended();
    void samplesAreAnsweredByEveryTarget();
    void theCheckSeesWhatIsWrong();
};

namespace {

std::vector<std::filesystem::path> filesIn(const std::filesystem::path& folder)
{
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() != ".md")
            paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    return paths;
}

const fuzz::Target* targetCalled(const std::string& name)
{
    const auto& all = fuzz::targets();
    const auto found = std::find_if(all.begin(), all.end(), [&name](const auto& t) { return t.name == name; });
    return found == all.end() ? nullptr : &*found;
}

void answers(const fuzz::Target& target, const std::filesystem::path& file)
{
    const std::string problem = target.run(readBytes(file));
    QVERIFY2(problem.empty(), (target.name + ", " + file.string() + ": " + problem).c_str());
}

} // namespace

void TestFindings::findingsStayMended()
{
    for (const auto& folder : filesIn(sampleFolder().parent_path() / "findings")) {
        const fuzz::Target* target = targetCalled(folder.filename().string());
        QVERIFY2(target != nullptr, folder.c_str());
        for (const auto& file : filesIn(folder))
            answers(*target, file);
    }
}

void TestFindings::samplesAreAnsweredByEveryTarget()
{
    QVERIFY(!fuzz::targets().empty());
    for (const auto& file : filesIn(sampleFolder()))
        for (const fuzz::Target& target : fuzz::targets())
            answers(target, file);
}

void TestFindings::theCheckSeesWhatIsWrong()
{
    const auto path = sampleFolder() / "odd_duplicates.txt";
    const std::size_t bytes = readBytes(path).size();
    auto loaded = read(path);
    QCOMPARE(fuzz::problemOf(loaded, bytes), std::string());
    const auto isWrong = [&](auto&& change) {
        auto changed = loaded;
        change(changed->report);
        return !fuzz::problemOf(changed, bytes).empty();
    };
    QVERIFY(isWrong([](LoadReport& report) { report.rows += 1; }));
    QVERIFY(isWrong([](LoadReport& report) { report.dim -= 1; }));
    QVERIFY(isWrong([](LoadReport& report) { report.bytes += 1; }));
    QVERIFY(isWrong([](LoadReport& report) { report.duplicates = 0; }));
    QVERIFY(!fuzz::problemOf(loaded, 10).empty());
    QVERIFY(!fuzz::problemOf(Error{ErrorCode::Internal, {"x"}}).empty());
    QVERIFY(!fuzz::problemOf(Error{ErrorCode::FileDamaged, {}}).empty());
    QVERIFY(!fuzz::problemOf(Error{ErrorCode::Cancelled, {}}).empty());
    QVERIFY(fuzz::problemOf(Error{ErrorCode::FileDamaged, {"x", "line 1", "y"}}).empty());
}

QTEST_APPLESS_MAIN(TestFindings)
#include "tst_findings.moc"
