// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/live_settings.h"

#include "core/base/strings.h"
#include "core/nn/embedding.h"

#include <cmath>
#include <limits>

namespace embedscope {

namespace {

const std::string kNone = "none";

std::string onOff(bool value)
{
    return value ? "on" : "off";
}

tl::unexpected<Error> refused(const std::string& name, const std::string& value, const std::string& allowed)
{
    return fail(ErrorCode::ValueRefused, {name, value, allowed});
}

Result<bool> parseSwitch(const std::string& name, const std::string& text)
{
    if (text == "on" || text == "true" || text == "1")
        return true;
    if (text == "off" || text == "false" || text == "0")
        return false;
    return refused(name, text, "it is on or off");
}

Result<double> parseReal(const std::string& name, const std::string& text)
{
    if (text == "inf")
        return std::numeric_limits<double>::infinity();
    const auto value = parseNumber(text);
    if (!value)
        return refused(name, text, "it is a number");
    return *value;
}

Result<std::int64_t> parseWhole(const std::string& name, const std::string& text)
{
    const auto value = parseInteger(text);
    if (!value)
        return refused(name, text, "it is a whole number");
    return *value;
}

/// Stores the parsed value, or hands the error on.
template <class T, class Target>
Result<void> store(Result<T> parsed, Target& target)
{
    if (!parsed)
        return fail(parsed.error());
    target = *parsed;
    return {};
}

Result<void> setField(LiveSettings& s, const std::string& name, const std::string& text)
{
    if (name == "freeze")
        return store(parseSwitch(name, text), s.freeze);
    if (name == "scale_grad_by_freq")
        return store(parseSwitch(name, text), s.scale_grad_by_freq);
    if (name == "lr")
        return store(parseReal(name, text), s.lr);
    if (name == "norm_type")
        return store(parseReal(name, text), s.norm_type);
    if (name == "zero_padding_row")
        return store(parseWhole(name, text), s.zero_padding_row);
    if (name == "clear_table_state")
        return store(parseWhole(name, text), s.clear_table_state);
    if (name == "padding_idx" && text == kNone) {
        s.padding_idx.reset();
        return {};
    }
    if (name == "padding_idx")
        return store(parseWhole(name, text), s.padding_idx);
    if (name == "max_norm" && text == kNone) {
        s.max_norm.reset();
        return {};
    }
    if (name == "max_norm")
        return store(parseReal(name, text), s.max_norm);
    return refused("Live setting", name,
                   "it is one of freeze, padding_idx, lr, max_norm, norm_type, scale_grad_by_freq");
}

} // namespace

Result<LiveSettings> validated(LiveSettings settings, Index rows, bool sparse)
{
    const auto options = validated(EmbeddingOptions{.num_embeddings = rows,
                                                    .embedding_dim = 1,
                                                    .padding_idx = settings.padding_idx,
                                                    .max_norm = settings.max_norm,
                                                    .norm_type = settings.norm_type});
    if (!options)
        return fail(options.error());
    if (!std::isfinite(settings.lr) || settings.lr < 0)
        return refused("lr", formatNumber(settings.lr), "the learning rate is a number from 0 on");
    if (settings.scale_grad_by_freq && sparse)
        return fail(ErrorCode::OptionsConflict,
                    {"scale_grad_by_freq", "sparse", "Choose a table with dense gradients to scale by frequency."});
    settings.padding_idx = options->padding_idx;
    return settings;
}

Fields toFields(const LiveSettings& s)
{
    return {{"freeze", onOff(s.freeze)},
            {"padding_idx", s.padding_idx ? std::to_string(*s.padding_idx) : kNone},
            {"lr", formatNumber(s.lr)},
            {"max_norm", s.max_norm ? formatNumber(*s.max_norm) : kNone},
            {"norm_type", formatNumber(s.norm_type)},
            {"scale_grad_by_freq", onOff(s.scale_grad_by_freq)},
            {"zero_padding_row", std::to_string(s.zero_padding_row)},
            {"clear_table_state", std::to_string(s.clear_table_state)}};
}

Result<LiveSettings> withFields(LiveSettings base, const Fields& fields)
{
    for (const auto& [name, text] : fields)
        if (auto stored = setField(base, name, text); !stored)
            return fail(stored.error());
    return base;
}

Fields changedFields(const LiveSettings& before, const LiveSettings& after)
{
    const Fields old = toFields(before);
    Fields changed = toFields(after);
    std::erase_if(changed, [&old](const auto& field) { return old.at(field.first) == field.second; });
    return changed;
}

} // namespace embedscope
