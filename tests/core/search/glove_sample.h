// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"

#include <QFile>
#include <QtGlobal>

#include <optional>
#include <utility>
#include <vector>

namespace embedscope::test {

inline QString gloveSamplePath()
{
    return qEnvironmentVariable("EMBEDSCOPE_DATA") + QStringLiteral("/glove6b_50d_9163/glove.6B.50d.txt");
}

/// 9,163 words of GloVe 6B, 50 dimensions; nothing where the file is missing. Read here without the readers of io, so
/// that a defect there is not blamed on what is tested.
inline std::optional<EmbeddingTable> gloveSample()
{
    QFile file(gloveSamplePath());
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    Vocabulary vocabulary;
    std::vector<float> values;
    while (!file.atEnd()) {
        const auto fields = file.readLine().trimmed().split(' ');
        vocabulary.add(fields[0].toStdString());
        for (qsizetype i = 1; i < fields.size(); ++i)
            values.push_back(fields[i].toFloat());
    }
    const Index rows = vocabulary.size();
    Matrix weights = ConstMatrixMap(values.data(), rows, static_cast<Index>(values.size()) / rows);
    return EmbeddingTable::create(std::move(weights), std::move(vocabulary)).value();
}

} // namespace embedscope::test
