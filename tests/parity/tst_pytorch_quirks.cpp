// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/attention.h"
#include "core/nn/embedding.h"
#include "core/nn/embedding_bag.h"
#include "core/nn/layer_norm.h"
#include "core/nn/linear.h"
#include "core/nn/recurrent.h"
#include "core/nn/sentence_encoder.h"
#include "core/nn/transformer_encoder_layer.h"
#include "core/train/trainer.h"
#include "tests/core/nn/matrices.h"
#include "tests/core/optim/every_optimizer.h"
#include "tests/core/train/small_data.h"

#include <QtTest>

#include <limits>
#include <stdexcept>
#include <string>

using namespace embedscope;
using namespace embedscope::test;

/// What of PyTorch surprises its users, one named test a rule: whoever changes one of them learns here that it was
/// meant. Numbers at large are compared in tst_parity; the tests of each class go deeper.
class TestPyTorchQuirks : public QObject
{
    Q_OBJECT

private slots:
    // nn.Embedding: construction
    void freshWeightIsStandardNormal();
    void freshPaddingRowIsZero();
    void negativePaddingCountsFromTheEnd();
    void paddingOutsideIsRefused();
    void weightOfAnotherShapeIsRefused();
    void givenPaddingRowIsNotZeroed();
    void givenWeightIsNotCopied();
    void pretrainedIsFrozen();
    void pretrainedPaddingRowIsNotZeroed();
    void aLaterWeightFillsThePaddingRow();

    // nn.Embedding: forward
    void paddingRowIsReturnedAsItIs();
    void noIndicesGiveNoRows();
    void indexOutsideIsRefused();

    // max_norm
    void onlyLongerRowsAreClipped();
    void clippingDividesByALittleMore();
    void clippingChangesTheStoredWeight();
    void clippingActsBeforeTheLookUp();
    void clippingReachesThePaddingRow();
    void clippingReachesAFrozenTable();
    void clippingReachesPredictions();
    void clippingSkipsRowsNotLookedUp();
    void clippingLooksAtARowOnce();
    void clippingLeavesNanAlone();
    void clippingLeavesZeroAlone();
    void clippingMeasuresInFloat32();
    void clippingKnowsOtherNorms();
    void clippingHasNoGradient();
    void clippingToNothingIsRefused();

    // nn.Embedding: backward
    void contributionsAreAddedInInputOrder();
    void frequencyCountsTheWholeInput();
    void paddingHasNoGradient();
    void paddingHasNoSparseEntry();
    void frequencyWithSparseIsRefused();

    // nn.EmbeddingBag
    void bagsAreMeansByDefault();
    void bagSumIsWeighted();
    void bagMeanDoesNotCountPadding();
    void bagMaxTakesTheFirstOfEquals();
    void bagMaxKeepsAFirstNanOnly();
    void emptyBagsAreZero();
    void paddingBagsAreZero();
    void bagMeanGradientIsDivided();
    void bagMaxGradientGoesToTheWinner();
    void sampleWeightGradientIsAProduct();
    void paddingHasNoSampleWeightGradient();
    void bagFrequencyIsTheRowsOwn();
    void lastOffsetIsNoBag();
    void lastOffsetIsTheEnd();
    void offsetsStartAtZeroAndNeverFall();
    void bagsNeedOffsets();
    void sampleWeightsAreForSumsOnly();
    void maxWithFrequencyIsRefused();
    void maxWithSparseIsRefused();
    void aRefusedBagClipsNothing();

    // Which optimizer takes sparse gradients
    void adamRefusesSparse();
    void adamWRefusesSparse();
    void sparseAdamRefusesDense();
    void sparseAdamHasNoWeightDecay();
    void adagradTakesSparseWithoutDecay();
    void sgdTakesSparseWhenPlain();

    // Update formulas
    void sgdDoesNotDampenTheFirstGradient();
    void sgdKeepsTheRateOutOfTheVelocity();
    void nesterovNeedsMomentumWithoutDampening();
    void adamAddsEpsAfterTheBiasCorrection();
    void adamAveragesByLerp();
    void adamLerpIsExactAtTheFarEnd();
    void amsgradKeepsTheLargestUncorrected();
    void adamWDecaysBeforeTheStep();
    void adamWDecaysByDefault();
    void adagradDecaysFromTheSecondStep();
    void sparseAdamDoesNotCorrectEps();
    void sparseAdamCountsStepsOfTheTensor();
    void stepsCountForEachTensor();
    void adamMovesAbsentWords();
    void momentumMovesAbsentWords();
    void plainUpdatesLeaveAbsentWords();
    void weightDecayShrinksEveryRow();

    // Switches of a live run
    void freezingKeepsTheState();
    void freezingStopsDecay();
    void thawingGoesOnFromTheState();
    void aNewPaddingRowKeepsItsContent();
    void aNewPaddingRowMovesByOldMomentum();
    void aZeroedPaddingRowStays();
    void aClearedStateStartsAnew();
    void maxNormActsAtTheNextLookUp();
    void frequencyActsAtTheNextStep();
    void frequencyIsRefusedWhereItMeansNothing();

    // nn.LSTM, nn.GRU and packed sequences
    void recurrentWeightsHaveTheirNames();
    void recurrentWeightsStartAlike();
    void recurrentLayersReadBothDirections();
    void lstmGatesStandInOrder();
    void lstmAddsBothBiases();
    void gruResetsTheRecurrentBias();
    void lastStatesStandByLayerThenDirection();
    void lengthsNeedNoOrder();
    void backwardStartsAtTheSentencesEnd();
    void emptySentencesHaveTheZeroState();
    void recurrentDropoutSparesTheLastLayer();

    // nn.Linear, nn.MultiheadAttention, nn.TransformerEncoderLayer
    void linearStartsByItsInputs();
    void attentionStartsAsOneMatrix();
    void attentionStacksQueriesKeysValues();
    void attentionIsScaledByTheHead();
    void attentionStaysInItsSentence();
    void layerNormVarianceIsBiased();
    void encoderLayerDefaults();
    void anEmptySentencePoolsToZero();
    void poolingCountsRealWordsOnly();
};

namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

Embedding tableOf(const Matrix& weight, EmbeddingOptions options = {})
{
    options.num_embeddings = weight.rows();
    options.embedding_dim = weight.cols();
    return std::move(Embedding::create(options, weight).value());
}

Embedding freshTable(const EmbeddingOptions& options)
{
    Random random(1);
    return std::move(Embedding::create(options, random).value());
}

Matrix lookedUp(Embedding& embedding, const Indices& indices)
{
    Matrix out;
    return embedding.forward(indices, out) ? out : Matrix();
}

/// The weight after one look-up of these rows.
Matrix clipped(const Matrix& weight, const Indices& indices, double max_norm, double norm_type = 2)
{
    Embedding embedding = tableOf(weight, {.max_norm = max_norm, .norm_type = norm_type});
    lookedUp(embedding, indices);
    return embedding.weight();
}

struct Pooled
{
    Matrix out;
    BagGradient grad; // for ones
};

Pooled pooled(Embedding& embedding, BagMode mode, const Bags& bags)
{
    auto bag = EmbeddingBag::create(embedding, mode).value();
    Pooled result;
    if (bag.forward(bags, result.out))
        result.grad = bag.backward(bags, Matrix::Ones(result.out.rows(), result.out.cols()));
    return result;
}

/// The sentence that a person reads; empty where nothing was refused.
template <class T>
QString refusal(const Result<T>& result)
{
    return result ? QString() : QString::fromStdString(describe(result.error()));
}

QString bagRefusal(const Bags& bags, BagMode mode = BagMode::Sum)
{
    Embedding embedding = tableOf(Matrix::Ones(4, 2));
    Matrix out;
    return refusal(EmbeddingBag::create(embedding, mode).value().forward(bags, out));
}

