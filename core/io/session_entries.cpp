// SPDX-License-Identifier: GPL-3.0-or-later
// Entries of a session file:
//   tables/NAME/weights.npy, tokens (texts), column0.npy and column0 names (texts), number0.npy, ...
//   arrays/NAME.npy
//   parts/NAME
// Texts are NAME.bin, all bytes end to end, and NAME_ends.npy, where each ends.
#include "core/io/session_entries.h"

#include "core/io/npy.h"

#include <cstring>
#include <type_traits>

namespace embedscope {

namespace {

// Texts are looked through in portions, so that it can be stopped.
constexpr Index kTextsAtOnce = 4096;

template <class Number>
constexpr ElementType elementTypeOf()
{
    if constexpr (std::is_same_v<Number, float>)
        return ElementType::Float32;
    else if constexpr (std::is_same_v<Number, double>)
        return ElementType::Float64;
    else if constexpr (std::is_same_v<Number, std::int32_t>)
        return ElementType::Int32;
    else
        return ElementType::Int64;
}

std::string tableEntry(const std::string& table, const std::string& what)
{
    return "tables/" + table + "/" + what;
}

std::string numbered(const char* kind, std::size_t number)
{
    return kind + std::to_string(number);
}

template <class Number>
bool plain(const NpyHeader& header)
{
    return header.layout.type == elementTypeOf<Number>() && !header.layout.bigEndian && !header.fortranOrder;
}

/// The numbers behind a header that was held against `content`.
template <class Number>
std::vector<Number> numbersBehind(const NpyHeader& header, const std::string& content)
{
    std::vector<Number> out((content.size() - header.dataOffset) / sizeof(Number));
    if (!out.empty())
        std::memcpy(out.data(), content.data() + header.dataOffset, out.size() * sizeof(Number));
    return out;
}

Matrix matrixBehind(const NpyHeader& header, const std::string& content)
{
    Matrix out(header.shape[0], header.shape[1]);
    if (out.size() > 0)
        std::memcpy(out.data(), content.data() + header.dataOffset, content.size() - header.dataOffset);
    return out;
}

} // namespace

template <class Number>
Result<void> SessionEntryWriter::numbers(const std::string& name, const Number* data, std::vector<Index> shape)
{
    std::size_t count = 1;
    for (const Index extent : shape)
        count *= static_cast<std::size_t>(extent);
    const TensorView view{
        name, elementTypeOf<Number>(), std::move(shape), {reinterpret_cast<const char*>(data), count * sizeof(Number)}};
    const std::string header = npyHeaderFor(view);
    return m_zip.add(name + ".npy", {header, view.bytes}, {.stop = m_stop, .progress = &m_progress});
}

template <class TextAt>
Result<void> SessionEntryWriter::texts(const std::string& name, Index count, TextAt textAt)
{
    std::string bytes;
    std::vector<std::int64_t> ends;
    ends.reserve(static_cast<std::size_t>(count));
    for (Index i = 0; i < count; ++i) {
        if (i % kTextsAtOnce == 0 && m_stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        bytes.append(textAt(i));
        ends.push_back(static_cast<std::int64_t>(bytes.size()));
    }
    if (auto added =
            m_zip.add(name + ".bin", std::vector<std::string_view>{bytes}, {.stop = m_stop, .progress = &m_progress});
        !added)
        return added;
    return numbers(name + "_ends", ends.data(), {count});
}

Result<void> SessionEntryWriter::add(const std::string& name, const EmbeddingTable& table)
{
    const auto& weights = table.weights();
    if (auto added = numbers(tableEntry(name, "weights"), weights.data(), {weights.rows(), weights.cols()}); !added)
        return added;
    const Vocabulary& vocabulary = table.vocabulary();
    if (auto added =
            texts(tableEntry(name, "tokens"), vocabulary.size(), [&vocabulary](Index row) { return vocabulary[row]; });
        !added)
        return added;
    return addColumns(name, table);
}

Result<void> SessionEntryWriter::addColumns(const std::string& name, const EmbeddingTable& table)
{
    for (std::size_t i = 0; i < table.columns().size(); ++i) {
        const CategoryColumn& column = table.columns()[i];
        const std::string entry = tableEntry(name, numbered("column", i));
        if (auto added = numbers(entry, column.values.data(), {std::ssize(column.values)}); !added)
            return added;
        const auto category = [&column](Index number) -> const std::string& {
            return column.categories[static_cast<std::size_t>(number)];
        };
        if (auto added = texts(entry + "_names", std::ssize(column.categories), category); !added)
            return added;
    }
    for (std::size_t i = 0; i < table.numberColumns().size(); ++i) {
        const auto& values = table.numberColumns()[i].values;
        if (auto added = numbers(tableEntry(name, numbered("number", i)), values.data(), {std::ssize(values)}); !added)
            return added;
    }
    return {};
}

Result<void> SessionEntryWriter::add(const std::string& name, const SessionArray& array)
{
    const std::string entry = "arrays/" + name;
    return std::visit(
        [&](const auto& values) {
            if constexpr (std::is_same_v<std::decay_t<decltype(values)>, Matrix>)
                return numbers(entry, values.data(), {values.rows(), values.cols()});
            else
                return numbers(entry, values.data(), {std::ssize(values)});
        },
        array);
}

Result<void> SessionEntryWriter::add(const SessionPart& part)
{
    return m_zip.add("parts/" + part.name, part.pieces, {.stop = m_stop, .progress = &m_progress});
}

tl::unexpected<Error> SessionEntryReader::damaged(const std::string& entry, const std::string& what) const
{
    return fail(ErrorCode::FileDamaged, {m_place, entry, what});
}

Result<std::string> SessionEntryReader::bytes(const std::string& entry) const
{
    const auto found = m_zip.find(entry);
    if (!found)
        return damaged(entry, "it is not there");
    auto content = m_zip.read(*found, m_stop);
    if (content)
        m_progress.add(static_cast<std::int64_t>(content->size()));
    return content;
}

template <class Number>
Result<std::vector<Number>> SessionEntryReader::numbers(const std::string& entry, Index count) const
{
    const auto content = bytes(entry);
    if (!content)
        return fail(content.error());
    const auto header = readNpyHeader(*content, m_place + ": " + entry);
    if (!header)
        return fail(header.error());
    if (!plain<Number>(*header) || header->shape != std::vector<Index>{count})
        return damaged(entry, "it does not hold " + std::to_string(count) + " numbers of its kind");
    return numbersBehind<Number>(*header, *content);
}

Result<Matrix> SessionEntryReader::matrix(const std::string& entry) const
{
    const auto content = bytes(entry);
    if (!content)
        return fail(content.error());
    const auto header = readNpyHeader(*content, m_place + ": " + entry);
    if (!header)
        return fail(header.error());
    if (!plain<float>(*header) || header->shape.size() != 2)
        return damaged(entry, "it is no float32 matrix");
    return matrixBehind(*header, *content);
}

template <class Take>
Result<void> SessionEntryReader::texts(const std::string& name, Index count, Take take) const
{
    const auto content = bytes(name + ".bin");
    if (!content)
        return fail(content.error());
    const auto ends = numbers<std::int64_t>(name + "_ends.npy", count);
    if (!ends)
        return fail(ends.error());
    const std::string_view all = *content;
    std::int64_t begin = 0;
    for (Index i = 0; i < count; ++i) {
        if (i % kTextsAtOnce == 0 && m_stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        const std::int64_t end = (*ends)[static_cast<std::size_t>(i)];
        if (end < begin || end > std::ssize(all))
            return damaged(name + "_ends.npy",
                           "text " + std::to_string(i) + " does not lie in the bytes that are there");
        take(all.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin)));
        begin = end;
    }
    if (begin != std::ssize(all))
        return damaged(name + ".bin", "it is longer than its texts");
    return {};
}

Result<CategoryColumn> SessionEntryReader::column(const std::string& entry, const std::string& title, Index rows) const
{
    auto values = numbers<std::int32_t>(entry + ".npy", rows);
    if (!values)
        return fail(values.error());
    CategoryColumn out{title, {}, std::move(*values)};
    // How many names there are is known only from where they end.
    const auto ends = m_zip.find(entry + "_names_ends.npy");
    const auto content = ends ? m_zip.read(*ends, m_stop) : Result<std::string>(damaged(entry, "it has no names"));
    if (!content)
        return fail(content.error());
    const auto header = readNpyHeader(*content, m_place + ": " + entry);
    if (!header)
        return fail(header.error());
    const Index count = header->shape.size() == 1 ? header->shape[0] : 0;
    const auto take = [&out](std::string_view name) { out.categories.emplace_back(name); };
    if (auto read = texts(entry + "_names", count, take); !read)
        return fail(read.error());
    for (const std::int32_t value : out.values)
        if (value < -1 || value >= count)
            return damaged(entry + ".npy", "a category has no name");
    return out;
}

Result<EmbeddingTable> SessionEntryReader::table(const std::string& name, const std::vector<std::string>& columns,
                                                 const std::vector<std::string>& numberColumns) const
{
    auto weights = matrix(tableEntry(name, "weights.npy"));
    if (!weights)
        return fail(weights.error());
    const Index rows = weights->rows();
    Vocabulary vocabulary;
    if (auto read = texts(tableEntry(name, "tokens"), rows, [&](std::string_view token) { vocabulary.add(token); });
        !read)
        return fail(read.error());
    auto table = EmbeddingTable::create(std::move(*weights), std::move(vocabulary));
    if (!table)
        return damaged(tableEntry(name, "weights.npy"), "it has no columns");
    for (std::size_t i = 0; i < columns.size(); ++i) {
        auto read = column(tableEntry(name, numbered("column", i)), columns[i], rows);
        if (!read)
            return fail(read.error());
        table->addColumn(std::move(*read));
    }
    for (std::size_t i = 0; i < numberColumns.size(); ++i) {
        auto values = numbers<double>(tableEntry(name, numbered("number", i)) + ".npy", rows);
        if (!values)
            return fail(values.error());
        table->addColumn(NumberColumn{numberColumns[i], std::move(*values)});
    }
    return table;
}

Result<SessionArray> SessionEntryReader::array(const std::string& name) const
{
    const std::string entry = "arrays/" + name + ".npy";
    const auto content = bytes(entry);
    if (!content)
        return fail(content.error());
    const auto header = readNpyHeader(*content, m_place + ": " + entry);
    if (!header)
        return fail(header.error());
    const std::size_t dims = header->shape.size();
    if (dims == 2 && plain<float>(*header))
        return SessionArray(matrixBehind(*header, *content));
    if (dims == 1 && plain<std::int64_t>(*header))
        return SessionArray(numbersBehind<std::int64_t>(*header, *content));
    if (dims == 1 && plain<double>(*header))
        return SessionArray(numbersBehind<double>(*header, *content));
    return damaged(entry, "it is no array of a session");
}

Result<std::string> SessionEntryReader::part(const std::string& name) const
{
    return bytes("parts/" + name);
}

} // namespace embedscope
