// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/map_motion.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>

namespace embedscope {

namespace {

constexpr Index kGrain = 65536;

} // namespace

void MapMotion::start(Matrix from, std::shared_ptr<const Matrix> to)
{
    m_from = std::move(from);
    m_to = std::move(to);
    parallelFor(m_from.rows(), kGrain, [&](Index begin, Index end) {
        for (Index row = begin; row < end; ++row)
            if (!m_from.row(row).array().isFinite().all())
                m_from.row(row) = m_to->row(row);
    });
    m_clock.start();
}

void MapMotion::redirect(std::shared_ptr<const Matrix> to)
{
    m_to = std::move(to);
}

void MapMotion::stop()
{
    m_to = nullptr;
    m_from.resize(0, 0);
    m_frame = nullptr;
}

double MapMotion::share() const
{
    const double t = std::clamp(static_cast<double>(m_clock.elapsed()) / kDuration, 0.0, 1.0);
    return t * t * (3 - 2 * t);
}

std::shared_ptr<const Matrix> MapMotion::frame(double share)
{
    if (!m_frame || m_frame->rows() != m_to->rows() || m_frame->cols() != m_to->cols())
        m_frame = std::make_shared<Matrix>(m_to->rows(), m_to->cols());
    const auto weight = static_cast<float>(share);
    parallelFor(m_to->rows(), kGrain, [&](Index begin, Index end) {
        const Index count = end - begin;
        m_frame->middleRows(begin, count) =
            (1 - weight) * m_from.middleRows(begin, count) + weight * m_to->middleRows(begin, count);
    });
    return m_frame;
}

} // namespace embedscope