/// The words that tell what to do instead must be in the sentence.
#define COMPARE_REFUSAL(sentence, part)                                                                                \
    do {                                                                                                               \
        const QString said = sentence;                                                                                 \
        QVERIFY2(said.contains(part), qPrintable("said: " + said));                                                    \
    } while (false)

/// A weight that starts at 1, after these gradients one by one.
double after(const OptimizerOptions& options, const std::vector<float>& gradients)
{
    Matrix value = Matrix::Ones(1, 1);
    const auto chosen = test::optimizer(options);
    for (const float g : gradients)
        chosen->step({dense(value, matrix({{g}}))});
    return static_cast<double>(value(0, 0));
}

/// How far row 1 of two moves in a step that gives row 0 a gradient only, after one that gave both the same.
float absentRowMoves(const OptimizerOptions& options, bool sparse)
{
    Matrix value = Matrix::Ones(2, 1);
    const auto chosen = test::optimizer(options);
    const RowGradient both{{0, 1}, matrix({{1}, {1}})};
    const RowGradient first{{0}, matrix({{1}})};
    chosen->step({rows(value, both, sparse)});
    const float before = value(1, 0);
    chosen->step({rows(value, first, sparse)});
    return std::abs(value(1, 0) - before);
}

bool close(double got, double expected)
{
    return std::abs(got - expected) < 1e-6;
}

Trainer trainerWith(const std::string& optimizer, TrainOptions options = {})
{
    options.optimizer = optimizer;
    options.embedding_dim = 8;
    options.batch_size = 16;
    options.live.lr = 0.05;
    return std::move(Trainer::create(options, testing::smallData(), 3, testing::smallTable()).value());
}

const Matrix& table(const Trainer& trainer)
{
    return trainer.model().embedding().weight();
}

/// False where a step failed.
bool train(Trainer& trainer, int steps)
{
    for (int i = 0; i < steps; ++i)
        if (!trainer.step())
            return false;
    return true;
}

/// Applies the settings that `change` makes of the present ones.
template <class Change>
QString apply(Trainer& trainer, Change&& change)
{
    LiveSettings settings = trainer.settings();
    change(settings);
    return refusal(trainer.apply(settings));
}

template <class Layer>
Matrix& named(Layer& layer, const std::string& name)
{
    for (const NamedWeight& weight : layer.weights())
        if (weight.name == name)
            return *weight.value;
    throw std::out_of_range(name);
}

Recurrent recurrent(const RecurrentOptions& options)
{
    Random random(5);
    return Recurrent::create(options, random).value();
}

RecurrentResult read(const Recurrent& net, const Matrix& x, const Indices& offsets)
{
    RecurrentResult out;
    net.predict(x, offsets, out);
    return out;
}

MultiheadAttention attention(Index embed_dim, Index num_heads)
{
    Random random(5);
    return MultiheadAttention::create({.embed_dim = embed_dim, .num_heads = num_heads}, random).value();
}

/// The vectors of sentences over a table of 6 words.
Matrix encoded(const EncoderOptions& options, const Indices& tokens, const Indices& offsets)
{
    Random random(5);
    Embedding embedding = tableOf(randomMatrix(6, 4, 1));
    Matrix out;
    const auto encoder = makeEncoder(options, 4, random);
    return encoder.value()->predict(embedding, {tokens, offsets}, out) ? out : Matrix();
}

const auto kLn3 = static_cast<float>(std::log(3.0)); // sigmoid: 3/4; tanh of its half: 1/2

} // namespace

// nn.Embedding: construction

void TestPyTorchQuirks::freshWeightIsStandardNormal()
{
    const Embedding embedding = freshTable({.num_embeddings = 1000, .embedding_dim = 100});
    const auto mean = static_cast<double>(embedding.weight().mean());
    QVERIFY(std::abs(mean) < 0.02);
    QVERIFY(std::abs(inner(embedding.weight(), embedding.weight()) / 1e5 - 1) < 0.03);
}

void TestPyTorchQuirks::freshPaddingRowIsZero()
{
    const Embedding embedding = freshTable({.num_embeddings = 3, .embedding_dim = 4, .padding_idx = 1});
    QVERIFY(embedding.weight().row(1).isZero(0));
    QVERIFY(!embedding.weight().row(0).isZero(0) && !embedding.weight().row(2).isZero(0));
}

void TestPyTorchQuirks::negativePaddingCountsFromTheEnd()
{
    QCOMPARE(*tableOf(Matrix::Ones(5, 2), {.padding_idx = -2}).options().padding_idx, std::int64_t{3});
    QCOMPARE(*tableOf(Matrix::Ones(5, 2), {.padding_idx = -5}).options().padding_idx, std::int64_t{0});
}

void TestPyTorchQuirks::paddingOutsideIsRefused()
{
    for (const std::int64_t outside : {5, -6})
        COMPARE_REFUSAL(refusal(validated(EmbeddingOptions{.num_embeddings = 5, .padding_idx = outside})),
                        "from -5 to 4");
}

void TestPyTorchQuirks::weightOfAnotherShapeIsRefused()
{
    COMPARE_REFUSAL(refusal(Embedding::create({.num_embeddings = 3, .embedding_dim = 2}, Matrix::Ones(2, 3))),
                    "expected 3 x 2, found 2 x 3");
}

void TestPyTorchQuirks::givenPaddingRowIsNotZeroed()
{
    QVERIFY(tableOf(Matrix::Ones(3, 2), {.padding_idx = 1}).weight() == Matrix::Ones(3, 2));
}

void TestPyTorchQuirks::givenWeightIsNotCopied()
{
    Matrix weight = Matrix::Ones(3, 2);
    const float* const before = weight.data();
    const auto embedding = Embedding::create({.num_embeddings = 3, .embedding_dim = 2}, std::move(weight));
    QCOMPARE(embedding->weight().data(), before);
}

void TestPyTorchQuirks::pretrainedIsFrozen()
{
    QVERIFY(Embedding::fromPretrained(Matrix::Ones(3, 2))->frozen());
    QVERIFY(!Embedding::fromPretrained(Matrix::Ones(3, 2), {.freeze = false})->frozen());
    QVERIFY(!tableOf(Matrix::Ones(3, 2)).frozen());
}

void TestPyTorchQuirks::pretrainedPaddingRowIsNotZeroed()
{
    QVERIFY(Embedding::fromPretrained(Matrix::Ones(3, 2), {.padding_idx = 1})->weight() == Matrix::Ones(3, 2));
}

/// Only the constructor zeroes it: whoever draws the weight anew afterwards has to do it again.
void TestPyTorchQuirks::aLaterWeightFillsThePaddingRow()
{
    Embedding embedding = freshTable({.num_embeddings = 3, .embedding_dim = 2, .padding_idx = 1});
    embedding.weight().setConstant(5);
    QCOMPARE(text(lookedUp(embedding, {1})), text(matrix({{5, 5}})));
}

// nn.Embedding: forward

void TestPyTorchQuirks::paddingRowIsReturnedAsItIs()
{
    Embedding embedding = tableOf(matrix({{1, 2}, {3, 4}}), {.padding_idx = 1});
    QCOMPARE(text(lookedUp(embedding, {1, 0})), text(matrix({{3, 4}, {1, 2}})));
}

void TestPyTorchQuirks::noIndicesGiveNoRows()
{
    Embedding embedding = tableOf(Matrix::Ones(3, 2), {.max_norm = 1.0});
    QCOMPARE(text(lookedUp(embedding, {})), text(Matrix(0, 2)));
    QVERIFY(embedding.weight() == Matrix::Ones(3, 2));
}

void TestPyTorchQuirks::indexOutsideIsRefused()
{
    Embedding embedding = tableOf(Matrix::Ones(3, 2), {.max_norm = 1.0});
    Matrix out;
    COMPARE_REFUSAL(refusal(embedding.forward(Indices{0, 3}, out)), "Index 3 is out of range: the table has 3 rows");
    COMPARE_REFUSAL(refusal(embedding.forward(Indices{0, -1}, out)), "Index -1 is out of range");
    QVERIFY(embedding.weight() == Matrix::Ones(3, 2)); // not even row 0 was clipped
}

