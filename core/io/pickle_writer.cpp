// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/pickle_writer.h"

#include <utility>

namespace embedscope {

PickleWriter::PickleWriter()
{
    put(PickleOpcode::Proto).putBytes(2, 1);
}

PickleWriter& PickleWriter::put(PickleOpcode op)
{
    m_bytes += static_cast<char>(op);
    return *this;
}

PickleWriter& PickleWriter::putBytes(std::uint64_t value, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i)
        m_bytes += static_cast<char>(static_cast<unsigned char>(value >> (8 * i) & 0xFFU));
    return *this;
}

PickleWriter& PickleWriter::putText(std::string_view text)
{
    put(PickleOpcode::BinUnicode).putBytes(text.size(), 4);
    m_bytes.append(text);
    return *this;
}

PickleWriter& PickleWriter::putInteger(std::int64_t value)
{
    // BININT is signed; above it, the eight bytes of a two's complement stay positive.
    const auto number = static_cast<std::uint64_t>(value);
    if (number < 0x100)
        return put(PickleOpcode::BinInt1).putBytes(number, 1);
    if (number < 0x10000)
        return put(PickleOpcode::BinInt2).putBytes(number, 2);
    if (number < 0x80000000)
        return put(PickleOpcode::BinInt).putBytes(number, 4);
    return put(PickleOpcode::Long1).putBytes(8, 1).putBytes(number, 8);
}

PickleWriter& PickleWriter::putName(std::string_view module, std::string_view name)
{
    put(PickleOpcode::Global);
    m_bytes.append(module).append("\n").append(name).append("\n");
    return *this;
}

PickleWriter& PickleWriter::putTuple(const std::vector<Index>& values)
{
    put(PickleOpcode::Mark);
    for (const Index value : values)
        putInteger(value);
    return put(PickleOpcode::Tuple);
}

std::string PickleWriter::finish()
{
    put(PickleOpcode::Stop);
    return std::move(m_bytes);
}

} // namespace embedscope
