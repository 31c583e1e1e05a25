// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/read_arguments.h"

namespace embedscope::cli {

namespace {

constexpr const char* kGroup = "Reading";

} // namespace

void addReadOptions(CLI::App& command, ReadArguments& arguments)
{
    ReadArguments& a = arguments;
    const auto option = [&command](const char* name, auto& value, const std::string& help) {
        return command.add_option(name, value, help)->group(kGroup);
    };
    option("--from", a.from, "Format of the file, instead of the one found by its content: " + formatNames());
    option("--tokens", a.tokens,
           "File that names the rows or tells more of them: one token a line, tokens with ids or counts, TSV or CSV, "
           "vocab.json, tokenizer.json");
    option("--array", a.options.array, "Array to read, of several in a file");
    option("--entry", a.options.entry, "File to read, of several in an archive");
    option("--encoding", a.options.encoding, "Encoding of the tokens, such as ISO-8859-1 (default: bytes as they are)");
    option("--dim", a.dim, "Text: number of values a row")->check(CLI::PositiveNumber);
    a.headerFlag =
        command.add_flag("--header,!--no-header", a.header, "Text: whether the first line is a header")->group(kGroup);
    command
        .add_flag("--skip-damaged", a.options.skip_damaged, "Text: leave lines out that are no rows, and count them")
        ->group(kGroup);
}

Result<ReadOptions> readOptions(const ReadArguments& arguments)
{
    ReadOptions options = arguments.options;
    if (!arguments.from.empty()) {
        options.format = formatFromName(arguments.from);
        if (!options.format)
            return fail(ErrorCode::ValueRefused, {"--from", arguments.from, "it is one of " + formatNames()});
    }
    if (!arguments.tokens.empty())
        options.tokens = arguments.tokens;
    if (arguments.dim > 0)
        options.dim = arguments.dim;
    if (arguments.headerFlag != nullptr && arguments.headerFlag->count() > 0)
        options.header = arguments.header;
    return options;
}

} // namespace embedscope::cli