// max_norm

void TestPyTorchQuirks::onlyLongerRowsAreClipped()
{
    QVERIFY(clipped(matrix({{3, 4}}), {0}, 5) == matrix({{3, 4}}));
    QVERIFY(clipped(matrix({{3, std::nextafter(4.0F, 9.0F)}}), {0}, 5) != matrix({{3, std::nextafter(4.0F, 9.0F)}}));
}

/// By 1e-7 more than the norm, so that a row of norm 0.005 lands visibly below its limit of 0.001.
void TestPyTorchQuirks::clippingDividesByALittleMore()
{
    const Matrix got = clipped(matrix({{0.003F, 0.004F}}), {0}, 0.001);
    const double factor = 0.001 / (0.005 + 1e-7);
    QVERIFY(std::abs(static_cast<double>(got(0, 1)) / (0.004 * factor) - 1) < 1e-6);
    QVERIFY(static_cast<double>(got.norm()) < 0.001 * (1 - 1e-5));
}

void TestPyTorchQuirks::clippingChangesTheStoredWeight()
{
    QVERIFY(deviation(clipped(matrix({{6, 8}}), {0}, 5), matrix({{3, 4}})) < 1e-6);
}

void TestPyTorchQuirks::clippingActsBeforeTheLookUp()
{
    Embedding embedding = tableOf(matrix({{6, 8}}), {.max_norm = 5.0});
    const Matrix out = lookedUp(embedding, {0});
    QVERIFY(out == embedding.weight());
}

void TestPyTorchQuirks::clippingReachesThePaddingRow()
{
    Embedding embedding = tableOf(matrix({{6, 8}}), {.padding_idx = 0, .max_norm = 5.0});
    lookedUp(embedding, {0});
    QVERIFY(embedding.weight().norm() < 5.001F);
}

void TestPyTorchQuirks::clippingReachesAFrozenTable()
{
    auto embedding = Embedding::fromPretrained(matrix({{6, 8}}), {.max_norm = 5.0});
    lookedUp(*embedding, {0});
    QVERIFY(embedding->frozen() && embedding->weight().norm() < 5.001F);
}

/// As in PyTorch's eval mode; but a prediction of ours leaves the stored weight alone.
void TestPyTorchQuirks::clippingReachesPredictions()
{
    const auto logits = [](double scale, std::optional<double> max_norm) {
        Random random(1);
        Embedding embedding = tableOf(static_cast<float>(scale) * matrix({{3, 4}, {4, -3}}), {.max_norm = max_norm});
        const auto model = TextClassifier::create(std::move(embedding), {}, 2, random);
        return model->predict({.tokens = {0, 1}, .offsets = {0, 1, 2}, .labels = {0, 0}}, {}).value();
    };
    QVERIFY(deviation(logits(2, 5.0), logits(1, std::nullopt)) < 1e-6);
    QVERIFY(deviation(logits(2, std::nullopt), logits(1, std::nullopt)) > 1e-2);
}

void TestPyTorchQuirks::clippingSkipsRowsNotLookedUp()
{
    QVERIFY(clipped(matrix({{6, 8}, {60, 80}}), {0}, 5).row(1) == matrix({{60, 80}}));
}

void TestPyTorchQuirks::clippingLooksAtARowOnce()
{
    // So small that the 1e-7 would shorten it again and again.
    const Matrix row = matrix({{3e-6F, 4e-6F}});
    QVERIFY(clipped(row, {0, 0, 0}, 1e-6) == clipped(row, {0}, 1e-6));
}

void TestPyTorchQuirks::clippingLeavesNanAlone()
{
    const Matrix got = clipped(matrix({{kNan, 80}}), {0}, 5);
    QVERIFY(std::isnan(got(0, 0)));
    QCOMPARE(got(0, 1), 80.0F);
}

void TestPyTorchQuirks::clippingLeavesZeroAlone()
{
    QVERIFY(clipped(Matrix::Zero(1, 2), {0}, 1e-30).isZero(0));
}

/// 1 + 1e-8 is 1 in float32: the row is not longer than 1, though in double it would be.
void TestPyTorchQuirks::clippingMeasuresInFloat32()
{
    QVERIFY(clipped(matrix({{1, 1e-4F}}), {0}, 1) == matrix({{1, 1e-4F}}));
}

void TestPyTorchQuirks::clippingKnowsOtherNorms()
{
    QVERIFY(deviation(clipped(matrix({{3, -5}}), {0}, 4, 1), matrix({{1.5F, -2.5F}})) < 1e-6);
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    QVERIFY(deviation(clipped(matrix({{2, -5}}), {0}, 2.5, kInfinity), matrix({{1, -2.5F}})) < 1e-6);
}

/// The gradient is that of a plain look-up, not divided by what the row was clipped by.
void TestPyTorchQuirks::clippingHasNoGradient()
{
    Embedding embedding = tableOf(matrix({{6, 8}}), {.max_norm = 5.0});
    lookedUp(embedding, {0});
    QVERIFY(embedding.backward(Indices{0}, matrix({{1, 2}})).values == matrix({{1, 2}}));
}

/// PyTorch zeroes the rows, or turns them round.
void TestPyTorchQuirks::clippingToNothingIsRefused()
{
    for (const double limit : {0.0, -1.0})
        COMPARE_REFUSAL(refusal(validated(EmbeddingOptions{.max_norm = limit})), "max_norm cannot be");
}

// nn.Embedding: backward

/// 1e8 + 1 is 1e8 in float32, so that the order shows.
void TestPyTorchQuirks::contributionsAreAddedInInputOrder()
{
    const Embedding embedding = tableOf(Matrix::Ones(2, 1));
    const auto sum = [&embedding](const Matrix& grad) {
        return embedding.backward(Indices{1, 1, 1}, grad).values(0, 0);
    };
    QCOMPARE(sum(matrix({{1e8F}, {1}, {-1e8F}})), 0.0F);
    QCOMPARE(sum(matrix({{1e8F}, {-1e8F}, {1}})), 1.0F);
}

/// Not of each sentence, as one might think of an input of two dimensions: three times in all.
void TestPyTorchQuirks::frequencyCountsTheWholeInput()
{
    const Embedding embedding = tableOf(Matrix::Ones(3, 1), {.scale_grad_by_freq = true});
    const RowGradient got = embedding.backward(Indices{1, 2, 1, 1, 2, 0}, Matrix::Constant(6, 1, 6));
    QVERIFY(deviation(got.values, matrix({{6}, {6}, {6}})) < 1e-6); // 6, (6 + 6 + 6) / 3, (6 + 6) / 2
}

void TestPyTorchQuirks::paddingHasNoGradient()
{
    const Embedding embedding = tableOf(Matrix::Ones(3, 1), {.padding_idx = 1});
    QVERIFY(toDense(embedding.backward(Indices{1, 2, 1}, Matrix::Ones(3, 1)), 3, 1) == matrix({{0}, {0}, {1}}));
}

void TestPyTorchQuirks::paddingHasNoSparseEntry()
{
    const Embedding embedding = tableOf(Matrix::Ones(3, 1), {.padding_idx = 1, .sparse = true});
    QCOMPARE(embedding.backward(Indices{1, 2, 1}, Matrix::Ones(3, 1)).rows, Indices{2});
    QVERIFY(embedding.backward(Indices{1, 1}, Matrix::Ones(2, 1)).empty());
}

void TestPyTorchQuirks::frequencyWithSparseIsRefused()
{
    COMPARE_REFUSAL(refusal(validated(EmbeddingOptions{.scale_grad_by_freq = true, .sparse = true})),
                    "scale_grad_by_freq and sparse do not go together. Scaling by frequency needs a dense gradient");
}

