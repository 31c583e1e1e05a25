// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/map_options.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QSpinBox;

namespace embedscope {

class FoldSection;
class MapPointsSection;

/// The settings of UMAP: neighbours, distance and metric, and folded what most people leave as it is.
class UmapSection : public QWidget
{
    Q_OBJECT

public:
    explicit UmapSection(QWidget* parent = nullptr);

    /// Sets the fields of UMAP and those that it shares with t-SNE.
    void fill(MapOptions& options) const;
    void setOptions(const MapOptions& options);

Q_SIGNALS:
    void edited();

private:
    void createEditors();
    QWidget* createMore();
    void connectEditors();
    void showSummary();

    QSpinBox* m_neighbors = nullptr;
    QDoubleSpinBox* m_minDist = nullptr;
    QComboBox* m_metric = nullptr;
    QDoubleSpinBox* m_spread = nullptr;
    QSpinBox* m_epochs = nullptr;
    QDoubleSpinBox* m_learningRate = nullptr;
    QDoubleSpinBox* m_negative = nullptr;
    QDoubleSpinBox* m_repulsion = nullptr;
    QDoubleSpinBox* m_mix = nullptr;
    QDoubleSpinBox* m_connectivity = nullptr;
    MapPointsSection* m_points = nullptr;
    FoldSection* m_more = nullptr;
};

} // namespace embedscope
