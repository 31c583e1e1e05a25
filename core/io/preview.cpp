// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/preview.h"

#include "core/base/strings.h"
#include "core/io/encoding_guess.h"
#include "core/io/gzip.h"
#include "core/io/raw_floats.h"
#include "core/io/registry.h"
#include "core/io/row_estimate.h"
#include "core/io/text_layout.h"
#include "core/io/unpack.h"
#include "core/io/zip_reader.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace embedscope {

namespace {

/// Rows that are read for the preview: enough to meet what is odd about a file, and still at once.
constexpr Index kReadRows = 1000;
/// Text that is looked at for its encoding.
constexpr std::size_t kEncodingBytes = std::size_t{4} << 20U;
/// What is unpacked at first for a row: one of 300 values of text. More is unpacked where that was too little.
constexpr std::size_t kRowBytes = std::size_t{4} << 10U;
constexpr std::size_t kLeastUnpacked = std::size_t{1} << 20U;
constexpr std::size_t kGrowth = 4;

struct Task
{
    const std::filesystem::path& path;
    const ReadOptions& options; // with a limit
    const std::stop_token& stop;
    Progress& progress;
};

/// A source of which perhaps only the first `most` bytes were unpacked.
struct Opened
{
    Source source;
    std::size_t most = 0;

    [[nodiscard]] bool cut() const { return !source.steps().empty() && source.bytes().size() >= most; }
};

Result<Opened> openStart(const Task& task, std::size_t most)
{
    auto source = openSource(task.path, task.options, task.stop, task.progress, most);
    if (!source)
        return fail(source.error());
    return Opened{std::move(*source), most};
}

Result<Opened> openStart(const Task& task)
{
    return openStart(task, std::max(kLeastUnpacked, static_cast<std::size_t>(*task.options.limit) * kRowBytes));
}

/// A damaged line that another one follows is not damaged because the text was cut within it.
bool isOfTheFile(const Error& error, std::string_view text)
{
    constexpr std::string_view kLine = "line ";
    if (error.code != ErrorCode::FileDamaged || !error.args[1].starts_with(kLine))
        return false;
    const auto line = parseInteger(std::string_view(error.args[1]).substr(kLine.size()));
    return line && *line <= std::count(text.begin(), text.end(), '\n');
}

/// Reads the first rows. Where those of a cut source are too few, or none, more is unpacked.
Result<LoadedTable> readStart(const Task& task, Opened& opened)
{
    for (;;) {
        auto loaded = readSource({task.path, opened.source, task.options, task.stop, task.progress});
        const bool enough =
            loaded ? loaded->table.rows() == *task.options.limit : isOfTheFile(loaded.error(), opened.source.bytes());
        if (enough || !opened.cut() || task.stop.stop_requested())
            return loaded;
        auto more = openStart(task, opened.most * kGrowth);
        if (!more)
            return fail(more.error());
        opened = std::move(*more);
    }
}

template <class Column>
Column firstValues(const Column& column, Index rows)
{
    Column out = column;
    out.values.resize(static_cast<std::size_t>(rows));
    return out;
}

Result<EmbeddingTable> firstRows(const EmbeddingTable& table, Index rows)
{
    Vocabulary vocabulary;
    for (Index row = 0; row < rows; ++row)
        vocabulary.add(table.vocabulary()[row]);
    auto out = EmbeddingTable::create(Matrix(table.weights().topRows(rows)), std::move(vocabulary));
    if (!out)
        return out;
    for (const CategoryColumn& column : table.columns())
        out->addColumn(firstValues(column, rows));
    for (const NumberColumn& column : table.numberColumns())
        out->addColumn(firstValues(column, rows));
    return out;
}

/// The size that the last bytes of a gzip file announce, modulo 4 GB.
std::uint64_t gzipSize(std::string_view packed)
{
    constexpr std::size_t kSizeBytes = 4;
    if (packed.size() < kSizeBytes)
        return 0;
    std::uint64_t size = 0;
    for (std::size_t i = 0; i < kSizeBytes; ++i)
        size |= std::uint64_t{static_cast<unsigned char>(packed[packed.size() - kSizeBytes + i])} << (8 * i);
    return size;
}

std::uint64_t zipSize(const Source& outer, const std::string& entry)
{
    const auto zip = ZipReader::open(outer.bytes(), outer.place());
    const auto index = zip ? zip->find(entry) : std::nullopt;
    return index ? zip->entries()[*index].size : 0;
}

/// The unpacked size that the packed file announces; what is there where it announces less.
std::uint64_t announcedBytes(const std::filesystem::path& path, const Opened& opened)
{
    const std::uint64_t known = opened.source.bytes().size();
    const auto outer = Source::open(path);
    if (!outer || !opened.cut())
        return known;
    const std::string& step = opened.source.steps().front();
    return std::max(known, step == "gzip" ? gzipSize(outer->bytes()) : zipSize(*outer, step));
}

bool isAnnounced(Format format)
{
    return format == Format::Word2VecText || format == Format::Word2VecBinary || format == Format::FastTextVec ||
           format == Format::FastTextBin;
}

/// Rows of GloVe and its kin, with or without a first line that counts them.
bool isVectorText(const std::optional<Format>& format)
{
    return format == Format::Glove || format == Format::Word2VecText || format == Format::FastTextVec;
}

bool isText(const LoadReport& report)
{
    return report.dtype == "text";
}

/// The number of all rows, or "more"; nullopt where none were left out.
std::optional<std::string> rowsInFile(const LoadReport& report)
{
    const auto found = std::find_if(report.warnings.begin(), report.warnings.end(),
                                    [](const Warning& warning) { return warning.code == WarningCode::Limited; });
    return found == report.warnings.end() ? std::nullopt : std::optional(found->args[1]);
}

class Preview
{
public:
    explicit Preview(const Task& task)
        : m_task(task)
    {
    }

