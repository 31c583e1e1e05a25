// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/pickle_machine.h"

#include "core/base/strings.h"

#include <algorithm>
#include <cctype>

namespace embedscope {

namespace {

constexpr std::size_t kLongestName = 200; // that is worth showing

/// What a person can read of a name that may be any bytes.
std::string shownName(std::string_view name)
{
    std::string shown = toValidUtf8(name.substr(0, kLongestName));
    std::replace_if(
        shown.begin(), shown.end(), [](char c) { return std::iscntrl(static_cast<unsigned char>(c)); }, '?');
    return name.size() > kLongestName ? shown + "..." : shown;
}

} // namespace

bool PickleMachine::stepName(Op op)
{
    std::string_view module;
    std::string_view name;
    switch (op) {
    case Op::Global:
        return takeLine(module) && takeLine(name) && pushName(std::string(module) + "." + std::string(name));
    case Op::StackGlobal: {
        if (height() < 2)
            return damaged("it takes a value that is not there");
        const auto first = m_heap.text(m_stack[m_stack.size() - 2]);
        const auto second = m_heap.text(m_stack.back());
        drop(2);
        return first && second ? pushName(std::string(*first) + "." + std::string(*second))
                               : damaged("it names something by what is no text");
    }
    case Op::Inst:
        return takeLine(module) && takeLine(name) && refuse(std::string(module) + "." + std::string(name));
    case Op::Obj: {
        std::size_t count = 0;
        return popMark(count) && refuseClass(count);
    }
    case Op::NewObj:
        return refuseClass(2);
    case Op::NewObjEx:
        return refuseClass(3);
    case Op::Ext1:
        return refuseExtension(1);
    case Op::Ext2:
        return refuseExtension(2);
    case Op::Ext4:
        return refuseExtension(4);
    case Op::Reduce:
        return reduce();
    case Op::Build:
        return build();
    case Op::BinPersId: {
        if (height() == 0)
            return damaged("it takes a value that is not there");
        m_stack.back() = m_heap.addPersistent(m_stack.back());
        return true;
    }
    case Op::PersId:
        return damaged("it points to a storage by a line of text, which no such file does");
    default:
        return damaged("the instruction " + std::to_string(static_cast<unsigned>(op)) + " has no use in such a file");
    }
}

bool PickleMachine::pushName(const std::string& name)
{
    const auto found = std::find(m_rules.names.begin(), m_rules.names.end(), name);
    if (found == m_rules.names.end())
        return refuse(name);
    return push(m_heap.addName(static_cast<std::size_t>(found - m_rules.names.begin())));
}

bool PickleMachine::reduce()
{
    if (height() < 2)
        return damaged("it takes a value that is not there");
    const PickleRef arguments = m_stack.back();
    const PickleRef callee = m_stack[m_stack.size() - 2];
    if (m_heap.kind(callee) != PickleKind::Name || m_heap.kind(arguments) != PickleKind::Tuple)
        return damaged("it calls what is no function");
    drop(2);
    if (m_heap.text(callee) == kOrderedDict)
        return makeOrderedDict(arguments);
    return push(m_heap.addCall(callee, arguments));
}

/// OrderedDict() or, as Python 2 writes it, OrderedDict([[key, value], ...]).
bool PickleMachine::makeOrderedDict(PickleRef arguments)
{
    const PickleRef dict = m_heap.addContainer(PickleKind::Dict);
    const auto given = m_heap.items(arguments);
    if (given.size() > 1)
        return damaged("an OrderedDict is made of more than one value");
    if (given.size() == 1) {
        const auto pairs = m_heap.items(given.front());
        for (const PickleRef pair : pairs) {
            const auto items = m_heap.items(pair);
            if (items.size() != 2)
                return damaged("an OrderedDict is made of what are no pairs");
            m_heap.append(dict, items);
        }
    }
    return push(dict);
}

bool PickleMachine::build()
{
    if (height() < 2)
        return damaged("it takes a value that is not there");
    const PickleRef state = m_stack.back();
    const PickleRef object = m_stack[m_stack.size() - 2];
    drop(1);
    if (m_heap.kind(object) == PickleKind::Dict && m_heap.kind(state) == PickleKind::Dict) {
        m_heap.setAttributes(object, state);
        return true;
    }
    if (m_heap.kind(object) != PickleKind::Call)
        return damaged("it sets the state of what has none");
    // A call as it stands is a tensor or its like; state would go to its __setstate__.
    return refuse("the __setstate__ of " + std::string(*m_heap.text(m_heap.items(object).front())));
}

bool PickleMachine::refuseExtension(std::size_t codeBytes)
{
    std::uint64_t code = 0;
    return takeNumber(codeBytes, code) && refuse("the extension " + std::to_string(code) + " of copyreg");
}

/// For an instruction that makes an object: its class lies `position` values below the top.
bool PickleMachine::refuseClass(std::size_t position)
{
    if (position == 0 || height() < position)
        return damaged("it takes a value that is not there");
    const PickleRef type = m_stack[m_stack.size() - position];
    if (m_heap.kind(type) != PickleKind::Name)
        return damaged("it makes an object of what is no class");
    return refuse("an object of " + std::string(*m_heap.text(type)));
}

bool PickleMachine::refuse(std::string_view name)
{
    m_error = m_rules.refuse(shownName(name), m_bytes.substr(m_position));
    return false;
}

} // namespace embedscope
