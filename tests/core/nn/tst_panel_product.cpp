// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/panel_matrix.h"
#include "core/nn/panel_product.h"

#include "core/base/parallel.h"
#include "tests/core/nn/matrices.h"

#include <QtTest>

#include <numeric>

using namespace embedscope;
using namespace embedscope::test;
using namespace embedscope::detail;

namespace {

using Rows = std::vector<Index>;

/// Whole numbers from -8 to 8: sums of a few hundred products are exact in float32, in whatever order.
Matrix wholeNumbers(Index rows, Index cols, std::uint64_t seed)
{
    Random random(seed);
    Matrix out(rows, cols);
    for (float& value : out.reshaped<Eigen::RowMajor>())
        value = static_cast<float>(random.below(17)) - 8;
    return out;
}

float at(const PanelMatrix& panels, Index row, Index col)
{
    return panels.at(col / kPanel, row)[col % kPanel];
}

/// The whole storage, the part beyond the sizes too.
Matrix storage(const PanelMatrix& panels)
{
    Matrix out(panels.capacity(), panels.panels() * kPanel);
    for (Index row = 0; row < out.rows(); ++row)
        for (Index col = 0; col < out.cols(); ++col)
            out(row, col) = at(panels, row, col);
    return out;
}

/// `matrix` in the upper left corner of the storage, zeros around.
Matrix padded(const Matrix& matrix, Index rows, Index cols)
{
    Matrix out = Matrix::Zero(rows, cols);
    out.topLeftCorner(matrix.rows(), matrix.cols()) = matrix;
    return out;
}

Rows inOrder(Index count)
{
    Rows out(static_cast<std::size_t>(count));
    std::iota(out.begin(), out.end(), 0);
    return out;
}

PanelMatrix panelsOf(const Matrix& matrix)
{
    PanelMatrix out;
    gatherRows(matrix, inOrder(matrix.rows()), out);
    return out;
}

/// A storage that was used for something else before.
PanelMatrix dirty(Index rows, Index cols)
{
    PanelMatrix out(rows, cols);
    for (Index panel = 0; panel < out.panels(); ++panel)
        std::fill(out.at(panel, 0), out.at(panel, out.capacity()), NAN);
    return out;
}

/// Rows of `source`, negative ones zero.
Matrix gathered(const Matrix& matrix, const Rows& source)
{
    Matrix out = Matrix::Zero(static_cast<Index>(source.size()), matrix.cols());
    for (std::size_t i = 0; i < source.size(); ++i)
        if (source[i] >= 0)
            out.row(static_cast<Index>(i)) = matrix.row(source[i]);
    return out;
}

} // namespace

class TestPanelProduct : public QObject
{
    Q_OBJECT

private slots:
    void storesWholePanels_data();
    void storesWholePanels();
    void gathersRows_data();
    void gathersRows();
    void gathersFromAPartOfAMatrix();
    void gathersTransposed_data();
    void gathersTransposed();
    void anOldStorageIsCleared();
    void theSameSizeKeepsItsContent();
    void zeroesRowsFromTheEndOfTheData();
    void multiplies_data();
    void multiplies();
    void multipliesAPartOfTheRowsAndPanels();
    void writesNothingBesideItsTarget();
    void roundsLittle();
    void threadsDoNotMatter();
};

void TestPanelProduct::storesWholePanels_data()
{
    QTest::addColumn<Index>("rows");
    QTest::addColumn<Index>("cols");
    QTest::addColumn<Index>("capacity");
    QTest::addColumn<Index>("panels");
    QTest::newRow("nothing") << Index{0} << Index{0} << Index{0} << Index{0};
    QTest::newRow("one number") << Index{1} << Index{1} << Index{16} << Index{1};
    QTest::newRow("one panel exactly") << Index{16} << Index{16} << Index{16} << Index{1};
    QTest::newRow("one more of each") << Index{17} << Index{17} << Index{32} << Index{2};
    QTest::newRow("rows without columns") << Index{5} << Index{0} << Index{16} << Index{0};
}

