// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/train_options.h"
#include "ui/model/training_run.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QSpinBox;

namespace embedscope {

class FormRow;

/// What is fixed when a run starts: encoder, table, sizes, optimizer.
class ModelSection : public QWidget
{
    Q_OBJECT

public:
    explicit ModelSection(QWidget* parent = nullptr);

    /// All but the live settings.
    [[nodiscard]] TrainOptions options() const;
    [[nodiscard]] StartFrom startFrom() const;
    /// A table that can be trained is open; its dimension is then given.
    void setOpenTable(bool open, Index dim);
    void setStartFrom(StartFrom from);
    /// By PyTorch's name.
    void setOptimizer(const QString& name);
    /// A run goes on: nothing here can be changed.
    void setLocked(bool locked);

Q_SIGNALS:
    void optimizerChanged(const QString& name);
    void edited();

private:
    void createEditors();
    void createRows();
    void showGuidance();

    QComboBox* m_encoder = nullptr;
    QComboBox* m_start = nullptr;
    QSpinBox* m_dim = nullptr;
    QComboBox* m_optimizer = nullptr;
    QDoubleSpinBox* m_weightDecay = nullptr;
    QSpinBox* m_batchSize = nullptr;
    QSpinBox* m_epochs = nullptr;
    QSpinBox* m_seed = nullptr;
    FormRow* m_dimRow = nullptr;
    FormRow* m_startRow = nullptr;
    Index m_openDim = 0;
};

} // namespace embedscope
