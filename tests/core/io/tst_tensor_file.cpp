// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/tensor_file.h"
#include "tests/core/io/table_files.h"

#include <numeric>

using namespace embedscope;

/// .npz archives, and Tensor itself.
class TestTensorFile : public QObject
{
    Q_OBJECT

private slots:
    void makesTensors();
    void readsWhatNumpyDeflated();
    void keepsEveryTensor();
    void writesTheSameBytesAgain();
    void refusesATensorThatDoesNotFillItsShape();
    void refuses_data();
    void refuses();
    void noticesAFlippedByte();
};

void TestTensorFile::makesTensors()
{
    const Tensor matrix = Tensor::fromMatrix(Matrix{{1, 2, 3}, {4, 5, 6}});
    QCOMPARE(matrix.shape, (std::vector<Index>{2, 3}));
    QCOMPARE(matrix.size(), Index{6});
    QCOMPARE(std::get<0>(matrix.data), (std::vector<float>{1, 2, 3, 4, 5, 6}));
    const float values[] = {7, 8};
    QCOMPARE(std::get<0>(Tensor::fromVector(values, 2).data), (std::vector<float>{7, 8}));
    QCOMPARE(Tensor{}.size(), Index{1}); // a scalar
}

void TestTensorFile::readsWhatNumpyDeflated()
{
    const auto file = readNpz(sampleFolder() / "deflated.npz");
    QVERIFY2(file, file ? "" : describe(file.error()).c_str());
    const TensorMap& tensors = file->tensors;
    QCOMPARE(tensors.size(), std::size_t{6});
    QCOMPARE(std::get<0>(tensors.at("weight").data), (std::vector<float>{0.5F, -1.25F, 3, 0, 0.001F, -7, 2, 4, 8}));
    std::vector<std::int64_t> counts(200); // big-endian int32 in the file
    std::iota(counts.begin(), counts.end(), 0);
    QCOMPARE(tensors.at("counts").shape, (std::vector<Index>{2, 100}));
    QVERIFY(std::get<1>(tensors.at("counts").data) == counts);
    QCOMPARE(std::get<2>(tensors.at("mask").data), (std::vector<std::uint8_t>{1, 0}));
    QVERIFY(tensors.at("scalar").shape.empty());
    QCOMPARE(std::get<0>(tensors.at("scalar").data), std::vector<float>{0.1F}); // float64 in the file
    const auto& spec = std::get<2>(tensors.at("spec").data);
    QCOMPARE(std::string(spec.begin(), spec.end()), std::string("{\"a\": 1}"));
    std::vector<float> order(24); // 2 x 3 x 4 in Fortran order in the file
    std::iota(order.begin(), order.end(), 0.0F);
    QCOMPARE(tensors.at("order").shape, (std::vector<Index>{2, 3, 4}));
    QVERIFY(std::get<0>(tensors.at("order").data) == order);
}

void TestTensorFile::keepsEveryTensor()
{
    TensorFile out;
    out.tensors["expect.weight"] = Tensor::fromMatrix(Matrix{{1.5F, -0.0F}, {3.0F, 4.0F}});
    out.tensors["empty"] = {{0, 5}, std::vector<float>{}};
    out.tensors["scalar"] = {{}, std::vector<std::int64_t>{-7}};
    out.tensors["bytes"] = {{2, 1}, std::vector<std::uint8_t>{0, 255}};
    out.tensors["\xC3\xA9"] = {{3}, std::vector<std::int64_t>{1, 2, 3}};
    const TableFolder folder;
    QVERIFY(writeNpz(out, folder.path("x.npz")));
    const auto in = readNpz(folder.path("x.npz"));
    QVERIFY2(in, in ? "" : describe(in.error()).c_str());
    QCOMPARE(in->tensors.size(), out.tensors.size());
    for (const auto& [name, value] : out.tensors) {
        QVERIFY(in->tensors.at(name).shape == value.shape);
        QVERIFY(in->tensors.at(name).data == value.data);
    }
    QVERIFY(writeNpz({}, folder.path("none.npz")));
    QVERIFY(readNpz(folder.path("none.npz"))->tensors.empty());
}

void TestTensorFile::writesTheSameBytesAgain()
{
    TensorFile out;
    out.tensors["a"] = {{2}, std::vector<float>{1, 2}};
    const TableFolder folder;
    QVERIFY(writeNpz(out, folder.path("x")));
    QVERIFY(writeNpz(out, folder.path("y")));
    QVERIFY(!readBytes(folder.path("x")).empty());
    QCOMPARE(readBytes(folder.path("x")), readBytes(folder.path("y")));
}

void TestTensorFile::refusesATensorThatDoesNotFillItsShape()
{
    TensorFile out;
    out.tensors["a"] = {{3}, std::vector<float>{1, 2}};
    const TableFolder folder;
    QVERIFY(writeNpz(out, folder.path("x")).error().code == ErrorCode::Internal);
    QVERIFY(writeSafetensors(out, folder.path("x")).error().code == ErrorCode::Internal);
    QVERIFY(folder.names().empty());
}

void TestTensorFile::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("text") << QByteArray("hello") << ErrorCode::FormatUnknown;
    QTest::newRow("a .npy") << QByteArray("\x93NUMPY\x01\0", 8) << ErrorCode::FormatUnknown;
    QTest::newRow("the beginning of a zip") << QByteArray("PK\x03\x04\x14\0\0\0", 8) << ErrorCode::FileDamaged;
    QTest::newRow("nothing") << QByteArray() << ErrorCode::FileEmpty;
}

void TestTensorFile::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(ErrorCode, code);
    const TableFolder folder;
    const auto file = readNpz(folder.write("x.npz", bytes.toStdString()));
    QVERIFY(!file);
    QVERIFY2(file.error().code == code, describe(file.error()).c_str());
}

void TestTensorFile::noticesAFlippedByte()
{
    TensorFile out;
    out.tensors["a"] = Tensor::fromMatrix(Matrix::Constant(10, 10, 1.0F));
    const TableFolder folder;
    QVERIFY(writeNpz(out, folder.path("x")));
    std::string bytes = readBytes(folder.path("x"));
    bytes[300] ^= 1; // within the values
    const auto file = readNpz(folder.write("x", bytes));
    QVERIFY(!file);
    QVERIFY(file.error().code == ErrorCode::FileDamaged);
}

QTEST_APPLESS_MAIN(TestTensorFile)
#include "tst_tensor_file.moc"
