// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"

#include <QElapsedTimer>

#include <memory>

namespace embedscope {

/// The points of a map on their way to another one, row by row. What is between is no map of anything: it only shows
/// which point went where.
class MapMotion
{
public:
    static constexpr int kDuration = 400;       // ms
    static constexpr Index kMostRows = 500'000; // to start with more would take longer than two frames

    /// From and to matrices of one shape; a row that was nowhere starts where it belongs.
    void start(Matrix from, std::shared_ptr<const Matrix> to);
    /// Another goal for points that are on their way; of the same shape.
    void redirect(std::shared_ptr<const Matrix> to);
    void stop();

    [[nodiscard]] bool isRunning() const { return m_to != nullptr; }
    /// Of the way at this moment, from 0 to 1, slow at both ends.
    [[nodiscard]] double share() const;
    [[nodiscard]] bool isOver() const { return m_clock.elapsed() >= kDuration; }
    [[nodiscard]] const std::shared_ptr<const Matrix>& goal() const { return m_to; }
    /// Where the points are after `share` of the way. The matrix is used again for the next frame.
    [[nodiscard]] std::shared_ptr<const Matrix> frame(double share);

private:
    Matrix m_from;
    std::shared_ptr<const Matrix> m_to;
    std::shared_ptr<Matrix> m_frame;
    QElapsedTimer m_clock;
};

} // namespace embedscope