// nn.EmbeddingBag

void TestPyTorchQuirks::bagsAreMeansByDefault()
{
    QVERIFY(EncoderOptions().mode == BagMode::Mean);
}

void TestPyTorchQuirks::bagSumIsWeighted()
{
    Embedding embedding = tableOf(matrix({{1}, {10}, {100}}));
    const std::vector<float> weights = {2, 3, -1};
    const auto got = pooled(embedding, BagMode::Sum,
                            {.indices = Indices{0, 1, 2}, .offsets = Indices{0, 2}, .per_sample_weights = weights});
    QCOMPARE(text(got.out), text(matrix({{32}, {-100}})));
}

void TestPyTorchQuirks::bagMeanDoesNotCountPadding()
{
    Embedding embedding = tableOf(matrix({{1}, {100}, {3}}), {.padding_idx = 1});
    const auto got = pooled(embedding, BagMode::Mean, {.indices = Indices{0, 1, 2, 1}, .offsets = Indices{0}});
    QCOMPARE(text(got.out), text(matrix({{2}})));
}

void TestPyTorchQuirks::bagMaxTakesTheFirstOfEquals()
{
    Embedding embedding = tableOf(matrix({{1}, {5}, {5}}));
    const auto got = pooled(embedding, BagMode::Max, {.indices = Indices{0, 2, 1}, .offsets = Indices{0}});
    QVERIFY(toDense(got.grad.weight, 3, 1) == matrix({{0}, {0}, {1}}));
}

void TestPyTorchQuirks::bagMaxKeepsAFirstNanOnly()
{
    Embedding embedding = tableOf(matrix({{1}, {kNan}, {5}}));
    const auto got = pooled(embedding, BagMode::Max, {.indices = Indices{1, 2, 0, 1}, .offsets = Indices{0, 2}});
    QVERIFY(std::isnan(got.out(0, 0)));
    QCOMPARE(got.out(1, 0), 1.0F);
}

void TestPyTorchQuirks::emptyBagsAreZero()
{
    Embedding embedding = tableOf(matrix({{-1}, {-2}}));
    for (const BagMode mode : {BagMode::Sum, BagMode::Mean, BagMode::Max}) {
        const auto got = pooled(embedding, mode, {.indices = Indices{1}, .offsets = Indices{0, 0, 1, 1}});
        QCOMPARE(text(got.out), text(matrix({{0}, {-2}, {0}, {0}})));
    }
}

void TestPyTorchQuirks::paddingBagsAreZero()
{
    Embedding embedding = tableOf(matrix({{-1}, {-2}}), {.padding_idx = 1});
    for (const BagMode mode : {BagMode::Sum, BagMode::Mean, BagMode::Max}) {
        const auto got = pooled(embedding, mode, {.indices = Indices{1, 1, 0}, .offsets = Indices{0, 2}});
        QCOMPARE(text(got.out), text(matrix({{0}, {-1}})));
        QCOMPARE(got.grad.weight.rows, Indices{0});
    }
}

void TestPyTorchQuirks::bagMeanGradientIsDivided()
{
    Embedding embedding = tableOf(Matrix::Ones(4, 1), {.padding_idx = 3});
    const auto got = pooled(embedding, BagMode::Mean, {.indices = Indices{0, 3, 1, 2}, .offsets = Indices{0, 3}});
    QCOMPARE(text(toDense(got.grad.weight, 4, 1)), text(matrix({{0.5F}, {0.5F}, {1}, {0}})));
}

void TestPyTorchQuirks::bagMaxGradientGoesToTheWinner()
{
    Embedding embedding = tableOf(matrix({{1, 9}, {5, 2}}));
    const auto got = pooled(embedding, BagMode::Max, {.indices = Indices{0, 1}, .offsets = Indices{0}});
    QVERIFY(got.grad.weight.values == matrix({{0, 1}, {1, 0}}));
}

void TestPyTorchQuirks::sampleWeightGradientIsAProduct()
{
    Embedding embedding = tableOf(matrix({{1, 2}, {3, 4}}));
    const std::vector<float> weights = {5, 6};
    const auto got = pooled(embedding, BagMode::Sum,
                            {.indices = Indices{0, 1}, .offsets = Indices{0}, .per_sample_weights = weights});
    QCOMPARE(got.grad.per_sample_weights, (std::vector<float>{3, 7})); // sums of the rows: the gradient is all ones
    QVERIFY(got.grad.weight.values == matrix({{5, 5}, {6, 6}}));
}

void TestPyTorchQuirks::paddingHasNoSampleWeightGradient()
{
    Embedding embedding = tableOf(matrix({{1, 2}, {3, 4}}), {.padding_idx = 1});
    const std::vector<float> weights = {5, 6};
    const auto got = pooled(embedding, BagMode::Sum,
                            {.indices = Indices{0, 1}, .offsets = Indices{0}, .per_sample_weights = weights});
    QCOMPARE(got.grad.per_sample_weights, (std::vector<float>{3, 0}));
}

/// As documented: row 1 occurs twice, row 3 once. PyTorch on the CPU (up to 2.13, its issue 190063) divides by the
/// count of another row and gives 0, 1, 0, 0.5.
void TestPyTorchQuirks::bagFrequencyIsTheRowsOwn()
{
    Embedding embedding = tableOf(Matrix::Ones(4, 3), {.scale_grad_by_freq = true});
    const auto got = pooled(embedding, BagMode::Sum, {.indices = Indices{1, 1, 3}, .offsets = Indices{0}});
    QCOMPARE(text(toDense(got.grad.weight, 4, 3).col(0)), text(matrix({{0}, {1}, {0}, {1}})));
}

void TestPyTorchQuirks::lastOffsetIsNoBag()
{
    Embedding embedding = tableOf(matrix({{1}, {2}}));
    const auto got = pooled(embedding, BagMode::Sum,
                            {.indices = Indices{0, 1}, .offsets = Indices{0, 1, 2}, .include_last_offset = true});
    QCOMPARE(text(got.out), text(matrix({{1}, {2}})));
}

/// PyTorch folds what comes after into the last bag, or not, depending on the path (its issue 52851).
void TestPyTorchQuirks::lastOffsetIsTheEnd()
{
    const Indices indices = {0, 1, 2};
    COMPARE_REFUSAL(bagRefusal({.indices = indices, .offsets = Indices{0, 2}, .include_last_offset = true}),
                    "the last offset is the number of indices, 3");
    COMPARE_REFUSAL(bagRefusal({.indices = indices, .offsets = Indices{0, 4}, .include_last_offset = true}),
                    "there are only 3 indices");
    COMPARE_REFUSAL(bagRefusal({.indices = indices, .offsets = Indices{0, 4}}), "there are only 3 indices");
    QCOMPARE(bagRefusal({.indices = indices, .offsets = Indices{0, 3}}), QString()); // an empty last bag
}

/// The second is not checked by PyTorch.
void TestPyTorchQuirks::offsetsStartAtZeroAndNeverFall()
{
    const Indices indices = {0, 1, 2};
    COMPARE_REFUSAL(bagRefusal({.indices = indices, .offsets = Indices{1, 2}}), "the first bag starts at 0");
    COMPARE_REFUSAL(bagRefusal({.indices = indices, .offsets = Indices{0, 2, 1}}), "offsets never fall");
}

void TestPyTorchQuirks::bagsNeedOffsets()
{
    COMPARE_REFUSAL(bagRefusal({.indices = Indices{0, 1}}), "offsets cannot be empty");
    COMPARE_REFUSAL(bagRefusal({.include_last_offset = true}), "offsets cannot be empty");
    // No bag at all for indices that are there, which made PyTorch crash.
    COMPARE_REFUSAL(bagRefusal({.indices = Indices{0, 1}, .offsets = Indices{0}, .include_last_offset = true}),
                    "the last offset is the number of indices, 2");
    QCOMPARE(bagRefusal({}), QString());
}

