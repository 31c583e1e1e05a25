// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/recurrent_direction.h"

#include "core/base/parallel.h"
#include "core/nn/panel_product.h"
#include "core/nn/recurrent_cell.h"
#include "core/nn/rows.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace embedscope::detail {

namespace {

/// Rows of a product over all tokens that make one chunk: what they read and write stays in the second cache.
constexpr Index kRowsPerProduct = 64;

/// Rows of stacked weights in the order of the slots, -1 for padded hidden units.
template <std::size_t kGates>
std::vector<Index> slotRows(const std::array<Index, kGates>& gates, Index hidden)
{
    std::vector<Index> rows;
    for (const Index gate : gates)
        for (Index unit = 0; unit < roundedUp(hidden); ++unit)
            rows.push_back(unit < hidden ? gate * hidden + unit : -1);
    return rows;
}

/// The weights as the right-hand factor of a gradient: a row for each unit of each slot.
template <std::size_t kGates>
void rowsOfSlots(const Matrix& weight, const std::array<Index, kGates>& gates, Index hidden, PanelMatrix& out)
{
    gatherRows(weight, slotRows(gates, hidden), out);
}

std::vector<Index> allRows(Index count)
{
    std::vector<Index> rows(static_cast<std::size_t>(count));
    std::iota(rows.begin(), rows.end(), 0);
    return rows;
}

/// The weights as the right-hand factor of the forward product: a column for each unit of each slot.
template <std::size_t kGates>
void columnsOfSlots(const Matrix& weight, const std::array<Index, kGates>& gates, Index hidden, PanelMatrix& rows,
                    PanelMatrix& out)
{
    rowsOfSlots(weight, gates, hidden, rows);
    gatherTransposed(rows, allRows(rows.rows()), out);
}

/// What a panel of gates starts from: the biases of its units.
template <class Cell>
std::vector<float> slotBiases(const Matrix& biasIh, const Matrix& biasHh, Index hidden)
{
    const Index padded = roundedUp(hidden);
    std::vector<float> out(static_cast<std::size_t>(Cell::kSlots * padded), 0.0F);
    const auto add = [&](const Matrix& bias, Index firstSlot, const auto& gates) {
        Index slot = firstSlot;
        for (const Index gate : gates) {
            for (Index unit = 0; unit < hidden; ++unit)
                out[static_cast<std::size_t>(slot * padded + unit)] += bias(0, gate * hidden + unit);
            ++slot;
        }
    };
    add(biasIh, Cell::kInputFirst, Cell::kInputGates);
    add(biasHh, Cell::kRecurrentFirst, Cell::kRecurrentGates);
    return out;
}

/// gates = biases + input * weights.
template <class Cell>
void inputProduct(const PanelMatrix& input, const PanelMatrix& weights, const std::vector<float>& biases,
                  PanelMatrix& gates)
{
    const Index first = Cell::kInputFirst * gates.panels() / Cell::kSlots;
    parallelFor(gates.rows(), kRowsPerProduct, [&](Index begin, Index end) {
        for (Index panel = 0; panel < gates.panels(); ++panel) {
            for (Index row = begin; row < end; ++row)
                copyPanelRow(biases.data() + panel * kPanel, gates.at(panel, row));
            if (panel >= first && panel < first + weights.panels())
                multiplyAdd({&input, 0, input.panels(), begin, end - begin}, weights.at(panel - first, 0),
                            gates.at(panel, begin), kPanel);
        }
    });
}

/// Adds the gradients of the outputs of one step to those of the hidden states.
void addOutputGrad(const SequenceLayout& layout, StepRows step, Columns outputGrad, Index hidden, PanelMatrix& grad)
{
    for (Index row = 0; row < step.count; ++row) {
        const Index token = layout.tokens[static_cast<std::size_t>(step.begin + row)];
        const float* from = outputGrad.matrix->data() + token * outputGrad.matrix->cols() + outputGrad.column;
        for (Index panel = 0; panel < grad.panels(); ++panel)
            addScaled(1.0F, from + panel * kPanel, grad.at(panel, row), std::min(kPanel, hidden - panel * kPanel));
    }
}

void startHiddenGrad(const Shard& shard, const Matrix* lastGrad, PanelMatrix& grad)
{
    if (lastGrad == nullptr)
        grad.setZero();
    else
        gatherRows(*lastGrad, shard.sentences, grad);
}

/// grad(gate * hidden + unit, :) of the slots from `panel` on, from the products (input x 16) of each panel.
void storeTransposed(const float* product, Index row, Index units, Matrix& grad)
{
    for (Index unit = 0; unit < units; ++unit)
        for (Index column = 0; column < grad.cols(); ++column)
            grad(row + unit, column) = product[column * kPanel + unit];
}

/// The gradient of stacked weights and of their bias, for the slots from `firstSlot` on: the factor of each product
/// stands transposed in `factor`.
template <std::size_t kGates>
void stackedGradient(const PanelMatrix& factor, const PanelMatrix& gates, Index firstSlot,
                     const std::array<Index, kGates>& order, Matrix& grad, Matrix& biasGrad)
{
    const Index hidden = grad.rows() / static_cast<Index>(kGates);
    const Index panelsOfSlot = roundedUp(hidden) / kPanel;
    parallelFor(static_cast<Index>(kGates) * panelsOfSlot, 1, [&](Index begin, Index end) {
        Eigen::VectorXf product(factor.rows() * kPanel);
        for (Index i = begin; i < end; ++i) {
            const Index unit = i % panelsOfSlot * kPanel;
            const Index row = order[static_cast<std::size_t>(i / panelsOfSlot)] * hidden + unit;
            const float* const gateGrad = gates.at(firstSlot * panelsOfSlot + i, 0);
            const Index units = std::min(kPanel, hidden - unit);
            product.setZero();
            multiplyAdd({&factor, 0, factor.panels(), 0, factor.rows()}, gateGrad, product.data(), kPanel);
            storeTransposed(product.data(), row, units, grad);
            biasGrad.middleCols(row, units) =
                ConstMatrixMap(gateGrad, gates.rows(), kPanel).leftCols(units).colwise().sum();
        }
    });
}

} // namespace

