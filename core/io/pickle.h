// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/result.h"
#include "core/io/pickle_heap.h"

#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

namespace embedscope {

/// What a pickle may name, and what is said where it names something else.
struct PickleRules
{
    /// The only names that may stand in the file, as "module.name". They must outlive the pickle.
    std::span<const std::string_view> names;
    /// The error for any other name; `follows` are the bytes behind it.
    std::function<Error(const std::string& name, std::string_view follows)> refuse;
    std::string place; // names the file in errors
};

struct Pickle
{
    PickleHeap heap;
    PickleRef root = PickleHeap::kNone;
    std::size_t end = 0; // behind its last byte
};

/// The name under which a call makes a Dict that items can be added to; every other call stays a Call.
inline constexpr std::string_view kOrderedDict = "collections.OrderedDict";

/// Reads the first pickle of `bytes` (protocol 2 to 5), which must outlive what is returned. Nothing is looked up,
/// imported, made or called: a pickle is a program, but this reader has no instruction that would run any of it. What
/// it would do comes out as data, where `rules` allow the name, and is refused by name where not.
/// Errors: what `rules.refuse` gives, FileDamaged with the byte, Cancelled.
EMBEDSCOPE_EXPORT Result<Pickle> readPickle(std::string_view bytes, const PickleRules& rules,
                                            const std::stop_token& stop = {});

} // namespace embedscope
