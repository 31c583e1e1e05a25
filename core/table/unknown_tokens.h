// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"

#include <optional>
#include <string_view>

namespace embedscope {

/// Vectors of tokens that have no row in a table, such as words composed of their parts. May be asked from any thread.
class EMBEDSCOPE_EXPORT UnknownTokens
{
public:
    UnknownTokens() = default;
    UnknownTokens(const UnknownTokens&) = delete;
    UnknownTokens& operator=(const UnknownTokens&) = delete;
    virtual ~UnknownTokens() = default;

    /// Whether something is known of a part of `token`. Cheap enough to ask at every key.
    [[nodiscard]] virtual bool canCompose(std::string_view token) const = 0;
    /// dim floats, always where canCompose(); nullopt where nothing is known.
    [[nodiscard]] virtual std::optional<RowVector> vectorOf(std::string_view token) const = 0;
};

} // namespace embedscope