RecurrentDirection::RecurrentDirection(bool lstm, Index input_size, Index hidden_size, bool reversed)
    : m_lstm(lstm)
    , m_reversed(reversed)
    , m_hidden(hidden_size)
{
    const Index stacked = (lstm ? LstmCell::kGates : GruCell::kGates) * hidden_size;
    m_weightIh.resize(stacked, input_size);
    m_weightHh.resize(stacked, hidden_size);
    m_biasIh.resize(1, stacked);
    m_biasHh.resize(1, stacked);
    m_weightIhGrad.setZero(stacked, input_size);
    m_weightHhGrad.setZero(stacked, hidden_size);
    m_biasIhGrad.setZero(1, stacked);
    m_biasHhGrad.setZero(1, stacked);
}

void RecurrentDirection::initialize(Random& random)
{
    const auto bound = static_cast<float>(1 / std::sqrt(static_cast<double>(m_hidden)));
    for (Matrix* weight : {&m_weightIh, &m_weightHh, &m_biasIh, &m_biasHh})
        for (float& value : weight->reshaped<Eigen::RowMajor>())
            value = random.uniform(-bound, bound);
}

std::vector<NamedWeight> RecurrentDirection::weights(const std::string& suffix)
{
    return {{"weight_ih" + suffix, &m_weightIh, &m_weightIhGrad, 2},
            {"weight_hh" + suffix, &m_weightHh, &m_weightHhGrad, 2},
            {"bias_ih" + suffix, &m_biasIh, &m_biasIhGrad, 1},
            {"bias_hh" + suffix, &m_biasHh, &m_biasHhGrad, 1}};
}

void RecurrentDirection::forward(const ConstMatrixRef& x, const SequenceLayout& layout, RecurrentTape& tape) const
{
    gatherRows(x, layout.tokens, tape.input);
    if (m_lstm)
        runForward<LstmCell>(layout, tape);
    else
        runForward<GruCell>(layout, tape);
}

