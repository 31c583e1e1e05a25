// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace embedscope {

/// A file in the list of the start page: its name, its folder in grey, and at the right how long ago it was open.
class RecentRow : public QAbstractButton
{
    Q_OBJECT

public:
    RecentRow(const QString& path, const QString& age, QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_name;
    QString m_folder;
    QString m_age;
};

} // namespace embedscope