void TestPyTorchQuirks::sampleWeightsAreForSumsOnly()
{
    const std::vector<float> one = {1};
    const Indices two = {0, 1};
    const Indices start = {0};
    for (const BagMode mode : {BagMode::Mean, BagMode::Max})
        COMPARE_REFUSAL(bagRefusal({.indices = start, .offsets = start, .per_sample_weights = one}, mode),
                        "Weights work with the mode sum only");
    COMPARE_REFUSAL(bagRefusal({.indices = two, .offsets = start, .per_sample_weights = one}), "expected 2 weights");
}

void TestPyTorchQuirks::maxWithFrequencyIsRefused()
{
    Embedding embedding = tableOf(Matrix::Ones(3, 2), {.scale_grad_by_freq = true});
    COMPARE_REFUSAL(refusal(EmbeddingBag::create(embedding, BagMode::Max)), "Choose the mode sum or mean");
}

void TestPyTorchQuirks::maxWithSparseIsRefused()
{
    Embedding embedding = tableOf(Matrix::Ones(3, 2), {.sparse = true});
    COMPARE_REFUSAL(refusal(EmbeddingBag::create(embedding, BagMode::Max)), "Choose the mode sum or mean");
}

/// PyTorch has clipped already when it refuses.
void TestPyTorchQuirks::aRefusedBagClipsNothing()
{
    Embedding embedding = tableOf(matrix({{6, 8}}), {.max_norm = 5.0});
    const std::vector<float> one = {1};
    const Indices zero = {0};
    Matrix out;
    auto bag = EmbeddingBag::create(embedding, BagMode::Mean).value();
    QVERIFY(!bag.forward({.indices = zero, .offsets = zero, .per_sample_weights = one}, out));
    QVERIFY(embedding.weight() == matrix({{6, 8}}));
}

// Which optimizer takes sparse gradients

void TestPyTorchQuirks::adamRefusesSparse()
{
    COMPARE_REFUSAL(refusal(test::optimizer(AdamOptions{})->accepts(true)), "Use SparseAdam");
    QVERIFY(test::optimizer(AdamOptions{})->accepts(false));
}

void TestPyTorchQuirks::adamWRefusesSparse()
{
    COMPARE_REFUSAL(refusal(test::optimizer(AdamOptions{.decoupled = true})->accepts(true)),
                    "sparse and AdamW do not go together. Use SparseAdam");
}

void TestPyTorchQuirks::sparseAdamRefusesDense()
{
    COMPARE_REFUSAL(refusal(test::optimizer(SparseAdamOptions{})->accepts(false)), "Use Adam");
    QVERIFY(test::optimizer(SparseAdamOptions{})->accepts(true));
}

void TestPyTorchQuirks::sparseAdamHasNoWeightDecay()
{
    TrainOptions options;
    options.optimizer = "sparse_adam";
    options.sparse = true;
    QCOMPARE(refusal(check(options)), QString());
    options.weight_decay = 0.1;
    COMPARE_REFUSAL(refusal(check(options)), "Choose adagrad or adamw for weight decay");
}

void TestPyTorchQuirks::adagradTakesSparseWithoutDecay()
{
    QVERIFY(test::optimizer(AdagradOptions{})->accepts(true));
    COMPARE_REFUSAL(refusal(test::optimizer(AdagradOptions{.weight_decay = 0.1})->accepts(true)),
                    "Set weight_decay to 0");
}

void TestPyTorchQuirks::sgdTakesSparseWhenPlain()
{
    QVERIFY(test::optimizer(SgdOptions{})->accepts(true));
    COMPARE_REFUSAL(refusal(test::optimizer(SgdOptions{.momentum = 0.9})->accepts(true)), "Use plain SGD");
    COMPARE_REFUSAL(refusal(test::optimizer(SgdOptions{.weight_decay = 0.1})->accepts(true)), "Use plain SGD");
}

// Update formulas

/// Buffers: 2, then 0.5 * 2 + 0.25 * 4 = 2.
void TestPyTorchQuirks::sgdDoesNotDampenTheFirstGradient()
{
    QVERIFY(close(after(SgdOptions{.lr = 0.1, .momentum = 0.5, .dampening = 0.75}, {2, 4}), 1 - 0.2 - 0.2));
}

/// The buffer of 1 is not scaled by the rate that it was made under.
void TestPyTorchQuirks::sgdKeepsTheRateOutOfTheVelocity()
{
    Matrix value = Matrix::Ones(1, 1);
    const auto sgd = test::optimizer(SgdOptions{.lr = 0.25, .momentum = 0.5});
    sgd->step({dense(value, matrix({{1}}))});
    sgd->setLearningRate(1);
    sgd->step({dense(value, matrix({{0}}))});
    QVERIFY(close(static_cast<double>(value(0, 0)), 1 - 0.25 - 0.5));
}

void TestPyTorchQuirks::nesterovNeedsMomentumWithoutDampening()
{
    const QString both = "Nesterov momentum needs a momentum above 0 and a dampening of 0";
    COMPARE_REFUSAL(refusal(makeOptimizer(SgdOptions{.nesterov = true})), both);
    COMPARE_REFUSAL(refusal(makeOptimizer(SgdOptions{.momentum = 0.9, .dampening = 0.1, .nesterov = true})), both);
    // g + mu * buf: 2 + 0.5 * 2.
    QVERIFY(close(after(SgdOptions{.lr = 0.1, .momentum = 0.5, .nesterov = true}, {2}), 1 - 0.3));
}

/// |g| + eps = 3 + 1; before the correction it would be sqrt(1 - beta2) * 3 + 1.
void TestPyTorchQuirks::adamAddsEpsAfterTheBiasCorrection()
{
    QVERIFY(close(after(AdamOptions{.lr = 0.1, .eps = 1}, {3}), 1 - 0.1 * 3 / 4));
}

/// m + (g - m) (1 - beta1) is m where g is m. The form of older versions, beta1 m + (1 - beta1) g, drifts by a
/// rounding.
void TestPyTorchQuirks::adamAveragesByLerp()
{
    int drifts = 0;
    const Matrix gradients = randomMatrix(1, 100, 1);
    for (const float g : gradients.reshaped()) {
        Matrix value = Matrix::Ones(1, 1);
        const auto adam = test::optimizer(AdamOptions{});
        adam->setState({{"weight/exp_avg", matrix({{g}})}});
        adam->step({dense(value, matrix({{g}}))});
        QCOMPARE(adam->state().at("weight/exp_avg")(0, 0), g);
        drifts += 0.9F * g + 0.1F * g != g ? 1 : 0;
    }
    QVERIFY(drifts > 0);
}

/// With beta1 = 0 the average is the gradient, however large the one before was.
void TestPyTorchQuirks::adamLerpIsExactAtTheFarEnd()
{
    Matrix value = Matrix::Ones(1, 1);
    const auto adam = test::optimizer(AdamOptions{.beta1 = 0});
    adam->step({dense(value, matrix({{1e8F}}))});
    adam->step({dense(value, matrix({{1}}))});
    QCOMPARE(adam->state().at("weight/exp_avg")(0, 0), 1.0F);
}

/// v: 12, then 12 / 4 + 3 / 4 = 3.75; the largest stays 12 and is divided by 1 - beta2^2 = 15 / 16 of the second step.
/// m: 2, then 1 + 1 / 2.
void TestPyTorchQuirks::amsgradKeepsTheLargestUncorrected()
{
    QVERIFY(close(after(AdamOptions{.lr = 0.1, .beta1 = 0.5, .beta2 = 0.25, .amsgrad = true}, {4, 1}),
                  1 - 0.1 - 0.1 * (1.5 / 0.75) / std::sqrt(12 / 0.9375)));
}

