// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/map_options.h"

#include <QStringList>
#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QSpinBox;

namespace embedscope {

class FoldSection;
class FormRow;
class MapPointsSection;

/// The settings of t-SNE: perplexity and metric, and folded what most people leave as it is.
class TsneSection : public QWidget
{
    Q_OBJECT

public:
    explicit TsneSection(QWidget* parent = nullptr);

    /// Sets the fields of t-SNE and those that it shares with UMAP.
    void fill(MapOptions& options) const;
    void setOptions(const MapOptions& options);
    /// Columns of categories that can pull the points together.
    void setLabelColumns(const QStringList& names, const QString& chosen);
    [[nodiscard]] QString labelColumn() const;

Q_SIGNALS:
    void edited();

private:
    void createEditors();
    QWidget* createMore();
    void connectEditors();
    void showSummary();

    QDoubleSpinBox* m_perplexity = nullptr;
    QComboBox* m_metric = nullptr;
    QSpinBox* m_iterations = nullptr;
    QDoubleSpinBox* m_learningRate = nullptr;
    QDoubleSpinBox* m_early = nullptr;
    QSpinBox* m_earlyIterations = nullptr;
    QDoubleSpinBox* m_late = nullptr;
    QDoubleSpinBox* m_momentum = nullptr;
    QDoubleSpinBox* m_supervision = nullptr;
    QComboBox* m_labels = nullptr;
    FormRow* m_supervisionRow = nullptr;
    FormRow* m_labelsRow = nullptr;
    MapPointsSection* m_points = nullptr;
    FoldSection* m_more = nullptr;
};

} // namespace embedscope
