// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "core/io/pickle_opcodes.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// Puts together a pickle of protocol 2, an instruction at a time.
class PickleWriter
{
public:
    PickleWriter();

    PickleWriter& put(PickleOpcode op);
    PickleWriter& putText(std::string_view text); // well-formed UTF-8, below 4 GB
    PickleWriter& putInteger(std::int64_t value); // not negative
    PickleWriter& putName(std::string_view module, std::string_view name);
    PickleWriter& putTuple(const std::vector<Index>& values);
    /// STOP, and all that was put together.
    std::string finish();

private:
    PickleWriter& putBytes(std::uint64_t value, std::size_t count);

    std::string m_bytes;
};

} // namespace embedscope
