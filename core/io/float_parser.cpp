// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/float_parser.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstdint>
#include <limits>
#include <string_view>

namespace embedscope {

namespace {

constexpr double kPowersOfTen[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                   1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
constexpr int kLargestPower = 22;
constexpr std::uint64_t kLargestExact = std::uint64_t{1} << 53U;
constexpr int kMostDigits = 19; // fit into 64 bits
// The bits that a double has more than a float32, and their value half-way between two of these.
constexpr std::uint64_t kExtraBits = (std::uint64_t{1} << 29U) - 1;
constexpr std::uint64_t kHalfWay = std::uint64_t{1} << 28U;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isSign(char c)
{
    return c == '-' || c == '+';
}

/// The digits of a number, without its sign: value = mantissa * 10^exponent.
struct Decimal
{
    std::uint64_t mantissa = 0;
    int exponent = 0;
    int digits = 0;
};

const char* readDigits(const char* p, const char* end, Decimal& decimal)
{
    const char* begin = p;
    for (; p != end && isDigit(*p); ++p)
        decimal.mantissa = decimal.mantissa * 10 + static_cast<std::uint64_t>(*p - '0');
    decimal.digits += static_cast<int>(std::min<std::ptrdiff_t>(p - begin, kMostDigits + 1));
    return p;
}

/// Null where the exponent is not a short plain one.
const char* readExponent(const char* p, const char* end, int& exponent)
{
    if (p != end && *p == '+' && (++p == end || !isDigit(*p)))
        return nullptr;
    int value = 0;
    const auto [next, error] = std::from_chars(p, end - p > 5 ? p + 5 : end, value);
    if (error != std::errc{} || (next != end && isDigit(*next)))
        return nullptr;
    exponent += value;
    return next;
}

const char* readDecimal(const char* p, const char* end, Decimal& decimal)
{
    p = readDigits(p, end, decimal);
    if (p != end && *p == '.') {
        const char* fraction = p + 1;
        p = readDigits(fraction, end, decimal);
        decimal.exponent = -static_cast<int>(std::min<std::ptrdiff_t>(p - fraction, 1000));
    }
    if (decimal.digits == 0 || decimal.digits > kMostDigits)
        return nullptr;
    if (p != end && (*p == 'e' || *p == 'E'))
        p = readExponent(p + 1, end, decimal.exponent);
    return p;
}

/// The quick way, for nearly every number in real files. The double is correctly rounded, because both operands are
/// exact; so the float32 is right as well unless the double lies exactly half-way between two of them.
bool roundExactly(const Decimal& decimal, float& value)
{
    if (decimal.mantissa > kLargestExact || decimal.exponent < -kLargestPower || decimal.exponent > kLargestPower)
        return false;
    const auto mantissa = static_cast<double>(decimal.mantissa);
    const double wide =
        decimal.exponent < 0 ? mantissa / kPowersOfTen[-decimal.exponent] : mantissa * kPowersOfTen[decimal.exponent];
    // With such exponents it is in the range of normal float32 or zero.
    if ((std::bit_cast<std::uint64_t>(wide) & kExtraBits) == kHalfWay)
        return false;
    value = static_cast<float>(wide);
    return true;
}

/// Infinity or zero for a number without sign that no double can hold.
float extremeValue(std::string_view text)
{
    const std::size_t exponent = text.find_first_of("eE");
    const bool tiny = exponent != std::string_view::npos ? text.substr(exponent + 1).starts_with('-')
                                                         : text.find_first_of("123456789") > text.find('.');
    return tiny ? 0.0F : std::numeric_limits<float>::infinity();
}

/// The thorough way, for long, tiny and huge numbers and words.
const char* parseThoroughly(const char* begin, const char* end, float& value)
{
    // The sign was taken; from_chars would accept a second one.
    if (begin == end || isSign(*begin))
        return nullptr;
    const auto [next, error] = std::from_chars(begin, end, value);
    if (error == std::errc::invalid_argument)
        return nullptr;
    if (error == std::errc::result_out_of_range) {
        double wide = 0;
        const bool holds = std::from_chars(begin, next, wide).ec == std::errc{};
        value = holds ? static_cast<float>(wide) : extremeValue({begin, next});
    }
    return next;
}

} // namespace

const char* parseFloat(const char* begin, const char* end, float& value)
{
    const bool negative = begin != end && *begin == '-';
    const char* unsignedBegin = begin != end && isSign(*begin) ? begin + 1 : begin;
    Decimal decimal;
    const char* next = readDecimal(unsignedBegin, end, decimal);
    if (next == nullptr || !roundExactly(decimal, value))
        next = parseThoroughly(unsignedBegin, end, value);
    if (negative && next != nullptr)
        value = -value;
    return next;
}

} // namespace embedscope
