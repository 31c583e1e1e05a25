// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/map_options.h"
#include "core/search/neighbor_graph.h"

#include <QString>
#include <QStringList>

namespace embedscope {

QString metricText(Metric metric);    // "Euclidean", "cosine", "dot product"
QString methodText(MapMethod method); // "PCA", "t-SNE", "UMAP": names, in no language

/// "exact neighbours" or "approximate neighbours, recall 0.97".
QString neighboursText(bool exact, double recall);
/// "iteration 640 of 1,000" or "1,000 iterations"; of UMAP epochs.
QString stepText(MapMethod method, Index step, Index steps);
/// "9,163 of 9,163 rows".
QString rowsText(Index shown, Index all);
/// Short facts side by side.
QString joinedFacts(const QStringList& facts);
/// How a t-SNE or UMAP map is made: method, metric, its main settings and seed.
QStringList settingsFacts(const MapOptions& options);

} // namespace embedscope