/// 1 becomes 1 - 0.1 * 0.5 and then steps by the rate; L2 decay would vanish in Adam's division.
void TestPyTorchQuirks::adamWDecaysBeforeTheStep()
{
    QVERIFY(close(after(AdamOptions{.lr = 0.1, .weight_decay = 0.5, .decoupled = true}, {2}), 0.95 - 0.1));
    QVERIFY(close(after(AdamOptions{.lr = 0.1, .weight_decay = 0.5}, {2}), 1 - 0.1));
}

void TestPyTorchQuirks::adamWDecaysByDefault()
{
    QCOMPARE(std::get<AdamOptions>(*optimizerFromName("adamw")).weight_decay, 0.01);
    QCOMPARE(std::get<AdamOptions>(*optimizerFromName("adam")).weight_decay, 0.0);
}

/// 1 / (1 + (t - 1) * 1): whole, then half. Sums of squares 9 and 25.
void TestPyTorchQuirks::adagradDecaysFromTheSecondStep()
{
    QVERIFY(close(after(AdagradOptions{.lr = 0.1, .lr_decay = 1}, {3, 4}), 1 - 0.1 - 0.05 * 4 / 5));
}

/// sqrt(v) = 0.5 * 3 meets eps uncorrected: 0.5 * (0.5 * 6) / ... in all 3 / (3 + 1 / 0.5).
void TestPyTorchQuirks::sparseAdamDoesNotCorrectEps()
{
    Matrix value = Matrix::Ones(1, 1);
    const RowGradient gradient{{0}, matrix({{3}})};
    test::optimizer(SparseAdamOptions{.lr = 0.1, .beta2 = 0.75, .eps = 1})->step({rows(value, gradient, true)});
    QVERIFY(close(static_cast<double>(value(0, 0)), 1 - 0.1 * 3 / 5));
}

/// A row's first gradient in the second step is corrected as in the second: m = g / 2 over 3 / 4, v = g^2 / 4 over
/// 7 / 16.
void TestPyTorchQuirks::sparseAdamCountsStepsOfTheTensor()
{
    Matrix value = Matrix::Ones(2, 1);
    const RowGradient first{{0}, matrix({{2}})};
    const RowGradient second{{1}, matrix({{2}})};
    const auto adam = test::optimizer(SparseAdamOptions{.lr = 0.1, .beta1 = 0.5, .beta2 = 0.75});
    adam->step({rows(value, first, true)});
    adam->step({rows(value, second, true)});
    QVERIFY(close(static_cast<double>(value(1, 0)), 1 - 0.1 * (1 / 0.75) / std::sqrt(1 / 0.4375)));
}

void TestPyTorchQuirks::stepsCountForEachTensor()
{
    Matrix a = Matrix::Ones(1, 1);
    Matrix b = Matrix::Ones(1, 1);
    const Matrix grad = Matrix::Ones(1, 1);
    const auto adam = test::optimizer(AdamOptions{});
    adam->step({{.name = "a", .value = &a, .grad = &grad}, {.name = "b", .value = &b}});
    adam->step({{.name = "a", .value = &a, .grad = &grad}, {.name = "b", .value = &b, .grad = &grad}});
    QCOMPARE(adam->state().at("a/step")(0, 0), 2.0F);
    QCOMPARE(adam->state().at("b/step")(0, 0), 1.0F);
}

void TestPyTorchQuirks::adamMovesAbsentWords()
{
    QVERIFY(absentRowMoves(AdamOptions{.lr = 0.1}, false) > 0.01F);
    QVERIFY(absentRowMoves(AdamOptions{.lr = 0.1, .decoupled = true}, false) > 0.01F);
}

void TestPyTorchQuirks::momentumMovesAbsentWords()
{
    QVERIFY(std::abs(absentRowMoves(SgdOptions{.lr = 0.1, .momentum = 0.5}, false) - 0.05F) < 1e-6F);
}

void TestPyTorchQuirks::plainUpdatesLeaveAbsentWords()
{
    for (const bool sparse : {false, true}) {
        QCOMPARE(absentRowMoves(SgdOptions{.lr = 0.1}, sparse), 0.0F);
        QCOMPARE(absentRowMoves(AdagradOptions{.lr = 0.1}, sparse), 0.0F);
    }
    QCOMPARE(absentRowMoves(SparseAdamOptions{.lr = 0.1}, true), 0.0F);
}

/// Those without a gradient too, as the padding row is.
void TestPyTorchQuirks::weightDecayShrinksEveryRow()
{
    const OptimizerOptions decaying[] = {
        SgdOptions{.lr = 0.1, .weight_decay = 0.1}, AdagradOptions{.lr = 0.1, .weight_decay = 0.1},
        AdamOptions{.lr = 0.1, .weight_decay = 0.1}, AdamOptions{.lr = 0.1, .weight_decay = 0.1, .decoupled = true}};
    for (const OptimizerOptions& options : decaying) {
        Matrix value = Matrix::Ones(2, 1);
        const RowGradient first{{0}, matrix({{1}})};
        test::optimizer(options)->step({rows(value, first)});
        QVERIFY2(value(1, 0) < 0.9901F, qPrintable(text(value)));
    }
}

// Switches of a live run

void TestPyTorchQuirks::freezingKeepsTheState()
{
    auto trainer = trainerWith("adam");
    QVERIFY(train(trainer, 5));
    const OptimizerState before = trainer.optimizerState();
    QCOMPARE(apply(trainer, [](LiveSettings& s) { s.freeze = true; }), QString());
    QVERIFY(train(trainer, 5));
    const OptimizerState& now = trainer.optimizerState();
    for (const char* name : {"embedding.weight/exp_avg", "embedding.weight/exp_avg_sq", "embedding.weight/step"})
        QVERIFY2(now.at(name) == before.at(name), name);
    QCOMPARE(now.at("classifier.weight/step")(0, 0), 10.0F);
}

void TestPyTorchQuirks::freezingStopsDecay()
{
    TrainOptions options;
    options.weight_decay = 0.1;
    options.live.freeze = true;
    for (const char* name : {"sgd", "adam", "adamw"}) {
        auto trainer = trainerWith(name, options);
        QVERIFY(train(trainer, 5));
        QVERIFY2(table(trainer) == testing::smallTable(), name);
    }
}

/// With the momentum of before, and its own count of steps.
void TestPyTorchQuirks::thawingGoesOnFromTheState()
{
    auto trainer = trainerWith("adam");
    QVERIFY(train(trainer, 5));
    QCOMPARE(apply(trainer, [](LiveSettings& s) { s.freeze = true; }), QString());
    QVERIFY(train(trainer, 5));
    QCOMPARE(apply(trainer,
                   [](LiveSettings& s) {
                       s.freeze = false;
                       s.padding_idx = 4; // so that momentum alone moves it
                   }),
             QString());
    const Matrix before = table(trainer);
    QVERIFY(train(trainer, 1));
    QCOMPARE(trainer.optimizerState().at("embedding.weight/step")(0, 0), 6.0F);
    QVERIFY(table(trainer).row(4) != before.row(4));
}

void TestPyTorchQuirks::aNewPaddingRowKeepsItsContent()
{
    auto trainer = trainerWith("sgd");
    QVERIFY(train(trainer, 5));
    const Matrix before = table(trainer);
    for (const std::int64_t row : {4, 5}) {
        QCOMPARE(apply(trainer, [row](LiveSettings& s) { s.padding_idx = row; }), QString());
        QVERIFY(table(trainer) == before);
    }
    QVERIFY(train(trainer, 6));
    QVERIFY(table(trainer).row(5) == before.row(5)); // plain SGD: no gradient, no step
    QVERIFY(table(trainer).row(4) != before.row(4)); // learns again
}

void TestPyTorchQuirks::aNewPaddingRowMovesByOldMomentum()
{
    auto trainer = trainerWith("adam");
    QVERIFY(train(trainer, 6));
    QCOMPARE(apply(trainer, [](LiveSettings& s) { s.padding_idx = 4; }), QString());
    const Matrix before = table(trainer);
    QVERIFY(train(trainer, 1));
    QVERIFY(table(trainer).row(4) != before.row(4));
}

