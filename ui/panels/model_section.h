// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/train_options.h"
#include "ui/model/training_run.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QSpinBox;
class QVBoxLayout;

namespace embedscope {

class AdvancedSection;
class EncoderSection;
class FoldSection;
class FormRow;
class HelpText;
class ModelSummary;

/// What is fixed when a run starts: encoder, table, sizes, optimizer.
class ModelSection : public QWidget
{
    Q_OBJECT

public:
    explicit ModelSection(QWidget* parent = nullptr);

    /// All but the live settings.
    [[nodiscard]] TrainOptions options() const;
    void setOptions(const TrainOptions& options);
    [[nodiscard]] StartFrom startFrom() const;
    /// Numbers in each vector of the table that a run would learn.
    [[nodiscard]] Index dim() const;
    /// A table that can be trained is open; its dimension is then given.
    void setOpenTable(bool open, Index dim);
    void setStartFrom(StartFrom from);
    /// By PyTorch's name.
    void setOptimizer(const QString& name);
    void setEncoder(EncoderKind kind);
    [[nodiscard]] FoldSection& advanced() { return *m_fold; }
    /// A run goes on: nothing here can be changed, and only the main facts are shown.
    void setLocked(bool locked);
    /// Why no run can start with these options; empty where one can.
    void setRefusal(const QString& sentence);
    [[nodiscard]] QString refusal() const;

Q_SIGNALS:
    void optimizerChanged(const QString& name);
    void edited();

private:
    void createEditors();
    void createRows();
    void connectEditors();
    void showGuidance();
    void showSummary();

    QWidget* m_rows = nullptr;
    ModelSummary* m_summary = nullptr;
    EncoderSection* m_encoder = nullptr;
    QComboBox* m_start = nullptr;
    QSpinBox* m_dim = nullptr;
    QComboBox* m_optimizer = nullptr;
    QDoubleSpinBox* m_weightDecay = nullptr;
    QSpinBox* m_batchSize = nullptr;
    QSpinBox* m_epochs = nullptr;
    QSpinBox* m_seed = nullptr;
    FormRow* m_dimRow = nullptr;
    AdvancedSection* m_advanced = nullptr;
    FoldSection* m_fold = nullptr;
    HelpText* m_refusal = nullptr;
    Index m_openDim = 0;
};

} // namespace embedscope