template <class Cell>
void RecurrentDirection::runForward(const SequenceLayout& layout, RecurrentTape& tape) const
{
    tape.gates.resize(layout.rows(), Cell::kSlots * roundedUp(m_hidden));
    tape.hidden.resize(layout.rows(), m_hidden);
    if (Cell::kHasState) {
        tape.state.resize(layout.rows(), m_hidden);
        tape.tanhState.resize(layout.rows(), m_hidden);
    }
    RecurrentScratch& scratch = tape.scratch;
    columnsOfSlots(m_weightIh, Cell::kInputGates, m_hidden, scratch.rows, scratch.inputWeights);
    inputProduct<Cell>(tape.input, scratch.inputWeights, slotBiases<Cell>(m_biasIh, m_biasHh, m_hidden), tape.gates);
    columnsOfSlots(m_weightHh, Cell::kRecurrentGates, m_hidden, scratch.rows, scratch.recurrentWeights);
    const PanelMatrix& recurrent = scratch.recurrentWeights;
    parallelFor(static_cast<Index>(layout.shards.size()), 1, [&](Index begin, Index end) {
        for (Index i = begin; i < end; ++i) {
            const Shard& shard = layout.shards[static_cast<std::size_t>(i)];
            for (std::size_t step = 0; step < shard.steps.size(); ++step)
                stepForward<Cell>(shard, step, recurrent, tape);
        }
    });
}

template <class Cell>
void RecurrentDirection::stepForward(const Shard& shard, std::size_t step, const PanelMatrix& recurrent,
                                     RecurrentTape& tape) const
{
    const StepRows now = shard.steps[step];
    const Index before = step > 0 ? shard.steps[step - 1].begin : -1;
    const Index units = tape.hidden.panels(); // panels of each slot
    for (Index unit = 0; unit < units; ++unit) {
        for (Index gate = 0; gate < Cell::kGates && before >= 0; ++gate)
            multiplyAdd({&tape.hidden, 0, units, before, now.count}, recurrent.at(gate * units + unit, 0),
                        tape.gates.at((Cell::kRecurrentFirst + gate) * units + unit, now.begin), kPanel);
        CellForward<Cell> x{};
        x.size = now.count * kPanel;
        for (Index slot = 0; slot < Cell::kSlots; ++slot)
            x.slots[static_cast<std::size_t>(slot)] = tape.gates.at(slot * units + unit, now.begin);
        x.hidden = tape.hidden.at(unit, now.begin);
        x.previousHidden = before >= 0 ? tape.hidden.at(unit, before) : nullptr;
        if constexpr (Cell::kHasState) {
            x.previousState = before >= 0 ? tape.state.at(unit, before) : nullptr;
            x.state = tape.state.at(unit, now.begin);
            x.tanhState = tape.tanhState.at(unit, now.begin);
        }
        Cell::forward(x);
    }
}

void RecurrentDirection::backward(const SequenceLayout& layout, Columns outputGrad, const Matrix* lastGrad,
                                  RecurrentTape& tape, Matrix* x_grad)
{
    if (m_lstm) {
        runBackward<LstmCell>(layout, outputGrad, lastGrad, tape);
        weightGradients<LstmCell>(layout, tape);
        if (x_grad != nullptr)
            inputGradient<LstmCell>(layout, tape, *x_grad);
    } else {
        runBackward<GruCell>(layout, outputGrad, lastGrad, tape);
        weightGradients<GruCell>(layout, tape);
        if (x_grad != nullptr)
            inputGradient<GruCell>(layout, tape, *x_grad);
    }
}

