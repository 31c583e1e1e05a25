// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/recommender_options.h"
#include "ui/model/recommender_run.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace embedscope {

class FormRow;

/// The open ratings, the few options of a recommender, and what to do with a trained one.
class RatingsSection : public QWidget
{
    Q_OBJECT

public:
    explicit RatingsSection(RecommenderRun* run, QWidget* parent = nullptr);

    [[nodiscard]] RecommenderOptions options() const;
    /// Another run goes on.
    void setBlocked(bool blocked);

private:
    void createEditors();
    void createRows();
    void showRatings();
    void showRun();
    void suggest();
    [[nodiscard]] RecommenderLoss loss() const;

    RecommenderRun* m_run;
    QLabel* m_file = nullptr;
    QLabel* m_counts = nullptr;
    QComboBox* m_loss = nullptr;
    QSpinBox* m_dim = nullptr;
    QDoubleSpinBox* m_reg = nullptr;
    QSpinBox* m_epochs = nullptr;
    QSpinBox* m_seed = nullptr;
    QWidget* m_rows = nullptr;
    QPushButton* m_train = nullptr;
    QPushButton* m_items = nullptr;
    QPushButton* m_users = nullptr;
    bool m_blocked = false;
};

} // namespace embedscope
