// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/pickle.h"

#include "core/base/strings.h"
#include "core/io/pickle_opcodes.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace embedscope {

namespace {

constexpr std::size_t kStepsBetweenLooks = 4096;
constexpr std::size_t kLongestName = 200; // that is worth showing
constexpr int kNewestProtocol = 5;
// Far beyond what Python nests, and a value on the stack takes two bytes of pickle and more.
constexpr std::size_t kMostMarks = std::size_t{1} << 14U;
constexpr std::size_t kAlwaysFine = std::size_t{1} << 14U;
constexpr std::size_t kBytesPerStacked = 2;
constexpr PickleRef kNothing = std::numeric_limits<PickleRef>::max();

/// What a person can read of a name that may be any bytes.
std::string shownName(std::string_view name)
{
    std::string shown = toValidUtf8(name.substr(0, kLongestName));
    std::replace_if(
        shown.begin(), shown.end(), [](char c) { return std::iscntrl(static_cast<unsigned char>(c)); }, '?');
    return name.size() > kLongestName ? shown + "..." : shown;
}

/// The stack machine that a pickle is a program of, without the instructions that reach outside.
/// Its steps return whether to go on; where not, m_error says why, unless the pickle is done.
class Machine
{
public:
    Machine(std::string_view bytes, const PickleRules& rules)
        : m_heap(bytes, rules.names)
        , m_bytes(bytes)
        , m_rules(rules)
    {
    }

    Result<Pickle> run(const std::stop_token& stop);

private:
    using Op = PickleOpcode;

    bool step(Op op);
    bool stepAtom(Op op);
    bool stepText(Op op);
    bool stepTuple(Op op);
    bool stepContainer(Op op);
    bool stepMemo(Op op);
    bool stepName(Op op);

    bool pushText(PickleKind kind, std::size_t lengthBytes);
    bool pushLong(std::size_t lengthBytes);
    bool pushDecimal();
    bool pushTuple(std::size_t count);
    bool pushContainer(PickleKind kind);
    bool appendTo(std::size_t count, PickleKind kind, const char* mismatch);
    bool put(std::uint64_t slot);
    bool get(std::size_t indexBytes);
    bool pushName(const std::string& name);
    bool reduce();
    bool build();
    bool makeOrderedDict(PickleRef arguments);
    bool refuseExtension(std::size_t codeBytes);
    bool refuseClass(std::size_t position);

    [[nodiscard]] std::size_t height() const { return m_stack.size() - (m_marks.empty() ? 0 : m_marks.back()); }
    bool push(PickleRef value);
    bool take(std::size_t size, std::string_view& out);
    bool takeNumber(std::size_t size, std::uint64_t& out);
    bool takeLine(std::string_view& out);
    /// How many values lie above the last mark, which goes away.
    bool popMark(std::size_t& count);
    [[nodiscard]] std::span<const PickleRef> top(std::size_t count) const { return std::span(m_stack).last(count); }
    void drop(std::size_t count) { m_stack.resize(m_stack.size() - count); }
    bool damaged(const std::string& what);
    bool refuse(std::string_view name);

