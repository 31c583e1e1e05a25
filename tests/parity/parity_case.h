// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "core/base/result.h"
#include "core/io/tensor_file.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace embedscope::test {

/// The value, or an exception with the sentence of the error: a case has no use for half a result.
template <class T>
T must(Result<T> result)
{
    if (!result)
        throw std::runtime_error(describe(result.error()));
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

/// One file: what to compute, from what, and what PyTorch got. Access to an array or option that is missing throws.
class ParityCase
{
public:
    static ParityCase read(const std::filesystem::path& path);

    [[nodiscard]] std::string kind() const { return m_spec.at("kind"); }
    [[nodiscard]] double tolerance() const { return m_spec.at("tolerance"); }
    [[nodiscard]] const TensorMap& expected() const { return m_expected; }

    [[nodiscard]] bool has(const std::string& input) const { return m_inputs.contains(input); }
    [[nodiscard]] const std::vector<Index>& shape(const std::string& input) const { return m_inputs.at(input).shape; }
    /// The last extent makes the columns, the others together the rows; a vector is one row.
    [[nodiscard]] Matrix matrix(const std::string& input) const;
    [[nodiscard]] const std::vector<std::int64_t>& integers(const std::string& input) const;
    [[nodiscard]] const std::vector<float>& floats(const std::string& input) const;

    /// Nothing where the option is absent or null.
    template <class T>
    [[nodiscard]] std::optional<T> option(const std::string& name) const
    {
        const auto& options = m_spec.at("options");
        const auto found = options.find(name);
        return found == options.end() || found->is_null() ? std::nullopt : std::optional<T>(found->get<T>());
    }
    [[nodiscard]] bool flag(const std::string& name) const { return option<bool>(name).value_or(false); }

private:
    nlohmann::json m_spec;
    TensorMap m_inputs;
    TensorMap m_expected; // without "expect."
};

/// The matrix's numbers under another shape of the same size.
Tensor shaped(const Matrix& matrix, std::vector<Index> shape);

} // namespace embedscope::test
