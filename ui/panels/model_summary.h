// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace embedscope {

class FormRow;
class HelpText;

/// The model of a run that goes on, in a few lines: nothing of it can be changed, and the live switches need the room.
class ModelSummary : public QWidget
{
    Q_OBJECT

public:
    struct Facts
    {
        QString encoder;
        qint64 dim = 0;
        qint64 hidden = 0; // 0: it has none
        QString optimizer;
        QString more; // whatever else is worth knowing
    };

    explicit ModelSummary(QWidget* parent = nullptr);

    void setFacts(const Facts& facts);

private:
    QLabel* m_encoder = nullptr;
    QLabel* m_dim = nullptr;
    QLabel* m_hidden = nullptr;
    QLabel* m_optimizer = nullptr;
    FormRow* m_hiddenRow = nullptr;
    HelpText* m_more = nullptr;
};

} // namespace embedscope
