// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1String>

/// Every key of the settings file. Data of a project never stands there.
namespace embedscope::keys {

inline constexpr QLatin1String kSchemaVersion("schemaVersion");
inline constexpr QLatin1String kLanguage("interface/language");
inline constexpr QLatin1String kTheme("interface/theme");
inline constexpr QLatin1String kArrangement("window/arrangement");
inline constexpr QLatin1String kGeometry("window/geometry");
inline constexpr QLatin1String kWindowState("window/state");
inline constexpr QLatin1String kWindowStateVersion("window/stateVersion");
inline constexpr QLatin1String kLastFolder("folders");
inline constexpr QLatin1String kRecentFiles("recent/files");
inline constexpr QLatin1String kRecentPath("path");
inline constexpr QLatin1String kRecentOpened("opened");
inline constexpr QLatin1String kRecentCommands("recent/commands");
inline constexpr QLatin1String kAutosaveSeconds("session/autosaveSeconds");
inline constexpr QLatin1String kKeepInside("session/keepInside");

} // namespace embedscope::keys
