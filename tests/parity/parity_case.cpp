// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/parity/parity_case.h"

#include <string_view>

namespace embedscope::test {

namespace {

constexpr std::string_view kExpect = "expect.";

nlohmann::json parseSpec(const Tensor& spec)
{
    const auto& bytes = std::get<std::vector<std::uint8_t>>(spec.data);
    return nlohmann::json::parse(bytes.begin(), bytes.end());
}

} // namespace

ParityCase ParityCase::read(const std::filesystem::path& path)
{
    const TensorFile file = must(readNpz(path));
    ParityCase out;
    out.m_spec = parseSpec(file.tensors.at("spec"));
    for (const auto& [name, tensor] : file.tensors) {
        if (name.starts_with(kExpect))
            out.m_expected.emplace(name.substr(kExpect.size()), tensor);
        else if (name != "spec")
            out.m_inputs.emplace(name, tensor);
    }
    return out;
}

Matrix ParityCase::matrix(const std::string& input) const
{
    const auto& extents = shape(input);
    const Index cols = extents.back();
    const auto& values = floats(input);
    const Index rows = cols == 0 ? 0 : static_cast<Index>(values.size()) / cols;
    return ConstMatrixMap(values.data(), rows, cols);
}

const std::vector<std::int64_t>& ParityCase::integers(const std::string& input) const
{
    return std::get<std::vector<std::int64_t>>(m_inputs.at(input).data);
}

const std::vector<float>& ParityCase::floats(const std::string& input) const
{
    return std::get<std::vector<float>>(m_inputs.at(input).data);
}

Tensor shaped(const Matrix& matrix, std::vector<Index> shape)
{
    Tensor out = Tensor::fromVector(matrix.data(), matrix.size());
    out.shape = std::move(shape);
    if (out.size() != matrix.size())
        throw std::runtime_error("a result of " + std::to_string(matrix.size()) + " numbers does not have its shape");
    return out;
}

} // namespace embedscope::test