/// One step of one shard, from the last to the first.
template <class Cell>
void stepBackward(const Shard& shard, std::size_t step, RecurrentTape& tape, PanelMatrix& hiddenGrad,
                  PanelMatrix& stateGrad)
{
    const StepRows now = shard.steps[step];
    const Index before = step > 0 ? shard.steps[step - 1].begin : -1;
    const Index units = tape.hidden.panels();
    for (Index unit = 0; unit < units; ++unit) {
        CellBackward<Cell> x{};
        x.size = now.count * kPanel;
        for (Index slot = 0; slot < Cell::kSlots; ++slot)
            x.slots[static_cast<std::size_t>(slot)] = tape.gates.at(slot * units + unit, now.begin);
        x.previousHidden = before >= 0 ? tape.hidden.at(unit, before) : nullptr;
        x.hiddenGrad = hiddenGrad.at(unit, 0);
        if constexpr (Cell::kHasState) {
            x.previousState = before >= 0 ? tape.state.at(unit, before) : nullptr;
            x.tanhState = tape.tanhState.at(unit, now.begin);
            x.stateGrad = stateGrad.at(unit, 0);
        }
        Cell::backward(x);
    }
}

template <class Cell>
void RecurrentDirection::runBackward(const SequenceLayout& layout, Columns outputGrad, const Matrix* lastGrad,
                                     RecurrentTape& tape)
{
    PanelMatrix& recurrent = tape.scratch.recurrentWeights;
    rowsOfSlots(m_weightHh, Cell::kRecurrentGates, m_hidden, recurrent);
    const Index units = tape.hidden.panels();
    parallelFor(static_cast<Index>(layout.shards.size()), 1, [&](Index begin, Index end) {
        for (Index i = begin; i < end; ++i) {
            const Shard& shard = layout.shards[static_cast<std::size_t>(i)];
            const auto sentences = static_cast<Index>(shard.sentences.size());
            PanelMatrix hiddenGrad(sentences, m_hidden);
            PanelMatrix stateGrad(sentences, m_hidden);
            startHiddenGrad(shard, lastGrad, hiddenGrad);
            stateGrad.setZero();
            for (std::size_t step = shard.steps.size(); step-- > 0;) {
                const StepRows now = shard.steps[step];
                if (outputGrad.matrix != nullptr)
                    addOutputGrad(layout, now, outputGrad, m_hidden, hiddenGrad);
                stepBackward<Cell>(shard, step, tape, hiddenGrad, stateGrad);
                for (Index unit = 0; unit < units && step > 0; ++unit)
                    multiplyAdd(
                        {&tape.gates, Cell::kRecurrentFirst * units, Cell::kGates * units, now.begin, now.count},
                        recurrent.at(unit, 0), hiddenGrad.at(unit, 0), kPanel);
            }
        }
    });
    tape.gates.zeroRowsFrom(layout.rows());
}

template <class Cell>
void RecurrentDirection::weightGradients(const SequenceLayout& layout, RecurrentTape& tape)
{
    PanelMatrix& factor = tape.scratch.transposed;
    gatherTransposed(tape.input, allRows(layout.rows()), factor);
    stackedGradient(factor, tape.gates, Cell::kInputFirst, Cell::kInputGates, m_weightIhGrad, m_biasIhGrad);
    gatherTransposed(tape.hidden, layout.previous, factor);
    stackedGradient(factor, tape.gates, Cell::kRecurrentFirst, Cell::kRecurrentGates, m_weightHhGrad, m_biasHhGrad);
}

template <class Cell>
void RecurrentDirection::inputGradient(const SequenceLayout& layout, RecurrentTape& tape, Matrix& x_grad) const
{
    PanelMatrix& weights = tape.scratch.inputWeights;
    rowsOfSlots(m_weightIh, Cell::kInputGates, m_hidden, weights);
    const Index units = tape.hidden.panels();
    parallelFor(layout.rows(), kRowsPerProduct, [&](Index begin, Index end) {
        PanelMatrix product(end - begin, kPanel);
        for (Index panel = 0; panel < weights.panels(); ++panel) {
            const Index column = panel * kPanel;
            product.setZero();
            multiplyAdd({&tape.gates, Cell::kInputFirst * units, Cell::kGates * units, begin, end - begin},
                        weights.at(panel, 0), product.at(0, 0), kPanel);
            for (Index row = begin; row < end; ++row)
                addScaled(1.0F, product.at(0, row - begin),
                          x_grad.data() + layout.tokens[static_cast<std::size_t>(row)] * x_grad.cols() + column,
                          std::min(kPanel, x_grad.cols() - column));
        }
    });
}

} // namespace embedscope::detail
