// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/map_quality.h"

namespace embedscope {

Result<MapQuality> mapQuality(const ConstMatrixRef&, const ConstMatrixRef&, const QualityOptions&, std::stop_token,
                              Progress&)
{
    return MapQuality{};
}

} // namespace embedscope
