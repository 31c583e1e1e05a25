// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"

#include <QWidget>

#include <memory>
#include <vector>

class QGridLayout;
class QLabel;

namespace embedscope {

class ElidedLabel;
class HeatStrip;

/// What a table knows of one row: its token, number, norm, categories and numbers.
class TokenDetails : public QWidget
{
    Q_OBJECT

public:
    explicit TokenDetails(QWidget* parent = nullptr);

    /// Makes room for the categories and numbers of a table.
    void setTable(const EmbeddingTable& table);
    void showRow(const EmbeddingTable& table, const std::vector<float>& norms, Index row);

private:
    /// A name and its value on one line.
    struct Fact
    {
        QLabel* name;
        ElidedLabel* value;
    };
    Fact addFact(const QString& name, const QString& toolTip);

    ElidedLabel* m_title;
    QWidget* m_factsArea;
    QGridLayout* m_facts;
    Fact m_row;
    Fact m_norm;
    std::vector<Fact> m_categories;
    std::vector<Fact> m_numbers;
    HeatStrip* m_strip;
};

/// Share of the finite norms that are at most `norm`, in percent; 0 where there is none.
int percentileOf(const std::vector<float>& norms, float norm);

} // namespace embedscope
