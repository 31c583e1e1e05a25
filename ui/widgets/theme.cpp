// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/theme.h"

#include "ui/widgets/style.h"

#include <QApplication>
#include <QEvent>

namespace embedscope {

namespace {

bool looksDark(const QPalette& palette)
{
    return palette.color(QPalette::Window).lightnessF() < palette.color(QPalette::WindowText).lightnessF();
}

/// Watches for a change of the system's theme while the choice is System.
class ThemeWatcher : public QObject
{
public:
    explicit ThemeWatcher(QApplication& app)
        : QObject(&app)
        , m_app(app)
    {
        setObjectName(QStringLiteral("embedscopeThemeWatcher"));
        app.installEventFilter(this);
    }

    void apply(ThemeChoice choice)
    {
        m_choice = choice;
        m_applying = true;
        m_app.setPalette(themePalette(choice == ThemeChoice::System ? systemIsDark() : choice == ThemeChoice::Dark));
        m_applying = false;
    }

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::ThemeChange && m_choice == ThemeChoice::System && !m_applying)
            apply(m_choice);
        return QObject::eventFilter(watched, event);
    }

private:
    // Our palette hides the one of the system; an empty palette uncovers it.
    bool systemIsDark()
    {
        m_app.setPalette(QPalette());
        return looksDark(QApplication::palette());
    }

    QApplication& m_app;
    ThemeChoice m_choice = ThemeChoice::System;
    bool m_applying = false;
};

ThemeWatcher* watcherOf(QApplication& app)
{
    return static_cast<ThemeWatcher*>(app.findChild<QObject*>(QStringLiteral("embedscopeThemeWatcher")));
}

struct Scheme
{
    QRgb surface, field, shade, text, muted, separator, border, hover, selection, accent, onAccent, disabled;
};

constexpr Scheme kLight{0xffffffff, 0xffffffff, 0xfff4f5f7, 0xff1f2430, 0xff626b79, 0xffe3e6eb,
                        0xffd3d8df, 0xfff0f2f5, 0xffe8f0fe, 0xff2f6fde, 0xffffffff, 0xffa3a9b4};
constexpr Scheme kDark{0xff23272e, 0xff1b1e24, 0xff1b1e24, 0xffe6e8ec, 0xff9aa3b0, 0xff343a44,
                       0xff434a56, 0xff2d323b, 0xff27406d, 0xff6ea2ff, 0xff101826, 0xff656d7a};

QPalette paletteOf(const Scheme& scheme)
{
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, QRgb color) { palette.setColor(role, QColor::fromRgb(color)); };
    set(QPalette::Window, scheme.surface);
    set(QPalette::WindowText, scheme.text);
    set(QPalette::Base, scheme.field);
    set(QPalette::AlternateBase, scheme.shade);
    set(QPalette::Text, scheme.text);
    set(QPalette::Button, scheme.surface);
    set(QPalette::ButtonText, scheme.text);
    set(QPalette::ToolTipBase, scheme.shade);
    set(QPalette::ToolTipText, scheme.text);
    set(QPalette::PlaceholderText, scheme.muted);
    set(QPalette::Light, scheme.surface);
    set(QPalette::Midlight, scheme.hover);
    set(QPalette::Mid, scheme.separator);
    set(QPalette::Dark, scheme.border);
    set(QPalette::Shadow, scheme.border);
    set(QPalette::Highlight, scheme.selection);
    set(QPalette::HighlightedText, scheme.text);
    set(QPalette::Link, scheme.accent);
    set(QPalette::LinkVisited, scheme.accent);
    set(QPalette::BrightText, scheme.onAccent);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, QColor::fromRgb(scheme.disabled));
    return palette;
}

} // namespace

QPalette themePalette(bool dark)
{
    return paletteOf(dark ? kDark : kLight);
}

ThemeColors themeColors(const QPalette& palette)
{
    const auto role = [&](QPalette::ColorRole r) { return palette.color(r); };
    const bool dark = looksDark(palette);
    return {.dark = dark,
            .surface = role(QPalette::Window),
            .field = role(QPalette::Base),
            .shade = role(QPalette::AlternateBase),
            .text = role(QPalette::WindowText),
            .muted = role(QPalette::PlaceholderText),
            .separator = role(QPalette::Mid),
            .border = role(QPalette::Dark),
            .hover = role(QPalette::Midlight),
            .selection = role(QPalette::Highlight),
            .accent = role(QPalette::Link),
            .onAccent = role(QPalette::BrightText),
            .mark = QColor::fromRgb(0xffe8710a),
            .good = QColor::fromRgb(dark ? 0xff4fc37a : 0xff15803d),
            .warning = QColor::fromRgb(dark ? 0xfff0b64a : 0xff9a6700),
            .bad = QColor::fromRgb(dark ? 0xffff8278 : 0xffc0362c)};
}

void applyTheme(QApplication& app, ThemeChoice choice)
{
    if (qobject_cast<Style*>(QApplication::style()) == nullptr)
        QApplication::setStyle(new Style);
    auto* watcher = watcherOf(app);
    if (watcher == nullptr)
        watcher = new ThemeWatcher(app);
    watcher->apply(choice);
}

} // namespace embedscope
