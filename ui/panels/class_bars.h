// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

namespace embedscope {

/// Probabilities of classes as bars with numbers. The order is that of the classes, so that nothing jumps while they
/// change; of many classes only the likeliest are shown, in falling order.
class ClassBars : public QWidget
{
    Q_OBJECT

public:
    explicit ClassBars(QWidget* parent = nullptr);

    void setClasses(std::vector<QString> names);
    /// One a class; none where they are not known.
    void setProbabilities(std::vector<float> probabilities);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] std::vector<std::size_t> shownClasses() const;
    [[nodiscard]] int lineHeight() const;
    void describe();

    std::vector<QString> m_names;
    std::vector<float> m_probabilities;
};

} // namespace embedscope
