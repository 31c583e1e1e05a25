// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/map_layout.h"
#include "tests/core/project/map_files.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace embedscope;
using namespace embedscope::test;

/// Every method from the rows of a table, also where there is hardly anything to show.
class TestMapLayout : public QObject
{
    Q_OBJECT

private slots:
    void fewRows_data();
    void fewRows();
    void rowsThatCannotBeComparedStayOut_data();
    void rowsThatCannotBeComparedStayOut();
    void cosineOfComponentsIsThatOfTheRows();
    void refusesOptions_data();
    void refusesOptions();
};

namespace {

Result<MapLayout> layoutOf(const Matrix& weights, const MapOptions& options)
{
    Progress progress;
    const ConstMatrixMap view(weights.data(), weights.rows(), weights.cols());
    auto layout = MapLayout::create({.weights = view}, options, {}, progress);
    if (layout && !layout->run(30, {}, progress))
        return fail(ErrorCode::Internal, {"the run"});
    return layout;
}

void addMethods()
{
    QTest::addColumn<MapMethod>("method");
    for (const MapMethod method : {MapMethod::Pca, MapMethod::Tsne, MapMethod::Umap})
        QTest::newRow(std::string(mapMethodName(method)).c_str()) << method;
}

} // namespace

void TestMapLayout::fewRows_data()
{
    addMethods();
}

/// PCA shows any number of rows; the others say from how many on they do.
void TestMapLayout::fewRows()
{
    QFETCH(MapMethod, method);
    for (const Index rows : {0, 1, 2, 3, 4, 5}) {
        const Matrix weights = mixture(rows, 3, 1, 1);
        const auto layout = layoutOf(weights, {.method = method});
        QCOMPARE(layout.has_value(), method == MapMethod::Pca || rows >= 4);
        if (layout) {
            QCOMPARE(layout->coordinates().rows(), rows);
            QVERIFY(layout->coordinates().allFinite());
        } else {
            QCOMPARE(layout.error().code, ErrorCode::ValueRefused);
        }
    }
}

void TestMapLayout::rowsThatCannotBeComparedStayOut_data()
{
    addMethods();
}

void TestMapLayout::rowsThatCannotBeComparedStayOut()
{
    QFETCH(MapMethod, method);
    Matrix weights = mixture(40, 5, 2, 2);
    weights(7, 1) = std::numeric_limits<float>::quiet_NaN();
    weights(9, 0) = std::numeric_limits<float>::infinity();
    weights.row(20).setZero();
    for (const Metric metric : {Metric::Euclidean, Metric::Cosine}) {
        const auto layout = layoutOf(weights, {.method = method, .metric = metric});
        QVERIFY(layout);
        const Matrix places = layout->coordinates();
        for (Index row = 0; row < places.rows(); ++row) {
            const bool out = row == 7 || row == 9 || (row == 20 && metric == Metric::Cosine);
            QCOMPARE(places.row(row).allFinite(), !out);
        }
    }
}

/// Components round the mean of unit rows have other angles, but the same distances.
void TestMapLayout::cosineOfComponentsIsThatOfTheRows()
{
    Matrix weights = mixture(200, 8, 4, 3);
    weights.col(0).array() += 20; // far from the middle
    const MapOptions options{.method = MapMethod::Umap, .metric = Metric::Cosine, .pca_dims = 7};
    MapOptions whole = options;
    whole.pca_dims = 0;
    const auto reduced = layoutOf(weights, options);
    const auto full = layoutOf(weights, whole);
    QVERIFY(reduced && full);
    const NeighborGraph& a = *reduced->graph();
    const NeighborGraph& b = *full->graph();
    const Matrix unit = weights.rowwise().normalized();
    double same = 0;
    for (Index i = 0; i < b.points(); ++i)
        for (Index j = 0; j < b.k(); ++j) {
            QCOMPARE_LE(std::abs(b.distances(i, j) - (1 - unit.row(i).dot(unit.row(b.rows(i, j))))), 1e-6F);
            same += (a.rows.row(i).array() == b.rows(i, j)).any() ? 1 : 0;
        }
    QCOMPARE_GE(same / static_cast<double>(b.rows.size()), 0.8); // one component of eight is left out
}

void TestMapLayout::refusesOptions_data()
{
    QTest::addColumn<MapOptions>("options");
    QTest::newRow("dims") << MapOptions{.dims = 4};
    QTest::newRow("perplexity") << MapOptions{.method = MapMethod::Tsne, .tsne = {.perplexity = 1}};
    QTest::newRow("perplexity is no number")
        << MapOptions{.method = MapMethod::Tsne, .tsne = {.perplexity = std::nan("")}};
    QTest::newRow("exaggeration") << MapOptions{.method = MapMethod::Tsne, .tsne = {.exaggeration = 0}};
    QTest::newRow("momentum") << MapOptions{.method = MapMethod::Tsne, .tsne = {.momentum = 1}};
    QTest::newRow("n_neighbors") << MapOptions{.method = MapMethod::Umap, .umap = {.n_neighbors = 1}};
    QTest::newRow("min_dist") << MapOptions{.method = MapMethod::Umap, .umap = {.min_dist = 2}};
}

void TestMapLayout::refusesOptions()
{
    QFETCH(MapOptions, options);
    const auto layout = layoutOf(mixture(50, 4, 2, 4), options);
    QVERIFY(!layout);
    QCOMPARE(layout.error().code, ErrorCode::ValueRefused);
}

QTEST_GUILESS_MAIN(TestMapLayout)
#include "tst_map_layout.moc"
