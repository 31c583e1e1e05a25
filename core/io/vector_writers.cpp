// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/strings.h"
#include "core/io/piecewise_writer.h"
#include "core/io/registry.h"
#include "core/io/text_layout.h"

namespace embedscope {

namespace {

/// Which bytes end a token in a format, and how the format is called in the refusal.
struct TokenRule
{
    std::string_view forbidden;
    const char* format;
    const char* wayOut;
};

constexpr TokenRule kGloveRule{"\n", "GloVe text", "Choose safetensors, which keeps any text."};
constexpr TokenRule kTextRule{" \n", "word2vec text", "Choose .npy or safetensors, which keep such tokens."};
constexpr TokenRule kFastTextRule{" \n", "fastText text", "Choose .npy or safetensors, which keep such tokens."};
constexpr TokenRule kBinaryRule{{" \n\0", 3}, "word2vec binary", "Choose .npy or safetensors, which keep such tokens."};

/// FormatRefused for the first token that would not come back as it is.
Result<void> checkTokens(const WriteRequest& request, const TokenRule& rule)
{
    const Vocabulary& vocabulary = request.table.vocabulary();
    for (Index row = 0; row < vocabulary.size(); ++row) {
        if (vocabulary[row].find_first_of(rule.forbidden) == std::string_view::npos)
            continue;
        const std::string why = "the token \"" + toValidUtf8(vocabulary[row]) + "\" of row " + std::to_string(row) +
                                " holds a blank or a line break, which would end it";
        return fail(ErrorCode::FormatRefused, {request.path.string(), rule.format, why, rule.wayOut});
    }
    return {};
}

void appendRowText(const EmbeddingTable& table, Index row, std::string& out)
{
    out.append(table.vocabulary()[row]);
    for (Index i = 0; i < table.dim(); ++i) {
        out += ' ';
        appendNumber(out, table.weights()(row, i));
    }
}

void appendTextRows(const EmbeddingTable& table, Index begin, Index end, std::string& out)
{
    for (Index row = begin; row < end; ++row) {
        appendRowText(table, row, out);
        out += '\n';
    }
}

/// With the blank behind the last value that fastText leaves there.
void appendFastTextRows(const EmbeddingTable& table, Index begin, Index end, std::string& out)
{
    for (Index row = begin; row < end; ++row) {
        appendRowText(table, row, out);
        out.append(" \n");
    }
}

void appendBinaryRows(const EmbeddingTable& table, Index begin, Index end, std::string& out)
{
    const ConstMatrixMap weights = table.weights();
    for (Index row = begin; row < end; ++row) {
        out.append(table.vocabulary()[row]).append(" ");
        out.append(reinterpret_cast<const char*>(weights.data() + row * weights.cols()),
                   static_cast<std::size_t>(weights.cols()) * sizeof(float));
    }
}

std::string header(const EmbeddingTable& table)
{
    return std::to_string(table.rows()) + " " + std::to_string(table.dim()) + "\n";
}

using AppendRows = void (*)(const EmbeddingTable&, Index, Index, std::string&);

Result<WrittenFiles> writeVectors(const WriteRequest& request, const std::string& head, AppendRows append)
{
    auto file = AtomicFile::create(request.path);
    if (!file)
        return fail(file.error());
    if (const auto written = file->write(head); !written)
        return fail(written.error());
    const auto format = [&](Index begin, Index end, std::string& out) { append(request.table, begin, end, out); };
    const auto written =
        writeRows(*file, request.table.rows(), request.table.dim(), format, request.stop, request.progress);
    if (!written)
        return fail(written.error());
    if (const auto done = file->commit(); !done)
        return fail(done.error());
    return WrittenFiles{request.path};
}

/// Without a header, a reader finds the dimension in the first rows; tokens that end in numbers could mislead it.
Result<void> checkReadsBack(const WriteRequest& request)
{
    constexpr Index kRows = 100;
    const EmbeddingTable& table = request.table;
    std::string head;
    appendTextRows(table, 0, std::min(table.rows(), kRows), head);
    const auto layout = findTextLayout(head);
    if (layout && layout->dim == table.dim() && layout->dataBegin == 0)
        return {};
    return fail(ErrorCode::FormatRefused,
                {request.path.string(), "GloVe text",
                 "its first rows could not be told from a header or from more values", "Choose .npy or safetensors."});
}

} // namespace

Result<WrittenFiles> writeGlove(const WriteRequest& request)
{
    if (const auto fine = checkTokens(request, kGloveRule); !fine)
        return fail(fine.error());
    if (const auto fine = checkReadsBack(request); !fine)
        return fail(fine.error());
    return writeVectors(request, {}, appendTextRows);
}

Result<WrittenFiles> writeWord2VecText(const WriteRequest& request)
{
    if (const auto fine = checkTokens(request, kTextRule); !fine)
        return fail(fine.error());
    return writeVectors(request, header(request.table), appendTextRows);
}

// fastText prints five digits. Here they are as many as give the same float32 again, which it reads as well.
Result<WrittenFiles> writeFastTextVec(const WriteRequest& request)
{
    if (const auto fine = checkTokens(request, kFastTextRule); !fine)
        return fail(fine.error());
    return writeVectors(request, header(request.table), appendFastTextRows);
}

Result<WrittenFiles> writeWord2VecBinary(const WriteRequest& request)
{
    if (const auto fine = checkTokens(request, kBinaryRule); !fine)
        return fail(fine.error());
    return writeVectors(request, header(request.table), appendBinaryRows);
}

} // namespace embedscope
