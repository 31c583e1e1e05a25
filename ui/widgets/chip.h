// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVector>
#include <QWidget>

namespace embedscope {

/// A short fact in a rounded outline, e.g. "glove.6B.50d.txt 9,163 × 50". The longest part gives way when room is
/// short.
class Chip : public QWidget
{
    Q_OBJECT

public:
    struct Part
    {
        QString text;
        bool muted = false;
    };

    explicit Chip(QVector<Part> parts = {}, QWidget* parent = nullptr);

    void setParts(QVector<Part> parts);
    [[nodiscard]] QString text() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int textWidth(const QString& text) const;

    QVector<Part> m_parts;
};

} // namespace embedscope