/// Zeroing forgets the momentum of this row, and of no other.
void TestPyTorchQuirks::aZeroedPaddingRowStays()
{
    auto trainer = trainerWith("adam");
    QVERIFY(train(trainer, 6));
    const Matrix average = trainer.optimizerState().at("embedding.weight/exp_avg");
    QCOMPARE(apply(trainer,
                   [](LiveSettings& s) {
                       s.padding_idx = 4;
                       ++s.zero_padding_row;
                   }),
             QString());
    const Matrix& now = trainer.optimizerState().at("embedding.weight/exp_avg");
    QVERIFY(now.row(4).isZero(0) && now.row(5) == average.row(5));
    QVERIFY(train(trainer, 6));
    QVERIFY(table(trainer).row(4).isZero(0));
}

void TestPyTorchQuirks::aClearedStateStartsAnew()
{
    auto trainer = trainerWith("adam");
    QVERIFY(train(trainer, 5));
    QCOMPARE(apply(trainer, [](LiveSettings& s) { ++s.clear_table_state; }), QString());
    QVERIFY(train(trainer, 1));
    QCOMPARE(trainer.optimizerState().at("embedding.weight/step")(0, 0), 1.0F);
    QCOMPARE(trainer.optimizerState().at("classifier.weight/step")(0, 0), 6.0F);
}

/// The switch itself touches nothing; rows that are never looked up stay longer than the limit.
void TestPyTorchQuirks::maxNormActsAtTheNextLookUp()
{
    TrainOptions options;
    options.live.freeze = true;
    auto trainer = trainerWith("sgd", options);
    QCOMPARE(apply(trainer, [](LiveSettings& s) { s.max_norm = 0.5; }), QString());
    QVERIFY(table(trainer) == testing::smallTable());
    QVERIFY(train(trainer, 6));
    QVERIFY(table(trainer).row(5).norm() < 0.5001F);
    QVERIFY(table(trainer).row(0) == testing::smallTable().row(0));
}

void TestPyTorchQuirks::frequencyActsAtTheNextStep()
{
    auto plain = trainerWith("sgd");
    auto scaled = trainerWith("sgd");
    QVERIFY(train(plain, 3) && train(scaled, 3));
    QCOMPARE(apply(scaled, [](LiveSettings& s) { s.scale_grad_by_freq = true; }), QString());
    QVERIFY(table(scaled) == table(plain));
    QVERIFY(train(plain, 1) && train(scaled, 1));
    QVERIFY(table(scaled) != table(plain));
}

void TestPyTorchQuirks::frequencyIsRefusedWhereItMeansNothing()
{
    const auto byFrequency = [](LiveSettings& s) { s.scale_grad_by_freq = true; };
    TrainOptions options;
    options.sparse = true;
    auto sparse = trainerWith("sgd", options);
    COMPARE_REFUSAL(apply(sparse, byFrequency), "Choose a table with dense gradients");
    options.sparse = false;
    options.encoder.mode = BagMode::Max;
    auto maximum = trainerWith("sgd", options);
    COMPARE_REFUSAL(apply(maximum, byFrequency), "Choose mean or sum");
    QVERIFY(!sparse.settings().scale_grad_by_freq && !maximum.settings().scale_grad_by_freq);
}

// nn.LSTM, nn.GRU and packed sequences

void TestPyTorchQuirks::recurrentWeightsHaveTheirNames()
{
    auto net = recurrent({.input_size = 2, .hidden_size = 3, .num_layers = 2, .bidirectional = true});
    const auto weights = net.weights();
    QCOMPARE(weights.size(), std::size_t{16});
    QCOMPARE(weights[0].name, std::string("weight_ih_l0"));
    QCOMPARE(weights[7].name, std::string("bias_hh_l0_reverse"));
    QCOMPARE(weights[13].name, std::string("weight_hh_l1_reverse"));
}

/// Biases too, within 1 / sqrt(hidden) = 1 / 10; the forget gate has no bias of 1.
void TestPyTorchQuirks::recurrentWeightsStartAlike()
{
    for (const RecurrentKind kind : {RecurrentKind::Lstm, RecurrentKind::Gru}) {
        auto net = recurrent({.kind = kind, .input_size = 2, .hidden_size = 100});
        for (const NamedWeight& weight : net.weights()) {
            const float largest = weight.value->cwiseAbs().maxCoeff();
            QVERIFY2(largest <= 0.1F && largest > 0.095F, weight.name.c_str());
            QVERIFY2(std::abs(weight.value->mean()) < 0.02F, weight.name.c_str());
        }
    }
}

void TestPyTorchQuirks::recurrentLayersReadBothDirections()
{
    auto net = recurrent({.input_size = 2, .hidden_size = 3, .num_layers = 2, .bidirectional = true});
    QCOMPARE(named(net, "weight_ih_l1").cols(), Index{6});
    QCOMPARE(read(net, randomMatrix(4, 2, 1), {0, 4}).output.cols(), Index{6});
}

/// i, f, g, o: sigmoids of 1, -1 and 2 and the tanh of 1/2 in units of ln 3 are 3/4, 1/4, 9/10 and 1/2, so that
/// c = 3/4 * 1/2 and h = 9/10 tanh(c).
void TestPyTorchQuirks::lstmGatesStandInOrder()
{
    auto net = recurrent({.input_size = 1, .hidden_size = 1});
    for (const NamedWeight& weight : net.weights())
        weight.value->setZero();
    named(net, "weight_ih_l0") = kLn3 * matrix({{1}, {-1}, {0.5F}, {2}});
    const RecurrentResult got = read(net, matrix({{1}, {0}}), {0, 2});
    QVERIFY(close(static_cast<double>(got.output(0, 0)), 0.9 * std::tanh(0.375)));
    // Then all gates are 1/2 and g is 0: half of c is left.
    QVERIFY(close(static_cast<double>(got.c_n[0](0, 0)), 0.1875));
}

void TestPyTorchQuirks::lstmAddsBothBiases()
{
    auto net = recurrent({.input_size = 1, .hidden_size = 1});
    for (const NamedWeight& weight : net.weights())
        weight.value->setZero();
    named(net, "bias_ih_l0") = kLn3 * matrix({{0.25F, 0, 1, 3}});
    named(net, "bias_hh_l0") = kLn3 * matrix({{0.75F, 0, -0.5F, -1}});
    QVERIFY(close(static_cast<double>(read(net, matrix({{1}}), {0, 1}).output(0, 0)), 0.9 * std::tanh(0.375)));
}

/// n = tanh(b_in + r (W_hn h + b_hn)) with r = 3/4 and b_hn = 2/3 ln 3: 1/2. With the bias outside it would be 0.62.
/// z = 1/4: h = 3/4 n.
void TestPyTorchQuirks::gruResetsTheRecurrentBias()
{
    auto net = recurrent({.kind = RecurrentKind::Gru, .input_size = 1, .hidden_size = 1});
    for (const NamedWeight& weight : net.weights())
        weight.value->setZero();
    named(net, "bias_hh_l0") = kLn3 * matrix({{1, -1, 2.0F / 3}});
    QVERIFY(close(static_cast<double>(read(net, matrix({{1}}), {0, 1}).output(0, 0)), 0.375));
}

void TestPyTorchQuirks::lastStatesStandByLayerThenDirection()
{
    const auto net = recurrent({.input_size = 2, .hidden_size = 3, .num_layers = 2, .bidirectional = true});
    const RecurrentResult got = read(net, randomMatrix(4, 2, 1), {0, 4});
    QCOMPARE(got.h_n.size(), std::size_t{4});
    QVERIFY(got.h_n[2] == got.output.row(3).leftCols(3));
    QVERIFY(got.h_n[3] == got.output.row(0).rightCols(3));
}

