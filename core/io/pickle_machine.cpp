// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/pickle_machine.h"

#include <limits>
#include <utility>

namespace embedscope {

namespace {

constexpr std::size_t kStepsBetweenLooks = 4096;
constexpr int kNewestProtocol = 5;
// Far beyond what Python nests, and a value on the stack takes two bytes of pickle and more.
constexpr std::size_t kMostMarks = std::size_t{1} << 14U;
constexpr std::size_t kAlwaysFine = std::size_t{1} << 14U;
constexpr std::size_t kBytesPerStacked = 2;
constexpr PickleRef kNothing = std::numeric_limits<PickleRef>::max();

} // namespace

Result<Pickle> PickleMachine::run(const std::stop_token& stop)
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

bool PickleMachine::step(Op op)
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

bool PickleMachine::stepMemo(Op op)
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

bool PickleMachine::put(std::uint64_t slot)
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

bool PickleMachine::get(std::size_t indexBytes)
{
    std::uint64_t slot = 0;
    if (!takeNumber(indexBytes, slot))
        return false;
    if (slot >= m_memo.size() || m_memo[slot] == kNothing)
        return damaged("it recalls a value that it never remembered");
    return push(m_memo[slot]);
}

bool PickleMachine::push(PickleRef value)
{
    m_stack.push_back(value);
    return true;
}

bool PickleMachine::take(std::size_t size, std::string_view& out)
{
    if (size > m_bytes.size() - m_position)
        return damaged("it is cut off");
    out = m_bytes.substr(m_position, size);
    m_position += size;
    return true;
}

bool PickleMachine::takeNumber(std::size_t size, std::uint64_t& out)
{
    std::string_view digits;
    if (!take(size, digits))
        return false;
    out = 0;
    for (std::size_t i = size; i-- > 0;)
        out = out << 8U | static_cast<unsigned char>(digits[i]);
    return true;
}

bool PickleMachine::takeLine(std::string_view& out)
{
    const std::size_t end = m_bytes.find('\n', m_position);
    if (end == std::string_view::npos)
        return damaged("it is cut off");
    out = m_bytes.substr(m_position, end - m_position);
    m_position = end + 1;
    return true;
}

bool PickleMachine::popMark(std::size_t& count)
{
    if (m_marks.empty())
        return damaged("it lacks a mark");
    count = height();
    m_marks.pop_back();
    return true;
}

bool PickleMachine::damaged(const std::string& what)
{
    m_error =
        Error{ErrorCode::FileDamaged, {m_rules.place, "byte " + std::to_string(m_opBegin) + " of its pickle", what}};
    return false;
}

Result<Pickle> readPickle(std::string_view bytes, const PickleRules& rules, const std::stop_token& stop)
{
    return PickleMachine(bytes, rules).run(stop);
}

} // namespace embedscope