void TestPanelProduct::storesWholePanels()
{
    QFETCH(const Index, rows);
    QFETCH(const Index, cols);
    QFETCH(const Index, capacity);
    QFETCH(const Index, panels);
    const PanelMatrix matrix(rows, cols);
    QCOMPARE(matrix.rows(), rows);
    QCOMPARE(matrix.cols(), cols);
    QCOMPARE(matrix.capacity(), capacity);
    QCOMPARE(matrix.panels(), panels);
    QCOMPARE(matrix.at(panels, 0) - matrix.at(0, 0), panels * capacity * kPanel);
}

void TestPanelProduct::gathersRows_data()
{
    QTest::addColumn<Index>("cols");
    QTest::addColumn<Rows>("source");
    for (const int cols : {1, 15, 16, 17, 40}) {
        QTest::addRow("%d columns, in order", cols) << Index{cols} << inOrder(7);
        QTest::addRow("%d columns, mixed, one twice, some missing", cols)
            << Index{cols} << Rows{6, -1, 0, 0, 3, -1, 5, 1, -1, 2, 4, 4, 6, 5, -1, 0, 1};
        QTest::addRow("%d columns, all missing", cols) << Index{cols} << Rows(16, -1);
        QTest::addRow("%d columns, no row", cols) << Index{cols} << Rows();
    }
}

void TestPanelProduct::gathersRows()
{
    QFETCH(const Index, cols);
    QFETCH(const Rows, source);
    const Matrix matrix = randomMatrix(7, cols, 1);
    PanelMatrix got = dirty(static_cast<Index>(source.size()), cols);
    gatherRows(matrix, source, got);
    QCOMPARE(got.cols(), cols);
    QCOMPARE(text(storage(got)), text(padded(gathered(matrix, source), got.capacity(), roundedUp(cols))));
}

void TestPanelProduct::gathersFromAPartOfAMatrix()
{
    const Matrix matrix = randomMatrix(9, 40, 1);
    PanelMatrix got;
    gatherRows(matrix.block(2, 3, 5, 18), Rows{4, -1, 0}, got);
    QCOMPARE(text(storage(got)), text(padded(gathered(matrix.block(2, 3, 5, 18), {4, -1, 0}), 16, 32)));
}

void TestPanelProduct::gathersTransposed_data()
{
    gathersRows_data();
}

void TestPanelProduct::gathersTransposed()
{
    QFETCH(const Index, cols);
    QFETCH(const Rows, source);
    const Matrix matrix = randomMatrix(7, cols, 1);
    PanelMatrix got = dirty(roundedUp(cols), static_cast<Index>(source.size()));
    gatherTransposed(panelsOf(matrix), source, got);
    QCOMPARE(got.rows(), roundedUp(cols));
    QCOMPARE(got.cols(), static_cast<Index>(source.size()));
    QCOMPARE(text(storage(got)),
             text(padded(gathered(matrix, source).transpose(), roundedUp(cols), got.panels() * kPanel)));
}

/// A product reads whole panels: what a longer batch left behind must not be in them.
void TestPanelProduct::anOldStorageIsCleared()
{
    PanelMatrix rows = panelsOf(randomMatrix(40, 40, 1));
    PanelMatrix transposed = panelsOf(randomMatrix(40, 40, 1));
    const Matrix small = randomMatrix(3, 5, 2);
    gatherRows(small, inOrder(3), rows);
    QCOMPARE(text(storage(rows)), text(padded(small, 16, 16)));
    gatherTransposed(rows, inOrder(3), transposed);
    QCOMPARE(text(storage(transposed)), text(padded(small.transpose(), 16, 16)));
}

void TestPanelProduct::theSameSizeKeepsItsContent()
{
    const Matrix matrix = randomMatrix(5, 20, 1);
    PanelMatrix panels = panelsOf(matrix);
    panels.resize(5, 20);
    QCOMPARE(text(storage(panels)), text(padded(matrix, 16, 32)));
    panels.setZero();
    QVERIFY(storage(panels).isZero(0));
}

void TestPanelProduct::zeroesRowsFromTheEndOfTheData()
{
    PanelMatrix panels = dirty(18, 20);
    panels.zeroRowsFrom(18);
    for (Index row = 0; row < 32; ++row)
        for (Index col = 0; col < 32; ++col)
            QVERIFY(row < 18 ? std::isnan(at(panels, row, col)) : at(panels, row, col) == 0);
}

