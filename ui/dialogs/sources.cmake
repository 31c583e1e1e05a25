set(dialogs_SOURCES figure_dialog.cpp about_dialog.cpp export_dialog.cpp export_format.cpp shortcuts_dialog.cpp)
list(APPEND dialogs_SOURCES import_dialog.cpp load_report_dialog.cpp repair_dialog.cpp)
