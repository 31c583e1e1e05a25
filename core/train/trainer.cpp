// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/trainer.h"

#include "core/base/strings.h"
#include "core/nn/cross_entropy.h"
#include "core/train/gradient_norm.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace embedscope {

namespace {

std::int64_t countRight(const Matrix& logits, std::span<const std::int32_t> labels)
{
    std::int64_t right = 0;
    for (Index i = 0; i < logits.rows(); ++i) {
        Index predicted = 0;
        logits.row(i).maxCoeff(&predicted);
        right += predicted == labels[static_cast<std::size_t>(i)] ? 1 : 0;
    }
    return right;
}

} // namespace

Trainer::Trainer(const TrainOptions& options, std::shared_ptr<const DataSet> data, TextClassifier model,
                 std::unique_ptr<Optimizer> optimizer, const Random& random)
    : m_options(options)
    , m_data(std::move(data))
    , m_model(std::move(model))
    , m_optimizer(std::move(optimizer))
    , m_random(random)
    , m_settings(options.live)
    , m_order(static_cast<std::size_t>(m_data->size()))
{
}

Result<Trainer> Trainer::create(const TrainOptions& options, std::shared_ptr<const DataSet> data, Index classes,
                                Matrix weight)
{
    if (auto checked = check(options); !checked)
        return fail(checked.error());
    if (data->size() == 0)
        return fail(ErrorCode::NoSentences, {"Training data"});
    if (auto inside = checkIndices(data->tokens, weight.rows()); !inside)
        return fail(inside.error());
    auto optimizer = makeOptimizer(*optimizerOptions(options));
    if (!optimizer)
        return fail(optimizer.error());
    const EmbeddingOptions table{
        .num_embeddings = weight.rows(), .embedding_dim = weight.cols(), .sparse = options.sparse};
    auto embedding = Embedding::create(table, std::move(weight));
    if (!embedding)
        return fail(embedding.error());
    Random random(options.seed);
    auto model = TextClassifier::create(std::move(*embedding), options.encoder, classes, random);
    if (!model)
        return fail(model.error());
    auto weights = classWeights(options.class_weight, data->labels, classes);
    if (!weights)
        return fail(weights.error());
    TrainOptions started = options;
    started.live.freeze = options.live.freeze || options.freeze_epochs > 0;
    Trainer trainer(started, std::move(data), std::move(*model), std::move(*optimizer), random);
    trainer.m_classWeights = std::move(*weights);
    if (auto taken = trainer.take(started.live); !taken)
        return fail(taken.error());
    return trainer;
}

std::int64_t Trainer::stepsPerEpoch() const
{
    return (m_data->size() + m_options.batch_size - 1) / m_options.batch_size;
}

Result<void> Trainer::take(const LiveSettings& wanted)
{
    auto& embedding = m_model.embedding();
    const auto settings = validated(wanted, embedding.weight().rows(), m_options.sparse);
    if (!settings)
        return fail(settings.error());
    const bool maximum = m_options.encoder.kind == EncoderKind::Bag && m_options.encoder.mode == BagMode::Max;
    if (settings->scale_grad_by_freq && maximum)
        return fail(ErrorCode::OptionsConflict,
                    {"scale_grad_by_freq", "max pooling", "Choose mean or sum to scale by frequency."});
    // All were validated together, so that none of these can fail half-way.
    const bool thaws = embedding.frozen() && !settings->freeze;
    embedding.setFrozen(settings->freeze);
    if (auto set = embedding.setPaddingIdx(settings->padding_idx); !set)
        return set;
    if (auto set = embedding.setMaxNorm(settings->max_norm, settings->norm_type); !set)
        return set;
    if (auto set = embedding.setScaleGradByFreq(settings->scale_grad_by_freq); !set)
        return set;
    if (settings->zero_padding_row > m_settings.zero_padding_row && settings->padding_idx) {
        embedding.weight().row(*settings->padding_idx).setZero();
        m_optimizer->clearState("embedding.weight", settings->padding_idx);
    }
    if (settings->clear_table_state > m_settings.clear_table_state)
        m_optimizer->clearState("embedding.weight");
    m_settings = *settings;
    if (thaws && !m_lastGood.empty())
        keepWeights(); // so far without the table
    return {};
}

