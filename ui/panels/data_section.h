// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/model/document.h"

#include <QWidget>

#include <optional>

class QLabel;

namespace embedscope {

/// Which sentences a run learns from, and how many of their words the open vectors cover.
class DataSection : public QWidget
{
    Q_OBJECT

public:
    explicit DataSection(QWidget* parent = nullptr);

    void setText(const OpenText& text);
    /// Share of the words that have a row of their own; nothing where it is not known.
    void setCoverage(std::optional<double> coverage);

Q_SIGNALS:
    void openRequested();

private:
    QLabel* m_file = nullptr;
    QLabel* m_counts = nullptr;
    QLabel* m_classes = nullptr;
    QLabel* m_coverage = nullptr;
};

} // namespace embedscope
