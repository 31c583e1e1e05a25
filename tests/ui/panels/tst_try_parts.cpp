// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/class_bars.h"
#include "ui/panels/sentence_words.h"
#include "ui/plot/plot_style.h"

#include <QSignalSpy>
#include <QTest>

using namespace embedscope;

namespace {

int pixelsLike(const QImage& image, const QColor& colour)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y) == colour ? 1 : 0;
    return count;
}

std::vector<ProbedWord> someWords()
{
    return {{"a", 5}, {"gripping", 17}, {"frobnicated", std::nullopt}, {"film", 3}};
}

void show(QWidget& widget, QSize size)
{
    widget.resize(size);
    widget.show();
    QVERIFY(QTest::qWaitForWindowExposed(&widget));
}

} // namespace

/// What "Try a sentence" is made of.
class TestTryParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aClickChoosesAWordThatHasARow();
    void theKeyboardChoosesToo();
    void unknownWordsAreNamed();
    void longSentencesTakeMoreLines();
    void barsAreAsLongAsTheProbabilities();
    void ofManyClassesTheLikeliestAreShown();
    void unknownProbabilitiesDrawNothing();
};

void TestTryParts::aClickChoosesAWordThatHasARow()
{
    SentenceWords words;
    words.setWords(someWords());
    show(words, {300, 60});
    QSignalSpy chosen(&words, &SentenceWords::wordChosen);
    QTest::mouseClick(&words, Qt::LeftButton, {}, words.rectOf(1).center());
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].value<Index>(), Index(17));
    QTest::mouseClick(&words, Qt::LeftButton, {}, words.rectOf(2).center());
    QTest::mouseClick(&words, Qt::LeftButton, {}, QPoint(299, 59));
    QCOMPARE(chosen.size(), 1);
}

void TestTryParts::theKeyboardChoosesToo()
{
    SentenceWords words;
    words.setWords(someWords());
    show(words, {300, 60});
    words.activateWindow();
    words.setFocus();
    QTRY_VERIFY(words.hasFocus());
    QSignalSpy chosen(&words, &SentenceWords::wordChosen);
    QTest::keyClick(&words, Qt::Key_Left);
    QTest::keyClick(&words, Qt::Key_Return);
    QTest::keyClick(&words, Qt::Key_Right);
    QTest::keyClick(&words, Qt::Key_Right);
    QTest::keyClick(&words, Qt::Key_Return); // unknown: nothing to choose
    QTest::keyClick(&words, Qt::Key_Right);
    QTest::keyClick(&words, Qt::Key_Right); // the last one
    QTest::keyClick(&words, Qt::Key_Space);
    QCOMPARE(chosen.size(), 2);
    QCOMPARE(chosen[0][0].value<Index>(), Index(5));
    QCOMPARE(chosen[1][0].value<Index>(), Index(3));
}

void TestTryParts::unknownWordsAreNamed()
{
    SentenceWords words;
    words.setWords(someWords());
    QCOMPARE(words.accessibleDescription(), QStringLiteral("Not in the vocabulary: frobnicated"));
    words.setWords({{"a", 5}});
    QCOMPARE(words.accessibleDescription(), QString());
}

void TestTryParts::longSentencesTakeMoreLines()
{
    SentenceWords words;
    words.setWords(std::vector<ProbedWord>(40, {"word", 1}));
    show(words, {200, 400});
    QVERIFY(words.heightForWidth(200) > 4 * words.heightForWidth(4000));
    for (std::size_t i = 0; i < 40; ++i)
        QVERIFY(words.rect().contains(words.rectOf(i)));
    words.setWords({{std::string(500, 'x'), 1}});
    QVERIFY(words.rectOf(0).width() <= 200);
    words.setWords({});
    QCOMPARE(words.heightForWidth(200), 0);
}

void TestTryParts::barsAreAsLongAsTheProbabilities()
{
    ClassBars bars;
    bars.setClasses({QStringLiteral("negative"), QStringLiteral("positive")});
    show(bars, {300, bars.sizeHint().height()});
    bars.setProbabilities({0.25F, 0.75F});
    QCOMPARE(bars.accessibleDescription(), QStringLiteral("negative 0.25, positive 0.75"));
    const QImage image = bars.grab().toImage();
    const auto colours = categoricalColours(isDark(bars.palette()));
    const int first = pixelsLike(image, colours[0]);
    const int second = pixelsLike(image, colours[1]);
    QVERIFY(first > 50);
    // Round ends take some of each.
    QVERIFY2(second > 2.6 * first && second < 3.5 * first, qPrintable(QStringLiteral("%1 %2").arg(first).arg(second)));
}

void TestTryParts::ofManyClassesTheLikeliestAreShown()
{
    ClassBars bars;
    std::vector<QString> names;
    std::vector<float> probabilities;
    for (int i = 0; i < 20; ++i) {
        names.push_back(QStringLiteral("c%1").arg(i));
        probabilities.push_back(static_cast<float>(i) / 190);
    }
    bars.setClasses(names);
    bars.setProbabilities(probabilities);
    QVERIFY(bars.accessibleDescription().startsWith(QStringLiteral("c19 0.10, c18 0.09")));
    QCOMPARE(bars.accessibleDescription().count(QLatin1Char(',')), 5);
}

void TestTryParts::unknownProbabilitiesDrawNothing()
{
    ClassBars bars;
    bars.setClasses({QStringLiteral("negative"), QStringLiteral("positive")});
    show(bars, {300, bars.sizeHint().height()});
    bars.setProbabilities({});
    QCOMPARE(bars.accessibleDescription(), QString());
    const auto colours = categoricalColours(isDark(bars.palette()));
    for (const std::size_t i : {std::size_t(0), std::size_t(1)})
        QCOMPARE(pixelsLike(bars.grab().toImage(), colours[i]), 0);
}

QTEST_MAIN(TestTryParts)
#include "tst_try_parts.moc"
