// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"

#include <memory>
#include <stop_token>

namespace embedscope {

/// Potential of charges on a regular grid of 2 or 3 dimensions under the kernel 1 / (1 + r^2), in free space: by FFT
/// on twice the nodes, leaving out the rows that are known to be zero. The charges are those of cubic B-splines, and so
/// is the interpolation of the potential between the nodes; both are undone in the kernel (the smooth particle mesh of
/// Essmann et al. 1995, with t-SNE's kernel in place of Coulomb's).
class EMBEDSCOPE_EXPORT GridConvolution
{
public:
    /// At least `nodes` in each direction, `spacing` apart.
    GridConvolution(int dims, Index nodes, double spacing);
    ~GridConvolution();

    /// The last coordinate is contiguous.
    [[nodiscard]] float* data() { return m_grid.get(); }
    [[nodiscard]] Index nodes() const { return m_nodes; } // in each direction
    [[nodiscard]] Index rowPitch() const { return 2 * m_half; }
    [[nodiscard]] Index rows() const { return m_dims == 2 ? m_nodes : m_nodes * m_nodes; }

    /// What the potential lacks for each unit of charge: the kernel at the far corner. On a small map the kernel is
    /// nearly constant, and float32 would lose in it what differs.
    [[nodiscard]] double constant() const { return m_constant; }

    /// From charges to potentials, in place. On a stop request the content is worthless.
    void convolve(const std::stop_token& stop);

private:
    struct Free
    {
        void operator()(void* memory) const;
    };
    using Floats = std::unique_ptr<float[], Free>;
    struct Plans;

    static Floats allocate(Index count);
    void makeSpectrum(double spacing);
    [[nodiscard]] Index fold(Index k) const { return k < m_half ? k : m_size - k; }
    void transformRows(const std::stop_token& stop, bool forward);
    void transformMiddle(const std::stop_token& stop, bool forward);
    void convolveLast(const std::stop_token& stop);

    int m_dims;
    Index m_nodes;
    Index m_size; // of a transform: 2 * nodes
    Index m_half; // size / 2 + 1
    double m_constant = 0;
    Floats m_grid;
    Floats m_middle;   // 3-D: after the transform of the middle coordinate
    Floats m_spectrum; // of the kernel: real, since it is even; half^dims
    std::unique_ptr<Plans> m_plans;
};

} // namespace embedscope
