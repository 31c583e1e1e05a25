// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/labelled_text.h"

#include <QFile>
#include <QTemporaryDir>

#include <filesystem>
#include <string>

/// A folder with one file of the given content.
class TextFile
{
public:
    explicit TextFile(const QByteArray& content, const QString& name = QStringLiteral("data.txt"))
        : m_path(m_folder.filePath(name).toStdString())
    {
        QFile file(m_folder.filePath(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(content);
    }

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

    [[nodiscard]] embedscope::Result<embedscope::LabelledText>
    read(const embedscope::LabelledTextOptions& options = {}) const
    {
        embedscope::Progress progress;
        return embedscope::readLabelledText(m_path, options, {}, progress);
    }

private:
    QTemporaryDir m_folder;
    std::filesystem::path m_path;
};

/// "class|text" of each sentence, one a line.
inline QByteArray printed(const embedscope::LabelledText& data)
{
    QByteArray out;
    for (std::size_t i = 0; i < data.texts.size(); ++i)
        out += QByteArray::fromStdString(data.classes[static_cast<std::size_t>(data.labels[i])]) + '|' +
               QByteArray::fromStdString(data.texts[i]) + '\n';
    return out;
}
