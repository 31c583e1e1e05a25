// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/plot_style.h"

#include <Eigen/Core>
#include <QFont>
#include <QRectF>
#include <QString>

#include <array>

class QPainter;

namespace embedscope {

/// The three axes of a map in space as small lines, turned as the map is, each with its title up to the first bracket.
/// Empty titles for axes that mean nothing: x, y and z then.
QSizeF axisTriadSize(const QFont& font);
void paintAxisTriad(QPainter& painter, const QRectF& box, const Eigen::Matrix3f& axes,
                    const std::array<QString, 3>& titles, const PlotColours& colours, const QFont& font);

} // namespace embedscope
