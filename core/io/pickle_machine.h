// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/pickle.h"
#include "core/io/pickle_opcodes.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// The stack machine that a pickle is a program of, without the instructions that reach outside.
/// Its steps return whether to go on; where not, m_error says why, unless the pickle is done.
class PickleMachine
{
public:
    PickleMachine(std::string_view bytes, const PickleRules& rules)
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

} // namespace embedscope
