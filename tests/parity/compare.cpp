// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/parity/compare.h"

#include "core/base/strings.h"

#include <algorithm>
#include <cmath>

namespace embedscope::test {

namespace {

std::vector<double> numbers(const Tensor& tensor)
{
    return std::visit(
        [](const auto& values) {
            std::vector<double> out(values.size());
            std::transform(values.begin(), values.end(), out.begin(), [](auto v) { return static_cast<double>(v); });
            return out;
        },
        tensor.data);
}

std::string shapeText(const Tensor& tensor)
{
    std::string out;
    for (const Index extent : tensor.shape)
        out += (out.empty() ? "" : " x ") + std::to_string(extent);
    return "(" + out + ")";
}

std::string difference(const Tensor& got, const Tensor& expected, double tolerance)
{
    if (got.shape != expected.shape)
        return "shape " + shapeText(got) + " instead of " + shapeText(expected);
    const auto ours = numbers(got);
    const auto wanted = numbers(expected);
    for (std::size_t i = 0; i < wanted.size(); ++i)
        if (!(std::abs(ours[i] - wanted[i]) <= tolerance * std::max(1.0, std::abs(wanted[i]))))
            return "element " + std::to_string(i) + " is " + formatNumber(ours[i]) + " instead of " +
                   formatNumber(wanted[i]);
    return {};
}

} // namespace

std::string differences(const TensorMap& got, const TensorMap& expected, double tolerance)
{
    std::string out;
    for (const auto& [name, tensor] : expected) {
        const auto found = got.find(name);
        const auto problem = found == got.end() ? "not produced" : difference(found->second, tensor, tolerance);
        if (!problem.empty())
            out += name + ": " + problem + "\n";
    }
    return out;
}

} // namespace embedscope::test
