// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "ui/jobs/job_runner.h"
#include "ui/panels/map_colours.h"
#include "ui/panels/map_shapes.h"
#include "ui/plot/map_view.h"

#include <QComboBox>
#include <QtTest>

using namespace embedscope;

namespace {

/// Two heaps far apart, with a column that tells which.
TableSnapshot heaps(Index rows)
{
    Random random(4);
    Matrix weights(rows, 2);
    Vocabulary words;
    NumberColumn heap{"heap", {}};
    for (Index row = 0; row < rows; ++row) {
        weights.row(row) << static_cast<float>(random.normal() + (row % 2 == 1 ? 40 : 0)),
            static_cast<float>(random.normal());
        words.add("w" + std::to_string(row));
        heap.values.push_back(static_cast<double>(row % 2));
    }
    auto table = EmbeddingTable::create(std::move(weights), std::move(words));
    table->addColumn(std::move(heap));
    Progress progress;
    return *snapshotOf(std::move(*table), nullptr, {}, progress);
}

int pixelsApart(const QImage& a, const QImage& b)
{
    int count = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x)
            count += a.pixel(x, y) != b.pixel(x, y);
    return count;
}

} // namespace

class TestMapLooks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aColumnGivesSizeAndOpacity_data();
    void aColumnGivesSizeAndOpacity();
    void clustersOnTheMapAreOutlined();

private:
    [[nodiscard]] QImage picture() const
    {
        QCoreApplication::processEvents(); // lets the queued drawing happen
        return m_view->grab().toImage();
    }

    std::unique_ptr<JobRunner> m_jobs;
    std::unique_ptr<Document> m_document;
    std::unique_ptr<MapView> m_view;
};

void TestMapLooks::init()
{
    m_jobs = std::make_unique<JobRunner>();
    m_document = std::make_unique<Document>(m_jobs.get());
    m_document->setTable(heaps(600), Document::Origin::File, QStringLiteral("heaps"));
    m_view = std::make_unique<MapView>();
    m_view->setTokens([](Index) { return QString(); });
    m_view->resize(500, 400);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    m_view->setPicture({m_document->snapshot().coordinates, {}, {}, {}});
}

void TestMapLooks::cleanup()
{
    m_view.reset();
    m_document.reset();
    m_jobs.reset();
}

void TestMapLooks::aColumnGivesSizeAndOpacity_data()
{
    QTest::addColumn<int>("box");
    QTest::newRow("size") << 0;
    QTest::newRow("opacity") << 1;
}

void TestMapLooks::aColumnGivesSizeAndOpacity()
{
    QFETCH(int, box);
    MapShapes shapes(m_document.get(), m_view.get());
    QComboBox* choice = shapes.findChildren<QComboBox*>().at(box);
    QCOMPARE(choice->count(), 3); // none, norm, heap
    const QImage before = picture();
    choice->setCurrentIndex(2);
    QTRY_VERIFY(pixelsApart(picture(), before) > 100);
    choice->setCurrentIndex(0);
    QTRY_COMPARE(picture(), before);
}

void TestMapLooks::clustersOnTheMapAreOutlined()
{
    MapColours colours(m_document.get(), m_view.get(), m_jobs.get());
    colours.showTable(false);
    colours.setColour(QStringLiteral("clusters 2"));
    QTRY_VERIFY(m_jobs->isIdle());
    colours.setColour(QStringLiteral("density"));
    QTRY_VERIFY(m_jobs->isIdle());
    const QImage outlined = picture();
    m_view->setClusters(nullptr, {});
    const QImage plain = picture();
    QVERIFY2(pixelsApart(outlined, plain) > 300, qPrintable(QString::number(pixelsApart(outlined, plain))));
    // The same picture at another scale: the clusters of before are gone, and found anew once it rests.
    m_view->updateCoordinates(std::make_shared<const Matrix>(*m_document->snapshot().coordinates * 2));
    m_view->fit();
    QVERIFY(pixelsApart(picture(), plain) < 100);
    QTRY_VERIFY(pixelsApart(picture(), plain) > 300);
    colours.setColour(QStringLiteral("none"));
    const QImage none = picture();
    m_view->setClusters(nullptr, {});
    QCOMPARE(picture(), none);
}

QTEST_MAIN(TestMapLooks)
#include "tst_map_looks.moc"