/// As with enforce_sorted=False.
void TestPyTorchQuirks::lengthsNeedNoOrder()
{
    const auto net = recurrent({.input_size = 2, .hidden_size = 3});
    const Matrix x = randomMatrix(6, 2, 1);
    const RecurrentResult got = read(net, x, {0, 1, 4, 6});
    QVERIFY(got.output.middleRows(1, 3) == read(net, x.middleRows(1, 3), {0, 3}).output);
    QVERIFY(got.h_n[0].row(2) == got.output.row(5));
}

void TestPyTorchQuirks::backwardStartsAtTheSentencesEnd()
{
    const auto net = recurrent({.input_size = 2, .hidden_size = 3, .bidirectional = true});
    const Matrix x = randomMatrix(7, 2, 1);
    // The short sentence beside a long one: no step of padding comes before its last word.
    QVERIFY(read(net, x, {0, 2, 7}).output.topRows(2) == read(net, x.topRows(2), {0, 2}).output);
}

/// PyTorch refuses to pack them.
void TestPyTorchQuirks::emptySentencesHaveTheZeroState()
{
    const auto net = recurrent({.input_size = 2, .hidden_size = 3, .bidirectional = true});
    const RecurrentResult got = read(net, randomMatrix(2, 2, 1), {0, 0, 2});
    for (const auto* states : {&got.h_n, &got.c_n})
        for (const Matrix& state : *states)
            QVERIFY(state.row(0).isZero(0) && !state.row(1).isZero(0));
}

void TestPyTorchQuirks::recurrentDropoutSparesTheLastLayer()
{
    const Matrix x = randomMatrix(4, 2, 1);
    for (const int layers : {1, 2}) {
        auto net = recurrent({.input_size = 2, .hidden_size = 3, .num_layers = layers, .dropout = 0.5});
        Random random(3);
        RecurrentResult got;
        net.forward(x, Indices{0, 4}, random, got);
        QVERIFY((got.output.array() != 0.0F).all());
        QCOMPARE(got.output == read(net, x, {0, 4}).output, layers == 1);
    }
}

// nn.Linear, nn.MultiheadAttention, nn.TransformerEncoderLayer

/// Weight and bias within 1 / sqrt(in_features) = 1 / 10.
void TestPyTorchQuirks::linearStartsByItsInputs()
{
    Random random(1);
    const Linear linear = Linear::create(100, 400, random);
    for (const Matrix* weight : {&linear.weight, &linear.bias}) {
        const float largest = weight->cwiseAbs().maxCoeff();
        QVERIFY(largest <= 0.1F && largest > 0.098F);
    }
}

/// xavier_uniform over all 3E x E, not over each E x E: sqrt(6 / 4E) in place of sqrt(6 / 2E). Biases start at zero,
/// the output's weight as a linear layer's.
void TestPyTorchQuirks::attentionStartsAsOneMatrix()
{
    auto layer = attention(96, 4);
    const float bound = std::sqrt(6.0F / (4 * 96));
    const float largest = named(layer, "in_proj_weight").cwiseAbs().maxCoeff();
    QVERIFY(largest <= bound && largest > 0.99F * bound);
    QVERIFY(named(layer, "in_proj_bias").isZero(0) && named(layer, "out_proj.bias").isZero(0));
    const float out = named(layer, "out_proj.weight").cwiseAbs().maxCoeff() * std::sqrt(96.0F);
    QVERIFY(out <= 1.00001F && out > 0.99F);
}

/// Without queries all words count alike, and a value that is the word gives the mean; the keys do not matter then.
void TestPyTorchQuirks::attentionStacksQueriesKeysValues()
{
    auto layer = attention(2, 1);
    named(layer, "in_proj_weight") = matrix({{0, 0}, {0, 0}, {7, 8}, {-9, 5}, {1, 0}, {0, 1}});
    named(layer, "out_proj.weight") = matrix({{1, 0}, {0, 1}});
    Matrix out;
    layer.predict(matrix({{1, 2}, {3, 6}}), Indices{0, 2}, out);
    QVERIFY(deviation(out, matrix({{2, 4}, {2, 4}})) < 1e-6);
}

/// Two heads of four columns: a product of 2 ln 3 is divided by sqrt(4), so that the words weigh 3 : 1. Divided by
/// sqrt(8) it would be 2.17 : 1.
void TestPyTorchQuirks::attentionIsScaledByTheHead()
{
    auto layer = attention(8, 2);
    for (Index block = 0; block < 3; ++block)
        named(layer, "in_proj_weight").middleRows(8 * block, 8) = Matrix::Identity(8, 8);
    named(layer, "out_proj.weight") = Matrix::Identity(8, 8);
    const float x = std::sqrt(2 * kLn3);
    Matrix out;
    layer.predict(matrix({{x, 0, 0, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 0, 0, 0}}), Indices{0, 2}, out);
    QVERIFY(close(static_cast<double>(out(0, 0)), 0.75 * static_cast<double>(x)));
    QVERIFY(close(static_cast<double>(out(1, 0)), 0.5 * static_cast<double>(x)));
}

/// What a padding mask is for: neither the other sentences nor padding are seen. A sentence of padding alone, which is
/// NaN on some of PyTorch's paths, has no rows here.
void TestPyTorchQuirks::attentionStaysInItsSentence()
{
    const auto layer = attention(4, 2);
    const Matrix x = randomMatrix(5, 4, 1);
    Matrix all;
    Matrix alone;
    layer.predict(x, Indices{0, 2, 2, 5}, all);
    layer.predict(x.topRows(2), Indices{0, 2}, alone);
    QVERIFY(all.allFinite() && deviation(all.topRows(2), alone) < 1e-6);
}

/// 1 and 3: the mean is 2, the variance 1 (and not 2), the eps of 3 stands under the root: (1 - 2) / sqrt(1 + 3).
void TestPyTorchQuirks::layerNormVarianceIsBiased()
{
    const LayerNorm layer = LayerNorm::create(2, 3);
    Matrix out;
    layer.predict(matrix({{1, 3}}), out);
    QVERIFY(deviation(out, matrix({{-0.5F, 0.5F}})) < 1e-6);
    QCOMPARE(LayerNorm::create(2).eps(), 1e-5);
}

void TestPyTorchQuirks::encoderLayerDefaults()
{
    const TransformerEncoderLayerOptions options;
    QCOMPARE(options.dim_feedforward, Index{2048});
    QCOMPARE(options.dropout, 0.1);
    QVERIFY(options.activation == Activation::Relu && !options.norm_first);
    QCOMPARE(options.layer_norm_eps, 1e-5);
}

void TestPyTorchQuirks::anEmptySentencePoolsToZero()
{
    for (const EncoderKind kind : {EncoderKind::Bag, EncoderKind::Lstm, EncoderKind::Gru, EncoderKind::Transformer}) {
        const Matrix got = encoded({.kind = kind, .hidden_dim = 4}, {1, 2}, {0, 0, 2, 2});
        QCOMPARE(got.rows(), Index{3});
        QVERIFY(got.row(0).isZero(0) && got.row(2).isZero(0) && !got.row(1).isZero(0));
    }
}

void TestPyTorchQuirks::poolingCountsRealWordsOnly()
{
    for (const EncoderKind kind : {EncoderKind::Bag, EncoderKind::Lstm, EncoderKind::Gru, EncoderKind::Transformer}) {
        const EncoderOptions options{.kind = kind, .hidden_dim = 4};
        const Matrix beside = encoded(options, {1, 2, 5, 4, 3, 3, 2}, {0, 2, 7});
        QVERIFY(deviation(beside.topRows(1), encoded(options, {1, 2}, {0, 2})) < 1e-6);
    }
}

QTEST_APPLESS_MAIN(TestPyTorchQuirks)
#include "tst_pytorch_quirks.moc"
