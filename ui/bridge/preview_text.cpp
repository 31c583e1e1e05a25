// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/preview_text.h"

#include "core/base/strings.h"
#include "ui/bridge/qt_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace embedscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Preview)
};

QString grouped(Index number)
{
    return QLocale().toString(static_cast<qlonglong>(number));
}

QString rowsText(const TablePreview& preview)
{
    const QString rows = grouped(*preview.rows);
    switch (preview.rowCount) {
    case RowCount::Exact:
        break;
    case RowCount::Announced:
        return Text::tr("%1 rows announced").arg(rows);
    case RowCount::Estimated:
        return Text::tr("about %1 rows").arg(rows);
    }
    return Text::tr("%1 rows").arg(rows);
}

QString unpackedText(const std::string& step)
{
    return step == "gzip" ? Text::tr("gzipped") : Text::tr("%1 in an archive").arg(displayToken(step));
}

QString encodingText(const TablePreview& preview)
{
    if (preview.utf8)
        return Text::tr("UTF-8");
    if (preview.encoding == "UTF-8")
        return Text::tr("UTF-8, some tokens damaged");
    return Text::tr("not UTF-8, perhaps %1").arg(toQString(preview.encoding));
}

/// An estimate pretends no more digits than it has.
Index rounded(Index rows)
{
    Index unit = 1;
    while (rows / unit >= 1000)
        unit *= 10;
    return (rows + unit / 2) / unit * unit;
}

} // namespace

QString formatTitle(Format format)
{
    switch (format) {
    case Format::Glove:
        return Text::tr("GloVe text");
    case Format::Word2VecText:
        return Text::tr("word2vec text");
    case Format::Word2VecBinary:
        return Text::tr("word2vec binary");
    case Format::FastTextVec:
        return Text::tr("fastText vectors (.vec)");
    case Format::FastTextBin:
        return Text::tr("fastText model (.bin)");
    case Format::Npy:
        return Text::tr("NumPy array (.npy)");
    case Format::Npz:
        return Text::tr("NumPy archive (.npz)");
    case Format::Safetensors:
        return Text::tr("safetensors");
    case Format::PyTorch:
        return Text::tr("PyTorch (.pt)");
    case Format::Projector:
        return Text::tr("Embedding Projector (.tsv)");
    case Format::ProjectorBytes:
        return Text::tr("raw float32 (.bytes)");
    case Format::Csv:
        return Text::tr("CSV table");
    case Format::Finalfusion:
        return Text::tr("finalfusion (.fifu)");
    }
    return {};
}

QStringList previewFacts(const TablePreview& preview)
{
    QStringList facts;
    if (preview.format)
        facts << formatTitle(*preview.format);
    for (const std::string& step : preview.unpacked)
        facts << unpackedText(step);
    if (preview.header)
        facts << (*preview.header ? Text::tr("with a header") : Text::tr("no header"));
    if (preview.rows) {
        TablePreview shown{.rows = preview.rows, .rowCount = preview.rowCount};
        if (shown.rowCount == RowCount::Estimated)
            shown.rows = rounded(*shown.rows);
        facts << rowsText(shown);
    }
    if (preview.dim > 0)
        facts << (preview.dim == 1 ? Text::tr("1 value a row") : Text::tr("%1 values a row").arg(grouped(preview.dim)));
    if (!preview.dtype.empty() && preview.dtype != "text")
        facts << toQString(preview.dtype);
    if (preview.table)
        facts << encodingText(preview);
    facts << QLocale().formattedDataSize(static_cast<qint64>(preview.bytes), 1, QLocale::DataSizeSIFormat);
    return facts;
}

QString limitText(const LoadReport& report)
{
    const auto found = std::find_if(report.warnings.begin(), report.warnings.end(),
                                    [](const Warning& warning) { return warning.code == WarningCode::Limited; });
    if (found == report.warnings.end())
        return {};
    const QString read = grouped(report.rows);
    if (const auto all = parseInteger(found->args[1]))
        return Text::tr("first %1 of %2 rows").arg(read, grouped(static_cast<Index>(*all)));
    return Text::tr("first %1 rows").arg(read);
}

QString arrayShapeText(const std::vector<Index>& shape)
{
    QStringList sizes;
    for (const Index size : shape)
        sizes << grouped(size);
    return QStringLiteral("(%1)").arg(sizes.join(QStringLiteral(" × ")));
}

} // namespace embedscope