    PickleHeap m_heap;
    std::string_view m_bytes;
    const PickleRules& m_rules;
    std::vector<PickleRef> m_stack;
    std::vector<std::size_t> m_marks;
    std::vector<PickleRef> m_memo;
    std::size_t m_memoized = 0;
    std::size_t m_position = 0;
    std::size_t m_opBegin = 0;
    std::optional<Error> m_error;
    bool m_done = false;
};

Result<Pickle> Machine::run(const std::stop_token& stop)
{
    for (std::size_t steps = 1; !m_done; ++steps) {
        if (steps % kStepsBetweenLooks == 0 && stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        m_opBegin = m_position;
        std::string_view code;
        if (!take(1, code) || !step(static_cast<Op>(code.front())))
            return fail(*m_error);
        if (m_heap.overfull(m_position) || m_marks.size() > kMostMarks ||
            m_stack.size() > kAlwaysFine + m_position / kBytesPerStacked) {
            damaged("it makes more values than a pickle of its size can have");
            return fail(*m_error);
        }
    }
    const PickleRef root = m_stack.back();
    return Pickle{std::move(m_heap), root, m_position};
}

bool Machine::step(Op op)
{
    switch (op) {
    case Op::Mark:
        m_marks.push_back(m_stack.size());
        return true;
    case Op::Stop:
        if (height() == 0)
            return damaged("it ends without a value");
        m_done = true;
        return true;
    case Op::Pop:
        if (height() > 0)
            drop(1);
        else if (!m_marks.empty())
            m_marks.pop_back();
        else
            return damaged("it takes a value that is not there");
        return true;
    case Op::PopMark: {
        std::size_t count = 0;
        if (!popMark(count))
            return false;
        drop(count);
        return true;
    }
    case Op::Dup:
        return height() > 0 ? push(m_stack.back()) : damaged("it takes a value that is not there");
    case Op::Proto: {
        std::uint64_t version = 0;
        return takeNumber(1, version) &&
               (version <= kNewestProtocol || damaged("it is of protocol " + std::to_string(version)));
    }
    case Op::Frame: {
        std::uint64_t size = 0;
        return takeNumber(8, size) && (size <= m_bytes.size() - m_position || damaged("it is cut off"));
    }
    default:
        return stepAtom(op);
    }
}

bool Machine::stepAtom(Op op)
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

bool Machine::stepText(Op op)
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

bool Machine::stepTuple(Op op)
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

bool Machine::stepContainer(Op op)
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

bool Machine::stepMemo(Op op)
{
    std::uint64_t slot = 0;
    switch (op) {
    case Op::BinPut:
        return takeNumber(1, slot) && put(slot);
    case Op::LongBinPut:
        return takeNumber(4, slot) && put(slot);
    case Op::Memoize:
        return put(m_memoized);
    case Op::BinGet:
        return get(1);
    case Op::LongBinGet:
        return get(4);
    default:
        return stepName(op);
    }
}

bool Machine::stepName(Op op)
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

bool Machine::pushText(PickleKind kind, std::size_t lengthBytes)
{
    std::uint64_t length = 0;
    std::string_view text;
    if (!takeNumber(lengthBytes, length) || !take(length, text))
        return false;
    if (length > std::numeric_limits<std::uint32_t>::max())
        return damaged("a text is longer than 4 GB");
    return push(m_heap.addText(kind, text));
}

bool Machine::pushLong(std::size_t lengthBytes)
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

bool Machine::pushDecimal()
{
    std::string_view line;
    if (!takeLine(line))
        return false;
    if (line == "00" || line == "01")
        return push(line == "01" ? PickleHeap::kTrue : PickleHeap::kFalse);
    const auto value = parseInteger(line);
    return value ? push(m_heap.addInteger(*value)) : damaged("a number cannot be read");
}

bool Machine::pushTuple(std::size_t count)
{
    if (height() < count)
        return damaged("it takes a value that is not there");
    const PickleRef tuple = count == 0 ? PickleHeap::kEmptyTuple : m_heap.addTuple(top(count));
    drop(count);
    return push(tuple);
}

bool Machine::pushContainer(PickleKind kind)
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

bool Machine::appendTo(std::size_t count, PickleKind kind, const char* mismatch)
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

bool Machine::put(std::uint64_t slot)
{
    if (height() == 0)
        return damaged("it takes a value that is not there");
    // Slots are counted from 0 or 1, and each takes an instruction.
    if (slot > m_position)
        return damaged("it remembers more values than it has instructions");
    if (slot >= m_memo.size())
        m_memo.resize(slot + 1, kNothing);
    m_memoized += m_memo[slot] == kNothing ? 1U : 0U;
    m_memo[slot] = m_stack.back();
    return true;
}

bool Machine::get(std::size_t indexBytes)
{
    std::uint64_t slot = 0;
    if (!takeNumber(indexBytes, slot))
        return false;
    if (slot >= m_memo.size() || m_memo[slot] == kNothing)
        return damaged("it recalls a value that it never remembered");
    return push(m_memo[slot]);
}

bool Machine::pushName(const std::string& name)
{
    const auto found = std::find(m_rules.names.begin(), m_rules.names.end(), name);
    if (found == m_rules.names.end())
        return refuse(name);
    return push(m_heap.addName(static_cast<std::size_t>(found - m_rules.names.begin())));
}

bool Machine::reduce()
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
bool Machine::makeOrderedDict(PickleRef arguments)
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

bool Machine::build()
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

bool Machine::refuseExtension(std::size_t codeBytes)
{
    std::uint64_t code = 0;
    return takeNumber(codeBytes, code) && refuse("the extension " + std::to_string(code) + " of copyreg");
}

/// For an instruction that makes an object: its class lies `position` values below the top.
bool Machine::refuseClass(std::size_t position)
{
    if (position == 0 || m_stack.size() < position)
        return damaged("it takes a value that is not there");
    const PickleRef type = m_stack[m_stack.size() - position];
    if (m_heap.kind(type) != PickleKind::Name)
        return damaged("it makes an object of what is no class");
    return refuse("an object of " + std::string(*m_heap.text(type)));
}

bool Machine::push(PickleRef value)
{
    m_stack.push_back(value);
    return true;
}

bool Machine::take(std::size_t size, std::string_view& out)
{
    if (size > m_bytes.size() - m_position)
        return damaged("it is cut off");
    out = m_bytes.substr(m_position, size);
    m_position += size;
    return true;
}

bool Machine::takeNumber(std::size_t size, std::uint64_t& out)
{
    std::string_view digits;
    if (!take(size, digits))
        return false;
    out = 0;
    for (std::size_t i = size; i-- > 0;)
        out = out << 8U | static_cast<unsigned char>(digits[i]);
    return true;
}

bool Machine::takeLine(std::string_view& out)
{
    const std::size_t end = m_bytes.find('\n', m_position);
    if (end == std::string_view::npos)
        return damaged("it is cut off");
    out = m_bytes.substr(m_position, end - m_position);
    m_position = end + 1;
    return true;
}

bool Machine::popMark(std::size_t& count)
{
    if (m_marks.empty())
        return damaged("it lacks a mark");
    count = height();
    m_marks.pop_back();
    return true;
}

bool Machine::damaged(const std::string& what)
{
    m_error =
        Error{ErrorCode::FileDamaged, {m_rules.place, "byte " + std::to_string(m_opBegin) + " of its pickle", what}};
    return false;
}

bool Machine::refuse(std::string_view name)
{
    m_error = m_rules.refuse(shownName(name), m_bytes.substr(m_position));
    return false;
}

} // namespace

Result<Pickle> readPickle(std::string_view bytes, const PickleRules& rules, const std::stop_token& stop)
{
    return Machine(bytes, rules).run(stop);
}

} // namespace embedscope