    Result<TablePreview> make()
    {
        const auto file = Source::open(m_task.path);
        if (!file)
            return fail(file.error());
        m_out.bytes = file->bytes().size();
        m_out.entries = entriesToChoose(file->bytes(), file->place());
        auto opened = openStart(m_task);
        if (opened)
            describe(*opened);
        else
            m_out.problem = opened.error();
        if (m_task.stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        return std::move(m_out);
    }

private:
    void describe(Opened& opened)
    {
        const auto loaded = readStart(m_task, opened);
        const ReadRequest request{m_task.path, opened.source, m_task.options, m_task.stop, m_task.progress};
        m_out.unpacked = opened.source.steps();
        const auto entry = formatOf(request);
        if (entry) {
            m_out.format = (*entry)->format;
            takeArrays(**entry, request);
        }
        if (!entry || m_out.format == Format::ProjectorBytes)
            m_out.rawDims = rawDimensions(request.bytes());
        if (!loaded) {
            m_out.problem = loaded.error();
            guessFrom(request);
            return;
        }
        takeTable(*loaded);
        takeRows(*loaded, opened);
        takeEncoding(*loaded, request);
    }

    void takeArrays(const FormatEntry& entry, const ReadRequest& request)
    {
        if (entry.arrays == nullptr)
            return;
        if (auto arrays = entry.arrays(request))
            m_out.arrays = std::move(*arrays);
    }

    /// What can be said although no row can be read.
    void guessFrom(const ReadRequest& request)
    {
        const ReadOptions& options = m_task.options;
        if (!isVectorText(m_out.format))
            return;
        if (const auto layout = findTextLayout(request.bytes(), options.header, options.dim)) {
            m_out.dim = layout->dim;
            m_out.dtype = "text";
            m_out.header = layout->header;
        }
    }

    void takeTable(const LoadedTable& loaded)
    {
        m_out.dim = loaded.report.dim;
        m_out.dtype = loaded.report.dtype;
        m_out.array = loaded.report.array;
        m_out.format = loaded.report.format;
        if (isVectorText(m_out.format))
            m_out.header = m_task.options.header.value_or(m_out.format != Format::Glove);
        for (const Warning& warning : loaded.report.warnings)
            if (warning.code != WarningCode::Limited)
                m_out.warnings.push_back(warning);
        auto first = firstRows(loaded.table, std::min(loaded.table.rows(), kPreviewRows));
        if (first)
            m_out.table = std::move(*first);
        else
            m_out.problem = first.error();
    }

    void takeRows(const LoadedTable& loaded, const Opened& opened)
    {
        const auto inFile = rowsInFile(loaded.report);
        m_out.rows = loaded.table.rows();
        if (!inFile)
            return;
        if (const auto number = parseInteger(*inFile)) {
            m_out.rows = static_cast<Index>(*number);
            m_out.rowCount = isAnnounced(loaded.report.format) ? RowCount::Announced : RowCount::Exact;
            return;
        }
        const RowEstimate estimate =
            estimateRows(opened.source.bytes(), announcedBytes(m_task.path, opened), m_task.stop);
        m_out.rows = std::max(estimate.rows - (m_out.header.value_or(false) ? 1 : 0), loaded.table.rows());
        // How many lines will be left out shows only as they are read.
        const bool exact = estimate.exact && !m_task.options.skip_damaged;
        m_out.rowCount = exact ? RowCount::Exact : RowCount::Estimated;
    }

    void takeEncoding(const LoadedTable& loaded, const ReadRequest& request)
    {
        std::string tokens;
        std::string_view sample = request.bytes().substr(0, kEncodingBytes);
        if (isText(loaded.report)) {
            sample = sample.substr(0, sample.rfind('\n')); // a sequence may be cut at the end
        } else {
            for (Index row = 0; row < loaded.table.rows(); ++row)
                tokens.append(loaded.table.vocabulary()[row]).append("\n");
            sample = tokens;
        }
        EncodingGuess guess = guessEncoding(sample);
        m_out.encoding = std::move(guess.name);
        m_out.utf8 = guess.wellFormed;
    }

    const Task& m_task;
    TablePreview m_out;
};

} // namespace

Result<TablePreview> previewTable(const std::filesystem::path& path, const ReadOptions& options, std::stop_token stop,
                                  Progress& progress)
{
    if (options.dim && *options.dim < 1)
        return fail(ErrorCode::ValueRefused, {"dim", std::to_string(*options.dim), "a row has at least one value"});
    ReadOptions first = options;
    first.limit = std::clamp<Index>(options.limit.value_or(kReadRows), 1, kReadRows);
    const Task task{path, first, stop, progress};
    return Preview(task).make();
}

Result<LoadedTable> readFirstRows(const std::filesystem::path& path, const ReadOptions& options, std::stop_token stop,
                                  Progress& progress)
{
    if (!options.limit || *options.limit < 1)
        return readTable(path, options, std::move(stop), progress);
    const auto start = std::chrono::steady_clock::now();
    const Task task{path, options, stop, progress};
    auto opened = openStart(task);
    if (!opened)
        return fail(opened.error());
    auto loaded = readStart(task, *opened);
    if (loaded)
        loaded->report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return loaded;
}

bool takesLong(const std::filesystem::path& path)
{
    constexpr std::size_t kLongText = std::size_t{20} << 20U;
    constexpr std::size_t kLongPacked = std::size_t{5} << 20U;
    constexpr std::size_t kLongBinary = std::size_t{200} << 20U;
    constexpr std::size_t kSample = 4096;
    const auto file = Source::open(path);
    if (!file)
        return false;
    const std::string_view bytes = file->bytes();
    if (startsAsGzip(bytes) || !entriesToChoose(bytes, file->place()).empty())
        return bytes.size() >= kLongPacked;
    const bool binary = bytes.substr(0, kSample).find('\0') != std::string_view::npos;
    return bytes.size() >= (binary ? kLongBinary : kLongText);
}

std::vector<Format> readableFormats()
{
    std::vector<Format> formats;
    for (const FormatEntry& entry : formatRegistry())
        if (entry.read != nullptr)
            formats.push_back(entry.format);
    return formats;
}

std::optional<ReadChoice> choiceThatHelps(const std::filesystem::path& path, const Error& error)
{
    switch (error.code) {
    case ErrorCode::ArrayNeeded:
        return ReadChoice::Array;
    case ErrorCode::EntryNeeded:
        return ReadChoice::Entry;
    case ErrorCode::FileDamaged:
        return error.args.size() > 1 && error.args[1].starts_with("line ") ? std::optional(ReadChoice::SkipDamaged)
                                                                           : std::nullopt;
    case ErrorCode::FormatUnknown:
    case ErrorCode::FormatRefused: {
        const auto file = Source::open(path);
        return file && looksLikeRawFloats(file->bytes()) ? std::optional(ReadChoice::Dimension) : std::nullopt;
    }
    default:
        return std::nullopt;
    }
}

} // namespace embedscope
