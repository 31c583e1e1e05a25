// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/live_settings.h"
#include "ui/bridge/parameter_text.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QPushButton;
class QSpinBox;

namespace embedscope {

class FormRow;
class ToggleSwitch;

/// The switches that may be flipped while a run goes on, each with its effective rule in words.
class LiveSection : public QWidget
{
    Q_OBJECT

public:
    explicit LiveSection(QWidget* parent = nullptr);

    [[nodiscard]] const LiveSettings& settings() const { return m_settings; }
    /// Shows settings without announcing them.
    void setSettings(const LiveSettings& settings);
    /// What the rules depend on besides the settings.
    void setContext(const RuleContext& context);
    /// Padding can be any row below this number; 0 where there is no table.
    void setRows(Index rows);
    /// The row that "Use selected" takes.
    void setSelectedRow(std::optional<Index> row);
    /// Only a run that goes on has a row to zero and momentum to clear.
    void setRunning(bool running);

Q_SIGNALS:
    void settingsEdited(const embedscope::LiveSettings& settings);

private:
    void createEditors();
    void createRows();
    void connectEditors();
    void showSettings();
    void showRules();
    void readEditors();
    void ask(std::int64_t LiveSettings::*request);

    LiveSettings m_settings;
    RuleContext m_context;
    std::optional<Index> m_selectedRow;
    bool m_showing = false; // editors are being set, not edited

    ToggleSwitch* m_freeze = nullptr;
    QSpinBox* m_padding = nullptr;
    QPushButton* m_useSelected = nullptr;
    QPushButton* m_zeroRow = nullptr;
    QPushButton* m_clearState = nullptr;
    QDoubleSpinBox* m_rate = nullptr;
    ToggleSwitch* m_limitNorm = nullptr;
    QDoubleSpinBox* m_maxNorm = nullptr;
    QComboBox* m_normType = nullptr;
    ToggleSwitch* m_scale = nullptr;

    FormRow* m_freezeRow = nullptr;
    FormRow* m_paddingRow = nullptr;
    FormRow* m_rateRow = nullptr;
    FormRow* m_maxNormRow = nullptr;
    FormRow* m_scaleRow = nullptr;
};

} // namespace embedscope
