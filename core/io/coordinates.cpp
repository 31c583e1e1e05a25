// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/coordinates.h"

#include "core/base/strings.h"
#include "core/io/atomic_file.h"
#include "core/io/csv_cells.h"
#include "core/io/npy.h"
#include "core/io/piecewise_writer.h"

#include <nlohmann/json.hpp>

#include <charconv>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>

namespace embedscope {

namespace {

constexpr std::string_view kAxes[] = {"x", "y", "z"};

Result<void> writeText(AtomicFile& out, const CoordinatesFile& file, char delimiter, const std::stop_token& stop,
                       Progress& progress)
{
    const Matrix& coordinates = file.coordinates;
    std::string header = "token";
    for (Index axis = 0; axis < coordinates.cols(); ++axis)
        (header += delimiter).append(kAxes[axis]);
    if (auto written = out.write(header += '\n'); !written)
        return written;
    const auto format = [&](Index begin, Index end, std::string& text) {
        for (Index row = begin; row < end; ++row) {
            appendCsvCell(text, file.tokens[row], delimiter);
            for (Index axis = 0; axis < coordinates.cols(); ++axis) {
                text += delimiter;
                if (std::isfinite(coordinates(row, axis)))
                    appendNumber(text, coordinates(row, axis));
            }
            text += '\n';
        }
    };
    return writeRows(out, coordinates.rows(), coordinates.cols(), format, stop, progress);
}

Result<void> writeNpy(AtomicFile& out, const Matrix& coordinates, const std::stop_token& stop, Progress& progress)
{
    const TensorView view = viewOf({}, coordinates);
    if (auto written = out.write(npyHeaderFor(view)); !written)
        return written;
    return writePiecewise(out, view.bytes, stop, progress);
}

/// Numbers and truth values as such, all else as text.
nlohmann::ordered_json jsonOf(const std::string& value)
{
    if (const auto integer = parseInteger(value))
        return *integer;
    std::uint64_t large = 0; // a seed may be above what parseInteger() knows
    const char* const end = value.data() + value.size();
    if (const auto [last, error] = std::from_chars(value.data(), end, large); last == end && error == std::errc())
        return large;
    if (const auto number = parseNumber(value); number && std::isfinite(*number))
        return *number;
    if (value == "true" || value == "false")
        return value == "true";
    return value;
}

std::string settingsText(const Fields& settings)
{
    auto json = nlohmann::ordered_json::object();
    for (const auto& [name, value] : settings)
        json[name] = jsonOf(value);
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

Result<std::optional<AtomicFile>> stageSettings(const CoordinatesFile& file)
{
    if (file.settings_path.empty())
        return std::optional<AtomicFile>();
    auto out = AtomicFile::create(file.settings_path);
    if (!out)
        return fail(out.error());
    if (auto written = out->write(settingsText(file.settings)); !written)
        return fail(written.error());
    if (auto synced = out->sync(); !synced)
        return fail(synced.error());
    return std::optional<AtomicFile>(std::move(*out));
}

} // namespace

std::optional<CoordinatesFormat> coordinatesFormat(const std::filesystem::path& path)
{
    std::string ending = path.extension().string();
    for (char& c : ending)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    if (ending == ".csv")
        return CoordinatesFormat::Csv;
    if (ending == ".tsv")
        return CoordinatesFormat::Tsv;
    if (ending == ".npy")
        return CoordinatesFormat::Npy;
    return std::nullopt;
}

Result<void> writeCoordinates(const std::filesystem::path& path, const CoordinatesFile& file, std::stop_token stop,
                              Progress& progress)
{
    const auto format = coordinatesFormat(path);
    if (!format)
        return fail(ErrorCode::ValueRefused,
                    {"Ending of the file to write", path.string(), "coordinates go into .csv, .tsv or .npy"});
    if (file.tokens.size() != file.coordinates.rows())
        return fail(ErrorCode::ShapeMismatch,
                    {"rows of the map", std::to_string(file.tokens.size()), std::to_string(file.coordinates.rows())});
    auto settings = stageSettings(file);
    if (!settings)
        return fail(settings.error());
    auto out = AtomicFile::create(path);
    if (!out)
        return fail(out.error());
    const auto written = *format == CoordinatesFormat::Npy
                             ? writeNpy(*out, file.coordinates, stop, progress)
                             : writeText(*out, file, *format == CoordinatesFormat::Csv ? ',' : '\t', stop, progress);
    if (!written)
        return fail(written.error());
    if (auto synced = out->sync(); !synced)
        return fail(synced.error());
    if (*settings)
        if (auto done = (*settings)->commit(); !done)
            return fail(done.error());
    return out->commit();
}

} // namespace embedscope
