// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/recurrent.h"

#include "core/base/parallel.h"
#include "core/base/strings.h"
#include "core/nn/recurrent_direction.h"
#include "core/nn/rows.h"

#include <algorithm>
#include <array>
#include <string>

namespace embedscope {

using detail::kPanel;
using detail::PanelMatrix;
using detail::RecurrentDirection;
using detail::RecurrentTape;
using detail::SequenceLayout;

/// Directions of all layers: layer 0 forward, layer 0 backward, layer 1 forward and so on.
struct Recurrent::Layers
{
    std::vector<RecurrentDirection> directions;
};

struct Recurrent::Tape
{
    std::vector<RecurrentTape> directions;
    std::vector<Matrix> outputs;   // of each layer but the last, after dropout
    std::vector<Dropout> dropouts; // likewise
};

namespace {

/// Rows of `panels` into the columns from `column` on of the rows target[i] of a matrix; rows without one stay out.
void scatterRows(const PanelMatrix& panels, std::span<const Index> target, Index column, Matrix& out)
{
    parallelFor(panels.rows(), detail::rowsPerChunk(panels.cols()), [&](Index begin, Index end) {
        for (Index row = begin; row < end; ++row) {
            float* to = out.data() + target[static_cast<std::size_t>(row)] * out.cols() + column;
            for (Index panel = 0; panel < panels.panels(); ++panel)
                std::copy_n(panels.at(panel, row), std::min(kPanel, panels.cols() - panel * kPanel),
                            to + panel * kPanel);
        }
    });
}

/// The row of each sentence's last step; zeros where it is empty.
Matrix lastRows(const PanelMatrix& panels, std::span<const Index> last)
{
    Matrix out = Matrix::Zero(static_cast<Index>(last.size()), panels.cols());
    for (std::size_t i = 0; i < last.size(); ++i)
        for (Index column = 0; column < panels.cols() && last[i] >= 0; column += kPanel)
            std::copy_n(panels.at(column / kPanel, last[i]), std::min(kPanel, panels.cols() - column),
                        out.data() + static_cast<Index>(i) * out.cols() + column);
    return out;
}

Result<void> checkAtLeastOne(const char* name, std::int64_t value)
{
    if (value >= 1)
        return {};
    return fail(ErrorCode::ValueRefused, {name, std::to_string(value), "it is at least 1"});
}

} // namespace

Recurrent::Recurrent(const RecurrentOptions& options)
    : m_options(options)
    , m_layers(std::make_unique<Layers>())
    , m_tape(std::make_unique<Tape>())
{
    const bool lstm = options.kind == RecurrentKind::Lstm;
    const Index width = options.hidden_size * (options.bidirectional ? 2 : 1);
    for (Index layer = 0; layer < options.num_layers; ++layer)
        for (int direction = 0; direction < (options.bidirectional ? 2 : 1); ++direction)
            m_layers->directions.emplace_back(lstm, layer == 0 ? options.input_size : width, options.hidden_size,
                                              direction == 1);
}

Recurrent::Recurrent(Recurrent&& other) noexcept = default;
Recurrent& Recurrent::operator=(Recurrent&& other) noexcept = default;
Recurrent::~Recurrent() = default;

Result<Recurrent> Recurrent::create(const RecurrentOptions& options, Random& random)
{
    for (const auto& checked :
         {checkAtLeastOne("input_size", options.input_size), checkAtLeastOne("hidden_size", options.hidden_size),
          checkAtLeastOne("num_layers", options.num_layers)})
        if (!checked)
            return fail(checked.error());
    if (!(options.dropout >= 0 && options.dropout < 1))
        return fail(ErrorCode::ValueRefused, {"dropout", formatNumber(options.dropout), "it is from 0 to below 1"});
    Recurrent out(options);
    for (RecurrentDirection& direction : out.m_layers->directions)
        direction.initialize(random);
    return out;
}

std::vector<NamedWeight> Recurrent::weights()
{
    std::vector<NamedWeight> out;
    const std::size_t directions = m_options.bidirectional ? 2 : 1;
    for (std::size_t i = 0; i < m_layers->directions.size(); ++i) {
        RecurrentDirection& direction = m_layers->directions[i];
        const std::string suffix = "_l" + std::to_string(i / directions) + (direction.reversed() ? "_reverse" : "");
        for (NamedWeight& weight : direction.weights(suffix))
            out.push_back(std::move(weight));
    }
    return out;
}

void Recurrent::forward(const Matrix& x, std::span<const std::int64_t> offsets, Random& random, RecurrentResult& out)
{
    run(x, offsets, &random, *m_tape, out);
}

void Recurrent::predict(const Matrix& x, std::span<const std::int64_t> offsets, RecurrentResult& out) const
{
    Tape tape;
    run(x, offsets, nullptr, tape, out);
}

void Recurrent::run(const Matrix& x, std::span<const std::int64_t> offsets, Random* random, Tape& tape,
                    RecurrentResult& out) const
{
    const std::size_t directions = m_options.bidirectional ? 2 : 1;
    const auto layers = static_cast<std::size_t>(m_options.num_layers);
    tape.directions.resize(layers * directions);
    tape.outputs.resize(layers - 1);
    tape.dropouts.resize(layers - 1, Dropout(m_options.dropout));
    out.h_n.resize(layers * directions);
    out.c_n.resize(m_options.kind == RecurrentKind::Lstm ? layers * directions : 0);
    for (std::size_t layer = 0; layer < layers; ++layer) {
        const Matrix& input = layer == 0 ? x : tape.outputs[layer - 1];
        Matrix& output = layer + 1 == layers ? out.output : tape.outputs[layer];
        const bool wanted = layer + 1 < layers || out.wants_output;
        if (wanted)
            output.resize(x.rows(), m_options.hidden_size * static_cast<Index>(directions));
        for (std::size_t i = layer * directions; i < (layer + 1) * directions; ++i) {
            const RecurrentDirection& direction = m_layers->directions[i];
            const SequenceLayout layout(offsets, direction.reversed());
            direction.forward(input, layout, tape.directions[i]);
            if (wanted)
                scatterRows(tape.directions[i].hidden, layout.tokens, direction.reversed() ? m_options.hidden_size : 0,
                            output);
            out.h_n[i] = lastRows(tape.directions[i].hidden, layout.last);
            if (!out.c_n.empty())
                out.c_n[i] = lastRows(tape.directions[i].state, layout.last);
        }
        if (random != nullptr && layer + 1 < layers)
            tape.dropouts[layer].forward(output, *random);
    }
}

void Recurrent::backward(std::span<const std::int64_t> offsets, const RecurrentResult& grad, Matrix* x_grad)
{
    const std::size_t directions = m_options.bidirectional ? 2 : 1;
    const auto layers = static_cast<std::size_t>(m_options.num_layers);
    const auto tokens = offsets.empty() ? Index{0} : static_cast<Index>(offsets.back());
    Matrix outputGrad;
    Matrix inputGrad;
    for (std::size_t layer = layers; layer-- > 0;) {
        const Matrix& from = layer + 1 == layers ? grad.output : outputGrad;
        const Index width = layer == 0 ? m_options.input_size : m_tape->outputs[layer - 1].cols();
        Matrix* to = layer == 0 ? x_grad : &inputGrad;
        if (to != nullptr)
            to->setZero(tokens, width);
        for (std::size_t i = layer * directions; i < (layer + 1) * directions; ++i) {
            RecurrentDirection& direction = m_layers->directions[i];
            const bool known = i < grad.h_n.size() && grad.h_n[i].rows() > 0;
            direction.backward(SequenceLayout(offsets, direction.reversed()),
                               {from.rows() > 0 ? &from : nullptr, direction.reversed() ? m_options.hidden_size : 0},
                               known ? &grad.h_n[i] : nullptr, m_tape->directions[i], to);
        }
        if (layer > 0) {
            m_tape->dropouts[layer - 1].backward(inputGrad);
            outputGrad.swap(inputGrad);
        }
    }
}

} // namespace embedscope
