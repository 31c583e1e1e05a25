// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/repair.h"

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/read_arguments.h"
#include "app/cli/target_format.h"
#include "core/base/strings.h"

#include <map>
#include <memory>

namespace embedscope::cli {

namespace {

struct Arguments
{
    std::string in;
    std::string out;
    std::string to;
    RepairOptions repair;
    ReadArguments read;
};

const std::map<std::string, RepeatedTokens> kRepeatedNames{
    {"keep", RepeatedTokens::Keep}, {"first", RepeatedTokens::KeepFirst}, {"last", RepeatedTokens::KeepLast}};
const std::map<std::string, NanRows> kNanNames{
    {"keep", NanRows::Keep}, {"drop", NanRows::Drop}, {"zero", NanRows::Zero}};

Result<RepairedTable> readRepaired(const Arguments& arguments)
{
    const auto options = readOptions(arguments.read);
    if (!options)
        return fail(options.error());
    Progress progress;
    const ProgressBar bar(progress, "Reading");
    const auto loaded = readTable(arguments.in, *options, interruptToken(), progress);
    if (!loaded)
        return fail(loaded.error());
    for (const Warning& warning : loaded->report.warnings)
        printWarning(describe(warning));
    return repairTable(loaded->table, arguments.repair, interruptToken(), progress);
}

int repair(const Arguments& arguments, bool json)
{
    const auto format = targetFormat(arguments.to, arguments.out);
    if (!format)
        return report(format.error());
    const auto repaired = readRepaired(arguments);
    if (!repaired)
        return report(repaired.error());
    Progress progress;
    const ProgressBar bar(progress, "Writing");
    const auto written = writeTable(repaired->table, arguments.out, *format, interruptToken(), progress);
    if (!written)
        return report(written.error());
    const RepairCounts& counts = repaired->counts;
    printResult({{"format", formatName(written->format)},
                 {"rows", written->rows},
                 {"dim", written->dim},
                 {"bytes", written->bytes},
                 {"repeated_dropped", counts.repeatedDropped},
                 {"nan_dropped", counts.nanDropped},
                 {"nan_zeroed", counts.nanZeroed},
                 {"zero_dropped", counts.zeroDropped},
                 {"tokens_encoded", counts.tokensEncoded},
                 {"tokens_joined", counts.tokensJoined}},
                json);
    return 0;
}

} // namespace

void addRepair(CLI::App& app, const CommonOptions& common, Action& action)
{
    auto* command = app.add_subcommand("repair", "Write a mended copy of a file of vectors");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("IN", arguments->in, "File to read")->required();
    command->add_option("OUT", arguments->out, "File to write; its ending chooses the format unless --to does")
        ->required();
    command->add_option("--to", arguments->to, writableFormatNames());
    command
        ->add_option("--duplicates", arguments->repair.repeated_tokens,
                     "Rows of a token that stands in several: keep, or only the first or the last of them")
        ->transform(CLI::CheckedTransformer(kRepeatedNames));
    command->add_option("--nan", arguments->repair.nan_rows, "Rows with NaN or infinite values: keep, drop or zero")
        ->transform(CLI::CheckedTransformer(kNanNames));
    command->add_flag("--drop-zero-rows", arguments->repair.drop_zero_rows, "Drop rows of zeros");
    command->add_flag("--utf8", arguments->repair.valid_utf8, "Ill-formed bytes of tokens become U+FFFD");
    command->add_option("--blanks", arguments->repair.blank,
                        "What stands for each blank in a token, such as _; word2vec formats cannot hold blanks");
    addReadOptions(*command, arguments->read);
    command->callback(
        [arguments, &common, &action] { action = [arguments, &common] { return repair(*arguments, common.json); }; });
}

} // namespace embedscope::cli
