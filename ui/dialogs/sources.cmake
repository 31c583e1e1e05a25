set(dialogs_SOURCES about_dialog.cpp export_dialog.cpp export_format.cpp shortcuts_dialog.cpp)
