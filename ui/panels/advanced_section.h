// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/train_options.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QSpinBox;
class QVBoxLayout;

namespace embedscope {

class FormRow;
class ToggleSwitch;

/// The options of a run that most people leave as they are.
class AdvancedSection : public QWidget
{
    Q_OBJECT

public:
    explicit AdvancedSection(QWidget* parent = nullptr);

    /// Sets the fields that stand here.
    void fill(TrainOptions& options) const;
    void setOptions(const TrainOptions& options);
    /// Which rows matter.
    void setContext(EncoderKind encoder, bool freshTable);
    /// "10 % held out for validation. Changed: Schedule, Warm-up."
    [[nodiscard]] QString summary() const;

Q_SIGNALS:
    void edited();

private:
    void createEditors();
    void createRows();
    void connectEditors();
    [[nodiscard]] std::string classWeight() const;

    QDoubleSpinBox* m_validSplit = nullptr;
    QSpinBox* m_earlyStop = nullptr;
    QSpinBox* m_freezeEpochs = nullptr;
    QComboBox* m_classWeight = nullptr;
    QDoubleSpinBox* m_labelSmoothing = nullptr;
    QDoubleSpinBox* m_clipNorm = nullptr;
    QComboBox* m_schedule = nullptr;
    QSpinBox* m_warmup = nullptr;
    QSpinBox* m_maxLength = nullptr;
    QSpinBox* m_minCount = nullptr;
    ToggleSwitch* m_sparse = nullptr;
    ToggleSwitch* m_normFirst = nullptr;
    ToggleSwitch* m_gelu = nullptr;

    FormRow* m_maxLengthRow = nullptr;
    FormRow* m_minCountRow = nullptr;
    FormRow* m_normFirstRow = nullptr;
    FormRow* m_geluRow = nullptr;
    EncoderKind m_encoder = EncoderKind::Bag;
    bool m_freshTable = true;
};

} // namespace embedscope
