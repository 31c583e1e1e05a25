// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/matrix_reader.h"
#include "core/io/npy.h"
#include "core/io/piecewise_writer.h"
#include "core/io/token_list.h"

#include <utility>

namespace embedscope {

namespace {

Result<void> writeAll(AtomicFile& file, const WriteRequest& request)
{
    const TensorView view = viewOf({}, request.table.weights());
    if (const auto written = file.write(npyHeaderFor(view)); !written)
        return written;
    if (const auto written = writePiecewise(file, view.bytes, request.stop, request.progress); !written)
        return written;
    return file.sync();
}

} // namespace

bool recognisesNpy(std::string_view bytes)
{
    return startsAsNpy(bytes);
}

Result<TableDraft> readNpyTable(const ReadRequest& request)
{
    const auto header = readNpyTableHeader(request.bytes(), request.place());
    if (!header)
        return fail(header.error());
    const Index rows = header->shape[0];
    const Index wanted = request.wanted(rows);
    TableDraft draft;
    if (const auto named = nameRowsBeside(request, rows, draft); !named)
        return fail(named.error());
    const StoredMatrix stored{request.bytes().substr(header->dataOffset), header->layout, rows, header->shape[1],
                              header->fortranOrder};
    auto weights = readWeights(stored, wanted, request);
    if (!weights)
        return fail(weights.error());
    draft.weights = std::move(*weights);
    draft.report.dtype = elementName(header->layout.type);
    if (wanted < rows)
        addLimitFinding(draft.report, wanted, rows);
    addFindings(draft, rowNumbers(), request.stop);
    return draft;
}

Result<WrittenFiles> writeNpyTable(const WriteRequest& request)
{
    const auto list = formatTokenList(request.table.vocabulary(), request.path);
    if (!list)
        return fail(list.error());
    const std::filesystem::path listPath = tokenListPath(request.path);
    auto tokens = AtomicFile::create(listPath);
    if (!tokens)
        return fail(tokens.error());
    auto table = AtomicFile::create(request.path);
    if (!table)
        return fail(table.error());
    if (const auto written = tokens->write(*list); !written)
        return fail(written.error());
    if (const auto written = writeAll(*table, request); !written)
        return fail(written.error());
    if (const auto synced = tokens->sync(); !synced)
        return fail(synced.error());
    // Both are on the disk by now, so that only two renames lie between the old pair and the new one.
    if (const auto done = tokens->commit(); !done)
        return fail(done.error());
    if (const auto done = table->commit(); !done)
        return fail(done.error());
    return WrittenFiles{request.path, listPath};
}

} // namespace embedscope
