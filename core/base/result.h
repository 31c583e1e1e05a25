// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <tl/expected.hpp>

#include <utility>

namespace embedscope {

/// A value or an Error. tl::expected has the spelling of C++23's std::expected, which will replace it.
template <class T>
using Result = tl::expected<T, Error>;

/// `return fail(ErrorCode::UnknownToken, {word});`
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::vector<std::string> args = {})
{
    return tl::unexpected<Error>(Error{code, std::move(args)});
}

/// `return fail(result.error());` hands an error on to the caller.
[[nodiscard]] inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

} // namespace embedscope