void TestPanelProduct::multiplies_data()
{
    QTest::addColumn<Index>("rows");
    QTest::addColumn<Index>("k");
    // 256 columns are multiplied at a time.
    for (const int k : {1, 15, 16, 17, 40, 256, 257, 600})
        for (int rows = 1; rows <= 20; ++rows)
            QTest::addRow("%d rows of %d columns", rows, k) << Index{rows} << Index{k};
}

/// target += a b, exactly.
void TestPanelProduct::multiplies()
{
    QFETCH(const Index, rows);
    QFETCH(const Index, k);
    const Matrix a = wholeNumbers(rows, k, 1);
    const Matrix b = wholeNumbers(k, kPanel, 2);
    Matrix target = wholeNumbers(rows, kPanel, 3);
    const Eigen::MatrixXd expected = target.cast<double>() + a.cast<double>() * b.cast<double>();
    const PanelMatrix panels = panelsOf(a);
    multiplyAdd({&panels, 0, panels.panels(), 0, rows}, panelsOf(b).at(0, 0), target.data(), kPanel);
    QCOMPARE(text(target), text(expected.cast<float>()));
}

/// Rows 3 .. 10 and the second of three panels, by the third panel of a factor with several.
void TestPanelProduct::multipliesAPartOfTheRowsAndPanels()
{
    const Matrix a = wholeNumbers(20, 48, 1);
    const Matrix b = wholeNumbers(16, 48, 2);
    const PanelMatrix left = panelsOf(a);
    const PanelMatrix right = panelsOf(b);
    Matrix target = Matrix::Zero(8, kPanel);
    multiplyAdd({&left, 1, 1, 3, 8}, right.at(2, 0), target.data(), kPanel);
    QCOMPARE(text(target), text(a.block(3, 16, 8, 16) * b.rightCols(16)));
}

void TestPanelProduct::writesNothingBesideItsTarget()
{
    for (Index rows = 1; rows <= 20; ++rows) {
        const PanelMatrix left = panelsOf(wholeNumbers(rows + 2, 20, 1));
        const PanelMatrix right = panelsOf(wholeNumbers(20, 16, 2));
        Matrix target = Matrix::Constant(rows + 2, 48, 7);
        multiplyAdd({&left, 0, 2, 0, rows}, right.at(0, 0), target.data() + 48 + 16, 48);
        Matrix around = target;
        around.block(1, 16, rows, 16).setConstant(7);
        QVERIFY((around.array() == 7.0F).all());
        QVERIFY((target.block(1, 16, rows, 16).array() != 7.0F).any());
    }
}

void TestPanelProduct::roundsLittle()
{
    const Matrix a = randomMatrix(11, 300, 1);
    const Matrix b = randomMatrix(300, kPanel, 2);
    Matrix target = Matrix::Zero(11, kPanel);
    const PanelMatrix panels = panelsOf(a);
    multiplyAdd({&panels, 0, panels.panels(), 0, 11}, panelsOf(b).at(0, 0), target.data(), kPanel);
    const Eigen::MatrixXd expected = a.cast<double>() * b.cast<double>();
    // 300 products of numbers around 1: each sum is rounded to 1e-6 of its size some dozen times over.
    QVERIFY((target.cast<double>() - expected).cwiseAbs().maxCoeff() < 5e-5);
}

void TestPanelProduct::threadsDoNotMatter()
{
    const Matrix matrix = randomMatrix(3000, 40, 1);
    const auto run = [&matrix](int threads) {
        setThreadCount(threads);
        PanelMatrix rows;
        gatherRows(matrix, inOrder(3000), rows);
        PanelMatrix transposed;
        gatherTransposed(rows, inOrder(3000), transposed);
        setThreadCount(0);
        return text(storage(rows)) + text(storage(transposed));
    };
    QVERIFY(run(5) == run(1));
}

QTEST_APPLESS_MAIN(TestPanelProduct)
#include "tst_panel_product.moc"
