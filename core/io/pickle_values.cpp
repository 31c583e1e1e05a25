// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/pickle_machine.h"

#include "core/base/strings.h"

#include <limits>

namespace embedscope {

bool PickleMachine::stepAtom(Op op)
{
    std::uint64_t number = 0;
    std::string_view ignored;
    switch (op) {
    case Op::None:
        return push(PickleHeap::kNone);
    case Op::NewTrue:
        return push(PickleHeap::kTrue);
    case Op::NewFalse:
        return push(PickleHeap::kFalse);
    case Op::BinInt1:
        return takeNumber(1, number) && push(m_heap.addInteger(static_cast<std::int64_t>(number)));
    case Op::BinInt2:
        return takeNumber(2, number) && push(m_heap.addInteger(static_cast<std::int64_t>(number)));
    case Op::BinInt:
        return takeNumber(4, number) && push(m_heap.addInteger(static_cast<std::int32_t>(number)));
    case Op::Int:
        return pushDecimal();
    case Op::Long1:
        return pushLong(1);
    case Op::Long4:
        return pushLong(4);
    case Op::BinFloat:
        return take(8, ignored) && push(PickleHeap::kFloat);
    default:
        return stepText(op);
    }
}

bool PickleMachine::stepText(Op op)
{
    switch (op) {
    case Op::ShortBinString: // what Python 2 calls a string is one for us
    case Op::ShortBinUnicode:
        return pushText(PickleKind::String, 1);
    case Op::BinString:
    case Op::BinUnicode:
        return pushText(PickleKind::String, 4);
    case Op::BinUnicode8:
        return pushText(PickleKind::String, 8);
    case Op::ShortBinBytes:
        return pushText(PickleKind::Bytes, 1);
    case Op::BinBytes:
        return pushText(PickleKind::Bytes, 4);
    case Op::BinBytes8:
        return pushText(PickleKind::Bytes, 8);
    default:
        return stepTuple(op);
    }
}

bool PickleMachine::stepTuple(Op op)
{
    std::size_t count = 0;
    switch (op) {
    case Op::EmptyTuple:
        return push(PickleHeap::kEmptyTuple);
    case Op::Tuple1:
        return pushTuple(1);
    case Op::Tuple2:
        return pushTuple(2);
    case Op::Tuple3:
        return pushTuple(3);
    case Op::Tuple:
        return popMark(count) && pushTuple(count);
    default:
        return stepContainer(op);
    }
}

bool PickleMachine::stepContainer(Op op)
{
    std::size_t count = 0;
    switch (op) {
    case Op::EmptyList:
        return push(m_heap.addContainer(PickleKind::List));
    case Op::EmptyDict:
        return push(m_heap.addContainer(PickleKind::Dict));
    case Op::EmptySet:
        return push(m_heap.addContainer(PickleKind::Set));
    case Op::List:
        return pushContainer(PickleKind::List);
    case Op::Dict:
        return pushContainer(PickleKind::Dict);
    case Op::FrozenSet:
        return pushContainer(PickleKind::Set);
    case Op::Append:
        return appendTo(1, PickleKind::List, "it appends to what is no list");
    case Op::Appends:
        return popMark(count) && appendTo(count, PickleKind::List, "it appends to what is no list");
    case Op::AddItems:
        return popMark(count) && appendTo(count, PickleKind::Set, "it adds to what is no set");
    case Op::SetItem:
        return appendTo(2, PickleKind::Dict, "it sets an item of what is no dict");
    case Op::SetItems:
        return popMark(count) && appendTo(count, PickleKind::Dict, "it sets an item of what is no dict");
    default:
        return stepMemo(op);
    }
}

bool PickleMachine::pushText(PickleKind kind, std::size_t lengthBytes)
{
    std::uint64_t length = 0;
    std::string_view text;
    if (!takeNumber(lengthBytes, length) || !take(length, text))
        return false;
    if (length > std::numeric_limits<std::uint32_t>::max())
        return damaged("a text is longer than 4 GB");
    return push(m_heap.addText(kind, text));
}

bool PickleMachine::pushLong(std::size_t lengthBytes)
{
    std::uint64_t length = 0;
    std::string_view digits;
    if (!takeNumber(lengthBytes, length) || !take(length, digits))
        return false;
    if (length > sizeof(std::uint64_t))
        return push(PickleHeap::kLargeInt);
    // Two's complement, the lowest byte first: the sign fills what is missing.
    const bool negative = !digits.empty() && static_cast<unsigned char>(digits.back()) >= 0x80;
    std::uint64_t value = negative ? ~std::uint64_t{0} : 0;
    for (std::size_t i = digits.size(); i-- > 0;)
        value = value << 8U | static_cast<unsigned char>(digits[i]);
    return push(m_heap.addInteger(static_cast<std::int64_t>(value)));
}

bool PickleMachine::pushDecimal()
{
    std::string_view line;
    if (!takeLine(line))
        return false;
    if (line == "00" || line == "01")
        return push(line == "01" ? PickleHeap::kTrue : PickleHeap::kFalse);
    const auto value = parseInteger(line);
    return value ? push(m_heap.addInteger(*value)) : damaged("a number cannot be read");
}

bool PickleMachine::pushTuple(std::size_t count)
{
    if (height() < count)
        return damaged("it takes a value that is not there");
    const PickleRef tuple = count == 0 ? PickleHeap::kEmptyTuple : m_heap.addTuple(top(count));
    drop(count);
    return push(tuple);
}

bool PickleMachine::pushContainer(PickleKind kind)
{
    std::size_t count = 0;
    if (!popMark(count))
        return false;
    if (kind == PickleKind::Dict && count % 2 != 0)
        return damaged("a key has no value");
    const PickleRef container = m_heap.addContainer(kind);
    m_heap.append(container, top(count));
    drop(count);
    return push(container);
}

bool PickleMachine::appendTo(std::size_t count, PickleKind kind, const char* mismatch)
{
    if (height() < count + 1)
        return damaged("it takes a value that is not there");
    const PickleRef container = m_stack[m_stack.size() - count - 1];
    if (m_heap.kind(container) != kind)
        return damaged(mismatch);
    if (kind == PickleKind::Dict && count % 2 != 0)
        return damaged("a key has no value");
    m_heap.append(container, top(count));
    drop(count);
    return true;
}

} // namespace embedscope