Result<void> Trainer::apply(const LiveSettings& settings)
{
    const LiveSettings before = m_settings;
    if (auto taken = take(settings); !taken)
        return taken;
    if (!(m_settings == before))
        m_log.push_back({m_step, m_settings});
    return {};
}

/// Logged like any switch. A thaw by hand before, or a later freeze, is not touched.
Result<void> Trainer::thawInTime()
{
    if (m_options.freeze_epochs == 0 || m_step != m_options.freeze_epochs * stepsPerEpoch() || !m_settings.freeze)
        return {};
    LiveSettings thawed = m_settings;
    thawed.freeze = false;
    return apply(thawed);
}

void Trainer::startEpoch()
{
    m_totals = {};
    std::iota(m_order.begin(), m_order.end(), 0);
    m_random.shuffle(std::span(m_order));
    keepWeights();
}

void Trainer::keepWeights()
{
    m_goodStep = m_step;
    m_lastGood.clear();
    for (const Parameter& parameter : m_model.parameters()) {
        // A frozen table cannot diverge, and may be too large to hold twice. One with sparse gradients is kept row by
        // row as it is touched.
        const bool learns = parameter.grad != nullptr || parameter.row_grad != nullptr;
        m_lastGood.push_back(learns && !parameter.sparse ? *parameter.value : Matrix());
    }
    m_touchedRows.start(m_options.sparse ? m_model.embedding().weight().rows() : 0);
}

void Trainer::restoreWeights()
{
    const auto parameters = m_model.parameters();
    for (std::size_t i = 0; i < parameters.size(); ++i)
        if (m_lastGood[i].size() > 0)
            *parameters[i].value = m_lastGood[i];
    m_touchedRows.restore(m_model.embedding().weight());
    m_optimizer->setState({}); // it has seen the gradients of the steps taken back
    m_step = m_goodStep;
    std::erase_if(m_log, [this](const LoggedSwitch& entry) { return entry.step > m_goodStep; });
}

tl::unexpected<Error> Trainer::diverged(const Batch& batch)
{
    const std::string step = std::to_string(m_step);
    const auto token = std::find_if(batch.tokens.begin(), batch.tokens.end(), [this](std::int64_t row) {
        return !m_model.embedding().weight().row(row).allFinite();
    });
    restoreWeights();
    // A row that is bad in the weights it went back to was bad before anything was learned.
    if (token != batch.tokens.end() && !m_model.embedding().weight().row(*token).allFinite())
        return fail(ErrorCode::TrainingDiverged,
                    {step, "row " + std::to_string(*token) + " of the table holds a value that is not a number"});
    return fail(ErrorCode::TrainingDiverged,
                {step, "the loss is not a number any more at learning rate " + formatNumber(m_settings.lr)});
}

Result<double> Trainer::lossAndGradients(const Batch& batch)
{
    if (auto done = m_model.forward(batch, m_random, m_logits); !done)
        return fail(done.error());
    const auto loss = crossEntropy(
        m_logits, batch.labels, {.weight = m_classWeights, .label_smoothing = m_options.label_smoothing}, m_logitsGrad);
    if (!loss)
        return loss;
    if (!std::isfinite(*loss))
        return diverged(batch);
    m_model.backward(batch, m_logitsGrad);
    if (m_options.clip_norm > 0 && !std::isfinite(clipGradients(m_model, m_options.clip_norm)))
        return diverged(batch);
    return loss;
}

