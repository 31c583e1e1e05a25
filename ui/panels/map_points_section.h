// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/map_options.h"

#include <QWidget>

class QComboBox;
class QSpinBox;

namespace embedscope {

/// What t-SNE and UMAP share and most people leave alone: how neighbours are found, where the points start, the seed.
class MapPointsSection : public QWidget
{
    Q_OBJECT

public:
    explicit MapPointsSection(QWidget* parent = nullptr);

    /// Sets the fields that stand here.
    void fill(MapOptions& options) const;
    void setOptions(const MapOptions& options);
    /// A spectral start is for UMAP alone.
    void setMethod(MapMethod method);

Q_SIGNALS:
    void edited();

private:
    QComboBox* m_neighbors = nullptr;
    QSpinBox* m_pcaDims = nullptr;
    QComboBox* m_init = nullptr;
    QSpinBox* m_seed = nullptr;
};

/// The list of metrics, for maps.
QComboBox* metricChoice();

} // namespace embedscope
