// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/sentence_encoder.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QSpinBox;

namespace embedscope {

class FormRow;
class ToggleSwitch;

/// How a sentence becomes one vector: the encoder and those of its options that it has.
class EncoderSection : public QWidget
{
    Q_OBJECT

public:
    explicit EncoderSection(QWidget* parent = nullptr);

    [[nodiscard]] EncoderKind kind() const;
    void setKind(EncoderKind kind);
    /// As it stands in the list.
    [[nodiscard]] QString name() const;
    /// Without those of the Transformer that are rarely changed.
    [[nodiscard]] EncoderOptions options() const;

    void setOptions(const EncoderOptions& options);

Q_SIGNALS:
    void edited();

private:
    void createEditors();
    void createRows();
    void showRows();

    QComboBox* m_kind = nullptr;
    QComboBox* m_mode = nullptr;
    QSpinBox* m_hidden = nullptr;
    QSpinBox* m_layers = nullptr;
    ToggleSwitch* m_bidirectional = nullptr;
    QSpinBox* m_heads = nullptr;
    QComboBox* m_positions = nullptr;
    QDoubleSpinBox* m_dropout = nullptr;

    FormRow* m_modeRow = nullptr;
    FormRow* m_hiddenRow = nullptr;
    FormRow* m_layersRow = nullptr;
    FormRow* m_bidirectionalRow = nullptr;
    FormRow* m_headsRow = nullptr;
    FormRow* m_positionsRow = nullptr;
};

} // namespace embedscope
