// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/target_format.h"

namespace embedscope::cli {

Result<Format> targetFormat(const std::string& name, const std::string& out)
{
    const auto format = name.empty() ? formatFromEnding(out) : formatFromName(name);
    if (format)
        return *format;
    if (name.empty())
        return fail(ErrorCode::ValueRefused,
                    {"Ending of the file to write", out, "no format belongs to it; name one with --to"});
    return fail(ErrorCode::ValueRefused, {"--to", name, "it is one of " + writableFormatNames()});
}

} // namespace embedscope::cli