Result<StepReport> Trainer::step()
{
    if (auto thawed = thawInTime(); !thawed)
        return fail(thawed.error());
    const std::int64_t inEpoch = m_step % stepsPerEpoch();
    if (inEpoch == 0)
        startEpoch();
    const std::int64_t begin = inEpoch * m_options.batch_size;
    const std::int64_t count = std::min(m_options.batch_size, m_data->size() - begin);
    const Batch batch = makeBatch(
        *m_data, std::span(m_order).subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(count)));
    if (m_options.sparse && !m_settings.freeze)
        m_touchedRows.keep(m_model.embedding().weight(), batch.tokens);
    const auto loss = lossAndGradients(batch);
    if (!loss)
        return fail(loss.error());
    m_optimizer->setLearningRate(m_settings.lr * rateFactor(m_options, m_step, totalSteps()));
    m_optimizer->step(m_model.parameters());

    StepReport report{.step = m_step,
                      .epoch = m_step / stepsPerEpoch(),
                      .loss = *loss,
                      .right = countRight(m_logits, batch.labels),
                      .sentences = count,
                      .tokens = static_cast<std::int64_t>(batch.tokens.size())};
    m_totals.loss += report.loss * static_cast<double>(count);
    m_totals.right += report.right;
    m_totals.sentences += report.sentences;
    m_totals.tokens += report.tokens;
    ++m_step;
    report.epochEnded = m_step % stepsPerEpoch() == 0;
    return report;
}

TrainerState Trainer::state() const
{
    return {.step = m_step,
            .random = m_random.state(),
            .order = m_order,
            .totals = m_totals,
            .settings = m_settings,
            .log = m_log};
}

Result<void> Trainer::checkState(const TrainerState& state, const std::map<std::string, Matrix>& weights)
{
    const auto known = [this](std::int64_t sentence) { return sentence >= 0 && sentence < m_data->size(); };
    if (state.order.size() != m_order.size() || state.step < 0 ||
        !std::all_of(state.order.begin(), state.order.end(), known))
        return fail(ErrorCode::ShapeMismatch, {"The order of sentences", std::to_string(m_order.size()) + " sentences",
                                               std::to_string(state.order.size())});
    for (const Parameter& parameter : m_model.parameters()) {
        const auto found = weights.find(parameter.name);
        const auto& now = *parameter.value;
        if (found == weights.end() || found->second.rows() != now.rows() || found->second.cols() != now.cols())
            return fail(ErrorCode::ShapeMismatch,
                        {parameter.name, std::to_string(now.rows()) + " x " + std::to_string(now.cols()),
                         found == weights.end() ? "no such tensor" : std::to_string(found->second.rows()) + " rows"});
    }
    for (const auto& [name, value] : state.optimizer) {
        const std::size_t slash = name.rfind('/');
        const auto of = weights.find(name.substr(0, slash));
        const bool count = name.substr(slash + 1) == "step"; // PyTorch's name too
        const bool fits =
            of != weights.end() &&
            (count ? value.size() == 1 : value.rows() == of->second.rows() && value.cols() == of->second.cols());
        if (!fits)
            return fail(ErrorCode::ShapeMismatch, {name, "the state of a parameter", "another shape"});
    }
    return {};
}

Result<void> Trainer::restore(TrainerState state, const std::map<std::string, Matrix>& weights)
{
    if (auto fits = checkState(state, weights); !fits)
        return fits;
    m_settings.zero_padding_row = state.settings.zero_padding_row; // done before, in the weights already
    m_settings.clear_table_state = state.settings.clear_table_state;
    if (auto taken = take(state.settings); !taken)
        return taken;
    for (const Parameter& parameter : m_model.parameters())
        *parameter.value = weights.at(parameter.name);
    m_step = state.step;
    m_random.setState(state.random);
    m_order = std::move(state.order);
    m_totals = state.totals;
    m_log = std::move(state.log);
    m_optimizer->setState(std::move(state.optimizer));
    keepWeights();
    return {};
}

} // namespace embedscope
